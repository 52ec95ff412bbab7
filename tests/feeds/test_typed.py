"""What operators type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.errors import UserError
from liveshop_desk.feeds.typed import metric_named, parse_typed
from liveshop_desk.model.bases import BASES

AT = 1_795_262_400_000


def typed(text, **more):
    return [(record.metric, record.value) for record in parse_typed(text, AT, **more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在线 1284", [("online", 1284)]),
        ("在线1284人", [("online", 1284)]),
        ("在线：１２８４", [("online", 1284)]),
        ("online 1,284", [("online", 1284)]),
        ("Online: 1284", [("online", 1284)]),
        ("1.2万 观看", [("views", 12_000)]),
        ("场观 1.2w", [("views", 12_000)]),
        ("gmv 86402", [("gmv", 8_640_200)]),
        ("GMV ¥86,402.50", [("gmv", 8_640_250)]),
        ("成交金额 8.6万元", [("gmv", 8_600_000)]),
        ("gmv 8.6w", [("gmv", 8_600_000)]),
        ("停留 1分35秒", [("stay_seconds", 95)]),
        ("停留 01:35", [("stay_seconds", 95)]),
        ("stay 95", [("stay_seconds", 95)]),
        ("new followers 417", [("new_followers", 417)]),
        ("在线 1284, gmv 86402；订单 12", [("online", 1284), ("gmv", 8_640_200), ("orders", 12)]),
        ("在线 0", [("online", 0)]),
        ("gmv 1284.5 orders 9 units 11", [("gmv", 128_450), ("orders", 9), ("units", 11)]),
        ("在线1284人 订单 9单 new followers: 4", [("online", 1284), ("orders", 9), ("new_followers", 4)]),
    ],
)
def test_names_and_figures(text, expected):
    assert typed(text) == expected


def test_records_are_manual_samples():
    (record,) = parse_typed("在线 1284", AT)
    assert (record.at, record.kind, record.source) == (AT, "sample", "manual")


def test_a_bare_figure_goes_to_the_chosen_metric():
    assert typed("1284", metric="online") == [("online", 1284)]
    assert typed("1284人", metric="online") == [("online", 1284)]
    assert typed("86402", metric="gmv") == [("gmv", 8_640_200)]
    assert typed("在线 5", metric="gmv") == [("online", 5)]


def test_moves():
    standing = {"orders": 12, "online": 1_000}
    assert typed("+5 订单", standing=standing) == [("orders", 17)]
    assert typed("订单 +5", standing=standing) == [("orders", 17)]
    assert typed("+5", metric="orders", standing=standing) == [("orders", 17)]
    assert typed("-2", metric="orders", standing=standing) == [("orders", 10)]
    assert typed("online −100", standing=standing) == [("online", 900)]
    assert typed("+5 订单") == [("orders", 5)]
    assert typed("订单 +5, 订单 +5", standing=standing) == [("orders", 17), ("orders", 22)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "No number was entered."),
        (" ，", "No number was entered."),
        ("1284", "Which figure is that? Put its name before the number."),
        ("魅力 5", "No figure is called “魅力”."),
        ("在线", "“在线” is not a name and a number."),
        ("在线 12.5", "“在线 12.5” is not a figure for Online."),
        ("在线 1.2.3", "“在线 1.2.3” is not a figure for Online."),
        ("在线 9999999亿", "“在线 9999999亿” is not a figure for Online."),
        ("-5 订单", "Orders would fall below 0."),
        ("+5 在线", "There is no figure for Online yet to add to."),
        ("x" * 501, "That is too long for a number."),
    ],
)
def test_refused_in_plain_words(text, what):
    with pytest.raises(UserError) as caught:
        parse_typed(text, AT)
    assert caught.value.what == what


def test_one_wrong_part_enters_nothing():
    with pytest.raises(UserError):
        parse_typed("在线 1284, 魅力 5", AT)


def test_every_base_count_has_a_name():
    assert [metric_named(key) for key in BASES] == list(BASES)
    assert metric_named("Mean stay") is None


@settings(max_examples=500)
@given(
    st.one_of(
        st.text(max_size=60), st.from_regex(r"(在线|gmv|停留|订单)? ?[+-]?[0-9.,:万wk分秒]{0,8}", fullmatch=True)
    ),
    st.sampled_from(["", *BASES]),
)
def test_anything_is_figures_or_refused(text, chosen):
    try:
        found = parse_typed(text, AT, metric=chosen)
    except UserError:
        return
    assert found
    assert all(record.metric in BASES and record.value >= 0 for record in found)
