"""The reader stays on the character being read, whatever happens around it."""

from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.prompter.follow import reanchor
from liveshop_desk.prompter.pace import Place

TEXT = ["来，姐妹们看这件", "吊牌价八百九十九，今天 ¥369，只剩 18 件。", "尺码从一百一到一百六十斤"]


def char_at(paragraphs, place):
    return paragraphs[place.paragraph][int(place.offset)]


def test_an_edit_above_moves_only_the_paragraph_number():
    new = ["新的一段", "来，各位姐妹们看这件", *TEXT[1:]]
    assert reanchor(TEXT, new, Place(1, 7.5)) == Place(2, 7.5)


def test_an_edit_below_moves_nothing():
    assert reanchor(TEXT, [*TEXT[:2], "尺码"], Place(1, 7.5)) == Place(1, 7.5)


def test_values_that_grow_on_both_sides_leave_the_character_under_the_eye():
    new = [TEXT[0], "吊牌价一千二百九十九，今天 ¥1,369.00，只剩 8 件。", TEXT[2]]
    at = TEXT[1].index("今")
    assert reanchor(TEXT, new, Place(1, at)) == Place(1, new[1].index("今"))
    at = TEXT[1].index("只")
    assert reanchor(TEXT, new, Place(1, at)) == Place(1, new[1].index("只"))


def test_the_same_value_in_every_one_of_many_equal_paragraphs():
    old = ["只剩 9 件，快抢。"] * 2000
    new = ["只剩 10 件，快抢。"] * 2000
    assert reanchor(old, new, Place(1200, 5)) == Place(1200, 6)


def test_a_paragraph_split_in_two():
    new = [TEXT[0], "吊牌价八百九十九，", "今天 ¥369，只剩 18 件。", TEXT[2]]
    place = reanchor(TEXT, new, Place(1, TEXT[1].index("只")))
    assert place == Place(2, new[2].index("只"))


def test_two_paragraphs_joined():
    new = [TEXT[0] + TEXT[1], TEXT[2]]
    assert reanchor(TEXT, new, Place(1, 3)) == Place(0, len(TEXT[0]) + 3)


def test_a_deleted_paragraph_leads_to_what_follows_it():
    assert reanchor(TEXT, [TEXT[0], TEXT[2]], Place(1, 5)) == Place(1, 0)
    assert reanchor(TEXT, TEXT[:2], Place(2, 5)) == Place(1, len(TEXT[1]))
    assert reanchor(TEXT, [], Place(2, 5)) == Place()


lines = st.lists(st.text("一二三四五，。 abc", max_size=12), min_size=1, max_size=6)


@given(lines, lines, st.text("读这里", min_size=3, max_size=8), lines, lines, st.data())
def test_rewriting_everything_above_and_below_keeps_the_character(above, below, here, new_above, new_below, data):
    offset = data.draw(st.integers(0, len(here) - 1))
    old = [*above, here, *below]
    new = [*new_above, here, *new_below]
    place = reanchor(old, new, Place(len(above), offset))
    assert place == Place(len(new_above), offset)


@given(lines, lines, st.data())
def test_any_two_texts_give_a_place_in_the_new_one(old, new, data):
    paragraph = data.draw(st.integers(0, len(old) - 1))
    offset = data.draw(st.floats(0, len(old[paragraph])))
    place = reanchor(old, new, Place(paragraph, offset))
    assert 0 <= place.paragraph < len(new)
    assert 0 <= place.offset <= len(new[place.paragraph])
