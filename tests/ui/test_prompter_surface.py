"""The prompter's widgets as the anchor sees them: real widgets, real pixels."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from liveshop_desk.model.clock import ManualClock
from liveshop_desk.prompter.reader import Reader
from liveshop_desk.prompter.script import render
from ui.prompter.surface import PrompterSurface

TEXT = (
    "【举起衣服，转一圈】\n"
    "来，姐妹们，今天这件长款鹅绒羽绒服，百分之九十的白鹅绒，蓬松度八百加。\n"
    "平时门店吊牌价{吊牌价}，今天直播间 {直播价}，只有最后 {库存} 件，库存只有 {库存} 件哦，大家快去拍吧。\n"
    "尺码从一百一到一百六十斤都能穿，袖口是防风的双层罗纹，洗衣机也能洗。\n"
    "包邮到家，七天无理由，今天下单明天发货，晚了就没有了。"
)
VALUES = {"live_price": "¥369", "list_price": "¥899", "stock": "18", "name": "羽绒服"}


@pytest.fixture
def reader(clock):
    reader = Reader(clock)
    reader.load(render(TEXT, VALUES))
    return reader


@pytest.fixture
def surface(qtbot, reader):
    return shown(qtbot, reader)


def shown(qtbot, reader, width=900, height=700, reference=None):
    surface = PrompterSurface(reader)
    qtbot.addWidget(surface)
    surface.set_reference_width(reference)
    surface.resize(width, height)
    surface.show()
    QApplication.processEvents()
    return surface


def picture(surface):
    return surface.grab().toImage()


def ink(image):
    """The colours of an image, of every third pixel."""
    return {image.pixel(x, y) & 0xFFFFFF for y in range(0, image.height(), 3) for x in range(0, image.width(), 3)}


def line_under_mark(surface):
    follower = surface.follower
    height = follower.height_at(surface.reader.position)
    index = min(len(follower.layout.lines) - 1, int(height))
    return index, height - index


def text_of(surface, index):
    line = surface.follower.layout.lines[index]
    place = surface.follower.layout.place_at(index, 0)
    return surface.follower.layout.paragraphs[place.paragraph].text[line.start : line.end]


def test_text_is_really_drawn_white_grey_and_yellow(surface, reader):
    reader.seek(40)
    colours = ink(picture(surface))
    assert 0xFFFFFF in colours  # the reading lines
    assert 0x5A656F in colours  # the rest
    assert 0xFFD54A in colours  # live values
    assert 0xFF4D4F in colours  # the mark


def test_html_is_shown_as_typed(surface, reader):
    reader.load(render("<b>粗</b> &amp;", {}))
    assert text_of(surface, 0) == "<b>粗</b> &amp;"


def test_it_scrolls_by_the_clock_and_not_by_frames(surface, reader, clock):
    reader.play()
    clock.advance(5)
    once = surface.line_top(0)
    for _ in range(10):
        surface.repaint()
    assert surface.line_top(0) == once
    clock.advance(5)
    assert surface.line_top(0) < once


EDITS = {
    "a line added above": ("新的一段，放在最前面。\n" + TEXT, VALUES),
    "a paragraph above rewritten longer": (
        TEXT.replace("蓬松度", "摸起来非常非常柔软而且轻，轻到像没有穿一样，蓬松度"),
        VALUES,
    ),
    "a paragraph above removed": (TEXT.replace("【举起衣服，转一圈】\n", ""), VALUES),
    "a price that gets longer": (TEXT, VALUES | {"live_price": "¥1,369.00", "list_price": "¥12,899.00"}),
    "a stock that gets shorter": (TEXT, VALUES | {"stock": "8"}),
    "a paragraph below rewritten": (TEXT.replace("洗衣机也能洗", "干洗"), VALUES),
    "everything below removed": (TEXT[: TEXT.index("尺码")], VALUES),
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("units", [35.0, 44.5, 55.3])
def test_the_reading_line_moves_no_pixel_when_the_text_changes(surface, reader, edit, units):
    reader.seek(units)
    text, values = EDITS[edit]
    index, share = line_under_mark(surface)
    place = surface.follower.layout.place_at(index, share)
    char = reader.paragraphs[place.paragraph].text[int(place.offset)]
    top = surface.line_top(index)
    surface.set_script(render(text, values))
    now, _ = line_under_mark(surface)
    assert surface.line_top(now) == top
    assert char in text_of(surface, now)


@pytest.mark.parametrize("change", [lambda s: s.set_font_size(96), lambda s: s.set_margins(0.2, 0.1)])
def test_the_line_under_the_mark_stays_when_the_setting_changes(surface, reader, change):
    reader.seek(44)
    before, share = line_under_mark(surface)
    place = surface.follower.layout.place_at(before, share)
    change(surface)
    now, new_share = line_under_mark(surface)
    assert surface.follower.layout.line_at(place) == now
    assert new_share == pytest.approx(share, abs=0.02)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.floats(0.05, 0.95),
    above=st.lists(st.text("新加的一句话，。 abc", max_size=40), max_size=4),
    below=st.lists(st.text("后面改了，。 xyz", max_size=40), max_size=4),
    stock=st.integers(0, 999_999),
)
def test_no_rewriting_above_or_below_moves_the_reading_line(surface, reader, at, above, below, stock):
    middle = TEXT.split("\n")[1:4]
    reader.load(render(TEXT, VALUES))
    text = reader.text
    first, last = text.starts[1], text.ends[3]
    reader.seek(first + at * (last - first))
    index, _ = line_under_mark(surface)
    top = surface.line_top(index)
    surface.set_script(render("\n".join([*above, *middle, *below]), VALUES | {"stock": str(stock)}))
    now, _ = line_under_mark(surface)
    assert surface.line_top(now) == top


def test_what_an_edit_displaced_wears_off_without_going_back(surface, reader, clock):
    reader.seek(44)
    surface.set_script(render(*EDITS["a price that gets longer"]))
    reader.play()
    heights = []
    for _ in range(600):
        heights.append(surface.follower.height_at(reader.position))
        clock.advance(0.05)
    assert heights == sorted(heights)
    assert heights[-1] == surface.follower.layout.travel.height_at(reader.position)


def test_a_text_that_grows_before_reading_begins_starts_at_its_top(surface, reader):
    surface.set_script(render("先说这一句\n" + TEXT, VALUES))
    assert line_under_mark(surface) == (0, 0)


def test_mirrors_flip_every_pixel_of_the_text(surface, reader):
    reader.seek(40)
    plain = picture(surface)
    surface.set_mirror(True)
    flipped = picture(surface)
    assert flipped != plain
    back = flipped.flipped(Qt.Orientation.Horizontal).convertToFormat(plain.format())
    text = surface.rect().adjusted(70, 0, 0, 0)  # without the mark, whose soft edges may round otherwise
    assert back.copy(text) == plain.copy(text)


def test_upside_down_the_lines_run_upwards(surface, reader):
    reader.seek(40)
    surface.set_mirror(False, True)
    assert surface.line_top(1) < surface.line_top(0)
    assert 0xFFFFFF in ink(picture(surface))


def test_two_windows_of_one_reader_show_the_same_place_and_the_same_lines(qtbot, reader, clock):
    anchor = shown(qtbot, reader, 1920, 1080)
    preview = shown(qtbot, reader, 480, 380, reference=1920)
    seen = {}
    anchor.frame_painted.connect(lambda units, lines: seen.update(anchor=(units, lines)))
    preview.frame_painted.connect(lambda units, lines: seen.update(preview=(units, lines)))
    reader.play()
    clock.advance(7.5)
    anchor.repaint()
    preview.repaint()
    assert seen["anchor"] == seen["preview"]
    count = len(anchor.follower.layout.lines)
    assert [text_of(anchor, i) for i in range(count)] == [text_of(preview, i) for i in range(count)]


def test_the_wheel_nudges_a_line(surface, reader, clock):
    reader.seek(30)
    before = surface.follower.height_at(reader.position)
    no = Qt.KeyboardModifier.NoModifier
    where = QPointF(100, 100)
    event = QWheelEvent(
        where, where, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, no, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(surface, event)
    clock.advance(1)
    assert surface.follower.height_at(reader.position) == pytest.approx(before + 1, abs=1e-3)


def test_a_reader_that_stands_still_costs_nothing(qtbot, surface, reader, clock):
    frames = []
    surface.frame_painted.connect(lambda *_: frames.append(1))
    reader.play()
    assert surface.running
    reader.pause()
    clock.advance(2)
    qtbot.waitUntil(lambda: not surface.running)
    frames.clear()
    clock.advance(60)
    QApplication.processEvents()
    assert frames == []


def test_a_hidden_surface_runs_no_timer(surface, reader):
    reader.play()
    surface.hide()
    assert not surface.running
    surface.show()
    assert surface.running


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "字" * 10_000,
        "w" * 10_000,
        "👩‍👩‍👧‍👦👍🏽🇨🇳 表情 " * 40,
        "مرحبا بكم في البث المباشر اليوم 50% خصم\nשלום לכולם\nmixed مرحبا 中文 abc",
        "e\u0301a\u0308\u0323 " + "Z" + "\u0300\u0316" * 60,
        "\u202eabc\u2066def\x00\x1b[0m\ufffe\U0001f600",
        "【只有动作】\n【没有台词】",
        "<table><tr><td>{直播价}</td></tr></table>",
    ],
    ids=["empty", "blank", "long", "letters", "emoji", "rtl", "combining", "control", "directions", "html"],
)
@pytest.mark.parametrize("mirror", [False, True])
def test_no_text_is_too_odd_to_show(qtbot, clock, text, mirror):
    reader = Reader(clock)
    surface = shown(qtbot, reader, 640, 480)
    surface.set_mirror(mirror)
    reader.load(render(text, VALUES))
    for share in (0, 0.5, 1):
        reader.seek(reader.total * share)
        assert not picture(surface).isNull()
    reader.set_script(render(text + "！", VALUES))
    assert len(ink(picture(surface))) > 3  # more than black and the mark: it is really drawn


def test_a_surface_that_is_gone_is_not_asked_to_paint(qtbot, reader):
    surface = PrompterSurface(reader)
    surface.show()
    surface.deleteLater()
    QApplication.sendPostedEvents(surface, 52)  # QEvent.DeferredDelete
    del surface
    reader.seek(3)
    reader.set_script(render("别的", {}))


def test_another_reader_takes_over(qtbot, surface, reader):
    other = Reader(ManualClock())
    other.load(render("另外一场", {}))
    surface.set_reader(other)
    assert text_of(surface, 0) == "另外一场"
    reader.load(render("旧的一场", {}))
    assert text_of(surface, 0) == "另外一场"
