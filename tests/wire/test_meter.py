"""Who speaks all the time, and who only now and then; a live room that is over."""

from collections import Counter

from liveshop_desk.feeds.decoders.base import Decoded
from liveshop_desk.model.record import Record
from liveshop_desk.wire.meter import Health, Meter


def spoken(*ticks):
    meter = Meter("ingest")
    for tick in ticks:
        meter.message("{}", 1000, tick)
    return meter.state(ticks[-1], 15.0, raw=False)


def test_a_minute_without_a_long_gap_is_steady():
    assert spoken(*range(0, 61, 10)).steady
    assert not spoken(*range(0, 51, 10)).steady


def test_a_post_now_and_then_is_not():
    assert not spoken(5.0).steady
    assert not spoken(*range(0, 600, 20)).steady


def test_who_was_steady_stays_so_when_it_falls_silent():
    assert spoken(*range(0, 61, 10), 500).steady


def test_a_room_that_has_ended_may_begin_again():
    meter = Meter("barragegrab")
    meter.content(Decoded(ended=True))
    meter.content(Decoded())
    assert meter.state(0.0, 15.0, raw=False).ended
    meter.content(Decoded(records=[Record(1000, "comment", "douyin")]))
    assert not meter.state(0.0, 15.0, raw=False).ended


def test_a_metric_nobody_knows_is_counted_among_the_unknown_types():
    meter = Meter("ingest")
    figures = [Record(1000, "sample", "own", metric, 5) for metric in ("online", "mood", "mood")]
    meter.content(Decoded(records=[*figures, Record(1000, "comment", "own")], unknown=Counter({"dance": 1})))
    assert meter.state(0.0, 15.0, raw=False).unknown == (("mood", 2), ("dance", 1))


def test_a_source_switched_on_again_owes_nothing_for_the_time_it_was_off():
    meter = Meter("barragegrab")
    meter.open()
    for tick in range(0, 61, 10):
        meter.message("{}", 1000, tick)
    meter.off()
    assert meter.state(600.0, 15.0, raw=False).messages == 7
    meter.connecting()
    meter.open()
    state = meter.state(601.0, 15.0, raw=False)
    assert (state.health, state.last_at, state.steady, state.messages) == (Health.WAITING, None, False, 7)
