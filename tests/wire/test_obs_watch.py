"""What OBS says, folded: above all what it says of the stream."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.wire.obs_state import Figures, Link, ObsState, Recording, Stream
from liveshop_desk.wire.obs_watch import Samples, polled, record_event, scene_event, scenes_of, stream_event

FIGURES = Figures(60, 60, 5, 90_000, 0, 0, 0, 0, 0, 6_000, 1_000, 0)
ON = ObsState(link=Link.ON, figures=FIGURES)
IDLE = {"outputActive": False, "outputReconnecting": False}
LIVE = {"outputActive": True, "outputReconnecting": False}
RECONNECTING = {"outputActive": True, "outputReconnecting": True}


def after(*said, state=ON):
    for word in said:
        state = stream_event(state, {"outputActive": False, "outputState": f"OBS_WEBSOCKET_OUTPUT_{word}"})
    return state


@pytest.mark.parametrize(
    ("said", "stream"),
    [
        (["STARTING"], Stream.STARTING),
        (["STARTING", "STARTED"], Stream.LIVE),
        (["STARTING", "STOPPED"], Stream.FAILED),
        (["STARTING", "STARTED", "RECONNECTING"], Stream.RECONNECTING),
        (["STARTING", "STARTED", "RECONNECTING", "RECONNECTED"], Stream.LIVE),
        (["STARTING", "STARTED", "RECONNECTING", "STOPPED"], Stream.FAILED),
        (["STARTING", "STARTED", "STOPPING", "STOPPED"], Stream.OFF),
        (["STARTING", "STARTED", "RECONNECTING", "STOPPING", "STOPPED"], Stream.OFF),
        (["STARTING", "STOPPED", "STARTING"], Stream.STARTING),
        (["something new"], Stream.OFF),
    ],
)
def test_what_its_events_mean(said, stream):
    assert after(*said).stream is stream


@pytest.mark.parametrize(
    ("known", "status", "stream"),
    [
        (Stream.OFF, LIVE, Stream.LIVE),  # it was streaming when we came
        (Stream.LIVE, RECONNECTING, Stream.RECONNECTING),
        (Stream.LIVE, IDLE, Stream.FAILED),  # it stopped while we were away
        (Stream.FAILED, IDLE, Stream.FAILED),
        (Stream.STARTING, IDLE, Stream.STARTING),
        (Stream.STOPPING, LIVE, Stream.STOPPING),
    ],
)
def test_what_a_poll_means(known, status, stream):
    state = polled(ON._replace(stream=known), FIGURES, status, IDLE, outputs=True)
    assert state.stream is stream


def test_a_poll_that_an_event_has_overtaken_changes_no_state():
    state = polled(ON._replace(stream=Stream.LIVE, recording=Recording.ON), FIGURES, IDLE, IDLE, outputs=False)
    assert (state.stream, state.recording) == (Stream.LIVE, Recording.ON)


def test_a_recording_is_paused_and_goes_on():
    def said(word):
        return record_event(ON, {"outputState": f"OBS_WEBSOCKET_OUTPUT_{word}"}).recording

    assert [said(word) for word in ("STARTED", "PAUSED", "RESUMED", "STOPPED")] == [
        Recording.ON, Recording.PAUSED, Recording.ON, Recording.OFF,
    ]  # fmt: skip


def test_a_late_end_of_another_transition_does_not_take_the_incident_back():
    state = ON._replace(scene="Main", back_to="Main")
    state = scene_event(state, "Close-up", "Pause")  # asked for before the incident, told of after it
    assert state.back_to == "Main"
    state = scene_event(state, "Pause", "Pause")
    assert state.back_to == "Main"
    assert scene_event(state, "Close-up", "Pause").back_to == ""


def test_scenes_stand_as_in_obs():
    answer = {"scenes": [{"sceneIndex": 0, "sceneName": "lowest"}, {"sceneIndex": 1, "sceneName": "highest"}]}
    assert scenes_of(answer) == ("highest", "lowest")


def look(samples, at, *, rendered, skipped=0, sent=0, dropped=0, sent_bytes=0):
    stats = {"activeFps": 60, "renderTotalFrames": rendered, "renderSkippedFrames": skipped}
    stream = {
        "outputActive": True, "outputTotalFrames": sent, "outputSkippedFrames": dropped, "outputBytes": sent_bytes,
    }  # fmt: skip
    return samples.figures(at, 60, stats, stream, {})


def test_shares_are_of_the_last_ten_seconds():
    samples = Samples()
    first = look(samples, 0, rendered=1_000, skipped=500)
    assert first.skipped_share is None  # a bad start long ago says nothing of now
    for second in range(1, 21):
        now = look(samples, second, rendered=1_000 + 60 * second, skipped=506)
        if second == 1:
            assert now.skipped_share == pytest.approx(0.1)
    assert now.skipped_share == 0
    assert now.skipped == 506


def test_the_upload_is_a_rate_and_unknown_where_the_count_begins_again():
    samples = Samples()
    look(samples, 0, rendered=60, sent_bytes=1_000_000)
    assert look(samples, 2, rendered=180, sent_bytes=2_000_000).kbits == pytest.approx(4_000)
    assert look(samples, 3, rendered=240, sent_bytes=0).kbits is None


def test_an_obs_started_anew_is_measured_anew():
    samples = Samples()
    look(samples, 0, rendered=9_000, skipped=900)
    now = look(samples, 1, rendered=60, skipped=1)
    assert now.skipped_share is None


@pytest.mark.parametrize(
    ("changes", "key", "grave"),
    [
        ({"dropped_share": 0.02}, "dropped", True),
        ({"congestion": 0.8}, "congestion", False),
        ({"skipped_share": 0.02}, "skipped", False),
        ({"fps": 40}, "fps", False),
        ({"cpu": 95}, "cpu", False),
        ({"disk_mb": 900}, "disk", True),
    ],
)
def test_each_trouble_is_said_with_its_number(changes, key, grave):
    state = ON._replace(stream=Stream.LIVE, recording=Recording.ON)
    assert state.problems() == ()
    (problem,) = state._replace(figures=FIGURES._replace(**changes)).problems()
    assert (problem.key, problem.grave) == (key, grave)
    assert any(sign.isdigit() for sign in problem.text)


def test_a_full_disk_matters_while_recording_and_drops_while_streaming():
    state = ON._replace(figures=FIGURES._replace(disk_mb=10, dropped_share=0.5, congestion=1))
    assert state.problems() == ()


values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.lists(st.none()))
answers = st.dictionaries(
    st.sampled_from(["activeFps", "renderTotalFrames", "outputBytes", "outputActive", "outputState", "cpuUsage"]),
    values,
)


@settings(max_examples=80)
@given(answers, answers, answers)
def test_whatever_it_says_is_survived(stats, stream, record):
    samples = Samples()
    for at in (0.0, 1.0):
        figures = samples.figures(at, None, stats, stream, record)
    state = polled(ON, figures, stream, record, outputs=True)
    record_event(stream_event(state, stream), record).problems()
