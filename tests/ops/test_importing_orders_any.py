"""Whatever a relay told live and whatever a file says: on air and after the show it comes to the file's own sums."""

import tempfile
from collections import defaultdict
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.feeds.inbox import take_posted
from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.model.clock import ManualClock
from liveshop_desk.ops import importing
from liveshop_desk.sheets.orders import read_orders
from liveshop_desk.store import inflow, journal, queries
from liveshop_desk.store.store import Store
from tests.ops.orders import DOUYIN, START, douyin, evening, told
from tests.sheets.files import write_csv

CODES = ("Y1", "Y2", "STRANGER")
NUMBERS = ("690", "691", "692", "693")
relayed = st.lists(st.tuples(st.sampled_from(NUMBERS), st.sampled_from(CODES), st.integers(1, 100)), max_size=5)
rows = st.lists(
    st.tuples(
        st.sampled_from(NUMBERS), st.sampled_from(CODES), st.integers(0, 99_999), st.integers(1, 3), st.integers(1, 100)
    ),
    max_size=6,
)


def opened(folder, name):
    clock = ManualClock(START)
    store = Store.open(Path(folder) / name, clock)
    with store.step("Sample") as step:
        for n in (1, 2):
            step.insert("products", {"id": f"p{n}", "title": f"货{n}", "code": f"Y{n}", "rank": n})
            step.insert("skus", {"id": f"s{n}", "product_id": f"p{n}", "live_price": 10_000 * n, "stock": 500})
    return store, clock


def bring(store, path):
    importing.apply(store, importing.plan_orders(store, read_orders(path)))


def totals(store, session):
    tracks = inflow.carry(store, session).tracks
    return {name: tracks[name].value if name in tracks else 0 for name in ("gmv", "orders", "units")}


@given(relayed=relayed, rows=rows)
@settings(max_examples=12)
def test_on_air_and_afterwards_it_comes_to_the_same(relayed, rows):
    relayed = list({number: (number, code, minute) for number, code, minute in relayed}.values())
    told_by_file = {number for number, *_rest in rows}
    sums = defaultdict(int)
    for _number, _code, fen, units, _minute in rows:
        sums["gmv"] += fen
        sums["units"] += units
    alone = [each for each in relayed if each[0] not in told_by_file]
    price = {"Y1": 10_000, "Y2": 20_000, "STRANGER": 0}
    expected = {
        "gmv": sums["gmv"] + sum(price[code] for _number, code, _minute in alone),
        "orders": len(told_by_file) + len(alone),
        "units": sums["units"] + len(alone),
    }
    with tempfile.TemporaryDirectory() as folder:
        made = [douyin(n, code, f"{fen / 100:.2f}", minute, units=str(units)) for n, code, fen, units, minute in rows]
        path = write_csv(Path(folder) / "o.csv", [DOUYIN, *made])
        over, clock = opened(folder, "over.liveshop")
        session = evening(over, clock, *relayed)
        before = inflow.rollups(over, session), inflow.carry(over, session)
        bring(over, path)
        assert not rows or totals(over, session) == expected
        assert importing.plan_orders(over, read_orders(path)).empty
        if rows:
            journal.undo(over)
            assert (inflow.rollups(over, session), inflow.carry(over, session)) == before
        over.close()

        live, clock = opened(folder, "live.liveshop")
        session = evening(live, clock, *relayed, end=False)
        bring(live, path)
        bring(live, path)  # nobody has folded the first yet
        inlet = Inlet(live, session, moves_stock=True)
        while take_posted(live, inlet, "", 7):
            inlet.pump()
            inlet.flush(wait=True)
        inlet.receive([told(*each) for each in relayed])  # the relay says all of it once more
        inlet.close()
        assert not rows or totals(live, session) == expected
        assert importing.plan_orders(live, read_orders(path)).empty
        sold, known = defaultdict(int), {number: code for number, code, _minute in relayed}
        for number, code, _fen, units, _minute in rows:
            stranger = {other for each, other, *_rest in rows if each == number} == {"STRANGER"}
            sold[known.get(number, code) if stranger else code] += units  # what only the relay could name stays named
        for _number, code, _minute in alone:
            sold[code] += 1
        assert [queries.sku(live, f"s{n}").stock for n in (1, 2)] == [500 - sold["Y1"], 500 - sold["Y2"]]
        live.close()
