"""The metrics against one real session's printed rates, and their blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.model.bases import BASES
from liveshop_desk.model.metrics import (
    Choices,
    change,
    delta_text,
    format_metric,
    is_good,
    pooled,
    value_of,
)
from liveshop_desk.model.metrics_catalogue import METRICS, metrics, value

# One real Douyin session; the platform's own printed rates stand in test_verified_row.
ROW = {
    "viewers": 15_093,
    "views": 21_254,
    "exposed_viewers": 12_774,
    "clickers": 6_390,
    "buyers": 1_513,
    "orders": 1_536,
    "gmv": 6_104_530,
    "refund_amount": 1_053_240,
    "refund_orders": 265,
}


@pytest.mark.parametrize(
    ("key", "printed", "digits"),
    [
        ("click_rate", 0.5002, 4),
        ("click_pay_rate", 0.2368, 4),
        ("view_pay_rate", 0.1002, 4),
        ("view_pay_rate_times", 0.0723, 4),
        ("uv_value", 404, 0),
        ("gpm", 287_200, -2),
        ("aov", 4_035, 0),
        ("net_gmv", 5_051_290, 0),
    ],
)
def test_verified_row(key, printed, digits):
    assert round(value(key, ROW), digits) == printed


def test_verified_row_as_written():
    written = {key: format_metric(METRICS[key], value(key, ROW)) for key in METRICS}
    assert written["uv_value"] == "¥4.04"
    assert written["gpm"] == "¥2,872"
    assert written["aov"] == "¥40.35"
    assert written["net_gmv"] == "¥50,513"
    assert written["click_pay_rate"] == "23.7%"
    assert written["viewers"] == "15,093"
    assert written["roi"] == "—"


@pytest.mark.parametrize("key", METRICS)
def test_nothing_known_is_blank(key):
    assert value(key, {}) is None


@pytest.mark.parametrize("key", METRICS)
def test_all_zero_is_blank_or_an_honest_zero(key):
    found = value(key, dict.fromkeys(BASES, 0))
    divides = " / " in METRICS[key].formula
    assert found is None if divides else found == 0


@pytest.mark.parametrize("key", METRICS)
def test_missing_is_not_zero(key):
    full = dict.fromkeys(BASES, 3)
    assert value(key, full) is not None
    for need in METRICS[key].needs:
        lacking = {**full, need: None, "watch_seconds": None, "gmv": None, "stay_seconds": None}
        assert value(key, lacking) is None


def test_choices_change_value_and_print_their_basis():
    figures = {**ROW, "impressions": 61_045, "comments": 2_125, "interacting_viewers": 1_509}
    by_viewers = Choices(gpm_by="viewers", interact_by="views", aov_by="orders")
    table = metrics(by_viewers)
    assert METRICS["gpm"].basis_text() == "per 1,000 views"
    assert table["gpm"].basis_text() == "per 1,000 viewers"
    assert round(value_of(table["gpm"], figures)) == round(6_104_530 * 1000 / 15_093)
    assert round(value("gpm", figures, Choices(gpm_by="impressions"))) == round(6_104_530 * 1000 / 61_045)
    assert value_of(table["aov"], figures) == value("aov_order", figures)
    assert table["interact_rate"].basis_text() == "comments per view"
    assert round(value_of(table["interact_rate"], figures), 3) == 0.1
    assert round(value("interact_rate", figures), 3) == 0.1
    assert "24 h" in metrics(Choices(refund_hours=24))["refund_rate"].basis_text()
    assert "30 d" in metrics(Choices(repurchase_days=30))["repurchase_rate"].basis_text()


@pytest.mark.parametrize("key", METRICS)
def test_every_rate_prints_its_basis(key):
    if " / " in METRICS[key].formula:
        assert METRICS[key].basis_text()


def test_the_other_formulas():
    figures = {
        "gmv": 100_000, "user_paid": 90_000, "platform_fee": 5_000, "commission": 10_000, "goods_cost": 40_000,
        "ad_spend": 20_000, "net_gmv": 80_000, "costs": 40_000, "new_followers": 30, "lost_followers": 12,
        "clickers": 50, "cart_adders": 10, "buyers": 20, "repeat_buyers": 3, "units": 40, "on_air_seconds": 300,
        "viewers": 1_000, "impression_viewers": 4_000, "clicks": 80, "exposures": 800, "orders": 25,
        "exposed_viewers": 700, "refund_orders": 2, "refund_amount": 20_000,
    }  # fmt: skip
    expected = {
        "profit": 35_000, "roi": 5, "roi_net": 2, "net_followers": 18, "cart_rate": 0.2, "repurchase_rate": 0.15,
        "unit_price": 2_500, "gmv_per_minute": 20_000, "enter_rate": 0.25, "exposure_rate": 0.7,
        "click_rate_times": 0.1, "click_pay_rate_times": 0.3125, "aov_order": 4_000, "follow_rate": 0.03,
        "refund_rate": 0.08, "refund_rate_amount": 0.2, "net_gmv": 80_000,
    }  # fmt: skip
    assert {key: value(key, figures) for key in expected} == pytest.approx(expected)


def test_stay_over_sessions_weighs_by_viewers():
    long = {"viewers": 100, "stay_seconds": 600}
    short = {"viewers": 900, "watch_seconds": 54_000}
    unknown = {"viewers": 5_000}
    assert pooled(METRICS["stay_seconds"], [long, short, unknown]) == pytest.approx(114)
    assert pooled(METRICS["stay_seconds"], [unknown]) is None


def test_written_with_units():
    assert format_metric(METRICS["online"], 1_284) == "1,284"
    assert format_metric(METRICS["gmv"], 8_640_249) == "¥86,402"
    assert format_metric(METRICS["gmv"], 8_640_250) == "¥86,403"
    assert format_metric(METRICS["profit"], -123_456) == "−¥1,235"
    assert format_metric(METRICS["stay_seconds"], 95.2) == "1m 35s"
    assert format_metric(METRICS["view_pay_rate"], 0.068) == "6.8%"
    assert format_metric(METRICS["roi"], 3.214) == "3.21"


def test_changes():
    online, rate, refunds = METRICS["online"], METRICS["click_pay_rate"], METRICS["refund_rate"]
    assert delta_text(online, 112, 100) == "▲ 12%"
    assert delta_text(METRICS["aov"], 96, 100) == "▼ 4%"
    assert delta_text(online, 2_000, 4_500_000) == "▼ 99%"
    assert delta_text(online, 0, 4_500_000) == "▼ 100%"
    assert delta_text(rate, 0.068, 0.055) == "▲ 1.3pt"
    assert delta_text(rate, 0.068, 0.068) == "0.0pt"
    assert delta_text(online, None, 100) == delta_text(online, 5, 0) == ""
    assert change(online, 5, None) is None
    assert is_good(online, 112, 100) is True
    assert is_good(refunds, 0.2, 0.1) is False
    assert is_good(METRICS["ad_spend"], 2, 1) is None
    assert is_good(online, 1, 1) is None


counts = st.one_of(st.none(), st.integers(0, 10**9))


@given(st.dictionaries(st.sampled_from(sorted(BASES)), counts))
def test_no_figures_break_a_metric(figures):
    for metric in METRICS.values():
        found = value_of(metric, figures)
        assert format_metric(metric, found)
        assert delta_text(metric, found, value_of(metric, ROW)) is not None
