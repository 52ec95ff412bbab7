"""Rows of the shop file as the model's dataclasses."""

from __future__ import annotations

from functools import lru_cache

from liveshop_desk.model.product import Product, Role, Sku
from liveshop_desk.model.session import Cue, Kind, Pitch, Segment, Session, ShelfLink, State
from liveshop_desk.store.store import Row


def sku_of(row: Row) -> Sku:
    """Return the SKU of a row of ``skus``."""
    return Sku(
        row["id"], row["product_id"], row["spec"], row["code"], row["barcode"],
        row["list_price"], row["live_price"], row["floor_price"], row["cost"], row["stock"],
    )  # fmt: skip


def product_of(row: Row, skus: tuple[Sku, ...]) -> Product:
    """Return the product of a row of ``products`` with its SKUs."""
    return Product(
        row["id"], row["title"], row["code"], row["brand"], row["category"], Role(row["role"]),
        row["offer"], row["selling_points"], row["seller"], row["note"], skus,
    )  # fmt: skip


def session_of(row: Row) -> Session:
    """Return the session of a row of ``sessions``."""
    return Session(
        row["id"], row["theme"], State(row["state"]), bool(row["rehearsal"]), row["anchor"], row["operator"],
        tuple(name for name in row["platforms"].split(",") if name),
        row["planned_start"], row["planned_end"], row["started_at"], row["ended_at"],
        row["goal_gmv"], row["source"], row["note"],
    )  # fmt: skip


@lru_cache(maxsize=1024)  # a row that is as it was is the same segment: after an act that is nearly all of a queue
def segment_of(row: Row, number: int) -> Segment:
    """Return the segment of a row of ``segments``, at place ``number`` (from 1)."""
    return Segment(
        row["id"], row["session_id"], number, Kind(row["kind"]), row["title"], row["product_id"],
        Role(row["role"]) if row["role"] else None, row["planned_seconds"], row["shift_seconds"],
        row["offer"], row["expected_units"], bool(row["skipped"]), row["note"],
    )  # fmt: skip


def pitch_of(row: Row) -> Pitch:
    """Return the pitch of a row of ``pitches``."""
    return Pitch(
        row["id"], row["session_id"], row["segment_id"], row["started_at"], row["ended_at"],
        row["online_in"], row["online_out"],
    )  # fmt: skip


def link_of(row: Row) -> ShelfLink:
    """Return the shelf link of a row of ``shelf_links``."""
    return ShelfLink(
        row["id"], row["session_id"], row["product_id"], row["platform"], row["link_no"], bool(row["done"])
    )


def cue_of(row: Row) -> Cue:
    """Return the cue of a row of ``cues``."""
    return Cue(
        row["id"], row["session_id"], row["at"], row["text"], row["acknowledged_at"], row["auto"], row["withdrawn_at"]
    )
