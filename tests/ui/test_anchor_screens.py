"""The anchor's window on real screens that come and go: an X server whose monitors are plugged in and out."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def serve():
    """Start an X server on a free display and return (process, display)."""
    read, write = os.pipe()
    args = ["Xvfb", "-displayfd", str(write), "-screen", "0", "2304x1400x24", "-nolisten", "tcp"]
    server = subprocess.Popen(args, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        return server, f":{told.readline().strip()}"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the child found: name → (how and where it stands, what the operator was told last)."""
    if sys.platform != "linux" or shutil.which("Xvfb") is None:
        pytest.skip("needs Xvfb, whose monitors can be plugged in and out")
    server, display = serve()
    try:
        home = {"LIVESHOP_HOME": str(tmp_path_factory.mktemp("home"))}
        environment = os.environ | home | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
        child = subprocess.run(
            [sys.executable, "-m", "tests.ui.screens_child"],
            env=environment, cwd=ROOT, capture_output=True, text=True, timeout=90, check=False,
        )  # fmt: skip
    finally:
        server.terminate()
        server.wait(10)
    if "libXrandr" in child.stderr:
        pytest.skip("needs libXrandr to plug monitors in and out")
    assert child.returncode == 0, child.stderr
    return dict(line.split(": ", 1) for line in child.stdout.splitlines())


def test_it_fills_the_second_screen(told):
    assert told["shown"].startswith("fills GLASS (1280, 0, 1024, 768) playing=True")


@pytest.mark.parametrize("when", ["unplugged", "unplugged_of_three"])
def test_unplugged_it_goes_on_in_a_window_and_says_so(told, when):
    assert told[when].startswith("stands DESK")
    assert "playing=True" in told[when]
    assert "GLASS was unplugged" in told[when]


@pytest.mark.parametrize("when", ["unplugged", "unplugged_of_three", "desk_lost"])
def test_in_a_window_it_stays_above_the_desk(told, when):
    assert "above=True" in told[when]


def test_replugged_it_goes_back_by_itself_and_says_so(told):
    assert told["replugged"].startswith("fills GLASS (1280, 0, 1024, 768) playing=True")
    assert "GLASS is back" in told["replugged"]
    assert "above=False" in told["replugged"]


def test_going_back_it_leaves_the_keyboard_at_the_desk(told):
    assert "desk_has_keys=False" in told["shown"]
    assert "desk_has_keys=True" in told["unplugged"]
    assert "desk_has_keys=True" in told["replugged"]


def test_it_follows_another_resolution(told):
    assert told["smaller"].startswith("fills GLASS (1280, 0, 800, 600)")


def test_a_third_screen_changes_nothing(told):
    assert told["third"].startswith("fills GLASS (1280, 0, 800, 600)")


def test_a_strange_screen_is_offered_and_remembered_once_chosen(told):
    assert told["another"].startswith("stands DESK")
    assert "Another screen is connected: NEW" in told["another"]
    assert told["chosen"].startswith("fills NEW (1280, 0, 1024, 768)")
    assert told["remembered"] == "|||NEW"


def test_whether_it_fills_a_screen_is_remembered_for_the_next_start(told):
    assert told["filled"] == "True"
    assert told["filled_alone"] == "False"


def test_when_the_desk_loses_its_own_screen_the_prompter_makes_room(told):
    assert told["desk_lost"].startswith("stands")
    assert "the desk needs the anchor's" in told["desk_lost"]


def test_place_and_pace_are_kept_through_all_of_it(told):
    assert told["read_on"] == "True"
