"""A sample shop to look around in, and the demo: the same shop an hour into a rehearsal."""

from __future__ import annotations

from datetime import datetime, time

from liveshop_desk.i18n import mark
from liveshop_desk.model.clock import Instant, ManualClock, from_datetime, to_local
from liveshop_desk.model.product import Product
from liveshop_desk.model.session import Session, State
from liveshop_desk.ops import queue, sample_files, scripts, shelf, show
from liveshop_desk.ops.sample_crowd import play
from liveshop_desk.ops.sample_files import SampleSku
from liveshop_desk.store import queries
from liveshop_desk.store.ids import new_id
from liveshop_desk.store.step import Fields, Step
from liveshop_desk.store.store import Store

ANCHOR, OPERATOR = "小林", "阿杰"
PLATFORMS = ("douyin", "taobao")
GOAL = 12_000_000  # fen
SLOT_HOURS = 3
HOUR_MS = 3_600_000
OPENS_AT = 19  # o'clock
ON_AIR_SECONDS = 72 * 60 + 43
# Seconds into the show at which the first eight segments were taken: a little late, as evenings are.
TAKEN = (0, 8 * 60 + 20, 20 * 60 + 40, 35 * 60 + 5, 49 * 60 + 10, 55 * 60 + 5, 62 * 60 + 20, 70 * 60 + 10)
SOLD_OUT, DEAR = "W2103", "Y9981"
CUT_PRICE, CUT_AT = 36_900, 72 * 60 + 2  # the operator has just made the hit cheaper
CUE, CUE_AT = "强调赠品", 71 * 60 + 20


def make_sample(store: Store, start: Instant | None = None) -> str:
    """Fill a shop with a believable evening's preparation and return the draft session's id.

    ``start`` is the planned start, 19:00 today where none is given. Two past sessions stand before it.
    """
    begin = tonight(store.clock.now()) if start is None else start
    with store.step(mark("Sample shop")) as step:
        codes = _products(step)
        _past(step, begin)
        session_id = _session(step, begin)
        _queue(store, step, session_id, codes)
        _links(store, step, session_id, codes)
        _scripts(store, step, session_id)
    return session_id


def make_demo(store: Store) -> str:
    """Fill a shop of its own with the sample, 72 minutes into a rehearsal, and return the session's id.

    Everything is dated back: takes, a price cut, a cue, and the figures of a simulated audience.
    """
    real = store.clock
    start = real.now() - ON_AIR_SECONDS * 1000
    past = ManualClock(start - HOUR_MS)
    store.clock, who = past, store.who
    store.who = OPERATOR
    try:
        session_id = make_sample(store, start)
        past.instant = start
        show.go_live(store, session_id, rehearsal=True)
        _evening(store, past, session_id, start)
    finally:
        store.clock, store.who = real, who
    return session_id


def tonight(now: Instant) -> Instant:
    """Return 19:00 of the day of ``now``, local time."""
    return from_datetime(datetime.combine(to_local(now).date(), time(OPENS_AT)))  # not now's offset: it may change


def _products(step: Step) -> dict[str, str]:
    """Insert products and SKUs; return product code → product id."""
    codes: dict[str, str] = {}
    for rank, sku in enumerate(sample_files.skus()):
        if sku.code not in codes:
            codes[sku.code] = step.insert("products", _product_row(sku, rank))
        code = f"{sku.code}-{sku.spec}" if sku.spec else sku.code
        prices = {"list_price": sku.list_price, "live_price": sku.live_price, "floor_price": sku.floor_price}
        row = {"id": new_id(), "product_id": codes[sku.code], "spec": sku.spec, "code": code, "rank": rank}
        step.insert("skus", row | prices | {"cost": sku.cost, "stock": sku.stock})
    return codes


def _product_row(sku: SampleSku, rank: int) -> dict[str, str | int]:
    return {
        "id": new_id(),
        "title": sku.title,
        "code": sku.code,
        "category": sku.category,
        "role": sku.role,
        "offer": sku.offer,
        "selling_points": sku.selling_points,
        "rank": rank,
    }


def _past(step: Step, begin: Instant) -> None:
    """Insert the two sessions before this one, with their figures."""
    for past in sample_files.history():
        started = begin - past.days_ago * 24 * HOUR_MS
        ended = started + past.minutes * 60_000
        row = _session_row(past.theme, started, past.goal_gmv) | {"anchor": past.anchor, "state": State.ENDED}
        session_id = step.insert("sessions", row | {"started_at": started, "ended_at": ended})
        for metric, value in past.figures.items():
            figure = {"id": f"{session_id}:{metric}", "session_id": session_id, "metric": metric, "value": value}
            step.insert("figures", figure)


def _session(step: Step, begin: Instant) -> str:
    day = to_local(begin)
    return step.insert("sessions", _session_row(f"{day.month}·{day.day} 秋冬羽绒专场", begin, GOAL))


def _session_row(theme: str, begin: Instant, goal: int) -> Fields:
    people = {"anchor": ANCHOR, "operator": OPERATOR, "platforms": ",".join(PLATFORMS)}
    slot = {"planned_start": begin, "planned_end": begin + SLOT_HOURS * HOUR_MS}
    return {"id": new_id(), "theme": theme, "goal_gmv": goal} | people | slot


def _queue(store: Store, step: Step, session_id: str, codes: dict[str, str]) -> None:
    roles = {product.id: product.role for product in queries.products(store)}
    rows = [
        {
            "kind": row.kind,
            "title": row.title,
            "product_id": codes.get(row.code),
            "role": roles.get(codes.get(row.code, "")),
            "planned_seconds": row.seconds,
            "expected_units": row.expected_units,
            "offer": row.offer,
            "note": row.note,
        }
        for row in sample_files.queue()
    ]
    queue.insert_segments(store, step, session_id, rows)


def _links(store: Store, step: Step, session_id: str, codes: dict[str, str]) -> None:
    numbers = {codes[sku.code]: (sku.douyin, sku.taobao) for sku in sample_files.skus()}
    for product_id in dict.fromkeys(s.product_id for s in queries.segments(store, session_id) if s.product_id):
        for platform, number in zip(PLATFORMS, numbers[product_id], strict=True):
            row = {"id": f"{session_id}:{product_id}:{platform}", "session_id": session_id}
            step.insert("shelf_links", row | {"product_id": product_id, "platform": platform, "link_no": number})


def _scripts(store: Store, step: Step, session_id: str) -> None:
    texts = sample_files.scripts()
    codes = {product.id: product.code for product in queries.products(store)}
    for segment in queries.segments(store, session_id):
        text = texts.get(codes.get(segment.product_id or "", segment.title))
        if text:
            step.put("scripts", {"id": queries.script_id(segment)}, text=text)


def _evening(store: Store, clock: ManualClock, session_id: str, start: Instant) -> None:
    """Take the first segments as they came, with what the operator did beside it and the audience's figures."""
    segments = queries.segments(store, session_id)[: len(TAKEN)]
    products = {product.id: product for product in queries.products(store)}
    session = queries.session(store, session_id)
    assert session is not None
    pitched = [
        (start + at * 1000, products.get(segment.product_id or "")) for at, segment in zip(TAKEN, segments, strict=True)
    ]
    until = clock.instant = start + ON_AIR_SECONDS * 1000  # what the audience does lies behind us
    crowd = play(store, session, pitched, until=until)
    for at, segment in zip(TAKEN, segments, strict=True):
        clock.instant = start + at * 1000
        show.take(store, session_id, segment.id, online=crowd.get(clock.instant))
        _shelve(store, session, products.get(segment.product_id or ""))
    _touches(store, clock, session_id, start)


def _shelve(store: Store, session: Session, product: Product | None) -> None:
    if product is not None:
        shelf.set_listed(store, session.id, product.id, True, confirmed=True)
        for platform in session.platforms:
            shelf.set_done(store, session.id, product.id, platform, True)


def _touches(store: Store, clock: ManualClock, session_id: str, start: Instant) -> None:
    """Do what the operator did in the last minutes: sold out and off the shelf, a cue, a better price."""
    products = {product.code: product for product in queries.products(store)}
    clock.instant = start + (TAKEN[6] + 30) * 1000
    shelf.set_listed(store, session_id, products[SOLD_OUT].id, False)
    clock.instant = start + CUE_AT * 1000
    scripts.acknowledge_cue(store, scripts.send_cue(store, session_id, CUE))
    clock.instant = start + CUT_AT * 1000
    shelf.set_price(store, [sku.id for sku in products[DEAR].skus], CUT_PRICE, confirmed=True)
