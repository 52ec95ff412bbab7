"""Against the real OBS: what its operator would see in the desk."""

import asyncio

import pytest

from liveshop_desk.errors import UserError
from liveshop_desk.model.clock import SystemClock
from liveshop_desk.wire import obs_find
from liveshop_desk.wire.obs import Obs
from liveshop_desk.wire.obs_address import Address
from liveshop_desk.wire.obs_state import Link, Recording, Stream
from tests.wire.obs_program import PASSWORD, ObsProgram, RtmpSink, chapters_in, free_port, missing_programs, wait_for

MISSING = missing_programs()
pytestmark = [
    pytest.mark.needs_obs,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (.ci/run installs them)"),
]


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    made = ObsProgram(tmp_path_factory.mktemp("obs"))
    try:
        made.start()
        yield made
    finally:
        made.close()


class Hand:
    """The facade with what a test asks OBS past it."""

    def __init__(self, obs, loop):
        self.obs = obs
        self._loop = loop

    @property
    def state(self):
        return self.obs.state

    def ask(self, request, **data):
        return asyncio.run_coroutine_threadsafe(self.obs._link.ask(request, **data), self._loop).result(10)

    def see(self, condition, what, seconds=20):
        wait_for(lambda: condition(self.obs.state), f"{what}; {self.obs.state}", seconds)
        return self.obs.state


@pytest.fixture
def make(loop, tmp_path):
    made = []

    def one():
        made.append(Obs(lambda work: asyncio.run_coroutine_threadsafe(work, loop), SystemClock(), tmp_path / "spare"))
        return Hand(made[-1], loop)

    yield one
    for obs in made:
        obs.disconnect().result(10)


@pytest.fixture
def hand(make, program):
    made = make()
    made.obs.connect(Address(port=program.port, password=PASSWORD)).result(5)
    made.see(lambda state: state.connected, "a connection")
    return made


def keys(state):
    return [problem.key for problem in state.problems()]


def test_it_is_found_by_its_own_config(program):
    found = obs_find.find((program.config / "obs-studio",))
    assert found is not None
    assert (found.address, found.enabled) == (Address(port=program.port, password=PASSWORD), True)


def test_its_numbers_come_every_second(hand):
    first = hand.state.figures
    state = hand.see(lambda state: state.figures is not first, "the next look")
    assert state.figures.fps > 0
    assert state.figures.fps_wanted == 30
    assert state.figures.disk_mb > 0
    assert (state.stream, state.recording) == (Stream.OFF, Recording.OFF)
    assert state.version


def test_a_wrong_password_is_said_and_not_tried_again(make, program):
    hand = make()
    hand.obs.connect(Address(port=program.port, password="no")).result(5)
    state = hand.see(lambda state: state.link is Link.REFUSED, "the refusal", 4)
    assert "password" in state.problems()[0].text
    assert hand.obs._running.done()  # nothing is left that could try again


def test_nobody_there_is_said_and_tried_again(make):
    hand, port = make(), free_port()
    hand.obs.connect(Address(port=port)).result(5)
    state = hand.see(lambda state: state.link is Link.LOST, "the failure", 8)
    assert str(port) in state.problems()[0].text
    assert not hand.obs._running.done()
    with pytest.raises(UserError):
        hand.obs.switch("any").result(5)


def test_an_incident_scene_is_switched_to_and_taken_back(hand):
    home = hand.state.scene
    hand.ask("CreateScene", sceneName="备用画面")
    hand.see(lambda state: "备用画面" in state.scenes, "the new scene")
    hand.obs.switch("备用画面").result(5)
    state = hand.see(lambda state: state.scene == "备用画面", "the switch")
    assert state.back_to == home
    hand.obs.go_back().result(5)
    state = hand.see(lambda state: state.scene == home, "the way back")
    assert state.back_to == ""
    with pytest.raises(UserError):
        hand.obs.go_back().result(5)


def test_who_leaves_the_incident_scene_in_obs_has_taken_it_back(hand):
    home = hand.state.scene
    hand.obs.switch("备用画面").result(5)
    hand.see(lambda state: state.scene == "备用画面", "the switch")
    hand.ask("SetCurrentProgramScene", sceneName=home)
    assert hand.see(lambda state: state.scene == home, "the hand's own way back").back_to == ""


def test_an_unknown_scene_is_refused_in_words(hand):
    with pytest.raises(UserError, match="nowhere"):
        hand.obs.switch("nowhere").result(5)
    assert hand.state.back_to == ""


def test_a_text_source_follows_and_a_missing_one_is_named(hand):
    hand.obs.set_text("price", "¥9.9").result(5)
    state = hand.see(lambda state: state.missing_texts == ("price",), "the missing source")
    assert "texts" in keys(state)
    hand.ask("CreateInput", sceneName=hand.state.scene, inputName="price", inputKind="text_ft2_source_v2")
    state = hand.see(lambda state: not state.missing_texts and state.text_inputs == ("price",), "the new source")

    def shown():
        return hand.ask("GetInputSettings", inputName="price")["inputSettings"].get("text")

    assert wait_for(shown, "the text") == "¥9.9"
    for text in ("¥8.8", "¥7.7", "¥6.6"):
        hand.obs.set_text("price", text)
    wait_for(lambda: shown() == "¥6.6", "the last text")


def test_a_source_with_sound_is_muted(hand):
    hand.ask("CreateInput", sceneName=hand.state.scene, inputName="clip", inputKind="ffmpeg_source")
    hand.see(lambda state: state.muted.get("clip") is False, "the source")
    hand.obs.mute("clip", True).result(5)
    hand.see(lambda state: state.muted.get("clip") is True, "the mute")
    hand.ask("RemoveInput", inputName="clip")
    hand.see(lambda state: "clip" not in state.muted, "it to go")


def test_chapters_stand_beside_the_recording(hand, program):
    hand.obs.chapter("before").result(5)  # no recording: nothing, and no error
    hand.obs.start_record().result(10)
    hand.see(lambda state: state.figures.record_ms > 0, "the recording to run")
    hand.obs.chapter("第一款\n防晒衣").result(5)
    hand.see(lambda state: state.figures.record_ms > 1000, "a second of it")
    hand.obs.chapter("Second").result(5)
    assert hand.state.chapters == 2
    hand.obs.stop_record().result(10)
    (recording,) = program.home.glob("*.mkv")
    chapters = recording.with_name(recording.stem + ".chapters.txt")
    assert hand.state.chapter_file == str(chapters)
    lines = [line.partition(" ") for line in chapters.read_text("utf-8").splitlines()]
    assert [line[2] for line in lines] == ["第一款 防晒衣", "Second"]
    assert "00:00:00.000" <= lines[0][0] < lines[1][0] < "00:01:00.000"


def test_a_recording_that_takes_chapters_has_them_in_it(make, tmp_path):
    """OBS 30.2 and later, in the format Hybrid MP4; read back by ffprobe."""
    program = ObsProgram(tmp_path / "newer")
    program.write_profile("[SimpleOutput]\nRecFormat2=hybrid_mp4\n")
    try:
        program.start()
        hand = make()
        hand.obs.connect(Address(port=program.port, password=PASSWORD)).result(5)
        version = hand.see(lambda state: state.connected, "a connection").version
        if "CreateRecordChapter" not in hand.ask("GetVersion")["availableRequests"]:
            pytest.skip(f"OBS {version} writes no chapters of its own; 30.2 does")
        hand.obs.start_record().result(10)
        hand.see(lambda state: state.figures.record_ms > 0, "the recording to run")
        hand.obs.chapter("第一款 防晒衣").result(5)
        hand.see(lambda state: state.figures.record_ms > 2000, "some seconds of it")
        hand.obs.chapter("Second").result(5)
        hand.see(lambda state: state.figures.record_ms > 3000, "another second")
        assert (hand.state.chapters, hand.state.chapter_file) == (2, "")
        hand.obs.stop_record().result(10)
        (recording,) = program.home.glob("*.mp4")
        titles = wait_for(lambda: chapters_in(recording), "the recording to be closed")
        assert titles == ["Start", "第一款 防晒衣", "Second"]  # OBS begins with one of its own
    finally:
        program.close()


def test_a_stream_that_fails_after_obs_took_the_order(hand):
    server = {"server": f"rtmp://127.0.0.1:{free_port()}/live", "key": "key"}
    hand.ask("SetStreamServiceSettings", streamServiceType="rtmp_custom", streamServiceSettings=server)
    hand.ask("StartStream")
    hand.see(lambda state: state.stream is Stream.FAILED, "the failure")
    assert keys(hand.state)[0] == "stream"


def test_a_stream_that_is_cut_off_and_comes_back(hand):
    sink = RtmpSink()
    try:
        server = {"server": sink.server, "key": "key"}
        hand.ask("SetStreamServiceSettings", streamServiceType="rtmp_custom", streamServiceSettings=server)
        hand.ask("StartStream")
        state = hand.see(lambda state: state.figures.stream_ms > 0 and state.figures.kbits, "the stream to run")
        assert state.stream is Stream.LIVE
        assert "stream" not in keys(state)
    finally:
        sink.close()
    hand.see(lambda state: state.stream is Stream.RECONNECTING, "the cut", 5)
    cut = hand.state.figures
    state = hand.see(lambda state: state.figures is not cut, "the next look")
    assert state.stream is Stream.RECONNECTING  # whatever the two of them say of outputActive
    assert keys(state)[0] == "stream"
    hand.ask("StopStream")
    state = hand.see(lambda state: state.stream is Stream.OFF, "the stop")
    assert "stream" not in keys(state)


def test_a_crash_is_noticed_at_once_and_obs_is_found_again(hand, program):
    hand.obs.set_text("price", "¥5.5").result(5)
    program.kill()
    state = hand.see(lambda state: state.link is Link.LOST, "the crash to be noticed", 5)
    assert state.problems()[0].grave
    with pytest.raises(UserError):
        hand.obs.mute("any", True).result(5)
    program.start()
    hand.see(lambda state: state.connected, "the new connection", 20)
    assert "link" not in keys(hand.state)
