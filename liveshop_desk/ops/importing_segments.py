"""The segments an imported list stands for: held ones found again, new ones added at the queue's end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from liveshop_desk.i18n import _
from liveshop_desk.model.session import Kind, Session
from liveshop_desk.ops.importing_draft import Drafts
from liveshop_desk.ops.queue import LONGEST, insert_segments
from liveshop_desk.ops.scripts import keeps_draft, put_imported
from liveshop_desk.sheets.queue import QueueRow
from liveshop_desk.store import queries
from liveshop_desk.store.ids import new_id
from liveshop_desk.store.step import Fields, Step
from liveshop_desk.store.store import Store

SHOWN = ("planned_seconds", "offer", "expected_units")


class Segments:
    """A session's queue while a list is planned into it.

    The n-th row of a product (or of a title, without product) is the n-th segment of it that the queue holds;
    with ``append`` every row is a new one.
    """

    def __init__(self, store: Store, session: Session, *, append: bool = False) -> None:
        self._session = session
        self._append = append
        self._drafts = Drafts()
        self._held: defaultdict[str, list[Fields]] = defaultdict(list)
        self._met: Counter[str] = Counter()
        self._new: list[Fields] = []
        self._links: list[tuple[str, str]] = []  # (product id, link number)
        self._scripts: dict[str, str] = {}
        self._held_links = {
            (link.product_id, link.platform): link.link_no
            for row in queries.queue(store, session.id)
            for link in row.links
        }
        self._store = store
        for segment in queries.segments(store, session.id):
            self._held[segment.product_id or f"title:{segment.title}"].append(
                {
                    "id": segment.id,
                    "title": segment.title,
                    "kind": segment.kind,
                    "role": segment.role,
                    "planned_seconds": segment.planned_seconds,
                    "offer": segment.offer,
                    "expected_units": segment.expected_units,
                    "note": segment.note,
                }
            )

    def holds(self, product_id: str) -> bool:
        """Tell whether the queue has this product already, from before or from a row above."""
        return bool(self._held.get(product_id) or self._met[product_id])

    def put(
        self, row: int, record: QueueRow, product: Fields | None, values: Fields
    ) -> tuple[bool, list[tuple[str, Any, Any]]]:
        """Add a segment, or give the held one ``values``; return (is it new, what changes)."""
        key = product["id"] if product else f"title:{record.title}"
        place, held = self._met[key], self._held[key]
        self._met[key] += 1
        is_new = self._append or place >= len(held)
        if is_new:
            title = product["title"] if product else record.title
            fixed: Fields = {"kind": record.kind, "title": title, "product_id": product["id"] if product else None}
            segment = {"id": new_id()} | fixed | _of_product(record, product) | values
            self._new.append(segment)
            changed: list[tuple[str, Any, Any]] = []
        else:
            segment = held[place]
            changed = self._drafts.set("segments", segment, values, row)
        changed += self._put_script(record, segment["id"], product) + self._put_link(record, product)
        return is_new, changed

    def _put_script(self, record: QueueRow, segment_id: str, product: Fields | None) -> list[tuple[str, Any, Any]]:
        script_id = f"product:{product['id']}" if product else f"segment:{segment_id}"
        if not record.script:
            return []
        before = self._scripts.get(script_id) or queries.script(self._store, script_id)
        self._scripts[script_id] = record.script
        return [] if before == record.script else [("script", before, record.script)]

    def _put_link(self, record: QueueRow, product: Fields | None) -> list[tuple[str, Any, Any]]:
        """A list has one link number a row: it is meant for every platform of the session."""
        if product is None or not record.link_no:
            return []
        self._links.append((product["id"], record.link_no))
        changed: list[tuple[str, Any, Any]] = []
        for platform in self._session.platforms:
            before = self._held_links.get((product["id"], platform), "")
            if before != record.link_no and not changed:
                changed.append(("link_no", before, record.link_no))
        return changed

    @property
    def drafts_kept(self) -> int:
        """Return how many drafts beside the text on air stand in the way of the file's."""
        return sum(keeps_draft(self._store, script_id, text) for script_id, text in self._scripts.items())

    def write(self, store: Store, step: Step) -> None:
        """Write segments, link numbers and scripts."""
        self._drafts.write(store, step, lambda _done, _total: None)
        if self._new:
            insert_segments(store, step, self._session.id, self._new)
        for product_id, number in self._links:
            for platform in self._session.platforms:
                row = {"session_id": self._session.id, "product_id": product_id, "platform": platform}
                step.put("shelf_links", row | {"id": f"{self._session.id}:{product_id}:{platform}"}, link_no=number)
        for script_id, text in self._scripts.items():
            put_imported(store, step, script_id, text)


def _of_product(record: QueueRow, product: Fields | None) -> Fields:
    """Return what a pitch takes from its product where the list does not say: as one added from the catalogue.

    A flash sale has an offer of its own, but it is the same product's role.
    """
    taken = {Kind.PITCH: ("role", "offer"), Kind.FLASH_SALE: ("role",)}.get(record.kind, ())
    return {name: product[name] for name in taken if product and product.get(name)}


def bad_length(seconds: int | None) -> str:
    """Return why a planned length cannot be; empty where it can."""
    if seconds is None or 0 < seconds <= LONGEST:
        return ""
    return _("A segment lasts from 1 second to 12 hours.")


def lengths(records: Sequence[tuple[int, QueueRow]]) -> dict[int, int]:
    """Return {row: planned seconds}: as the file says, else up to the next row's start."""
    found: dict[int, int] = {}
    for place, (row, record) in enumerate(records):
        following = records[place + 1] if place + 1 < len(records) else None
        if record.planned_seconds is not None:
            found[row] = record.planned_seconds
        elif following and record.starts_at is not None and following[1].starts_at is not None:
            found[row] = (following[1].starts_at - record.starts_at) % 86400
    return found
