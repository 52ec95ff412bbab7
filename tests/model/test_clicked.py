"""Orders and clicks make a rate only where clicks were counted while it was bought."""

import pytest

from liveshop_desk.model.carry import carry_text, parse_carry
from liveshop_desk.model.clicked import lacking, rate
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics import basis_of, value_of
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.record import FILE, Record
from liveshop_desk.model.review_ledger import Lines, OrderLine
from liveshop_desk.model.seen import record_key
from tests.sheets.evening import DOWN, at, report

START = 1_795_262_400_000
MINUTE = 60_000


def click(minute, count=1, sku="down"):
    return Record(START + minute * MINUTE, "click", "oba", sku=sku, count=count, id=f"c{minute}{sku}")


def order(minute, source="oba", sku="down"):
    when = START + minute * MINUTE
    return Record(
        when, "order", source, sku=sku, quantity=1, amount=100, order=f"{source}{minute}{sku}", id=f"{minute}"
    )


def fold(*records):
    live = LiveFigures()
    for record in records:
        live.absorb(record)
    return live


def conversion(live, sku="down"):
    sold = live.per_sku[sku]
    return rate(sold.orders, sold.clicks, partly=sold.partly)


FIRST_HALF_HOUR = [click(minute, 3) for minute in range(30)]
WHOLE_SHOW = [order(minute, FILE) for minute in range(0, 120, 5)]


def test_clicks_and_orders_of_the_same_time_make_a_rate():
    assert conversion(fold(*FIRST_HALF_HOUR, order(3), order(29), order(38))) == pytest.approx(3 / 90)


def test_a_file_of_the_whole_show_beside_clicks_of_its_beginning_makes_none():
    live = fold(*FIRST_HALF_HOUR, *WHOLE_SHOW)
    assert live.per_sku["down"].clicks == 90 > live.per_sku["down"].orders
    assert conversion(live) is None
    assert lacking(24, 90, partly=True)
    assert conversion(fold(*FIRST_HALF_HOUR, *WHOLE_SHOW[:6])) == pytest.approx(6 / 90)


def test_clicks_that_began_late_make_none_and_other_products_keep_theirs():
    live = fold(
        order(1),
        *(click(minute, 5) for minute in range(40, 60)),
        order(45),
        order(50, sku="scarf"),
        click(51, 9, "scarf"),
    )
    assert conversion(live) is None
    assert conversion(live, "scarf") == pytest.approx(1 / 9)


def test_more_orders_than_clicks_show_that_clicks_are_missing():
    assert conversion(fold(click(1), order(1), order(2))) is None
    assert rate(376, 5, partly=False) is None


def test_taking_the_files_lines_back_brings_the_rates_back():
    live = fold(*FIRST_HALF_HOUR, order(3), *WHOLE_SHOW)
    assert (conversion(live), rate_of_the_show(live)) == (None, None)
    for line in WHOLE_SHOW:
        live.absorb(
            Record(
                line.at,
                "void",
                FILE,
                sku="down",
                quantity=1,
                amount=100,
                count=1,
                order=line.order,
                id=record_key(line),
            )
        )
    assert (conversion(live), rate_of_the_show(live)) == pytest.approx((1 / 90, 1 / 90))


def rate_of_the_show(live):
    return value_of(METRICS["click_pay_rate_times"], live.figures(), live.coverage({}, START + 120 * MINUTE))


def test_what_lacks_clicks_still_lacks_them_after_a_crash():
    live = fold(*FIRST_HALF_HOUR, *WHOLE_SHOW)
    again = LiveFigures()
    again.restore(live.take_dirty(), parse_carry(carry_text(live.carry())))
    assert conversion(again) is None
    assert again.carry() == live.carry()
    again.absorb(order(31))
    assert again.per_sku["down"].orders == 25


def test_the_shows_own_rate_is_blank_with_its_reason():
    live = fold(*FIRST_HALF_HOUR, *WHOLE_SHOW)
    metric, coverage = METRICS["click_pay_rate_times"], live.coverage({}, START + 120 * MINUTE)
    assert value_of(metric, live.figures(), coverage) is None
    assert basis_of(metric, live.figures(), coverage) == "Product clicks: seen only for a part of the show"
    fair = fold(*FIRST_HALF_HOUR, order(3))
    assert value_of(metric, fair.figures(), fair.coverage({}, START + 30 * MINUTE)) == pytest.approx(1 / 90)


def test_the_review_leaves_such_a_rate_blank():
    lines = [OrderLine(at(n), DOWN, "s-down", 1, 36_900, f"A{n}") for n in range(2, 7)]
    made = report(lines=Lines(lines, clicks=[(at(2), DOWN, 4)]))
    assert made.ledger[1].click_pay is None
    assert made.ledger[1].lacks_clicks
    assert made.goods[0].conversion is None
    fair = report(lines=Lines(lines, clicks=[(at(2), DOWN, 50)]))
    assert (fair.ledger[1].click_pay, fair.goods[0].conversion) == (0.1, 0.1)
    late = report(lines=Lines([*lines, OrderLine(at(100), DOWN, "s-down", 1, 36_900, "L")], clicks=[(at(2), DOWN, 50)]))
    assert late.goods[0].conversion is None
    assert late.ledger[1].click_pay == 0.1
