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
