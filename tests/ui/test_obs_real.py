"""The desk with the real OBS beside it: an evening's acts, seen in OBS."""

from dataclasses import replace

import pytest

from liveshop_desk.ops import shelf, show
from liveshop_desk.store import queries
from liveshop_desk.wire.obs_address import Address
from liveshop_desk.wire.obs_state import Link, Recording
from liveshop_desk.wire.thread import WireThread
from tests.wire.obs_program import PASSWORD, ObsProgram, missing_programs
from ui.obs import ObsDesk
from ui.prompting import Prompting

MISSING = missing_programs()
pytestmark = [
    pytest.mark.needs_obs,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (.ci/run installs them)"),
]


@pytest.fixture
def program(tmp_path):
    made = ObsProgram(tmp_path / "obs")
    try:
        made.start()
        yield made
    finally:
        made.close()


@pytest.fixture
def wire():
    made = WireThread()
    yield made
    made.stop(10)


@pytest.fixture
def desk(qtbot, context, wire, program):
    def remember(**fields):
        context.desk.settings = replace(context.desk.settings, **fields)

    made = ObsDesk(context, wire.submit, remember)
    made.connect_to(Address(port=program.port, password=PASSWORD))
    qtbot.waitUntil(lambda: made.state.connected, timeout=20_000)
    yield made
    made.close()


@pytest.fixture
def reading(context, live):
    made = Prompting(context, live)
    yield made
    made.close()


def test_an_evening_with_obs(qtbot, context, shop, reading, desk, wire, program):
    def ask(request, **data):
        return wire.submit(desk._obs._link.ask(request, **data)).result(10)

    def see(condition):
        qtbot.waitUntil(lambda: bool(condition()), timeout=20_000)

    def shown(source):
        return ask("GetInputSettings", inputName=source)["inputSettings"].get("text")

    home = desk.state.scene
    ask("CreateScene", sceneName="Pause")
    for source in ("price", "clock"):
        ask("CreateInput", sceneName=home, inputName=source, inputKind="text_ft2_source_v2")
    see(lambda: set(desk.state.text_inputs) == {"price", "clock"} and "Pause" in desk.state.scenes)
    desk.choose(obs_price_input="price", obs_countdown_input="clock", obs_incident_scene="Pause")
    desk.follow(reading)

    context.attempt(show.take, shop.session, shop.segments[1])
    see(lambda: shown("price") == "¥369" and shown("clock"))
    context.attempt(shelf.set_price, ["down-1"], 35_900, confirmed=True)
    see(lambda: shown("price") == "¥359")

    desk.record(on=True)
    see(lambda: desk.state.recording is Recording.ON and desk.state.chapters == 1)
    context.attempt(show.take, shop.session, shop.segments[2])
    see(lambda: desk.state.chapters == 2)

    context.actions.give("obs_incident")
    see(lambda: desk.state.back_to == home and desk.state.scene == "Pause")
    context.actions.give("obs_incident")
    see(lambda: desk.state.scene == home)

    desk.record(on=False)
    see(lambda: desk.state.recording is Recording.OFF)
    (chapters,) = program.home.glob("*.chapters.txt")
    assert [line.partition(" ")[2] for line in chapters.read_text("utf-8").splitlines()] == [
        title(context, shop, 1), title(context, shop, 2),
    ]  # fmt: skip

    program.kill()
    see(lambda: desk.state.link is Link.LOST)
    desk.hang_up()
    see(lambda: desk.state.link is Link.OFF)


def title(context, shop, number):
    return queries.segments(context.desk.store, shop.session)[number].title
