"""What goes wrong where nobody is told at once stands in this machine's log."""

from logging import getLogger

import pytest

from liveshop_desk.paths import log_folder
from ui import faults
from ui.notices import Notices


def let_go():
    for log in (getLogger("liveshop"), getLogger("liveshop_desk")):
        for handler in log.handlers[:]:
            log.removeHandler(handler)
            handler.close()


@pytest.fixture
def hooks(monkeypatch):
    """The hooks, and afterwards those there were before; the log belongs to this test's home."""
    for name in ("sys.excepthook", "threading.excepthook"):
        monkeypatch.setattr(name, None)
    let_go()
    yield faults.install_hooks
    let_go()


def test_what_the_network_thread_says_is_in_the_log(qapp, hooks):
    hooks(Notices())
    hooks(Notices())
    getLogger("liveshop_desk.wire.gate").error("decoder of %s: %s", "oba", "KeyError")
    lines = (log_folder() / "desk.log").read_text("utf-8").splitlines()
    assert len(lines) == 1
    assert lines[0].endswith("decoder of oba: KeyError")
