"""A recording: tolerant reading, and playing at any speed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.errors import UserError
from liveshop_desk.feeds.record import encode
from liveshop_desk.feeds.recording import BadLine, Recording, Replay
from liveshop_desk.model.clock import ManualClock
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import Record, pace_note, pace_of

START = 1_795_262_400_000
SALT = b"salt"


def samples(*seconds):
    return [Record(START + second * 1000, "sample", "douyin", "online", second) for second in seconds]


@pytest.fixture
def clock():
    return ManualClock(START + 86_400_000)


def test_bad_lines_are_counted_and_passed_over(tmp_path):
    path = tmp_path / "evening.jsonl"
    good = encode(samples(1)[0])
    lines = ["\ufeff" + good, "", "not json", '{"t":"2026-11-21T20:00:00Z","kind":"applause"}', "x" * 200_000, good]
    path.write_text("\n".join(lines), encoding="utf-8")
    recording = Recording(path, SALT)
    assert list(recording) == samples(1, 1)
    assert recording.read == 6
    assert recording.bad == [BadLine(3, "not a line of JSON"), BadLine(5, "longer than 64 KB")]
    assert recording.bad_count == 2
    assert recording.unknown == {"applause": 1}
    assert recording.left_out() == (
        "2 lines could not be read, first line 3: not a line of JSON. 1 line of an unknown kind."
    )
    assert recording.done_bytes == recording.size == path.stat().st_size
    assert len(list(recording)) == 2
    assert recording.bad_count == 2


def test_garbage_is_kept_small(tmp_path):
    path = tmp_path / "garbage.jsonl"
    kinds = "".join(f'{{"t":"2026-11-21T20:00:00Z","kind":"k{n}"}}\n' for n in range(300))
    path.write_text("?\n" * 5_000 + kinds, encoding="utf-8")
    recording = Recording(path, SALT)
    assert list(recording) == []
    assert recording.bad_count == 5_000
    assert len(recording.bad) == 100
    assert len(recording.unknown) == 50


def test_a_folder_is_refused_before_it_is_played(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        Recording(tmp_path, "")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(UserError, match=r"gone\.jsonl"):
        Recording(tmp_path / "gone.jsonl", SALT)


def test_at_sixty_times_an_hour_is_a_minute(clock):
    replay = Replay(samples(0, 30, 60, 90), 60, clock)
    assert [record.value for record in replay.due()] == [0]
    clock.advance(1)
    assert [record.value for record in replay.due()] == [30, 60]
    assert (replay.played, replay.position, replay.done) == (3, 60, False)
    clock.advance(0.5)
    assert [record.value for record in replay.due()] == [90]
    assert replay.done
    assert replay.due() == []


def test_speed_zero_is_as_fast_as_asked(clock):
    replay = Replay(iter(samples(*range(10))), 0, clock)
    assert len(replay.due(limit=4)) == 4
    assert len(replay.due()) == 6
    assert replay.done


def test_shifted_to_the_session(clock):
    replay = Replay(samples(0, 60), 0, clock, shift_to=clock.now())
    assert [record.at - clock.now() for record in replay.due()] == [0, 60_000]
    squeezed = Replay(samples(0, 60), 60, clock, shift_to=clock.now(), squeeze=True)
    clock.advance(1)
    assert [clock.now() - record.at for record in squeezed.due()] == [1_000, 0]


def test_a_recording_of_a_replay_says_how_fast_it_comes_to_be_in_all(clock):
    replay = Replay([pace_note(0, 60), *samples(1)], 5, clock, shift_to=clock.now(), squeeze=True)
    assert [pace_of(note)[0] for note in replay.begin()] == [5]
    clock.advance(1)
    assert pace_of(replay.due()[0])[0] == 300
    assert [note.id for note in replay.end()] == ["1"]
    assert Replay(samples(1), 60, clock).begin() == []  # its own times: silence is as long as it was


def test_what_happened_in_one_millisecond_of_the_replay_is_told_apart(clock):
    like = Record(START, "like", "douyin", count=1, viewer="a")
    likes = [like, replace(like, at=START + 300), replace(like, at=START + 300)]  # the last was sent twice
    assert drawn_together(likes, 1000, clock)[0]["likes"] == 2
    set_back = [*samples(5), Record(START + 4_800, "sample", "douyin", "online", 4)]
    assert drawn_together(set_back, 1000, clock)[0]["online"] == 5


def drawn_together(records, pace, clock):
    """What the figures are when the records are played ``pace`` times as fast."""
    replay = Replay(records, pace, clock, shift_to=clock.now(), squeeze=True)
    notes = replay.begin()
    clock.advance(3_000_000)
    return folded([*notes, *replay.due()])


def folded(records):
    """The figures, sales by SKU, what a better source overruled and the rows of the buckets but for their times."""
    live = LiveFigures()
    for record in records:
        live.absorb(record)
    figures = dict(live.figures())
    rows = [(row.metric, row.n, row.low, row.high, row.last) for row in live.take_dirty()]
    return figures, live.per_sku, live.waits, rows


SECONDS = 3  # a multiple of every pace's milliseconds: what is a second before is not drawn to the same one
STEPS = (
    st.integers(0, 10) | st.integers(3, 30) | st.integers(-6, 0) | st.integers(-30, -21) | st.integers(301, 700)
).map(lambda steps: steps * SECONDS * 1000)  # on, a silence, late, a clock set back, longer than a level stands
SAID = st.one_of(
    st.tuples(
        st.just("sample"),
        st.sampled_from(["manual", "douyin", "tiktok"]),
        st.sampled_from(["online", "gmv", "orders", "comments"]),
    ),
    st.tuples(
        st.sampled_from(["like", "comment", "enter", "order"]), st.sampled_from(["douyin", "tiktok"]), st.just("")
    ),
)


@given(st.lists(st.tuples(STEPS, SAID, st.integers(0, 50)), min_size=2, max_size=25), st.sampled_from([10, 60, 1000]))
@settings(max_examples=150)
def test_played_at_any_speed_it_comes_to_the_figures_of_then(told, pace):
    newest, records = START + 3_000, []
    for number, (step, (kind, source, metric), value) in enumerate(told):
        at, newest = newest + step, max(newest, newest + step)
        if kind == "order":
            sold = {
                "sku": "Y9981",
                "quantity": value,
                "amount": value * 100,
                "order": f"No{number}",
                "id": f"No{number}",
            }
            records.append(Record(at, kind, source, **sold))
        else:
            said = {"metric": metric, "value": value} if metric else {"count": value, "viewer": "a"}
            records.append(Record(at, kind, source, **said))
    figures, *rest = drawn_together(records, pace, ManualClock(START + 86_400_000))
    figures_then, *rest_then = folded(records)
    assert figures == pytest.approx(figures_then, rel=1e-9)  # a mean of shorter seconds is another in its last bit
    assert rest == rest_then


@pytest.mark.parametrize("squeeze", [True, False])
@pytest.mark.parametrize("away", [-40 * 365 * 86_400, 400 * 86_400])
def test_a_record_of_another_year_holds_nothing_up(clock, away, squeeze):
    replay = Replay(samples(0, 1, away, 2), 60, clock, shift_to=clock.now(), squeeze=squeeze)
    clock.advance(1)
    played = replay.due()
    assert [record.value for record in played] == [0, 1, away, 2]
    assert played[1].at == played[2].at <= played[3].at
    assert replay.position == 2
    assert len(Replay(samples(0, away), 60, clock).due()) == 2  # nor in its own time


def test_disorder_and_emptiness(clock):
    replay = Replay(samples(5, 3, 6), 1, clock)
    assert [record.value for record in replay.due()] == [5, 3]
    clock.advance(1)
    assert [record.value for record in replay.due()] == [6]
    assert Replay([], 1, clock).done
    for speed in (-1, float("inf"), float("nan")):
        with pytest.raises(ValueError, match=str(speed)):
            Replay([], speed, clock)
