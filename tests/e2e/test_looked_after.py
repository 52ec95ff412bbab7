"""What comes behind the room in front: soon, one without the other, and not once the desk is closed."""

import gc
import sys
from dataclasses import replace

from liveshop_desk import settings
from liveshop_desk.ops import scripts
from liveshop_desk.store import queries
from liveshop_desk.wire import config
from tests.e2e.hands import wait_until
from tests.e2e.shops import SCRIPT, make_on_air, make_shop, read


def read_long(store, segment):
    scripts.save_script(store, queries.script_id(segment), SCRIPT * 4, title=segment.title)


def test_a_draft_that_goes_on_air_while_she_reads_is_looked_after_at_once(open_desk, shop_file):
    session = make_shop(shop_file)
    read(shop_file, lambda store: read_long(store, queries.segments(store, session)[0]))
    settings.save(replace(settings.load(), alarms={"listed": 0.5}))
    h = open_desk(whole=False)
    h.press("Ctrl+Space")  # done when the Live room stands
    window = h.starter.window
    wait_until(lambda: window.busy and not h.starter._ahead.holding)
    h.press("Ctrl+L")
    wait_until(lambda: "Begin" in h.notice())
    h.press("Return")
    wait_until(lambda: h.shows("ON AIR"))
    wait_until(lambda: any(text.startswith("⚠") for text in h.texts()), lambda: str(h.texts()))
    assert window.busy
    assert window.unbuilt  # rooms nobody looks at wait until she stands


def test_a_library_that_cannot_be_loaded_takes_nothing_else_with_it(open_desk, shop_file, monkeypatch):
    """A processor too old for numpy has no chart; without Prepare, Review and Catalogue there would be no desk."""
    make_on_air(shop_file)
    monkeypatch.setitem(sys.modules, "ui.widgets.live_chart", None)
    h = open_desk(ready=False)
    h.expect_error("Something went wrong")
    wait_until(lambda: not h.starter.window.unbuilt)
    h.room("Review")
    assert h.shows("What went wrong, what was changed")
    assert gc.isenabled()


def test_a_desk_closed_before_it_listens_does_not_begin_to(open_desk, shop_file, monkeypatch):
    monkeypatch.setattr(config, "PORT", 0)
    make_on_air(shop_file)
    settings.save(replace(settings.load(), sources=config.dump((replace(config.default("ingest"), on=True),))))
    h = open_desk(ready=False)
    windows = []
    h.starter.ready.connect(lambda: windows.append(h.starter.window))
    h.starter._imported.connect(lambda what: h.shell.close() if what == "network" else None)
    wait_until(lambda: windows and not h.shell.isVisible())
    (window,) = windows
    assert window._wire is None  # the network's thread has not been begun to be ended
