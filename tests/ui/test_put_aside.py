"""What a source says that another, believed sooner, says as well: counted for nothing, and said so."""

import pytest

from liveshop_desk.model.record import Record
from liveshop_desk.wire.meter import SourceState
from liveshop_desk.wire.thread import WireThread
from ui.panels.source_texts import trouble_lines
from ui.wiring import Wiring


@pytest.fixture
def wiring(context, live):
    thread = WireThread()
    made = Wiring(context, live, lambda: thread, lambda **_fields: None, port=0)
    made.start()
    yield made
    made.close()
    thread.stop(wait=5)


def test_what_is_from_before_the_show_counts_at_its_start_and_is_told(wiring, live, clock):
    start = clock.now()
    live.inlet.since = start
    clock.advance(30)
    told = [Record(start - hours * 3_600_000, "sample", "oba", "gmv", 100 * hours) for hours in (2, 1)]
    live.receive([*told, Record(start - 2_000, "sample", "dycast", "online", 5)], now=True)  # two seconds are no fault
    assert (wiring.early("oba"), wiring.early("dycast")) == (2, 0)
    said = trouble_lines(SourceState("oba"), 0, wiring.early("oba"))
    assert said == ["2 from before the show: counted at its start"]


def test_a_lesser_source_is_told_that_it_is_put_aside(wiring, live, clock):
    now = clock.now()
    live.receive([Record(now, "sample", "manual", "online", 900), Record(now, "sample", "oba", "online", 5)], now=True)
    assert (wiring.put_aside("oba"), wiring.put_aside("dycast")) == (1, 0)
    assert trouble_lines(SourceState("oba"), 1) == ["1 put aside: another source rules"]
    assert trouble_lines(SourceState("oba")) == []
