"""``import orders`` as people and programs meet it, alone and beside a desk that has the show on air."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from liveshop_desk.feeds.inbox import own_inlet, take_posted
from liveshop_desk.model.clock import to_local
from liveshop_desk.model.record import Record
from liveshop_desk.ops import show
from liveshop_desk.store import inflow, orders, queries
from liveshop_desk.store.lock import ShopLock
from tests.ops.orders import DOUYIN, PERSON, evening
from tests.sheets.files import write_csv

MAIN = Path(__file__).resolve().parents[2] / "main.py"


def run(*words):
    done = subprocess.run([sys.executable, str(MAIN), *map(str, words)], capture_output=True, check=True, timeout=60)
    return json.loads(done.stdout)


@pytest.fixture
def begun(desk, live):
    """The show on air, begun an hour ago: when that was."""
    store = desk().store
    at = queries.session(store, live).started_at - 3_600_000
    with store.step("Earlier") as step:
        step.update("sessions", live, started_at=at)
    return at


@pytest.fixture
def sold(tmp_path, begun):
    """Write an order file: (number, code, amount, minute of the show)."""

    def write(*rows, encoding="gb18030"):
        made = []
        for number, code, amount, minute in rows:
            when = to_local(begun + minute * 60_000).strftime("%Y/%m/%d %H:%M:%S")
            made.append(
                [f"\t{number}", "", "商品", "-", "1", "", code, amount, amount, *PERSON, when, when, "已发货", "-", ""]
            )
        return write_csv(tmp_path / "订单.csv", [DOUYIN, *made], encoding)

    return write


def relay(store, session, begun, number, minute):
    """Let a relay tell an order without its amount."""
    inlet = own_inlet(store, queries.session(store, session))
    at = begun + minute * 60_000
    inlet.receive([Record(at, "order", "oba", sku="Y9981", order=number, id=f"{number}#已付款", status="paid")])
    inlet.close()


def stock(store):
    return queries.products(store)[0].stock


def totals(store, session):
    carry = inflow.carry(store, session)
    return {name: carry.tracks[name].value for name in ("gmv", "orders", "units")} | {"estimated": carry.estimated}


ROWS = ("6900001", "Y9981", "369.00", 5), ("6900002", "W2103", "59.00", 10), ("6900003", "Y9981", "1.00", -30)
EXACT = {"gmv": 42_800, "orders": 2, "units": 2, "estimated": 0}
COUNTED = {"read": 3, "added": 1, "changed": 1, "unchanged": 1, "refused": [], "elsewhere": 1, "unpaid": 0}


def test_a_dry_run_tells_and_writes_nothing(program, desk, live, begun, sold):
    store = desk().store
    relay(store, live, begun, "6900001", 5)
    done = program("import", "orders", sold(*ROWS), "--dry-run", "--json")
    assert (done.status, done.json) == (0, COUNTED)
    assert totals(store, live)["estimated"] == 39_900
    told = program("import", "orders", sold(*ROWS), "--dry-run").out
    assert "1 order was paid when no session was on air" in told
    assert "3 read: 1 new, 1 changed, 1 unchanged, 0 refused" in told


def test_on_air_without_a_desk_the_verb_folds_them_itself(desk, live, begun, sold):
    store = desk().store
    relay(store, live, begun, "6900001", 5)
    left = stock(store)
    assert run("import", "orders", sold(*ROWS), "--json") == COUNTED
    assert totals(store, live) == EXACT
    assert stock(store) == left
    again = run("import", "orders", sold(*ROWS), "--json")
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 3)
    assert totals(store, live) == EXACT


def test_beside_a_desk_they_are_left_for_it_and_it_comes_to_the_same(desk, live, begun, sold, shop):
    store = desk().store
    relay(store, live, begun, "6900001", 5)
    left = stock(store)
    lock = ShopLock.acquire(shop)  # this process is the desk that has the show on air
    try:
        inlet = own_inlet(store, queries.session(store, live))
        assert run("import", "orders", sold(*ROWS), "--json") == COUNTED
        assert totals(store, live)["orders"] == 1
        while take_posted(store, inlet, queries.meta(store, "salt"), 1_000):
            inlet.pump()
        assert (inlet.figures.total("gmv"), inlet.figures.estimated) == (42_800, 0)
        inlet.close()
    finally:
        lock.release()
    assert totals(store, live) == EXACT
    assert stock(store) == left
    [first] = [line for line in orders.of_session(store, live) if line.order == "6900001"]
    assert (first.source, first.amount, first.estimated) == ("file", 36_900, False)


def test_after_the_show_it_is_a_step_that_undo_takes_back(program, desk, live, begun, sold, tmp_path):
    opened = desk()
    relay(opened.store, live, begun, "6900001", 5)
    show.end_show(opened.store, live)
    before = totals(opened.store, live)
    assert run("import", "orders", sold(*ROWS), "--json") == COUNTED
    assert totals(opened.store, live) == EXACT
    assert program("sessions", "--json").json[0]["gmv"] == "428.00"
    book = tmp_path / "总结.xlsx"
    assert program("export", "session", "last", "--out", book).status == 0
    said = [
        str(cell)
        for sheet in openpyxl.load_workbook(book, data_only=True)
        for row in sheet.values
        for cell in row
        if cell
    ]
    assert any("428" in cell for cell in said)
    assert not any("estimated from" in cell for cell in said)
    opened.undo()
    assert totals(opened.store, live) == before


def test_an_amount_in_another_money_is_refused_with_row_and_column(program, live, begun, sold):
    path = sold(("6900001", "Y9981", "$369.00", 5))
    done = program("import", "orders", path)
    assert done.status == 1
    assert "订单.csv, row 2, column 订单应付金额: " in done.out


def test_two_shows_at_a_time_are_told_apart_by_the_anchor(program, desk, live, begun, tmp_path):
    store = desk().store
    path = tmp_path / "自己的.csv"
    other = show.create_session(store, "第二间", anchor="阿杰")
    with store.step("Beside") as step:
        step.update("sessions", other, state="ended", started_at=begun, ended_at=begun + 3_600_000)
    when = to_local(begun + 60_000).isoformat(" ")[:19]
    path.write_text(f"订单号,付款时间,实付金额,主播\nA1,{when},10,阿杰\nA2,{when},20,小林\n", "utf-8")
    assert program("import", "orders", path, "--json").json["added"] == 2
    assert [line.order for line in orders.of_session(store, other)] == ["A1"]
    assert [line.order for line in orders.of_session(store, live)] == ["A2"]


def test_an_evening_of_long_ago_takes_its_orders_too(program, desk, live, clock, tmp_path):
    store = desk().store
    show.end_show(store, live)
    store.clock = clock
    session = evening(store, clock)
    path = tmp_path / "o.csv"
    path.write_text("单,钱,何时\nA1,10,2026-11-21 20:30\n", "utf-8")
    done = program(
        "import", "orders", path, "--map", "单=order", "--map", "钱=amount", "--map", "何时=paid_at", "--json"
    )
    assert (done.status, done.json["added"]) == (0, 1)
    assert totals(store, session)["gmv"] == 1_000
