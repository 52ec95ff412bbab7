"""``replay``: a recording reaches the session on air, counted and deduplicated, and stops cleanly."""

import json

import pytest

from liveshop_desk.feeds.record import encode
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import Record
from liveshop_desk.ops import show
from liveshop_desk.store import inflow, queries
from liveshop_desk.verbs import replaying


def figures(desk, session):
    kept = inflow.carry(desk().store, session)
    return {name: track[0] for name, track in kept.tracks.items()}


def test_the_numbers_arrive_and_stock_falls(program, desk, live, recording):
    done = program("replay", recording(), "--session", live, "--speed", "0", "--json")
    assert done.status == 0
    counts = {name: done.json[name] for name in ("read", "new", "bad", "unknown", "unknown_kinds", "stopped")}
    assert counts == {"read": 72, "new": 72, "bad": 0, "unknown": 0, "unknown_kinds": {}, "stopped": False}
    found = figures(desk, live)
    assert (found["online"], found["orders"], found["gmv"]) == (1059, 12, 12 * 39_900)
    assert queries.products(desk().store)[0].stock == 188


def test_played_at_once_a_recording_longer_than_the_show_is_drawn_together(
    program, desk, live, recording, system_clock
):
    done = program("replay", recording(seconds=600), "--speed", "0", "--json")
    assert (done.json["moved"], done.json["read"]) == (0, 720)  # though the show began a moment ago
    started = queries.session(desk().store, live).started_at
    buckets = [r.bucket for r in inflow.rollups(desk().store, live) if r.metric == "online"]
    assert started - 10_000 < min(buckets) < max(buckets) <= system_clock.now()
    assert len(set(buckets)) >= 60  # the ten minutes' own ten seconds
    assert whole(desk, live).mean("online") == pytest.approx(1000 + 598 / 2)


def test_one_time_far_off_makes_nobody_wait(program, desk, live, recording):
    stray = encode(Record(1_900_000_000_000, "sample", "douyin", "online", 7))
    assert program("replay", recording(stray), "--speed", "0", "--json").json["new"] == 73
    assert figures(desk, live)["online"] == 7


def test_what_lies_outside_the_show_is_counted_at_its_edge_and_said(program, desk, live, recording):
    started = queries.session(desk().store, live).started_at
    told = program("replay", recording(seconds=60, start=started), "--speed", "0")
    assert "records lie outside the show's time so far and were counted at its edge" in told.out
    assert "the totals are right" not in told.out  # of several sources another may have counted then


def test_played_fast_the_times_fall_on_the_session(program, desk, live, recording, system_clock):
    before = system_clock.now()
    assert program("replay", recording(), "--speed", "1000").status == 0
    buckets = [r.bucket for r in inflow.rollups(desk().store, live)]
    assert before - 10_000 <= min(buckets) <= max(buckets) <= system_clock.now()


def whole(desk, session):
    """What the tables tell, as the desk reads them again."""
    found = LiveFigures()
    found.restore(inflow.rollups(desk().store, session), inflow.carry(desk().store, session))
    return found


def told_by_two(path, pause):
    """A typed figure, then a relay's: at once, and when ``pause`` seconds have gone."""
    told = [(0, "manual", 1284), (5, "douyin", 300), (pause, "douyin", 321)]
    lines = [
        json.dumps(
            {"t": 1_700_000_000_000 + at * 1000, "kind": "sample", "metric": "online", "value": n, "source": who}
        )
        for at, who, n in told
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.parametrize("speed", ["0", "60", "1000"])
@pytest.mark.parametrize(("pause", "online"), [(10, 1284), (120, 321)])
def test_however_fast_it_is_played_the_source_counts_that_counted_then(
    program, desk, live, tmp_path, speed, pause, online
):
    assert program("replay", told_by_two(tmp_path / "two.jsonl", pause), "--speed", speed).status == 0
    assert figures(desk, live)["online"] == online
    kept = tmp_path / "kept.jsonl"
    assert program("export", "recording", live, "--out", kept).status == 0
    notes = [json.loads(line)["id"].split()[0] for line in kept.read_text("utf-8").splitlines() if "pace" in line]
    assert notes[1:] == ["1"]
    assert notes[0] == speed or speed == "0"


@pytest.mark.parametrize("speed", ["0", "1000"])
def test_a_source_whose_clock_was_set_back_is_followed_at_any_speed(program, desk, live, tmp_path, speed):
    path = tmp_path / "set back.jsonl"
    # Five seconds late is late; five minutes is another clock.
    told = [(0, 1), (400, 5000), (100, 320), (101, 321), (96, 4000)]
    records = [Record(1_700_000_000_000 + at * 1000, "sample", "douyin", "online", n) for at, n in told]
    path.write_text("".join(encode(record) + "\n" for record in records), "utf-8")
    assert program("replay", path, "--speed", speed).status == 0
    assert figures(desk, live)["online"] == 321


def test_a_recording_of_this_very_show_keeps_its_times(program, desk, live, recording):
    started = queries.session(desk().store, live).started_at
    program("replay", recording(seconds=1, start=started + 1), "--speed", "60")
    assert {r.bucket // 10_000 for r in inflow.rollups(desk().store, live)} == {(started + 1) // 10_000}


@pytest.mark.parametrize("again", [0, 1000])
def test_orders_sent_twice_count_once(program, desk, live, recording, again):
    """At a speed it begins now, each time: laid elsewhere, an order is still the same one."""
    path = recording()
    program("replay", path, "--speed", "1000")
    program("replay", path, "--speed", again)
    assert figures(desk, live)["orders"] == 12
    assert queries.products(desk().store)[0].stock == 188


def test_bad_lines_are_named_and_the_rest_goes_on(program, live, recording):
    path = recording("not json", json.dumps({"t": 1_700_000_000_000, "kind": "dance"}), "")
    done = program("replay", path, "--speed", "0")
    assert done.status == 1
    assert "evening.jsonl, line 73: " in done.out
    assert "“dance”: 1" in done.out
    assert "72 new records, 1 bad, 1 of unknown kinds" in done.out


@pytest.mark.parametrize("line", ["not json", json.dumps({"t": 1_700_000_000_000, "kind": "dance"})])
def test_a_file_without_a_readable_line_is_an_error_that_says_so(program, desk, live, tmp_path, line):
    path = tmp_path / "holiday.jsonl"
    path.write_text(f"{line}\n{line}\n", "utf-8")
    done = program("replay", path, "--speed", "0")
    assert done.status == 1
    happened, kept, todo = done.err.splitlines()
    assert happened.startswith("Nothing was replayed: no line of holiday.jsonl is a feed record. 2 lines ")
    assert kept == "The figures of the show are as they were."
    assert "Choose a recording" in todo
    done = program("replay", path, "--speed", "0", "--json")
    assert (done.status, done.json["read"], done.json["new"]) == (1, 2, 0)
    assert inflow.rollups(desk().store, live) == []


def test_a_rehearsal_does_not_touch_the_stock(program, desk, live, recording):
    store = desk().store
    show.end_show(store, live)
    rehearsal = show.create_session(store, "彩排")
    show.go_live(store, rehearsal, rehearsal=True)
    assert program("replay", recording(), "--speed", "0").status == 0
    assert figures(desk, rehearsal)["orders"] == 12
    assert queries.products(desk().store)[0].stock == 200


def test_a_session_that_is_not_on_air_is_refused(program, desk, live, recording):
    store = desk().store
    show.end_show(store, live)
    for words in (["--session", live], []):
        done = program("replay", recording(), "--speed", "0", *words)
        assert (done.status, done.out) == (1, "")
        assert "on air" in done.err
    assert inflow.rollups(store, live) == []


def test_a_missing_recording_is_refused(program, live, tmp_path):
    done = program("replay", tmp_path / "nirgends.jsonl")
    assert (done.status, done.out) == (1, "")
    assert "nirgends.jsonl" in done.err


def test_ctrl_c_stops_with_everything_received_written(program, desk, live, recording, monkeypatch):
    def interrupted(_seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(replaying.time, "sleep", interrupted)
    done = program("replay", recording(), "--speed", "1", "--json")
    assert done.status == 0
    assert done.json["stopped"]
    assert 0 < done.json["new"] < 72
    assert figures(desk, live)["online"] == 1000


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_recording_is_no_error(program, live, tmp_path, content):
    path = tmp_path / "empty.jsonl"
    path.write_text(content)
    assert program("replay", path, "--json").json["new"] == 0
