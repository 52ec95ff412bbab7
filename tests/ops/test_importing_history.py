"""Past sessions, counted stock and figures over time: what lands where, twice the same, one undo."""

import json

import pytest

from liveshop_desk.errors import Refused
from liveshop_desk.feeds.inbox import fold_alone
from liveshop_desk.model.line import line_of
from liveshop_desk.model.record import Record
from liveshop_desk.model.session import State
from liveshop_desk.ops import catalogue, importing, show
from liveshop_desk.sheets.report import Reading
from liveshop_desk.sheets.samples import Sample
from liveshop_desk.sheets.sessions import SessionRow, read_sessions
from liveshop_desk.sheets.stock import StockRow
from liveshop_desk.store import inflow, journal, queries

from .test_importing_products import dump

START = 1_795_262_400_000


def reading(kind, *records):
    return Reading(kind, "", list(enumerate(records, 2)), [], len(records), 0, [], "file.xlsx")


def take(store, plan):
    importing.apply(store, plan)
    return plan


def past(**figures):
    return SessionRow("秋冬专场", "小林", START, START + 7_200_000, figures, "S1")


def test_a_past_session_lands_with_its_figures(store):
    take(store, importing.plan_sessions(store, reading("compass", past(views=21_254, gmv=6_104_530, interacters=50))))
    [session] = queries.sessions(store)
    assert (session.theme, session.anchor, session.state, session.source) == (
        "秋冬专场",
        "小林",
        State.ENDED,
        "compass",
    )
    assert session.platforms == ("douyin",)
    assert (session.started_at, session.ended_at) == (START, START + 7_200_000)
    assert queries.figures(store, session.id) == {"views": 21_254, "gmv": 6_104_530, "interacting_viewers": 50}


def test_what_a_later_file_corrects_is_said_in_words_and_units(store, tmp_path):
    file = tmp_path / "list.csv"
    head = "直播主题,主播昵称,直播开始时间,观看次数,平均在线人数,人均观看时长(分钟),客单价,成交转化率,带货商品数"
    for figures in ("4146340,7770,1.5,82.92,3.4%,2", "4146341,7771.5,1.6,82.9,3.45%,1000"):
        file.write_text(f"{head}\n秋冬专场,小林,2026-08-31 11:53,{figures}\n", "utf-8")
        plan = take(store, importing.plan_sessions(store, read_sessions(file)))
    assert set(plan.lines[0].detail.split(", ")) == {
        "Views 4,146,340 → 4,146,341", "Mean online (ACU) 7,770 → 7,771.5", "Mean stay 1m 30s → 1m 36s",
        "客单价 ¥82.92 → ¥82.90", "成交转化率 3.40% → 3.45%", "带货商品数 2 → 1,000",
    }  # fmt: skip


def test_a_past_session_twice_and_with_later_figures(store):
    take(store, importing.plan_sessions(store, reading("compass", past(gmv=100))))
    assert importing.plan_sessions(store, reading("compass", past(gmv=100))).counts() == (0, 0, 1, 0)
    plan = take(store, importing.plan_sessions(store, reading("compass", past(gmv=300, refund_amount=50))))
    assert plan.lines[0].detail == "GMV ¥1 → ¥3, Refunded amount — → ¥0.50"
    session = queries.sessions(store)[0]
    assert queries.figures(store, session.id) == {"gmv": 300, "refund_amount": 50}
    journal.undo(store)
    assert queries.figures(store, session.id) == {"gmv": 100}


def test_real_past_sessions(store, shared):
    empty = dump(store)
    path = shared / "data" / "real" / "livestreams.xlsx"
    plan = take(store, importing.plan_sessions(store, read_sessions(path, year=2021)))
    assert plan.read == 316
    assert plan.added + len(plan.refused) == 316
    assert plan.added >= 285
    assert all(refusal.why for refusal in plan.refused)
    again = importing.plan_sessions(store, read_sessions(path, year=2021))
    assert (again.added, again.changed, again.unchanged) == (0, 0, plan.added)
    journal.undo(store)
    assert dump(store) == empty


def test_real_past_sessions_without_a_year_are_refused_with_that_reason(store, shared):
    plan = importing.plan_sessions(store, read_sessions(shared / "data" / "real" / "livestreams.xlsx"))
    assert plan.added == 0
    assert any("has no year" in refusal.why for refusal in plan.refused)


@pytest.fixture
def coat(store):
    product_id = catalogue.add_product(store, "Coat", code="C1", spec="S", barcode="6901", stock=20)
    catalogue.add_sku(store, product_id, "M", code="C1-M", stock=30)
    return product_id


def stocks(store, product_id):
    return [sku.stock for sku in queries.product(store, product_id).skus]


def test_counted_stock_is_set_by_barcode_code_or_product_and_spec(store, coat):
    before = dump(store)
    rows = (StockRow(18, barcode="6901"), StockRow(31, sku_code="C1-M"))
    plan = take(store, importing.plan_stock(store, reading("stock", *rows)))
    assert [line.detail for line in plan.lines] == ["stock 20 → 18", "stock 30 → 31"]
    assert stocks(store, coat) == [18, 31]
    assert importing.plan_stock(store, reading("stock", *rows)).counts() == (0, 0, 2, 0)
    journal.undo(store)
    assert dump(store) == before
    take(store, importing.plan_stock(store, reading("stock", StockRow(5, title="Coat", spec="M"))))
    assert stocks(store, coat) == [20, 5]


def test_counted_stock_that_fits_nothing_or_too_much_is_refused(store, coat):
    rows = (
        StockRow(1, product_code="C1"),
        StockRow(1, sku_code="X"),
        StockRow(9, barcode="6901"),
        StockRow(8, title="Coat", spec="S"),
    )
    plan = take(store, importing.plan_stock(store, reading("stock", *rows)))
    assert [refusal.row for refusal in plan.refused] == [2, 3, 5]
    assert plan.refused[0].why == "2 SKUs fit and the row does not say which"
    assert plan.refused[1].why == "not in the catalogue"
    assert plan.refused[2].why == "row 4 of this file counted 9, this row 8"


@pytest.fixture
def ended(store, clock):
    session = show.create_session(store, "Yesterday")
    show.go_live(store, session)
    clock.advance(3600)
    show.end_show(store, session)
    return session


def test_figures_over_time_become_buckets_and_one_undo_takes_them_back(store, clock, ended):
    start = queries.session(store, ended).started_at
    before = dump(store)
    samples = [Sample(start + n * 60_000, "online", 100 + n) for n in range(5)] + [Sample(start, "gpm", 5)]
    plan = take(store, importing.plan_samples(store, ended, reading("samples", *samples)))
    assert plan.added == 5
    assert "gpm" in plan.notes[-1]
    buckets = inflow.rollups(store, ended)
    assert [bucket.last for bucket in buckets if bucket.n] == [100, 101, 102, 103, 104]
    held = dump(store)
    assert importing.plan_samples(store, ended, reading("samples", *samples)).counts() == (0, 0, 6, 0)
    journal.undo(store)
    assert dump(store) == before
    journal.redo(store)
    assert dump(store) == held


def test_figures_of_another_day_are_refused(store, ended):
    start = queries.session(store, ended).started_at
    plan = importing.plan_samples(store, ended, reading("samples", Sample(start + 86_400_000, "online", 1)))
    assert plan.counts() == (0, 0, 0, 1)
    assert "outside the session" in plan.refused[0].why


def test_figures_of_a_session_on_air_come_in_live(store):
    session = show.create_session(store, "Now")
    with pytest.raises(Refused, match="has not begun"):
        importing.plan_samples(store, session, reading("samples"))
    show.go_live(store, session)
    now = store.clock.now()
    plan = importing.plan_samples(store, session, reading("samples", Sample(now, "online", 1), Sample(now, "gpm", 2)))
    importing.apply(store, plan)
    assert plan.counts() == (1, 0, 1, 0)  # the second says nothing of its own
    assert "gpm" in plan.notes[0]
    assert inflow.rollups(store, session) == []  # whoever has the session open folds them
    assert [json.loads(line)["value"] for _number, line in inflow.posted(store, session, 0, 10)] == [1]


def test_figures_told_again_to_a_show_on_air_are_not_new(store, clock):
    session = show.create_session(store, "Now")
    show.go_live(store, session)
    start = clock.now()
    clock.advance(600)
    online = [Sample(start + n * 60_000, "online", 1200 + n) for n in range(5)]
    gmv = [Sample(start + n * 60_000, "gmv", 10_000 * n) for n in range(5)]
    told = reading("samples", *online, *gmv)
    assert take(store, importing.plan_samples(store, session, told)).counts() == (10, 0, 0, 0)
    assert importing.plan_samples(store, session, told).counts() == (0, 0, 10, 0)  # left, not folded yet
    fold_alone(store, queries.session(store, session))
    held = inflow.rollups(store, session)
    assert take(store, importing.plan_samples(store, session, told)).counts() == (0, 0, 10, 0)
    assert inflow.posted(store, session, 0, 99) == []
    more = reading("samples", *online, Sample(start + 240_000, "gmv", 41_000), Sample(start + 500_000, "online", 1204))
    assert take(store, importing.plan_samples(store, session, more)).counts() == (2, 0, 5, 0)
    fold_alone(store, queries.session(store, session))
    assert inflow.rollups(store, session) != held


def test_a_total_that_orders_came_to_is_new_when_a_file_tells_it(store, clock):
    session = show.create_session(store, "Now")
    show.go_live(store, session)
    clock.advance(60)
    order = Record(clock.now(), "order", "relay", order="O1", quantity=1, amount=9_900)
    inflow.post(store, session, [line_of(order)])
    fold_alone(store, queries.session(store, session))
    told = reading("samples", Sample(clock.now(), "gmv", 9_900))
    assert take(store, importing.plan_samples(store, session, told)).added == 1
    fold_alone(store, queries.session(store, session))
    assert importing.plan_samples(store, session, told).counts() == (0, 0, 1, 0)
