"""Figures from a file into a show on air, and a show's recording out and in again, by real second processes."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from liveshop_desk.errors import Refused
from liveshop_desk.feeds.inbox import fold_alone, own_inlet, take_posted
from liveshop_desk.feeds.record import encode
from liveshop_desk.model.clock import iso_text
from liveshop_desk.model.record import Record
from liveshop_desk.store import inflow, queries
from liveshop_desk.store.lock import ShopLock
from liveshop_desk.verbs import importing

MAIN = Path(__file__).resolve().parents[2] / "main.py"


def run(*words):
    """Run the program as another process and return what it printed as JSON."""
    argv = [sys.executable, str(MAIN), *map(str, words), "--json"]
    done = subprocess.run(argv, capture_output=True, env=os.environ, check=False, timeout=60)
    assert done.stderr == b"", done.stderr.decode()
    assert done.returncode == 0
    return json.loads(done.stdout)


@pytest.fixture
def file(desk, live, tmp_path):
    """Figures of the last minutes, and the session set back by half an hour so that they lie in it."""
    store = desk().store
    begun = queries.session(store, live).started_at - 1_800_000
    with store.step("Earlier") as step:
        step.update("sessions", live, started_at=begun)
    path = tmp_path / "分时.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["时间", "在线人数", "成交金额"])
        for minute in range(1, 21):
            rows.writerow([iso_text(begun + minute * 60_000), 500 + minute, f"{minute * 1000}.50"])
    return path


def buckets(store, session):
    return inflow.rollups(store, session)


def test_figures_brought_into_a_show_are_the_same_with_and_without_a_desk(file, live, desk, shop, tmp_path):
    typed = Record(queries.session(desk().store, live).started_at + 1_500_000, "sample", "manual", "gmv", 9_900_000)
    inflow.post(desk().store, live, [encode(typed)])
    alone = tmp_path / "alone.liveshop"
    desk().backup(to=alone)
    lock = ShopLock.acquire(shop)  # this process is the desk that has the session open
    try:
        assert run("import", "samples", file, "--session", live)["added"] == 20
        store = desk().store
        assert buckets(store, live) == []
        inlet = own_inlet(store, queries.session(store, live))
        while take_posted(store, inlet, "salt", 1_000):
            inlet.pump()
        inlet.close()
    finally:
        lock.release()
    assert run("import", "samples", file, "--session", live, "--shop", alone)["added"] == 20
    from liveshop_desk.desk import Desk

    other = Desk.open(alone)
    kept = buckets(other.store, live)
    assert kept == buckets(desk().store, live)
    assert len(kept) > 40
    assert inflow.carry(other.store, live).tracks["gmv"].value == 9_900_000  # what was typed later stands
    assert inflow.carry(other.store, live).tracks["online"].value == 520
    assert inflow.posted(other.store, live, 0, 10) == inflow.posted(desk().store, live, 0, 10) == []
    other.close()


def test_no_desk_opens_the_shop_while_an_import_folds_into_its_show(program, file, live, desk, shop, monkeypatch):
    """Two folds of one session write over each other's figures."""

    def while_folding(*given):
        with pytest.raises(Refused, match="Another desk has"):
            ShopLock.acquire(shop)
        fold_alone(*given)

    monkeypatch.setattr(importing, "fold_alone", while_folding)
    assert program("import", "samples", file, "--session", live).status == 0
    ShopLock.acquire(shop).release()
    assert inflow.carry(desk().store, live).tracks["online"].value == 520


def test_a_figure_of_the_future_is_refused(program, file, live):
    file.write_text("时间,在线人数\n2099-01-01 20:00,5\n", "utf-8")
    done = program("import", "samples", file, "--session", live)
    assert done.status == 1
    assert "outside the session" in done.out


@pytest.mark.parametrize("name", ["evening.jsonl", "evening.jsonl.gz"])
def test_a_shows_recording_is_played_again_to_the_same_figures(live, desk, recording, tmp_path, name):
    fresh = tmp_path / "fresh.liveshop"
    desk().backup(to=fresh)
    run("replay", recording(), "--session", live, "--speed", "0")
    out = tmp_path / name
    assert run("export", "recording", live, "--out", out)["lines"] == 72 + 2  # and two notes: the show was young
    assert run("replay", out, "--speed", "0", "--shop", fresh)["new"] == 72
    from liveshop_desk.desk import Desk

    other = Desk.open(fresh)
    assert buckets(other.store, live) == buckets(desk().store, live)
    assert [tuple(row)[1:] for row in other.store.rows("SELECT * FROM events ORDER BY id")] == [
        tuple(row)[1:] for row in desk().store.rows("SELECT * FROM events ORDER BY id")
    ]
    other.close()


def test_at_any_speed_another_shows_tables_are_the_same_but_for_their_times(live, desk, recording, tmp_path):
    fresh = tmp_path / "fresh.liveshop"
    desk().backup(to=fresh)
    run("replay", recording(), "--session", live, "--speed", "0")
    run("replay", recording(), "--speed", "1000", "--shop", fresh)
    from liveshop_desk.desk import Desk

    other = Desk.open(fresh)
    rows = [
        [(row.metric, row.n, row.low, row.high, row.last) for row in buckets(each.store, live)]
        for each in (other, desk())
    ]
    assert rows[0] == rows[1]
    assert len(rows[0]) == 4 * 6  # the ten seconds of a minute, of four metrics
    other.close()


def test_a_show_without_numbers_has_no_recording(program, live, tmp_path):
    done = program("export", "recording", live, "--out", tmp_path / "x.jsonl")
    assert (done.status, list(tmp_path.glob("x.*"))) == (1, [])
    assert "Nothing was recorded" in done.err
