"""Reading units: what takes time to say, and where in the text a number of units is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.prompter.pace import PaceUnit, ParagraphMap, Place, TextMap, text_map
from liveshop_desk.prompter.script import render
from tests.prompter.lengths import read_seconds, units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("，。！？……", 0),
        ("平时门店吊牌价", 7),
        ("今天，直播间。", 5),
        ("free returns", 2),
        ("don't", 1),
        ("café naïve", 2),
        ("369", 3),
        ("¥369.50", 5),
        ("XL码 18 件", 1 + 1 + 2 + 1),
        ("こんにちは", 5),
        ("안녕하세요", 5),
        ("👍👩‍👩‍👧‍👦", 0),
        ("مرحبا بكم", 2),
        ("<b>", 1),
    ],
)
def test_units(text, expected):
    assert units(text) == pytest.approx(expected)


def test_a_wall_of_letters_takes_its_time():
    assert units("a" * 1200) == pytest.approx(100)


def test_reading_time_follows_the_pace_and_skips_directions():
    assert read_seconds("字" * 220) == pytest.approx(60)
    assert read_seconds("字" * 220, pace=440) == pytest.approx(30)
    assert read_seconds("字" * 220 + "【转一圈，看后背】") == pytest.approx(60)


@given(st.text(), st.lists(st.floats(0, 1), min_size=2, max_size=6))
def test_offsets_and_units_map_monotonously_both_ways(text, shares):
    each = ParagraphMap(text)
    offsets = sorted(share * len(text) for share in shares)
    counted = [each.units_at(offset) for offset in offsets]
    assert counted == sorted(counted)
    assert all(0 <= count <= each.total + 1e-9 for count in counted)
    back = [each.offset_at(share * each.total) for share in sorted(shares)]
    assert back == sorted(back)


@given(st.text(min_size=1), st.floats(0, 1))
def test_a_number_of_units_leads_to_a_place_and_back(text, share):
    script = TextMap(render(text, {}))
    there = script.place_at(share * script.total)
    assert script.units_at(there) == pytest.approx(share * script.total, abs=1e-6)


def test_places_beyond_the_text_are_its_ends():
    script = TextMap(render("一二\n三四", {}))
    assert script.units_at(Place(9, 0)) == 4
    assert script.units_at(Place(0, 99)) == 2
    assert TextMap(()).place_at(3) == Place()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("今天直播间 369", PaceUnit.ZI),
        ("Welcome back, everyone, to tonight's live show", PaceUnit.WORDS),
        ("今天 free returns within seven days 包邮", PaceUnit.WORDS),
        ("今天包邮到家七天无理由 free returns", PaceUnit.ZI),
        ("", PaceUnit.ZI),
        ("【raise the coat and turn around】来", PaceUnit.ZI),
    ],
)
def test_a_pace_is_counted_in_what_the_text_is_made_of(text, unit):
    assert text_map(text).unit is unit


def test_the_rest_is_read_in_the_time_that_is_left_after_its_pauses():
    text = TextMap(render("字" * 100 + "【停10】" + "字" * 100, {}))
    pace = text.pace_for(0, 70)
    assert pace == pytest.approx(200)
    assert text.seconds_between(0, text.total, pace) == pytest.approx(70)
    assert text.pace_for(50, 10 + 30) == pytest.approx(300)
    assert text.pace_for(0, 9) == float("inf")
