"""The grammar of a script: what a shop types and what becomes of it."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.prompter.landmarks import markers, moments
from liveshop_desk.prompter.marks import MomentKind, Style
from liveshop_desk.prompter.pace import Place, TextMap
from liveshop_desk.prompter.script import Run, parse, render
from tests.prompter.lengths import read_seconds

ROOT = Path(__file__).resolve().parents[2]
VALUES = {"live_price": "¥369", "stock": "18", "list_price": "¥899", "name": "羽绒服"}


def styles(text, values=VALUES):
    return [(run.text, run.style) for paragraph in render(text, values) for run in paragraph.runs]


def seconds_of(text):
    return [run.seconds for paragraph in render(text, VALUES) for run in paragraph.runs if run.style is Style.PAUSE]


@pytest.mark.parametrize(
    ("mark", "seconds"),
    [
        ("【停】", 1),
        ("【停2】", 2),
        ("【停 2秒】", 2),
        ("【停顿】", 1),
        ("【停顿1.5秒】", 1.5),
        ("【停两秒】", 2),
        ("【停半秒】", 0.5),
        ("【暂停 10 秒】", 10),
        ("【停２秒】", 2),
        ("【pause 3s】", 3),
        ("【Pause】", 1),
        ("【停 9999 秒】", 60),
    ],
)
def test_a_pause_takes_its_seconds(mark, seconds):
    assert seconds_of(f"来，{mark}看") == [seconds]
    assert read_seconds(mark) == pytest.approx(seconds)
    assert read_seconds(mark, pace=700) == pytest.approx(seconds)


@pytest.mark.parametrize("mark", ["【停一停再说】", "【停在这里】", "【暂停键给大家看】", "【停" + " " * 20000 + "x】"])
def test_what_is_no_pause_is_a_direction(mark):
    assert styles(mark) == [(mark, Style.DIRECTION)]
    assert read_seconds(mark) == 0


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("【倒计时】5、4、3、2、1", ["5", "4", "3", "2", "1"]),
        ("【倒计时】10，9，8！上链接", ["10", "9", "8"]),
        ("【倒计时】 3 2 1", ["3", "2", "1"]),
        ("【倒计时】54321", ["5", "4", "3", "2", "1"]),
        ("【倒计时】三、二、一，一起拍", ["三", "二", "一"]),
        ("【倒数】十一、十、九", ["十一", "十", "九"]),
        ("【countdown】3, 2, 1, go", ["3", "2", "1"]),
        ("【倒计时】1、2、3", ["1", "2", "3"]),
        ("【倒计时】3、2、1，1 号链接", ["3", "2", "1"]),
        ("【倒计时】10 秒后开抢", []),
        ("【倒计时】", []),
        ("5、4、3、2、1", []),
    ],
)
def test_a_countdown_counts_numbers_that_follow_one_another(text, numbers):
    assert [shown for shown, style in styles(text) if style is Style.COUNT] == numbers


def test_a_countdown_takes_a_second_a_number_at_any_pace():
    for pace in (60, 220, 600):
        assert read_seconds("【倒计时】10、9、8、7、6、5、4、3、2、1", pace) == pytest.approx(10)
        assert read_seconds("好" * 10 + "【倒计时】3、2、1", pace) == pytest.approx(600 / pace + 3)


def test_who_speaks_is_shown_not_read_and_holds_until_the_next():
    script = parse("先说\n主播A：来 {库存}\n还是我\n\n主播B: 到我\n# 换一段\n没有谁")
    paragraphs = script.render(VALUES)
    assert script.cast == ("主播A", "主播B")
    assert [each.speaker for each in paragraphs] == [None, 0, 0, None, 1, None, None]
    assert paragraphs[1].runs[0] == Run("主播A：", Style.SPEAKER)
    assert paragraphs[1].spoken.strip() == "来 18"


@pytest.mark.parametrize("name", ["主播", "主播A", "主播 2", "嘉宾", "助播甲", "场控", "Host", "Guest 1", "旁白"])
def test_a_role_is_a_speaker(name):
    assert parse(f"{name}：大家好").cast == (name,)


@pytest.mark.parametrize(
    "text",
    [
        "注意：今天只有三件",
        "注意：一\n注意：二",
        "价格：369",
        "口令：暖冬",
        "20:30 开播",
        "https://example.com",
        "A：黑色\nB：白色\nC：红色",
        "主播说的话：很长很长很长很长的名字",
        "小林：今天我来",
        "三选一：F205 / Y9981 / S207",
    ],
)
def test_words_before_a_colon_are_words_to_read(text):
    assert parse(text).cast == ()
    assert {style for _text, style in styles(text)} == {Style.PLAIN}


def test_a_name_is_a_speaker_when_it_is_declared_or_the_sessions_anchor_or_in_a_dialogue():
    assert parse("【角色：小林、阿杰】\n阿杰：来\n小林：好").cast == ("小林", "阿杰")
    assert parse("【cast Lin, Jay】\nLin: hi").cast == ("Lin", "Jay")
    assert parse("小林：来", cast=("小林",)).render({})[0].speaker == 0
    assert parse("A：你好\nB：你好\nA：开始").cast == ("A", "B")


def test_key_moments_stay_where_they_are_when_values_change():
    text = "今天 {直播价}【上链接】\n抢【放库存 {库存}】【开价{直播价}】"
    short, long = render(text, VALUES), render(text, VALUES | {"live_price": "¥1,369.00"})
    assert [each.kind for each in moments(short)] == [MomentKind.LINK, MomentKind.STOCK, MomentKind.PRICE]
    assert [each.text for each in moments(short)] == ["【上链接】", "【放库存 18】", "【开价¥369】"]
    for paragraphs in (short, long):
        for each in moments(paragraphs):
            shown = paragraphs[each.place.paragraph].text[int(each.place.offset) :]
            assert shown.startswith(each.text)


@pytest.mark.parametrize(
    ("mark", "kind"), [("【link】", "link"), ("【Stock 9】", "stock"), ("【PRICE: 369】", "price")]
)
def test_key_moments_in_english(mark, kind):
    assert [each.kind for each in moments(render(mark, {}))] == [kind]


@pytest.mark.parametrize("mark", ["【开价前先憋一下】", "【上链接之后笑】", "【linking arms】"])
def test_a_direction_that_only_begins_like_a_moment_is_a_direction(mark):
    assert styles(mark) == [(mark, Style.DIRECTION)]


def test_markers_are_a_list_to_jump_to_and_take_no_time():
    text = "# 开场 {品名}\n大家好\n## 第二段\n来【标记：卖点】看【mark price talk】\n#话题# 是话"
    paragraphs = render(text, VALUES)
    assert [(each.title, each.place.paragraph) for each in markers(paragraphs)] == [
        ("开场 羽绒服", 0),
        ("第二段", 2),
        ("卖点", 3),
        ("price talk", 3),
    ]
    assert TextMap(paragraphs).total == 3 + 1 + 1 + 4
    assert TextMap(paragraphs).units_at(markers(paragraphs)[2].place) == 4


def test_every_other_bracket_stays_a_direction():
    text = "【】【转身】【倒计时】【角色：小林】【标记】"
    assert {style for _text, style in styles(text)} == {Style.DIRECTION}


MARKED = st.lists(
    st.sampled_from(
        [
            "主播A：", "嘉宾：", "A:", "【停2】", "【停", "】", "【倒计时】", "5、4、3", "三二一", "【上链接】",
            "【开价{直播价}】", "# ", "#", "【标记 一】", "{库存}", "{颜色}", "\n", " ", "字字", "word ", "مرحبا",
            "👍🏽", "e\u0301", "【角色：A、B】", "\u202e",
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=60)
@given(st.one_of(MARKED, st.text()))
def test_any_text_at_all_is_shown_as_typed_with_its_values(text):
    paragraphs = render(text, VALUES)
    bare = parse(text)
    assert len(bare.lines) == len(paragraphs)
    for line, paragraph in zip(bare.lines, paragraphs, strict=True):
        runs = line.tokens if hasattr(line, "tokens") else line.runs
        filled = "".join(VALUES[run.key] if getattr(run, "key", None) else run.text for run in runs)
        assert paragraph.text == filled
        assert len(paragraph.spoken) == len(paragraph.text)
        assert paragraph.speaker is None or paragraph.speaker < len(bare.cast)
        assert all(run.text and run.seconds >= 0 for run in paragraph.runs)


@settings(max_examples=60)
@given(MARKED, st.floats(30, 900), st.lists(st.floats(0, 1), min_size=2, max_size=8))
def test_units_and_flow_and_places_only_rise_whatever_the_marks(text, pace, shares):
    found = TextMap(render(text, VALUES))
    points = [share * found.total for share in sorted(shares)]
    flows = [found.flow_at(at, pace) for at in points]
    assert flows == sorted(flows)
    assert [found.units_at_flow(flow, pace) for flow in flows] == pytest.approx(points, abs=1e-6)
    counted = [found.units_at(found.place_at(at)) for at in points]
    assert counted == pytest.approx(points, abs=1e-6)
    assert found.total == pytest.approx(found.spoken + found.seconds * 220 / 60)
    assert found.seconds_between(0, found.total, pace) == pytest.approx(found.spoken * 60 / pace + found.seconds)


def test_the_place_within_a_pause_is_within_its_mark():
    found = TextMap(render("一二【停2】三四", {}))
    middle = found.units_at(Place(0, 4.0))
    assert found.place_at(middle) == Place(0, 4.0)
    assert found.timed_before(found.total) == pytest.approx(2 * 220 / 60)


@pytest.mark.parametrize("page", ["docs/scripts.md", "docs/scripts.zh-CN.md"])
def test_what_the_page_on_scripts_shows_is_true(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    example = text.split("```")[1].strip()
    paragraphs = render(example, VALUES)
    assert parse(example).cast == ("小林", "阿杰")
    assert [each.title for each in markers(paragraphs)] == ["开场"]
    assert [each.kind for each in moments(paragraphs)] == [MomentKind.LINK]
    assert TextMap(paragraphs).seconds == pytest.approx(2 + 5)
    for row in text.split("| --- |")[1].split("\n\n")[0].splitlines()[1:]:
        for typed in re.findall(r"`([^`]+)`", row.split("|")[1]):
            shown = render(f"{typed}：" if typed == "主播A" else typed, VALUES)
            assert {run.style for each in shown for run in each.runs} - {Style.PLAIN}, typed
