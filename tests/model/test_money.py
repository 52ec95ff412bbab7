"""Money stays exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.model.money import LIMIT, TooFine, money_text, parse_money, parse_price, yuan_text


@pytest.mark.parametrize(
    ("text", "fen"),
    [("369", 36900), ("¥1,234.00", 123400), ("￥59.9元", 5990), ("1.2万", 1_200_000), ("0.005", 1), ("-3.5", -350)],
)
def test_amounts_as_people_write_them(text, fen):
    assert parse_money(text) == fen


@pytest.mark.parametrize("text", ["", "abc", "1e5", "NaN", "1.2.3", "--", "9" * 40, "三百"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        parse_money(text)


@given(st.integers(-LIMIT, LIMIT))
def test_every_amount_survives_writing_and_reading(fen):
    assert parse_money(yuan_text(fen)) == fen
    assert parse_money(money_text(fen).replace("−", "-")) == fen


def test_how_it_is_shown():
    assert money_text(123456789) == "¥1,234,567.89"
    assert money_text(36900, cents=False) == "¥369"
    assert money_text(None) == "—"
    assert money_text(-50) == "−¥0.50"


@pytest.mark.parametrize("text", ["189.999", "¥0.005", "1.0000005万", "-3.501"])
def test_a_price_with_more_than_two_decimals_is_not_rounded(text):
    with pytest.raises(TooFine):
        parse_price(text)


@pytest.mark.parametrize(("text", "fen"), [("19.900", 1990), ("1.2345万", 1_234_500), ("189.99999999999997", 19_000)])
def test_decimals_that_say_nothing_else_are_no_more_than_two(text, fen):
    assert parse_price(text) == fen
