"""A rate is made of counts that cover the same of the show, or it is blank and says why."""

import pytest

from liveshop_desk.model.carry import grounds
from liveshop_desk.model.clock import clock_text
from liveshop_desk.model.coverage import WHOLE
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics import basis_of, value_of
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.record import Record
from liveshop_desk.model.review import Material, build
from liveshop_desk.model.review_kpis import final_figures
from liveshop_desk.model.session import Session, State
from liveshop_desk.model.tile import Now, tile

START = 1_795_262_400_000
MINUTE = 60_000


def at(minutes):
    return START + round(minutes * MINUTE)


def sample(minutes, metric, value, source="manual"):
    return Record(at(minutes), "sample", source, metric, value)


def orders(first, count, *, fen=39_900, source="douyin", **more):
    return [
        Record(
            at(first + n / 10), "order", source, sku="s", quantity=1, amount=fen, order=f"{source}{first}-{n}", **more
        )
        for n in range(count)
    ]


class Evening:
    """Figures with everything that was told, asked as the tiles and the review ask."""

    def __init__(self, *records, until=60):
        self.live = LiveFigures()
        self.until = at(until)
        for record in records:
            self.live.absorb(record)

    def rate(self, key, imported=None):
        figures = self.live.figures() | (imported or {})
        return value_of(METRICS[key], figures, self.coverage(imported))

    def coverage(self, imported=None):
        return self.live.coverage(imported or {}, self.until)

    def basis(self, key):
        return basis_of(METRICS[key], self.live.figures(), self.coverage())

    def tile(self, key):
        return tile(key, Now(self.live.figures(), coverage=self.coverage()))

    def report(self, imported=None):
        session = Session("s", "x", State.ENDED, started_at=START, ended_at=self.until)
        return build(
            Material(
                session, self.until, rollups=self.live.take_dirty(), carry=self.live.carry(), imported=imported or {}
            )
        )


def test_a_typed_gmv_alone_makes_no_order_value():
    evening = Evening(sample(50, "gmv", 864_000))
    assert evening.rate("aov_order") is None
    assert evening.tile("aov").value == "—"


def test_orders_alone_make_their_own_value():
    evening = Evening(*orders(10, 10))
    assert evening.rate("aov_order") == 39_900
    assert evening.rate("unit_price") == 39_900
    assert evening.coverage().partial == {}


def test_a_typed_gmv_and_orders_of_a_part_of_the_show_make_no_order_value():
    evening = Evening(*orders(40, 9), sample(50, "gmv", 864_000), *orders(51, 1))
    assert evening.live.total("gmv") == 903_900
    assert evening.live.total("orders") == 10
    for key in ("aov_order", "unit_price"):
        assert evening.rate(key) is None
    assert evening.basis("aov_order") == "Orders: seen only for a part of the show"
    assert evening.basis("orders") == "Orders: seen only for a part of the show"
    told = evening.tile("orders")
    assert (told.value, told.basis) == ("10", "Seen in part")  # a tile has its name above and no room for a sentence
    report = evening.report()
    assert report.kpi("aov_order").value is None
    assert report.kpi("orders").value == 10
    assert report.basis(report.kpi("aov_order")) == "Orders: seen only for a part of the show"


def test_a_gmv_typed_before_the_first_order_came_says_that_orders_are_missing():
    assert Evening(sample(40, "gmv", 864_000), *orders(41, 10)).rate("aov_order") is None


def test_typed_orders_cover_what_a_typed_gmv_covers():
    typed = (*orders(40, 9), sample(50, "gmv", 864_000), sample(50, "orders", 24))
    assert Evening(*typed).rate("aov_order") == 36_000
    assert Evening(*typed, *orders(51, 1)).rate("aov_order") == pytest.approx((864_000 + 39_900) / 25)


def test_a_rounded_gmv_that_the_orders_explain_says_nothing_is_missing():
    evening = Evening(*orders(1, 100), sample(50, "gmv", 4_000_000), *orders(51, 1))
    assert evening.rate("aov_order") == pytest.approx(4_039_900 / 101)


def test_more_buyers_than_orders_were_seen_make_no_value_per_buyer():
    assert Evening(*orders(40, 10), sample(50, "buyers", 60)).rate("aov") is None
    assert Evening(*orders(40, 10), sample(50, "buyers", 9)).rate("aov") == pytest.approx(399_000 / 9)


def test_a_count_told_long_before_the_other_makes_no_rate():
    old = Evening(sample(5, "viewers", 1_000), *orders(10, 10))
    assert old.rate("uv_value") is None
    assert "Viewers is from" in old.basis("uv_value")
    assert Evening(sample(50, "viewers", 1_000), *orders(10, 10)).rate("uv_value") == 399


@pytest.mark.parametrize(("apart", "said"), [(1, "per person"), (10, "per person · Buyers is from {time}")])
def test_a_rate_says_which_of_its_counts_is_minutes_old(apart, said):
    told = Evening(sample(50, "buyers", 20), sample(50 + apart, "clickers", 400, "relay"), until=50 + apart)
    assert told.rate("click_pay_rate") == 0.05
    assert told.basis("click_pay_rate") == said.format(time=clock_text(at(50)))


def test_one_source_that_tells_both_is_believed():
    told = (
        sample(50, "gmv", 864_000, "douyin"),
        sample(50, "orders", 24, "douyin"),
        sample(50, "buyers", 20, "douyin"),
    )
    assert Evening(*told).rate("aov") == 43_200


def test_the_platforms_file_is_the_whole_show():
    evening = Evening(*orders(40, 10))
    file = {"gmv": 864_000, "buyers": 20}
    assert evening.rate("aov", file) == 43_200
    assert evening.rate("aov_order", file) is None
    assert evening.rate("aov_order", file | {"orders": 24}) == 36_000


def test_refunds_seen_beside_a_typed_gmv_make_no_net_gmv():
    refund = Record(at(52), "refund", "douyin", amount=39_900, order="r", id="r")
    evening = Evening(*orders(40, 9), sample(50, "gmv", 864_000), refund)
    assert evening.rate("net_gmv") is None
    assert evening.rate("refund_rate") == pytest.approx(1 / 9)  # both seen in the same events
    assert Evening(*orders(40, 9), refund).rate("net_gmv") == 8 * 39_900


def test_the_coverage_outlives_a_crash():
    evening = Evening(*orders(40, 9), sample(50, "gmv", 864_000), *orders(51, 1))
    again = LiveFigures()
    again.restore(evening.live.take_dirty(), evening.live.carry())
    assert again.coverage({}, evening.until) == evening.coverage()


def test_a_past_session_keeps_no_count_that_was_seen_only_in_part():
    evening = Evening(*orders(40, 9), sample(50, "gmv", 864_000))
    ends = evening.live.take_dirty()
    assert final_figures(ends, {}, grounds(evening.live.carry())).keys() == {"gmv"}


def test_an_estimated_gmv_says_so_until_somebody_tells_it():
    guessed = orders(10, 2, estimated=True)
    evening = Evening(*guessed)
    assert evening.basis("gmv") == "estimated from the live price"
    assert evening.basis("aov_order") == "per order · estimated from the live price"
    report = evening.report()
    assert report.basis(report.kpi("gmv")) == "estimated from the live price"
    told = Evening(*guessed, sample(50, "gmv", 79_000))
    assert told.coverage().estimated == frozenset()


def test_orders_without_an_amount_make_no_rate_with_gmv():
    bare = Record(at(20), "order", "oba", sku="strange", order="9")
    evening = Evening(*orders(10, 3), bare)
    assert evening.rate("aov_order") is None
    assert evening.basis("aov_order") == "orders came without an amount"
    assert evening.rate("refund_rate") is None
    assert evening.basis("gmv") == "orders came without an amount"  # ¥10 of 80 orders is not what the show took
    guessed = Evening(*orders(10, 3, estimated=True), bare).basis("gmv")
    assert guessed == "estimated from the live price · orders came without an amount"
    told = (sample(50, "gmv", 159_600), sample(50, "orders", 4))
    assert Evening(*orders(10, 3), bare, *told).rate("aov_order") == 39_900


def test_without_anything_known_of_them_counts_are_taken_for_the_whole():
    assert WHOLE.alike("gmv", "orders")
    assert WHOLE.note("gmv") == ""


def test_buyers_typed_before_many_orders_make_no_value_per_buyer():
    before = (sample(50, "gmv", 1_097_900), sample(50, "orders", 40), sample(50, "buyers", 5))
    assert Evening(*before).rate("aov") == 219_580
    evening = Evening(*before, *orders(51, 73, fen=7_900))
    assert evening.rate("aov") is None
    assert evening.basis("aov").startswith("Buyers is from")
    assert evening.tile("aov").value == "—"
    report = evening.report()
    assert report.kpi("aov").value is None
    assert report.basis(report.kpi("aov")).startswith("Buyers is from")
    assert report.kpi("buyers").value == 5
    assert evening.rate("aov_order") == pytest.approx((1_097_900 + 73 * 7_900) / 113)
    crashed = Evening(*before, *orders(51, 73, fen=7_900))
    again = LiveFigures()
    again.restore(crashed.live.take_dirty(), crashed.live.carry())
    assert again.coverage({}, crashed.until) == crashed.coverage() == evening.coverage()


def test_buyers_typed_anew_or_of_the_platforms_file_make_a_value_per_buyer_again():
    evening = Evening(sample(50, "gmv", 1_097_900), sample(50, "buyers", 5), *orders(51, 73, fen=7_900))
    assert evening.rate("aov", {"buyers": 60}) is not None
    evening.live.absorb(sample(59, "buyers", 60))
    assert evening.rate("aov") == pytest.approx((1_097_900 + 73 * 7_900) / 60)


def test_buyers_a_machine_tells_again_and_again_and_a_gmv_typed_after_them_make_no_rate_blink():
    told = (*orders(40, 10), sample(50, "buyers", 9, "douyin"))
    assert Evening(*told, *orders(50.2, 5)).rate("aov") is not None
    assert Evening(*told, *orders(52, 5)).rate("aov") is None  # it has fallen silent
    one_form = (sample(50, "buyers", 20), sample(50.5, "gmv", 864_000))
    assert Evening(*one_form).rate("aov") == 43_200
