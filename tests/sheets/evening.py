"""One evening as the review sees it: twelve minutes of numbers, three pitches, orders, edits, an incident."""

from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.product import Product, Role, Sku
from liveshop_desk.model.record import Record
from liveshop_desk.model.review import EditRow, Incident, Material, build
from liveshop_desk.model.review_kpis import Past
from liveshop_desk.model.review_ledger import Lines, OrderLine
from liveshop_desk.model.session import Cue, Kind, Pitch, Segment, Session, State

START = 1_795_258_800_000  # 2026-11-21 11:00Z = 19:00 in Shanghai
MINUTE = 60_000
DOWN, SCARF = "p-down", "p-scarf"


def at(minutes: float) -> int:
    return START + round(minutes * MINUTE)


def products() -> dict[str, Product]:
    down = Sku("s-down", DOWN, "L", "0012345678901234567", list_price=59_900, live_price=36_900, stock=160)
    scarf = Sku("s-scarf", SCARF, "", "S207", list_price=19_900, live_price=12_900, stock=0)
    return {
        DOWN: Product(DOWN, "长款鹅绒羽绒服", "0012345678901234567", role=Role.HIT, skus=(down,)),
        SCARF: Product(SCARF, '=HYPERLINK("http://x","羊毛围巾")', "S207", role=Role.PROFIT, skus=(scarf,)),
    }


def segments() -> list[Segment]:
    return [
        Segment("g1", "s", 1, Kind.OPENING, "开场", planned_seconds=120),
        Segment("g2", "s", 2, Kind.PITCH, "长款鹅绒羽绒服", DOWN, Role.HIT, 300),
        Segment("g3", "s", 3, Kind.PITCH, '=HYPERLINK("http://x","羊毛围巾")', SCARF, Role.PROFIT, 240),
    ]


def pitches() -> list[Pitch]:
    return [
        Pitch("h1", "s", "g1", at(0), at(2), None, 300),
        Pitch("h2", "s", "g2", at(2), at(7), 300, 520),
        Pitch("h3", "s", "g3", at(7), at(10), 520, 480),
        Pitch("h4", "s", "g2", at(10), at(12), 480, 450),
    ]


def orders() -> list[OrderLine]:
    lines = [OrderLine(at(3 + n / 4), DOWN, "s-down", 1, 36_900, f"A{n}") for n in range(12)]
    lines += [OrderLine(at(8), SCARF, "s-scarf", 2, 25_800, "B1"), OrderLine(at(11), DOWN, "s-down", 1, 36_900, "C1")]
    return sorted(lines, key=lambda line: line.at)


def rollups():
    live = LiveFigures()
    for minute, online in enumerate((120, 180, 260, 320, 410, 480, 520, 510, 500, 480, 470, 450)):
        live.absorb(Record(at(minute), "sample", metric="online", value=online))
        live.absorb(Record(at(minute + 0.5), "sample", metric="viewers", value=200 + 150 * minute))
        live.absorb(Record(at(minute + 0.5), "sample", metric="views", value=260 + 200 * minute))
        live.absorb(Record(at(minute + 0.4), "sample", metric="clickers", value=20 * minute))
    for line in orders():
        live.absorb(Record(line.at, "order", sku=line.sku, quantity=line.units, amount=line.amount, order=line.order))
    live.absorb(Record(at(9), "refund", sku="s-down", quantity=1, amount=36_900, order="A0"))
    return live.take_dirty()


def past() -> list[Past]:
    return [
        Past(
            "o1", "上一场", at(-1440), {"gmv": 400_000, "viewers": 1_500, "orders": 12, "clickers": 260, "buyers": 12}
        ),
        Past("o2", "再上一场", at(-2880), {"gmv": 600_000, "viewers": 2_500, "orders": 18, "online_max": 700}),
    ]


def material(**changes) -> Material:
    session = Session(
        "s",
        "秋冬羽绒专场",
        State.ENDED,
        False,
        "小林",
        "阿明",
        ("douyin", "taobao"),
        at(0),
        at(15),
        at(0),
        at(12),
        500_000,
    )
    edits = [
        EditRow(at(4), "长款鹅绒羽绒服", "L", "live_price", 39_900, 36_900, "阿明", "do", False),
        EditRow(at(5), "长款鹅绒羽绒服", "L", "stock", 0, 200, "阿明", "do", True),
        EditRow(at(6), "长款鹅绒羽绒服", "L", "stock", 200, 0, "阿明", "undo", False),
    ]
    parts = {
        "session": session, "made_at": at(30), "segments": segments(), "pitches": pitches(), "products": products(),
        "rollups": rollups(), "imported": {"buyers": 13, "exposed_viewers": 1_200},
        "lines": Lines(orders(), [OrderLine(at(9), DOWN, "s-down", 1, 36_900, "A0")], []),
        "edits": edits, "incidents": [Incident(at(6.5), "推流卡顿 40 秒", "长款鹅绒羽绒服")],
        "cues": [Cue("c", "s", at(5.5), "语速慢一点")], "past": past(), "past_of_anchor": True,
    }  # fmt: skip
    return Material(**(parts | changes))


def report(**changes):
    return build(material(**changes))


def busy(hours: int = 8, count: int = 20_000):
    """A long session for the bench: a figure of each kind a minute, an order every 1.5 seconds."""
    live = LiveFigures()
    lines = []
    for minute in range(hours * 60):
        for metric, value in (
            ("online", 800 + minute % 97), ("views", 300 * minute), ("viewers", 220 * minute), ("clicks", 90 * minute),
            ("comments", 12 * minute), ("new_followers", 2 * minute), ("likes", 500 * minute),
        ):  # fmt: skip
            live.absorb(Record(at(minute), "sample", metric=metric, value=value))
    for n in range(count):
        sku = ("s-down", "s-scarf")[n % 2]
        moment = at(n * hours * 60 / count)
        lines.append(OrderLine(moment, (DOWN, SCARF)[n % 2], sku, 1, 12_900, f"N{n}"))
        live.absorb(Record(moment, "order", sku=sku, quantity=1, amount=12_900, order=f"N{n}"))
    pitches_of = [Pitch(f"b{n}", "s", f"g{2 + n % 2}", at(n * 5), at(n * 5 + 5), 500, 510) for n in range(hours * 12)]
    session = Session("s", "Long", State.ENDED, started_at=at(0), ended_at=at(hours * 60), goal_gmv=10**8)
    return build(
        Material(
            session, at(hours * 60 + 5), segments(), pitches_of, products(), live.take_dirty(), {},
            Lines(lines), past=past(),
        )
    )  # fmt: skip
