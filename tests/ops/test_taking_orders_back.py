"""An order list imported into a show on air and taken back: all is as it would be had it never been imported."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from liveshop_desk.errors import Refused
from liveshop_desk.feeds.inbox import take_posted
from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.feeds.record import decode_line
from liveshop_desk.model.record import Record
from liveshop_desk.ops import importing, show
from liveshop_desk.sheets.orders import read_orders
from liveshop_desk.store import journal, queries, shortfall
from liveshop_desk.store.tape import recorded
from tests.ops.orders import DOUYIN, HOUR, START, douyin, evening, told
from tests.ops.test_importing_orders_any import CODES, NUMBERS, opened
from tests.sheets.files import write_csv

MINUTE = 60_000
lives = st.lists(
    st.tuples(
        st.sampled_from(("order", "order", "priced", "refund")),
        st.sampled_from(NUMBERS),
        st.sampled_from(CODES),
        st.integers(1, 100),
        st.sampled_from(("oba", "uni")),
    ),
    max_size=6,
)
rows = st.lists(
    st.tuples(
        st.sampled_from(NUMBERS), st.sampled_from(CODES), st.integers(0, 99_999), st.integers(1, 9),
        st.integers(1, 100), st.booleans(),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


class Show:
    """A show on air in a shop of its own, fed like the desk feeds it."""

    def __init__(self, folder, name):
        self.folder = Path(folder)
        self.store, self.clock = opened(folder, name)
        self.store.db.conn.execute("UPDATE skus SET stock = 6")
        self.session = evening(self.store, self.clock, end=False)
        self.inlet = None
        self.open()

    def open(self):
        self.inlet = Inlet(self.store, self.session, moves_stock=True)
        self.inlet.since = START

    def close(self):
        self.inlet.close()
        self.store.close()

    def restart(self):
        self.inlet.close()
        self.open()

    def hear(self, *lines):
        for line in lines:
            self.inlet.receive([record(*line)])
        self.fold()

    def fold(self, most=1000):
        while take_posted(self.store, self.inlet, "", most):
            self.inlet.pump()
            self.inlet.flush(wait=True)
        self.inlet.pump()
        self.inlet.flush(wait=True)

    def bring(self, made, *, fold=True):
        lines = [
            douyin(n, code, f"{fen / 100:.2f}", minute, units=str(units), after="退款成功" if back else "-")
            for n, code, fen, units, minute, back in made
        ]
        path = write_csv(self.folder / "orders.csv", [DOUYIN, *lines])
        importing.apply(self.store, importing.plan_orders(self.store, read_orders(path)))
        if fold:
            self.fold()

    def state(self):
        """Return all that anyone sees of it."""
        self.restart()
        found, figures = self.inlet.figures, self.inlet.figures
        minutes = {
            metric: [figures.delta(metric, START + m * MINUTE, START + (m + 1) * MINUTE) for m in range(120)]
            for metric in figures.figures()
        }
        return {
            "figures": dict(found.figures()), "skus": dict(figures.per_sku), "minutes": minutes,
            "estimated": (figures.estimated, figures.unpriced),
            "stock": [queries.sku(self.store, f"s{n}").stock for n in (1, 2)],
            "short": shortfall.of_session(self.store, self.session),
        }  # fmt: skip


def record(kind, number, code, minute, source):
    if kind == "refund":
        at = START + minute * MINUTE
        return Record(at, "refund", source, sku=code, quantity=1, amount=100, order=number, id=f"r{number}{code}")
    line = told(f"{number}", code, minute, quantity=2 if kind == "priced" else None)
    more = {"amount": 4_200} if kind == "priced" else {}
    return Record(
        line.at, "order", source, sku=code, order=number, quantity=line.quantity, id=f"{number}/{code}", status="paid",
        **more,
    )  # fmt: skip


@given(before=lives, first=rows, between=lives, second=rows, after=lives, restart=st.booleans(), twice=st.booleans())
@example(  # the relay's word comes while the file has the say
    before=[], first=[("690", "Y1", 500, 2, 3, True)], between=[("order", "690", "Y1", 5, "oba")], second=[], after=[],
    restart=True, twice=False,
)  # fmt: skip
@settings(max_examples=14)
def test_imported_and_taken_back_is_as_never_imported(before, first, between, second, after, restart, twice):
    with tempfile.TemporaryDirectory() as folder:
        plain, tried = Show(folder, "plain.liveshop"), Show(folder, "tried.liveshop")
        for each in (plain, tried):
            each.hear(*before)
        tried.bring(first)
        steps = 1 if tried.store.newest_step() else 0
        for each in (plain, tried):
            each.hear(*between)
        if twice and second:
            tried.bring(second)
        if restart:
            tried.restart()
        while (target := journal.undo_target(tried.store)) is not None and "Import" in target.label:
            journal.undo(tried.store)
            steps += 1
        assert steps
        for each in (plain, tried):
            each.fold()
            each.hear(*after)
        assert tried.state() == plain.state()
        plain.close()
        tried.close()


FILE = [("690", "Y1", 36_900, 1, 10, False), ("691", "Y2", 5_000, 2, 20, True), ("691", "Y1", 1_000, 1, 20, True)]
HEARD = [("order", "690", "Y1", 10, "oba"), ("priced", "692", "Y2", 30, "oba")]


@pytest.fixture
def shows(tmp_path):
    made = [Show(tmp_path, "plain.liveshop"), Show(tmp_path, "tried.liveshop")]
    for each in made:
        each.hear(*HEARD)
    yield made
    for each in made:
        each.close()


@pytest.mark.parametrize("taken", range(12))
def test_killed_anywhere_it_is_before_or_after(shows, taken):
    plain, tried = shows
    tried.bring(FILE, fold=False)
    imported = tried.store.rows("SELECT line FROM inbox")
    journal.undo(tried.store)
    assert len(tried.store.rows("SELECT line FROM inbox")) > len(imported) >= 4
    take_posted(tried.store, tried.inlet, "", taken)
    tried.inlet.inbox = 0  # written, and killed before the lines were marked as done
    tried.inlet.pump()
    tried.inlet.flush(wait=True)
    tried.restart()
    tried.fold()
    assert tried.state() == plain.state()
    assert not tried.store.rows("SELECT line FROM inbox")


def test_a_typed_total_stands_before_and_after(shows):
    for each in shows:
        each.inlet.receive([Record(START + HOUR, "sample", "manual", "gmv", 30_000)])
        each.fold()
    plain, tried = shows
    tried.bring(FILE)
    assert tried.inlet.figures.total("gmv") > 30_000  # the lines come to more than somebody typed
    journal.undo(tried.store)
    tried.fold()
    assert tried.state() == plain.state()


def test_what_an_import_replaced_is_on_record_and_counts_again(shows):
    tried = shows[1]
    tried.bring(FILE)
    assert tried.inlet.figures.estimated == 0
    before = len(tried.store.rows("SELECT id FROM events"))
    journal.undo(tried.store)
    tried.fold()
    kinds = {row["key"]: row["kind"] for row in tried.store.rows("SELECT key, kind FROM events")}
    assert len(kinds) == before
    assert sorted(kinds.values()) == ["order", "order", "replaced", "replaced", "replaced", "replaced", "replaced"]
    assert tried.inlet.figures.estimated == 10_000


def test_the_same_file_again_counts_again_and_once(shows):
    tried = shows[1]
    tried.bring(FILE)
    first = tried.state()
    journal.undo(tried.store)
    tried.bring(FILE)
    assert tried.state() == first
    journal.undo(tried.store)
    tried.bring(FILE, fold=False)  # before anybody has looked at the undo
    journal.undo(tried.store)
    tried.bring(FILE)
    assert tried.state() == first


def test_redo_is_refused_with_the_way_to_go_and_does_not_bar_the_acts_before(shows):
    tried = shows[1]
    tried.bring(FILE)
    scheme = show.create_session(tried.store, "明天", planned_start=START)
    journal.undo(tried.store)
    journal.undo(tried.store)
    with pytest.raises(Refused) as refused:
        journal.redo(tried.store)
    assert "Import the file again" in str(refused.value)
    journal.redo(tried.store)
    assert queries.session(tried.store, scheme) is not None


def test_once_the_show_is_over_it_is_refused_with_the_reason(shows):
    tried = shows[1]
    tried.bring(FILE)
    show.end_show(tried.store, tried.session)
    before = tried.state()
    with pytest.raises(Refused) as refused:
        journal.undo(tried.store)
    assert "ended" in str(refused.value)
    assert tried.state() == before


def test_an_import_under_a_later_one_of_the_same_show_is_left_alone(shows):
    tried = shows[1]
    tried.bring(FILE)
    tried.bring([("690", "Y1", 30_000, 1, 10, False)])
    steps = tried.store.rows("SELECT id FROM journal WHERE undoable ORDER BY id DESC")
    tried.store.blocked.add(steps[0]["id"])  # its own undo was refused
    with pytest.raises(Refused):
        journal.undo(tried.store)


def test_the_recording_comes_to_the_same_figures(shows, tmp_path):
    tried, again = shows[1], Show(tmp_path, "again.liveshop")
    tried.bring(FILE)
    tried.hear(("order", "691", "Y2", 21, "uni"))
    journal.undo(tried.store)
    tried.fold()
    for line in b"".join(recorded(tried.store, tried.session)).splitlines():
        again.inlet.receive([decode_line(line, "")])
    again.fold()
    assert again.state() == tried.state()
    again.close()


def test_a_second_import_before_anybody_looked_is_no_step_of_its_own(shows):
    plain, tried = shows
    tried.bring(FILE, fold=False)
    step = tried.store.newest_step()
    tried.bring(FILE, fold=False)
    assert tried.store.newest_step() == step
    journal.undo(tried.store)
    tried.fold()
    assert tried.state() == plain.state()
