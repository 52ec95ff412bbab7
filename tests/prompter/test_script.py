"""What the anchor sees of a script as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.prompter.script import Run, Style, parse, render

VALUES = {"live_price": "¥369", "stock": "18", "list_price": "¥899", "name": "羽绒服"}


def shown(text, values=VALUES):
    return "\n".join(paragraph.text for paragraph in render(text, values))


def test_placeholders_show_the_values_in_their_own_style():
    (paragraph,) = render("今天 {直播价}，只剩 {库存} 件", VALUES)
    assert paragraph.runs == (
        Run("今天 "),
        Run("¥369", Style.LIVE),
        Run("，只剩 "),
        Run("18", Style.LIVE),
        Run(" 件"),
    )


def test_english_names_blanks_and_full_width_braces_work_too():
    assert shown("{live_price} { stock } ｛吊牌价｝ {name}") == "¥369 18 ¥899 羽绒服"


def test_an_unknown_placeholder_is_shown_as_typed_and_reported():
    assert shown("看 {颜色} 和 {直播价}") == "看 {颜色} 和 ¥369"
    assert parse("看 {颜色} 和 {直播价} {颜色}").unknown == ("{颜色}",)


@pytest.mark.parametrize(
    "text", ["只剩 {库存 件", "Only {stock left", "｛库存】", "【开价 {直播价】", "{库存 {直播价}"]
)
def test_a_placeholder_nobody_closed_is_reported_and_read_as_typed(text):
    (unknown,) = parse(text).unknown
    assert unknown in ("{库存", "{stock", "｛库存", "{直播价")
    assert unknown in shown(text)


@pytest.mark.parametrize("text", ["{库存} 件", "{ stock }", "说 :{ 好", "{", "(=^.^=){ 全场"])
def test_a_brace_that_is_closed_or_no_placeholder_is_nothing_to_report(text):
    assert parse(text).unknown == ()


def test_a_missing_value_is_a_dash_not_a_zero():
    assert shown("只剩 {库存} 件", {}) == "只剩 — 件"


def test_directions_are_shown_but_not_spoken():
    (paragraph,) = render("来【举起{品名}】看", VALUES)
    assert [run.style for run in paragraph.runs] == [Style.PLAIN, Style.DIRECTION, Style.PLAIN]
    assert paragraph.text == "来【举起羽绒服】看"
    assert paragraph.spoken.split() == ["来", "看"]
    assert len(paragraph.spoken) == len(paragraph.text)


def test_an_open_direction_is_plain_text():
    (paragraph,) = render("来【举起", VALUES)
    assert {run.style for run in paragraph.runs} == {Style.PLAIN}


def test_html_is_text():
    assert shown("<b>99</b> &lt;") == "<b>99</b> &lt;"


def test_control_characters_go_and_every_line_break_is_one():
    assert shown("a\x00b\x1b[31m\r\nc\rd\u2028e\tf\ud800") == "ab[31m\nc\nd\ne f"


def test_what_nobody_sees_in_a_pasted_text_changes_no_name_and_no_mark():
    odd = "\ufeff# 开场\n{直播价\u200b}\n【停\u200b 2秒】\n\u200b主播\u2060：好"
    assert parse(odd) == parse("# 开场\n{直播价}\n【停 2秒】\n主播：好")
    assert shown("👩\u200d👧") == "👩\u200d👧"  # one emoji: its joiner is seen


def test_a_value_brings_in_neither_lines_nor_placeholders():
    (paragraph,) = render("{品名}", {"name": "a\n{库存}\x07【x】"})
    assert paragraph.runs == (Run("a {库存}【x】", Style.LIVE),)


def test_paragraphs_without_values_are_the_same_objects_again():
    text = "一\n二 {库存}\n三"
    first, second = render(text, {"stock": "1"}), render(text, {"stock": "22"})
    assert first[0] is second[0]
    assert first[2] is second[2]
    assert first[1] != second[1]


@given(st.text())
def test_anything_at_all_is_a_script(text):
    paragraphs = render(text, VALUES)
    assert len(paragraphs) >= 1
    for paragraph in paragraphs:
        assert "\n" not in paragraph.text
        assert len(paragraph.spoken) == len(paragraph.text)
