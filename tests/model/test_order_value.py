"""No order value is ever made of money and buyers that do not belong together, whatever was told, seen and imported."""

from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics import value_of
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.record import FILE, Record
from liveshop_desk.model.settling import settle

START = 1_795_262_400_000
MINUTE = 60_000
LENGTH = 120  # minutes; every minute one buyer pays ¥100 once, so that every true order value is ¥100
PRICE = 10_000
DRIFT = 30  # minutes between two figures of a rate (coverage.APART_MS), and as much that nobody can know of

minutes = st.integers(1, LENGTH)
spans = st.tuples(minutes, minutes).map(sorted)


def at(minute):
    return START + minute * MINUTE


def line(minute, source):
    return Record(at(minute), "order", source, sku="s", quantity=1, amount=PRICE, order=str(minute), id=str(minute))


def told(minute, metric, value):
    return Record(at(minute), "sample", "manual", metric=metric, value=value)


def lines(span, source):
    return [line(minute, source) for minute in range(span[0], span[1] + 1)]


def fair(figures, coverage):
    """Tell whether the shown value could be true for some moment: money and people of stretches that are close."""
    shown = value_of(METRICS["aov"], figures, coverage)
    apart = abs(figures.get("gmv", 0) - figures.get("buyers", 0) * PRICE) / PRICE
    return shown is None or apart <= DRIFT


snapshots = st.lists(minutes, max_size=2)


@settings(max_examples=150)
@given(seen=spans, money=snapshots, people=snapshots, count=snapshots, filed=spans, on_air=st.booleans())
def test_an_order_file_beside_typed_figures_makes_no_order_value_of_what_does_not_belong_together(
    seen, money, people, count, filed, on_air
):
    typed = [told(n, "gmv", n * PRICE) for n in money] + [told(n, "buyers", n) for n in people]
    records = [*lines(seen, "oba"), *typed, *(told(n, "orders", n) for n in count)]
    live = LiveFigures()
    for record in sorted(records, key=lambda each: each.at):
        live.absorb(record)
    if on_air:
        for record in lines(filed, FILE):
            live.absorb(record)
    else:
        live = settled(live, lines(seen, "oba"), lines(filed, FILE))
    assert fair(live.figures(), live.coverage({}, at(LENGTH)))


def settled(live, paid, file):
    """Return the figures of a show that is over, with the file's lines; an order that was seen is not told twice."""
    known = {record.order for record in paid}
    kept, carry = live.take_dirty(), live.carry()
    made = settle(kept, carry, paid, paid + [each for each in file if each.order not in known], (), at(LENGTH))
    again = LiveFigures()
    fresh = [rollup for rollups in made.buckets.values() for rollup in rollups]
    again.restore([rollup for rollup in kept if rollup.metric not in made.buckets] + fresh, made.carry)
    return again
