"""Every test runs without a screen, in English, in a home of its own."""

import os
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHONFAULTHANDLER"] = "1"  # a desk in a process of its own that crashes says where
os.environ["LANG"] = "C.UTF-8"
os.environ.pop("LC_ALL", None)
os.environ.pop("LC_MESSAGES", None)
os.environ.pop("LC_TIME", None)  # it says whether 07/09 is in July

from pathlib import Path

import pytest
from hypothesis import settings

from liveshop_desk import i18n
from liveshop_desk.model.clock import ManualClock
from liveshop_desk.store.store import Store

SHARED = Path(__file__).resolve().parents[2] / "shared"

# A property is true or not however long the host lets it wait: 0.85 s for one of 0.06 ms ended a run as red.
settings.register_profile("desk", deadline=None)
settings.load_profile("desk")


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Keep settings and shop files of a test to the test."""
    monkeypatch.setenv("LIVESHOP_HOME", str(tmp_path / "home"))
    i18n.set_language("en")


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def zone(monkeypatch):
    """Live in the zone it is called with; the tests' own comes back afterwards."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process can only be set on Unix")

    def change(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield change
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def new_york(zone):
    """Live where the clocks change: put on on 14 March 2027 at 2:00, back on 1 November 2026 at 2:00."""
    zone("EST5EDT,M3.2.0,M11.1.0")  # no list of zones is needed to read it


@pytest.fixture
def store(tmp_path, clock):
    """A real shop file on disk."""
    opened = Store.open(tmp_path / "shop.liveshop", clock)
    yield opened
    opened.close()


@pytest.fixture
def shared():
    """The folder of real exports; tests that need it are skipped where it is not."""
    if not SHARED.exists():
        pytest.skip("../shared is not beside this clone: real exports cannot be tried")
    return SHARED
