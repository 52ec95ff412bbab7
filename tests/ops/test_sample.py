"""The sample shop and the demo: believable, complete, and dated back so that the window opens on a running show."""

import csv

import pytest

from liveshop_desk.model.product import Role
from liveshop_desk.model.session import Kind, State
from liveshop_desk.ops import sample, show
from liveshop_desk.paths import resource
from liveshop_desk.prompter.script import parse
from liveshop_desk.store import inflow, journal, queries


@pytest.fixture
def session(store):
    return queries.session(store, sample.make_sample(store))


def test_the_evening_is_prepared(store, session):
    assert (session.state, session.anchor, session.operator) == (State.DRAFT, "小林", "阿杰")
    assert (session.platforms, session.goal_gmv) == (("douyin", "taobao"), 12_000_000)
    assert "秋冬羽绒专场" in session.theme
    segments = queries.segments(store, session.id)
    assert len(segments) == 24
    assert {s.kind for s in segments} == set(Kind)
    planned = sum(s.planned_seconds for s in segments)
    assert planned == (2 * 60 + 58) * 60 <= (session.planned_end - session.planned_start) / 1000


def test_the_catalogue_can_be_sold(store, session):
    products = queries.products(store)
    assert len(products) == 20
    assert {p.role for p in products} == set(Role)
    assert sorted(len(p.skus) for p in products) == [1] * 19 + [4]
    for product in products:
        for sku in product.skus:
            assert 0 < sku.cost < sku.live_price < sku.list_price
            assert sku.stock > 0


def test_rows_carry_links_and_scripts(store, session):
    rows = queries.queue(store, session.id)
    assert all(len(row.links) == 2 and all(link.link_no for link in row.links) for row in rows if row.product)
    written = [row for row in rows if row.script]
    assert len(written) >= 18
    assert all(not parse(row.script).unknown for row in written)
    assert {"live_price", "list_price", "stock", "name"} <= set.union(*(set(parse(r.script).keys) for r in written))


def test_two_past_sessions_have_figures(store, session):
    past = [s for s in queries.sessions(store) if s.state is State.ENDED]
    assert len(past) == 2
    assert all(queries.figures(store, s.id)["gmv"] > 0 and s.ended_at < session.planned_start for s in past)


def test_one_undo_takes_the_sample_back(store, session):
    journal.undo(store)
    assert (queries.products(store), queries.sessions(store), queries.queue(store, session.id)) == ([], [], [])


def test_the_demo_is_an_hour_into_a_rehearsal(store, clock):
    now = clock.now()
    session = queries.session(store, sample.make_demo(store))
    assert (store.clock, store.who) == (clock, "")
    assert (session.state, session.rehearsal) == (State.LIVE, True)
    assert now - session.started_at == (72 * 60 + 43) * 1000
    times = show.timeline(store, session.id).standing
    assert (times.on_air, times.next, times.over_under) == (7, 8, -130.0)
    rows = queries.queue(store, session.id)
    assert all(p.started_at <= now for p in queries.pitches(store, session.id))
    assert [row.listed for row in rows[5:9]] == [False, True, True, False]
    hit = rows[7].product.skus[0]
    assert (hit.live_price, 0 < hit.stock < 50) == (36_900, True)
    assert journal.undo_target(store).who == "阿杰"


def test_the_demo_has_the_figures_of_those_minutes(store, clock):
    session = sample.make_demo(store)
    totals = {name: track[0] for name, track in inflow.carry(store, session).tracks.items()}
    assert 500 < totals["online"] < 2000
    assert 5_000_000 < totals["gmv"] < 20_000_000
    buckets = [r.bucket for r in inflow.rollups(store, session) if r.metric == "online"]
    assert len(buckets) > 400
    assert max(buckets) <= clock.now()


@pytest.mark.needs_shared
def test_no_script_says_what_must_not_be_said(shared):
    text = "".join(path.read_text("utf-8") for path in resource("samples").iterdir())
    with (shared / "data" / "lexicon" / "limit_words.csv").open(encoding="utf-8", newline="") as file:
        banned = [row["term"] for row in csv.DictReader(file) if row["severity"] == "block"]
    assert [word for word in banned if word in text] == []
