"""A draft beside the live text: what differs is marked, and a live fix is never undone by publishing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.prompter.drafts import compare, merged
from liveshop_desk.prompter.hunks import hunks

LIVE = "开场\n今天三百六十九\n只有十八件\n包邮"


def test_the_same_text_has_no_difference():
    found = compare(LIVE, LIVE)
    assert (found.count, found.changed, found.cut) == (0, frozenset(), frozenset())


def test_changed_new_and_cut_paragraphs():
    assert compare(LIVE, LIVE.replace("三百六十九", "三百五十九")).changed == {1}
    added = compare(LIVE, LIVE + "\n七天无理由\n晚了就没有")
    assert (added.count, added.changed) == (2, {4, 5})
    gone = compare(LIVE, "开场\n包邮")
    assert (gone.count, gone.changed, gone.cut) == (2, frozenset(), {1})


def test_one_paragraph_moved_marks_one():
    assert compare("a\nb\nc\nd\ne", "e\na\nb\nc\nd").count == 2  # gone here, new there


def test_a_long_text_of_equal_paragraphs_is_compared_at_once():
    live = "\n".join(["来，姐妹们"] * 20_000)
    assert compare(live, live + "\n完").count == 1
    assert compare(live, "先\n" + live[: len(live) // 2] + "x").count > 0


def test_a_live_fix_reaches_the_draft():
    draft = LIVE.replace("包邮", "包邮到家") + "\n晚了就没有"
    fixed = LIVE.replace("十八", "二十八")
    assert merged(LIVE, fixed, draft) == draft.replace("十八", "二十八")


def test_a_fix_of_a_paragraph_that_the_draft_has_changed_elsewhere():
    draft = LIVE.replace("今天", "姐妹们，今天")
    fixed = LIVE.replace("六十九", "五十九")
    assert merged(LIVE, fixed, draft) == LIVE.replace("今天三百六十九", "姐妹们，今天三百五十九")


def test_where_both_changed_the_same_words_the_draft_stands():
    draft, fixed = LIVE.replace("六十九", "四十九"), LIVE.replace("六十九", "五十九")
    assert merged(LIVE, fixed, draft) == draft


def test_what_was_put_into_both_alike_stands_there_once():
    assert merged("长款羽绒服", "长款鹅绒羽绒服", "长款鹅绒羽绒服 369元") == "长款鹅绒羽绒服 369元"
    assert merged("a\nb", "a\n赠围巾\nb", "a\n赠围巾\nb") == "a\n赠围巾\nb"


def test_a_paragraph_put_in_live_comes_into_the_draft():
    draft = LIVE.replace("开场", "大家好")
    assert merged(LIVE, LIVE + "\n补一句", draft) == draft + "\n补一句"


texts = st.lists(st.sampled_from(["", "a", "b", "ab", "c", "今天", "明天"]), max_size=8).map("\n".join)


@settings(max_examples=60)
@given(texts, texts)
def test_hunks_rebuild_the_new_text(old, new):
    before, after = old.split("\n"), new.split("\n")
    built, at = [], 0
    for low, high, new_low, new_high in hunks(before, after):
        built += before[at:low] + after[new_low:new_high]
        at = high
    assert built + before[at:] == after


lines = st.text("一二三今天", max_size=12)


@settings(max_examples=60)
@given(lines, lines, lines)
def test_a_fix_before_and_a_draft_behind_what_stays_are_both_there(head, tail, other):
    kept = "价格三百六十九"
    base, fixed, draft = head + kept + tail, other + kept + tail, head + kept + other
    assert merged(base, fixed, draft) == other + kept + other


@settings(max_examples=60)
@given(texts, texts)
def test_merging_with_one_side_alone(base, other):
    assert merged(base, base, other) == other
    assert merged(base, other, base) == other
    assert merged(base, other, other) == other
