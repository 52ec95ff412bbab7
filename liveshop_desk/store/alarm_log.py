"""The record of alarms: what was said, when, whether it was seen and when it was over. Machine-made: no journal."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from liveshop_desk.model.alarms import Alarm, Part
from liveshop_desk.model.carry import parse_carry
from liveshop_desk.model.clicked import lacking
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.sales import Sales
from liveshop_desk.store.store import Row, Store

_PAST = """
SELECT c.text FROM carries c JOIN sessions s ON s.id = c.session_id
WHERE s.id <> ? AND s.state = 'ended' AND NOT s.rehearsal ORDER BY s.started_at DESC LIMIT ?
"""
_SESSIONS = 10  # how far back a product's usual rate looks


class Logged(NamedTuple):
    """One alarm of the record; it is worded where it is shown, and so are its measures."""

    id: str
    at: Instant
    alarm: Alarm
    acknowledged_at: Instant | None
    ended_at: Instant | None


def begin(store: Store, session_id: str, logged: Logged) -> None:
    """Write an alarm that has just begun."""
    alarm = logged.alarm
    with store.transaction():
        store.db.conn.execute(
            "INSERT OR IGNORE INTO alarms (id, session_id, at, kind, about, text) VALUES (?,?,?,?,?,?)",
            (f"{session_id}:{logged.id}", session_id, logged.at, alarm.key, alarm.about, _kept(alarm)),
        )


def acknowledge(store: Store, session_id: str, alarm_id: str, at: Instant) -> None:
    """Write that somebody has seen it."""
    _stamp(store, "UPDATE alarms SET acknowledged_at = ? WHERE id = ?", session_id, alarm_id, at)


def end(store: Store, session_id: str, alarm_id: str, at: Instant) -> None:
    """Write when it was last true."""
    _stamp(store, "UPDATE alarms SET ended_at = ? WHERE id = ?", session_id, alarm_id, at)


def alarms(store: Store, session_id: str) -> list[Logged]:
    """Return a session's alarms in order of time."""
    rows = store.rows("SELECT * FROM alarms WHERE session_id = ? ORDER BY at, id", (session_id,))
    return [Logged(row["id"], row["at"], _alarm(row), row["acknowledged_at"], row["ended_at"]) for row in rows]


def _kept(alarm: Alarm) -> str:
    """Write the message id and its placeholders: the words depend on who reads them."""
    return json.dumps({"text": alarm.text, "parts": alarm.parts}, ensure_ascii=False)


def _alarm(row: Row) -> Alarm:
    """Read an alarm of the record. Until 0.3.3 it held the words themselves, in the language of that day."""
    text: str = row["text"]
    if not text.startswith('{"text":'):
        return Alarm(row["kind"], "{text}", (("text", text),), row["about"])
    held = json.loads(text)
    parts = tuple((name, _part(part)) for name, part in held["parts"])
    return Alarm(row["kind"], held["text"], parts, row["about"])


def _part(held: Any) -> Part:
    """Read a part as JSON has it. Until 0.3.4 what OBS was troubled by and a source's name were words, too."""
    if isinstance(held, str):
        return held
    measure, value = held
    if isinstance(value, int | float):
        return measure, value
    text, placeholders = value
    return measure, (text, tuple((name, word) for name, word in placeholders))


def still_open(store: Store, session_id: str) -> list[Logged]:
    """Return the alarms of a session that nobody wrote an end for, under the ids they began with."""
    found = [each for each in alarms(store, session_id) if each.ended_at is None]
    return [each._replace(id=each.id.removeprefix(f"{session_id}:")) for each in found]


def usual_click_pay(store: Store, session_id: str) -> dict[str, float]:
    """Return SKU id → its orders per click over the last ten shows before; those nobody clicked on are absent.

    A show that counted clicks for a part of the SKU's orders only says nothing of it.
    """
    clicks: dict[str, int] = {}
    orders: dict[str, int] = {}
    for row in store.rows(_PAST, (session_id, _SESSIONS)):
        carry, sales = parse_carry(row["text"]), Sales()
        sales.restore(carry.skus, carry.clicked, carry.bought)
        for sku, sold in sales.per_sku.items():
            if sold.clicks and not lacking(sold.orders, sold.clicks, partly=sold.partly):
                clicks[sku] = clicks.get(sku, 0) + sold.clicks
                orders[sku] = orders.get(sku, 0) + sold.orders
    return {sku: orders[sku] / seen for sku, seen in clicks.items()}


def _stamp(store: Store, statement: str, session_id: str, alarm_id: str, at: Instant) -> None:
    with store.transaction():
        store.db.conn.execute(statement, (at, f"{session_id}:{alarm_id}"))
