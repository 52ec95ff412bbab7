"""A script's marks on the anchor's screen: who speaks, pauses, key moments, markers, themes; and odd texts."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication

from liveshop_desk.prompter.marks import Style
from liveshop_desk.prompter.reader import Reader
from liveshop_desk.prompter.script import render
from tests.ui.prompter_tools import line_top
from ui.prompter.layout import TextLayout
from ui.prompter.look import LOOKS, WHITE
from ui.prompter.strips import LEVELS, Drawing, Strips
from ui.prompter.surface import PrompterSurface

TEXT = (
    "# 开场 {品名}\n"
    "主播A：来，姐妹们，今天这件{品名}，【举起衣服】百分之九十的白鹅绒，蓬松度八百加。\n"
    "平时门店吊牌价 {吊牌价}，今天直播间 {直播价}，【停2秒】只有最后 {库存} 件哦，大家快去拍吧。\n"
    "主播B：注意，我来倒数，【倒计时】5、4、3、2、1，【上链接】\n"
    "尺码从一百一到一百六十斤都能穿，【放库存 {库存}】洗衣机也能洗。\n"
    "嘉宾：مرحبا بكم 包邮到家\n"
    "اليوم خصم 50% فقط 【开价 {直播价}】\n"
    "助播：七天无理由，今天下单明天发货。"
)
VALUES = {"live_price": "¥369", "list_price": "¥899", "stock": "18", "name": "羽绒服"}
PITCH = 108
pytestmark = pytest.mark.usefixtures("qapp")  # fonts need an application, also where nothing is shown


@pytest.fixture
def reader(clock):
    reader = Reader(clock, ease=0)
    reader.load(render(TEXT, VALUES))
    return reader


@pytest.fixture
def surface(qtbot, reader):
    return shown(qtbot, reader)


def shown(qtbot, reader, width=1200, height=900):
    surface = PrompterSurface(reader)
    qtbot.addWidget(surface)
    surface.resize(width, height)
    surface.show()
    QApplication.processEvents()
    return surface


def strips_of(text, look=WHITE, **mirrors):
    """Return the lines of a text with each one's picture, at 72 px on 1 000."""
    layout = TextLayout(72, 1000)
    layout.set_text(render(text, VALUES))
    strips = Strips()
    strips.set_drawing(Drawing(72, 1.0, PITCH, look=look, **mirrors))
    return [(line, strips.strip(line, LEVELS, 0).image) for line in layout.lines]


def inked(image, box=None):
    """Return the pixels of ``image`` that are not background, as a set of (x, y)."""
    box = box or image.rect()
    return {
        (x, y)
        for y in range(box.top(), box.bottom() + 1)
        for x in range(box.left(), box.right() + 1)
        if image.pixel(x, y) & 0xFFFFFF
    }


def colours(image):
    return {image.pixel(x, y) for y in range(0, image.height(), 2) for x in range(image.width())}


def luminance(colour):
    parts = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the contrast of two colours as WCAG 2 reckons it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def filtered(ink, dim):
    return sum(round((ink >> s & 255) * (dim >> s & 255) / 255) << s for s in (16, 8, 0))


# --- looks
@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_every_ink_of_every_theme_is_read_from_three_metres(look):
    inks = [ink for style, ink in look.ink.items() if style is not Style.MOMENT]
    for ink in (*inks, *look.voices, *look.tints):
        assert contrast(ink, look.background) >= 7
    assert contrast(look.ink[Style.MOMENT], look.moment) >= 7


def test_high_contrast_keeps_what_is_away_from_the_reading_lines_readable():
    look = LOOKS["contrast"]
    assert contrast(filtered(look.ink[Style.PLAIN], look.dim), look.background) >= 7


def test_a_theme_switch_redraws_the_text_and_keeps_the_line(surface, reader):
    reader.seek(30)
    top, white = line_top(surface, 2), surface.grab().toImage()
    surface.set_theme("yellow")
    yellow = surface.grab().toImage()
    assert LOOKS["yellow"].tints[0] in colours(yellow)
    assert LOOKS["yellow"].tints[0] not in colours(white)
    surface.set_theme("no such theme")
    assert surface.grab().toImage() == white
    assert line_top(surface, 2) == top


def test_a_script_without_marks_is_set_as_ever():
    for line, image in strips_of("来，姐妹们【举起衣服】今天 {直播价}\n注意：只剩 {库存} 件"):
        assert (line.speaker, line.left) == (None, 0)
        assert colours(image) & {0xFFFFFFFF, 0xFFFFD54A, 0xFFA9B4BF}


# --- marks
def test_each_speaker_has_a_colour_and_a_mark_of_its_own_beside_every_line():
    rows = strips_of("\n".join(f"{who}：{'大家好，' * 12}" for who in ("主播A", "主播B", "嘉宾", "助播")))
    shapes = {}
    for line, image in rows:
        beside = inked(image, QRect(0, 0, 24, PITCH))
        assert beside, "no mark beside a speaker's line"
        assert WHITE.tints[line.speaker] in colours(image)
        shapes.setdefault(line.speaker, set()).add(frozenset(beside))
    assert len(shapes) == 4
    assert all(len(each) == 1 for each in shapes.values())  # the same beside each of one's lines
    assert len(set.union(*shapes.values())) == 4


def test_the_name_is_in_the_speakers_full_colour_and_words_only_lean_to_it():
    (_line, image), *_rest = strips_of("主播A：来")
    assert {WHITE.voices[0], WHITE.tints[0]} <= colours(image)


def test_a_right_to_left_speaker_has_the_mark_on_the_right():
    rows = strips_of("嘉宾：好\nمرحبا بكم في البث")
    line, image = rows[-1]
    assert line.rtl
    assert inked(image, QRect(image.width() - 24, 0, 24, PITCH))
    assert not inked(image, QRect(0, 0, 8, PITCH))


def test_a_key_moment_stands_dark_on_a_field():
    (line, image), *_rest = strips_of("来【上链接】看")
    assert WHITE.moment in colours(image)
    assert 0xFF000000 in colours(image)
    assert line.speaker is None
    field = [(x, y) for x, y in inked(image) if image.pixel(x, y) == WHITE.moment]
    assert max(y for _x, y in field) - min(y for _x, y in field) > 72  # higher than the words


def test_a_marker_is_small():
    tall = {}
    for line, image in strips_of("# 开场的话\n开场的话"):
        rows = [y for _x, y in inked(image)]
        tall[bool(line.pieces[0].style is Style.MARKER)] = max(rows) - min(rows)
    assert tall[True] < 0.7 * tall[False]


def test_the_text_stands_still_at_a_pause_and_then_goes_on(surface, reader, clock):
    reader.set_pace(600)
    reader.play()
    start = reader.text.stretches[0].start
    clock.advance(start / 10 + 0.05)
    tops = []
    for _ in range(19):
        tops.append(line_top(surface, 0))
        clock.advance(0.1)
    assert len(set(tops)) == 1
    clock.advance(1)
    assert line_top(surface, 0) < tops[0]


@pytest.mark.parametrize(("horizontal", "vertical"), [(True, False), (False, True), (True, True)])
def test_mirrored_equals_flipped_for_every_line(horizontal, vertical):
    sides = Qt.Orientation(0)
    sides |= Qt.Orientation.Horizontal if horizontal else sides
    sides |= Qt.Orientation.Vertical if vertical else sides
    mirrored = strips_of(TEXT, mirror_h=horizontal, mirror_v=vertical)
    for (_line, plain), (_same, image) in zip(strips_of(TEXT), mirrored, strict=True):
        assert image == plain.flipped(sides)


def test_the_whole_surface_mirrored_is_the_plain_one_flipped(surface, reader):
    reader.seek(30)
    plain = surface.grab().toImage()
    surface.set_mirror(True)
    back = surface.grab().toImage().flipped(Qt.Orientation.Horizontal).convertToFormat(plain.format())
    text = surface.rect().adjusted(90, 0, 0, 0)  # without the mark, whose soft edges may round otherwise
    assert back.copy(text) == plain.copy(text)


# --- texts of every kind
ODD = {
    "html": "<b>粗</b> &lt;script&gt; &amp; <table>",
    "arabic": "مرحبا بكم في البث المباشر اليوم 50% خصم\nשלום לכולם",
    "mixed": "mixed مرحبا 中文 abc 【上链接】 שלום 369",
    "combining": "e\u0301a\u0308\u0323 Z" + "\u0300\u0316" * 20 + " ก็้ नमस्ते",
    "emoji": "👩‍👩‍👧‍👦👍🏽🇨🇳 表情 ❤️ 1️⃣",
    "control": "\u202eabc\u2066def\x00\x1b[0m\ufffe\u200b尾",
    "long": "字" * 10_000,
    "letters": "w" * 3_000,
    "marks": TEXT,
}


@pytest.mark.parametrize("kind", ODD)
def test_every_line_is_drawn_within_its_own_picture(kind):
    rows = strips_of(ODD[kind])
    for line, image in rows[:8]:
        if not any(char.isalnum() for piece in line.pieces for char in _text(line, piece)):
            continue
        assert inked(image), "a line of words with nothing drawn"
        assert image.height() == PITCH  # so that none can reach into another
        edges = inked(image, QRect(0, 0, 1, PITCH)) | inked(image, QRect(image.width() - 1, 0, 1, PITCH))
        assert not edges, "ink is cut off at a line's end"


def _text(line, piece):
    text = line.key[0].encode("utf-16-le")
    start = piece.start - line.source.textStart()
    return text[2 * start : 2 * (start + piece.length)].decode("utf-16-le", "replace")


def test_an_empty_script_is_a_black_screen_with_a_mark(qtbot, clock):
    reader = Reader(clock)
    surface = shown(qtbot, reader, 640, 480)
    reader.load(render("", VALUES))
    assert len(inked(surface.grab().toImage(), QRect(80, 0, 560, 480))) == 0
    reader.play()
    assert not reader.playing


# --- the reading line
MARKED = [
    "主播A：",
    "嘉宾：",
    "【停3】",
    "【倒计时】3、2、1",
    "【上链接】",
    "# 一段\n",
    "新加的一句话，",
    "{库存}",
    "abc ",
    "\n",
]
pieces = st.lists(st.sampled_from(MARKED), max_size=8).map("".join)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0.01, 0.99), above=pieces, below=pieces, inside=pieces, stock=st.integers(0, 999_999))
def test_no_edit_above_below_or_at_it_moves_the_reading_line(surface, reader, at, above, below, inside, stock):
    reader.load(render(TEXT, VALUES))
    reader.seek(max(0.01, at * reader.total))
    top = line_top(surface, _under_mark(surface))
    changed = TEXT.replace("大家快去拍吧", inside.replace("\n", "") + "大家快去拍吧")
    surface.set_script(render(f"{above}\n{changed}\n{below}", VALUES | {"stock": str(stock)}))
    assert line_top(surface, _under_mark(surface)) == top


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0.01, 0.9), above=pieces)
def test_after_an_edit_it_reads_on_without_ever_going_back(surface, reader, clock, at, above):
    reader.load(render(TEXT, VALUES))
    reader.seek(max(0.01, at * reader.total))
    surface.set_script(render(f"{above}\n{TEXT}", VALUES))
    reader.play()
    heights = []
    for _ in range(120):
        heights.append(surface.follower.height_at(reader.position))
        clock.advance(0.25)
    assert heights == sorted(heights)
    reader.pause()


def _under_mark(surface):
    height = surface.follower.height_at(surface.reader.position)
    return min(len(surface.follower.layout.lines) - 1, max(0, int(height)))


def test_lines_are_drawn_before_they_come_in_sight(surface, reader, clock):
    reader.load(render("\n".join(f"第{n}段，{'说不完的话' * 12}" for n in range(40)), VALUES))
    surface.grab()
    reader.play()
    for _ in range(8):
        clock.advance(0.1)
        surface._tick()
    lines = surface.follower.layout.lines
    seen = [index for index in range(len(lines)) if line_top(surface, index) < surface.height()]
    assert all(surface._strips.has(lines[index], 0) for index in (seen[-1] + 1, seen[-1] + 2))


def test_two_windows_of_the_same_measure_break_a_paragraph_once():
    first, second, other = TextLayout(72, 1000), TextLayout(72, 1000), TextLayout(96, 1000)
    for layout in (first, second, other):
        layout.set_text(render(TEXT, VALUES))
    assert all(one is two for one, two in zip(first.lines, second.lines, strict=True))
    assert first.lines[0] is not other.lines[0]


def test_the_very_same_text_is_numbered_once_until_one_window_is_set_otherwise():
    text = render(TEXT, VALUES)
    first, second = TextLayout(72, 1000), TextLayout(72, 1000)
    for layout in (first, second):
        layout.set_text(text)
    assert first.lines is second.lines
    lines = len(first.lines)
    second.set_measure(144, 1000)
    assert len(second.lines) > lines == len(first.lines)
    assert second.paragraphs is first.paragraphs


@pytest.mark.parametrize("lines", [1, -1, 2])
def test_a_nudge_is_a_line_also_where_an_edit_displaced_the_text(surface, reader, clock, lines):
    reader.load(render(TEXT.replace("【停2秒】", ""), VALUES))
    reader.seek(60)
    longer = TEXT.replace("【停2秒】", "").replace("平时", "平时" * 12)
    surface.set_script(render(longer, VALUES))
    before = surface.follower.height_at(reader.position)
    assert before != surface.follower.layout.travel.height_at(reader.position)
    surface.nudge_lines(lines)
    clock.advance(1)
    assert surface.follower.height_at(reader.position) == pytest.approx(before + lines, abs=1e-3)


def test_the_beginning_of_the_next_text_is_drawn_before_it_is_taken(surface, reader, clock):
    reader.load(render("\n".join(f"第{n}段，{'说不完的话' * 12}" for n in range(40)), VALUES))
    surface.expect(render("下一个商品\n" + TEXT, VALUES))
    reader.play()
    for _ in range(10):
        clock.advance(0.1)
        surface._tick()
    reader.load(render(TEXT, VALUES))
    assert all(surface._strips.has(line) for line in surface.follower.layout.lines[:6])


def test_a_small_window_keeps_few_pictures_of_what_has_gone(qtbot, reader, clock):
    """An evening's text runs through a preview too: it must not keep a full screen's worth of what has gone."""
    small = shown(qtbot, reader, 480, 320)
    reader.load(render("\n".join(f"第{n}段，{'说不完的话' * 12}" for n in range(120)), VALUES))
    reader.play()
    for _ in range(400):
        clock.advance(0.5)
        small._tick()
        small.grab()
    kept = list(small._strips._images.values())
    assert sum(strip.image.sizeInBytes() for strip in kept) <= max(8 * 480 * 320 * 4, 48 * kept[0].image.sizeInBytes())
