"""Shop files of every released schema open, whole, with their record and their undo."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from liveshop_desk.ops import show
from liveshop_desk.store import journal, queries
from liveshop_desk.store.schema import SCHEMA
from liveshop_desk.store.store import Store

OLD = Path(__file__).parents[1] / "old_shops"


def test_every_released_schema_has_its_shop():
    assert {path.stem for path in OLD.glob("*.sql")} == {f"schema_{number}" for number in range(1, SCHEMA + 1)}


@pytest.mark.parametrize("name", ["schema_1", "schema_2", "schema_3"])
def test_a_shop_of_that_time_goes_on(tmp_path, clock, name):
    path = tmp_path / "old.liveshop"
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript((OLD / f"{name}.sql").read_text("utf-8"))
    store = Store.open(path, clock)
    session = queries.live_session(store)
    assert session.theme == "秋冬专场"
    assert show.timeline(store, session.id).standing.on_air == 1
    assert queries.sku(store, "s1").live_price == 36900
    assert journal.undo(store).label == "鹅绒羽绒服 price ¥399 → ¥369"
    assert queries.sku(store, "s1").live_price == 39900
    assert "{直播价}" in queries.script(store, "product:p1")
    store.close()
