"""The one table of importable files: what each is called everywhere, and what planning one tells meanwhile."""

from pathlib import Path

import pytest

from liveshop_desk.errors import UserError
from liveshop_desk.ops import importing
from liveshop_desk.ops.importing import LABELS
from liveshop_desk.ops.importing_files import SOURCES, Job, plan_file
from liveshop_desk.sheets.products import read_products
from liveshop_desk.sheets.stock import read_stock
from liveshop_desk.verbs.importing import command


def test_every_kind_of_file_has_a_verb_and_a_name_in_the_record():
    assert set(command().commands) == set(SOURCES)
    assert set(SOURCES) <= set(LABELS)


def test_a_file_is_read_then_planned_and_nothing_is_written(store, tmp_path):
    goods = tmp_path / "goods.csv"
    goods.write_text("品名,货号,直播价\n围巾,S207,129\n", encoding="utf-8")
    steps: list[tuple[int, int]] = []
    plan = plan_file(store, Job("products", goods), lambda done, total: steps.append((done, total)))
    assert (plan.what, plan.added, steps) == ("products", 1, [(0, 2), (1, 2), (2, 2)])
    assert store.newest_step() == 0


def test_a_file_that_is_not_there_is_said(store):
    for what in SOURCES:
        with pytest.raises(UserError) as told:
            plan_file(store, Job(what, Path("nowhere.csv")))
        assert told.value.kept == "Nothing was imported."


def test_a_refusal_names_the_column_as_the_file_does(store, tmp_path):
    table = tmp_path / "货盘.csv"
    table.write_text("宝贝标题,商家编码,售价\n,N1,99\n", encoding="utf-8")
    plan = importing.plan_products(
        store, read_products(table, mapping={"宝贝标题": "title", "商家编码": "product_code"})
    )
    assert [(refusal.column, refusal.why) for refusal in plan.refused] == [("宝贝标题", "a new product needs a name")]
    counted = tmp_path / "盘点.csv"
    counted.write_text("规格编码,实盘数量\nG9,3\n", encoding="utf-8")
    plan = importing.plan_stock(store, read_stock(counted))
    assert [(refusal.column, refusal.why) for refusal in plan.refused] == [("规格编码", "not in the catalogue")]


FILES = {
    "products": "品名,货号,直播价\n围巾,S207,129\n",
    "sessions": "主播昵称,直播开始时间,直播间观看次数,直播间成交金额\n小红,2026/09/07 20:00,1200,3400\n",
    "orders": "订单编号,买家实际支付金额,订单付款时间,宝贝标题\n123456789,12,2026/09/07 20:10:00,围巾\n",
}
ACTS = {"products": "Import products", "sessions": "Import past sessions", "orders": "Import orders"}


@pytest.fixture
def file_of(tmp_path):
    def write(what):
        path = tmp_path / f"{what}.csv"
        path.write_text(FILES[what], encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(("asked", "what"), [
    ("products", "sessions"), ("sessions", "products"), ("sessions", "orders"),
    ("orders", "products"), ("orders", "sessions"), ("queue", "sessions"),
])  # fmt: skip
def test_a_file_of_another_kind_is_refused_with_the_act_that_takes_it(store, file_of, asked, what):
    with pytest.raises(UserError) as told:
        plan_file(store, Job(asked, file_of(what)))
    assert "columns are missing" in told.value.what
    assert told.value.kept == "Nothing was imported."
    assert f"“{ACTS[what]}”" in told.value.todo
    assert f"import {what})" in told.value.todo
    assert "--map" not in told.value.todo


def test_orders_can_be_read_as_goods_but_it_is_said_what_they_are(store, file_of):
    plan = plan_file(store, Job("products", file_of("orders")))
    assert "“Import orders”" in plan.notes[0]
    assert not any("By its columns" in note for note in plan_file(store, Job("orders", file_of("orders"))).notes)
    assert not any("By its columns" in note for note in plan_file(store, Job("products", file_of("products"))).notes)


def test_columns_named_by_hand_are_believed(store, file_of):
    with pytest.raises(UserError) as told:
        plan_file(store, Job("products", file_of("sessions"), mapping={"主播昵称": "brand"}))
    assert "By its columns" not in told.value.todo


def test_a_table_of_no_known_kind_is_refused_as_ever(store, tmp_path):
    other = tmp_path / "渠道.csv"
    other.write_text("渠道名称,曝光,进入,Name\n推荐,1,2,x\n", encoding="utf-8")
    with pytest.raises(UserError, match=r'--map "column='):
        plan_file(store, Job("sessions", other))
