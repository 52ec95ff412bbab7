"""Is the session ready to go live? Probes computed from the shop (P9). They warn; they never forbid."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from liveshop_desk.i18n import _, day_text, ngettext
from liveshop_desk.model.clock import Instant, clock_text, timer_text, to_local
from liveshop_desk.model.money import money_text
from liveshop_desk.model.session import Session
from liveshop_desk.prompter.script import is_unclosed, parse
from liveshop_desk.prompter.values import values_of
from liveshop_desk.store import queries
from liveshop_desk.store.backup import last_taken
from liveshop_desk.store.queries import QueueRow
from liveshop_desk.store.store import Store

DAY_MS = 24 * 3_600_000
ENOUGH_BYTES = 1 << 30  # an evening's recording, a backup and a workbook fit in 1 GB many times over
NAMED = 2  # how many culprits a line names before it says "and n more"
CALLED = (
    24  # characters of a name: titles of 60 and more are usual, and the line stands in the question before going live
)


class Mark(StrEnum):
    """How a probe came out. ``OPEN`` is to do or to know, not wrong."""

    OK = "ok"
    OPEN = "open"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list. ``command`` (a command's id) mends it, on the row ``segment_id`` where there is one."""

    key: str
    mark: Mark
    text: str
    command: str = ""
    segment_id: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the probes look at. ``rows`` without the skipped ones; ``free_bytes`` of the shop's disk."""

    session: Session
    rows: tuple[QueueRow, ...]
    now: Instant
    last_backup: Instant | None
    free_bytes: int
    second_screen: bool


def look(store: Store, session_id: str, *, second_screen: bool, free_bytes: int | None = None) -> list[Check]:
    """Gather the facts and probe them; an unknown session has no checks."""
    session = queries.session(store, session_id)
    if session is None:
        return []
    free = shutil.disk_usage(store.path.parent).free if free_bytes is None else free_bytes
    rows = tuple(row for row in queries.queue(store, session_id) if not row.segment.skipped)
    now = store.clock.now()
    return probe(Facts(session, rows, now, last_taken(store.path, now), free, second_screen))


def probe(facts: Facts) -> list[Check]:
    """Return every check in the order of the preparation's work. A pure function of the facts."""
    return [
        _queue(facts),
        _prices(facts),
        _stock_known(facts),
        _stock_left(facts),
        _scripts(facts),
        _placeholders(facts),
        _slot(facts),
        _goal(facts),
        _people(facts),
        _backup(facts),
        _disk(facts),
        _screen(facts),
    ]


def _queue(facts: Facts) -> Check:
    n = len(facts.rows)
    if not n:
        return Check("queue", Mark.FAIL, _("The queue is empty"), "add_products")
    return Check("queue", Mark.OK, ngettext("Queue: {n} segment", "Queue: {n} segments", n).format(n=n))


def _prices(facts: Facts) -> Check:
    missing = _where(
        facts, lambda row: any(sku.live_price is None for sku in row.product.skus) if row.product else True
    )
    if missing:
        return _culprits("prices", Mark.FAIL, _("No live price: {items}"), missing, "edit_price")
    return _settled("prices", facts, _("Every product has a live price"))


def _stock_known(facts: Facts) -> Check:
    missing = _where(facts, lambda row: _lacks(row, "stock"))
    if missing:
        return _culprits("stock_known", Mark.OPEN, _("Stock unknown: {items}"), missing, "edit_stock")
    return _settled("stock_known", facts, _("Stock known for every product"))


def _stock_left(facts: Facts) -> Check:
    empty = _where(facts, lambda row: row.product is not None and row.product.stock == 0)
    if empty:
        return _culprits("stock_left", Mark.FAIL, _("Sold out: {items}"), empty, "edit_stock")
    return _settled("stock_left", facts, _("Nothing is sold out"))


def _scripts(facts: Facts) -> Check:
    silent = _where(facts, lambda row: not row.script.strip())
    if silent:
        return _culprits("scripts", Mark.FAIL, _("No script: {items}"), silent, "edit_script")
    return _settled("scripts", facts, _("Every product has a script"))


def _placeholders(facts: Facts) -> Check:
    for row in facts.rows:
        script = parse(row.script)
        if script.unknown:
            name = script.unknown[0]
            text = _("Unknown placeholder {name}: {title}")
            if is_unclosed(name):
                text = _("{name} lacks its closing brace: {title}")
        elif dashes := script.lacking(_said_of(row)):
            text = _("{name} would read “—”: {title}")
            name = dashes[0]
        else:
            continue
        return Check(
            "placeholders", Mark.FAIL, text.format(name=name, title=_called(row)), "edit_script", row.segment.id
        )
    return _settled("placeholders", facts, _("Every placeholder is known"))


def _said_of(row: QueueRow) -> dict[str, str]:
    """Return what the placeholders say in a row; a product's price and stock are missed in lines of their own."""
    told = {"live_price": "?", "stock": "?"} if row.segment.product_id else {}
    return values_of(row.product, row.segment.title) | told


def _slot(facts: Facts) -> Check:
    start, end = facts.session.planned_start, facts.session.planned_end
    if start is None or end is None:
        return Check("slot", Mark.FAIL, _("No planned time"), "edit_session")
    slot = (end - start) / 1000
    planned = sum(row.segment.planned_seconds for row in facts.rows)
    times = {"planned": timer_text(planned, whole=True), "slot": timer_text(slot, whole=True)}
    if planned > slot:
        return Check(
            "slot", Mark.FAIL, _("Plan {planned} is longer than the slot {slot}").format(**times), "edit_session"
        )
    return Check("slot", Mark.OK, _("Plan {planned} fits the slot {slot}").format(**times))


def _goal(facts: Facts) -> Check:
    goal = facts.session.goal_gmv
    if not goal:
        return Check("goal", Mark.OPEN, _("No GMV goal"), "edit_session")
    return Check("goal", Mark.OK, _("GMV goal {amount}").format(amount=money_text(goal, cents=False)))


def _people(facts: Facts) -> Check:
    session = facts.session
    if not session.anchor.strip():
        return Check("people", Mark.OPEN, _("No anchor named"), "edit_session")
    if not session.platforms:
        return Check("people", Mark.OPEN, _("No platform chosen"), "edit_session")
    return Check("people", Mark.OK, _("Anchor and platforms are set"))


def _backup(facts: Facts) -> Check:
    taken = facts.last_backup
    if taken is None:
        return Check("backup", Mark.FAIL, _("No backup yet"), "backup")
    if facts.now - taken > DAY_MS:
        return Check("backup", Mark.FAIL, _("The last backup is more than a day old"), "backup")
    other = to_local(taken).date() != to_local(facts.now).date()  # 18:00 of yesterday, read at 17:30, is not to come
    day = day_text(to_local(taken).date()) + " " if other else ""
    return Check("backup", Mark.OK, _("Backed up at {time}").format(time=day + clock_text(taken)))


def _disk(facts: Facts) -> Check:
    free = f"{facts.free_bytes / (1 << 30):.1f}"
    if facts.free_bytes < ENOUGH_BYTES:
        return Check("disk", Mark.FAIL, _("Only {free} GB of disk left").format(free=free))
    return Check("disk", Mark.OK, _("{free} GB of disk free").format(free=free))


def _screen(facts: Facts) -> Check:
    if facts.second_screen:
        return Check("screen", Mark.OK, _("The anchor's screen is connected"))
    return Check("screen", Mark.OPEN, _("No second screen for the anchor"), "prompter_screen")


def _lacks(row: QueueRow, field: str) -> bool:
    """Tell whether a SKU of the row's product (or the product itself) lacks ``field``."""
    skus = row.product.skus if row.product else ()
    return not skus or any(getattr(sku, field) is None for sku in skus)


def _where(facts: Facts, wrong: Callable[[QueueRow], bool]) -> list[QueueRow]:
    """Return the product rows where ``wrong`` holds, each product once."""
    found: dict[str, QueueRow] = {}
    for row in facts.rows:
        if row.segment.product_id and row.segment.product_id not in found and wrong(row):
            found[row.segment.product_id] = row
    return list(found.values())


def _settled(key: str, facts: Facts, text: str) -> Check:
    """Return OK, or "to do" where there is no product to speak of: a tick for nothing would mislead."""
    if any(row.segment.product_id for row in facts.rows):
        return Check(key, Mark.OK, text)
    return Check(key, Mark.OPEN, _("{check}: no product in the queue").format(check=text), "add_products")


def _culprits(key: str, mark: Mark, text: str, rows: Sequence[QueueRow], command: str) -> Check:
    """Name the first rows; the line leads to the first of them."""
    items = _(", ").join(_called(row) for row in rows[:NAMED])
    if len(rows) > NAMED:
        items = _("{items} and {n} more").format(items=items, n=len(rows) - NAMED)
    return Check(key, mark, text.format(items=items), command, rows[0].segment.id)


def _called(row: QueueRow) -> str:
    title = row.segment.title
    return title if len(title) <= CALLED else title[:CALLED].rstrip() + "…"
