"""What the OBS installed here cannot show: chapters of its own, one that hangs, one that throws us out.

A server of this test's own speaks obs-websocket 5 as its protocol page writes it.
"""

import asyncio
import threading

import msgpack
import pytest
import websockets

from liveshop_desk.errors import UserError
from liveshop_desk.model.clock import SystemClock
from liveshop_desk.wire import obs_link, obs_session
from liveshop_desk.wire.obs import Obs
from liveshop_desk.wire.obs_address import Address
from liveshop_desk.wire.obs_state import Link, Recording
from tests.wire.obs_program import wait_for

ACTIVE = {"outputActive": True, "outputDuration": 5_000}
ANSWERS = {
    "GetVersion": {"obsVersion": "31.0.0", "availableRequests": ["CreateRecordChapter"]},
    "GetVideoSettings": {"fpsNumerator": 60, "fpsDenominator": 1},
    "GetSceneList": {"currentProgramSceneName": "Main", "scenes": [{"sceneIndex": 0, "sceneName": "Main"}]},
    "GetInputList": {"inputs": []},
    "GetSpecialInputs": {"mic1": None},
    "GetStats": {"activeFps": 60},
    "GetStreamStatus": {"outputActive": False},
    "GetRecordStatus": ACTIVE,
    "CreateRecordChapter": {},
}


class Other:
    """Answers as told. ``refused`` requests get a code; ``silent`` leaves requests unanswered; ``kick`` closes."""

    def __init__(self):
        self.asked = []
        self.connections = 0
        self.refused = {}
        self.silent = False
        self.close_with = 0
        self.scene = "Main"
        self.before_sounds = []  # events sent between a question for sounds and its answer
        self.greeting = msgpack.packb({"op": 0, "d": {"obsWebSocketVersion": "5.5.0", "rpcVersion": 1}})
        self.port = 0

    async def serve(self, started):
        async with websockets.serve(
            self._talk, "127.0.0.1", 0, subprotocols=[websockets.Subprotocol("obswebsocket.msgpack")]
        ) as server:
            self.port = server.sockets[0].getsockname()[1]
            started.set()
            await asyncio.get_running_loop().create_future()

    async def _talk(self, ws):
        self.connections += 1
        await ws.send(self.greeting)
        async for frame in ws:
            message = msgpack.unpackb(frame)
            if message["op"] == 1:
                await ws.send(msgpack.packb({"op": 2, "d": {"negotiatedRpcVersion": 1}}))
            elif self.close_with:
                await ws.close(self.close_with)
            elif not self.silent:
                requests = message["d"].get("requests", ())
                if any(each["requestType"] == "GetInputMute" for each in requests):
                    for event in self.before_sounds:
                        await ws.send(msgpack.packb({"op": 5, "d": event}))
                await ws.send(msgpack.packb(self._answer(message)))

    def _answer(self, message):
        data = message["d"]
        if message["op"] == 8:
            results = [self._result(each) for each in data["requests"]]
            return {"op": 9, "d": {"requestId": data["requestId"], "results": results}}
        return {"op": 7, "d": self._result(data) | {"requestId": data["requestId"]}}

    def _result(self, request):
        name = request["requestType"]
        self.asked.append((name, request.get("requestData")))
        code = self.refused.get(name, 100)
        return {
            "requestType": name, "requestStatus": {"result": code == 100, "code": code},
            "responseData": self._data(name),
        }  # fmt: skip

    def _data(self, name):
        if name == "GetSceneList":
            return {"currentProgramSceneName": self.scene, "scenes": [{"sceneIndex": 0, "sceneName": self.scene}]}
        return ANSWERS.get(name)


@pytest.fixture
def other(loop):
    made, started = Other(), threading.Event()
    serving = asyncio.run_coroutine_threadsafe(made.serve(started), loop)
    assert started.wait(10)
    yield made
    serving.cancel()
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result(5)
    wait_for(serving.done, "the server to end")


@pytest.fixture
def obs(loop, tmp_path, other):
    made = Obs(lambda work: asyncio.run_coroutine_threadsafe(work, loop), SystemClock(), tmp_path)
    yield made
    made.disconnect().result(10)


def connect(obs, other):
    obs.connect(Address(port=other.port)).result(5)


def test_a_newer_obs_writes_chapters_into_its_recording(obs, other, tmp_path):
    connect(obs, other)
    wait_for(lambda: obs.state.connected, "a connection")
    obs.chapter("First").result(5)
    assert ("CreateRecordChapter", {"chapterName": "First"}) in other.asked
    assert (obs.state.chapters, obs.state.chapter_file) == (1, "")
    assert list(tmp_path.iterdir()) == []


def test_an_obs_that_is_still_starting_is_waited_for(obs, other):
    """OBS 30.2 listens, and refuses all, some seconds before it is ready: what it can was unknown for the evening."""
    other.refused = dict.fromkeys(ANSWERS, 207)
    connect(obs, other)
    wait_for(lambda: len(other.asked) > 2, "some questions")
    assert obs.state.link is Link.CONNECTING
    other.refused = {}
    wait_for(lambda: obs.state.connected, "a connection")
    assert (obs.state.version, obs.state.scene) == ("31.0.0", "Main")
    assert obs.state.figures.fps_wanted == 60
    obs.chapter("First").result(5)
    assert obs.state.chapter_file == ""
    assert other.connections == 1


def test_an_obs_busy_with_its_scenes_tells_them_a_moment_later(obs, other):
    other.refused = dict.fromkeys(("GetSceneList", "GetInputList", "GetVideoSettings"), 207)
    connect(obs, other)
    wait_for(lambda: obs.state.connected, "a connection")
    other.refused = {}
    wait_for(lambda: obs.state.scene == "Main" and obs.state.figures.fps_wanted == 60, "scenes and frame rate")


def test_a_scene_that_changes_while_the_lists_are_read_is_not_forgotten(obs, other, monkeypatch):
    monkeypatch.setitem(ANSWERS, "GetInputList", {"inputs": [{"inputName": "Mic", "inputKind": "alsa"}]})
    changed = {"eventType": "CurrentProgramSceneChanged", "eventData": {"sceneName": "Pause"}, "eventIntent": 4}
    other.before_sounds = [changed]
    connect(obs, other)
    wait_for(lambda: obs.state.connected, "a connection")
    assert obs.state.scene == "Pause"


def test_an_incident_scene_left_while_the_desk_was_cut_off_is_taken_back(obs, other, monkeypatch):
    monkeypatch.setattr(obs_link, "RELIST_SECONDS", 0.1)
    connect(obs, other)
    wait_for(lambda: obs.state.connected, "a connection")
    obs.switch("Pause").result(5)
    other.scene = "Pause"
    wait_for(lambda: obs.state.scene == "Pause", "the scene, by the lists that are read now and then")
    assert obs.state.back_to == "Main"
    other.close_with = 1001
    wait_for(lambda: obs.state.link is Link.LOST, "the end")
    other.scene, other.close_with = "Talk", 0  # somebody went on in OBS itself
    wait_for(lambda: obs.state.connected, "it again")
    assert (obs.state.scene, obs.state.back_to) == ("Talk", "")


def test_a_format_that_takes_no_chapters_gets_a_file(obs, other, tmp_path):
    other.refused["CreateRecordChapter"] = 702
    connect(obs, other)
    wait_for(lambda: obs.state.connected, "a connection")
    obs.chapter("First").result(5)
    (file,) = tmp_path.iterdir()
    assert file.read_text("utf-8") == "00:00:05.000 First\n"


def test_a_recording_begun_while_obs_was_away_has_chapters_of_its_own(obs, other, tmp_path, monkeypatch):
    other.refused["CreateRecordChapter"] = 702
    connect(obs, other)
    wait_for(lambda: obs.state.connected, "a connection")
    obs.chapter("First").result(5)
    other.close_with = 1001  # it crashed
    wait_for(lambda: obs.state.link is Link.LOST, "the end")
    monkeypatch.setitem(ANSWERS, "GetRecordStatus", ACTIVE | {"outputDuration": 2_000})
    other.close_with = 0
    wait_for(lambda: obs.state.connected, "it again")
    wait_for(lambda: obs.state.recording is Recording.ON, "its new recording")
    assert obs.state.chapters == 0
    obs.chapter("Second").result(5)
    assert sorted(file.read_text("utf-8") for file in tmp_path.iterdir()) == [
        "00:00:02.000 Second\n",
        "00:00:05.000 First\n",
    ]


def test_an_obs_that_hangs_is_given_up_and_tried_again(obs, other, monkeypatch):
    monkeypatch.setattr(obs_session, "TIME", 0.3)
    connect(obs, other)
    wait_for(lambda: obs.state.connected, "a connection")
    other.silent = True
    wait_for(lambda: obs.state.link is Link.LOST, "the hang to be noticed")
    other.silent = False
    wait_for(lambda: obs.state.connected, "the new connection")


@pytest.mark.parametrize("code", [4009, 4010, 4011])
def test_who_is_thrown_out_does_not_come_again(obs, other, code):
    other.close_with = code
    connect(obs, other)
    wait_for(lambda: obs.state.link is Link.REFUSED, "the refusal")
    assert obs.state.problems()[0].text
    assert obs._running.done()
    assert other.connections == 1
    with pytest.raises(UserError):
        obs.start_record().result(5)


@pytest.mark.parametrize(
    "greeting", [b"\xc1", msgpack.packb([]), msgpack.packb({"op": 0}), msgpack.packb({"op": 99, "d": 1})]
)
def test_somebody_else_at_that_port_is_no_obs(obs, other, greeting, monkeypatch):
    monkeypatch.setattr(obs_session, "TIME", 0.3)
    other.greeting = greeting
    connect(obs, other)
    wait_for(lambda: obs.state.link is Link.LOST, "the failure")
    other.greeting = Other().greeting
    wait_for(lambda: obs.state.connected, "OBS in its place")
