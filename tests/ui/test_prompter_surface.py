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
from tests.ui.prompter_tools import line_top
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
    once = line_top(surface, 0)
    for _ in range(10):
        surface.repaint()
    assert line_top(surface, 0) == once
    clock.advance(5)
    assert line_top(surface, 0) < once


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
    top = line_top(surface, index)
    surface.set_script(render(text, values))
    now, _ = line_under_mark(surface)
    assert line_top(surface, now) == top
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


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    top = line_top(surface, index)
    surface.set_script(render("\n".join([*above, *middle, *below]), VALUES | {"stock": str(stock)}))
    now, _ = line_under_mark(surface)
    assert line_top(surface, now) == top


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
    assert line_top(surface, 1) < line_top(surface, 0)
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


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.floats(0.02, 0.98),
    font=st.integers(24, 160),
    margin=st.floats(0, 0.3),
    price=st.integers(1, 10**7),
    stock=st.integers(0, 10**6),
)
def test_font_margins_and_values_leave_the_reading_line_where_it_is(surface, reader, at, font, margin, price, stock):
    surface.set_font_size(72)
    surface.set_margins(0.08, 0.08)
    reader.load(render(TEXT, VALUES))
    reader.set_pace(240)
    reader.seek(reader.total * at)
    for change in (
        lambda: surface.set_script(render(TEXT, VALUES | {"stock": str(stock), "live_price": f"¥{price}"})),
        lambda: surface.set_font_size(font),
        lambda: surface.set_margins(margin, margin),
        lambda: surface.set_script(render(TEXT, VALUES)),
    ):
        index, share = line_under_mark(surface)
        place = surface.follower.layout.place_at(index, share)
        read, under = reader.place, reader.paragraphs[reader.place.paragraph].text
        change()
        now, now_share = line_under_mark(surface)
        assert now_share == pytest.approx(share, abs=1e-6)
        assert reader.pace == 240
        if reader.paragraphs[read.paragraph].text == under:  # the same words: she is at the same one
            assert (reader.place.paragraph, reader.place.offset) == (read.paragraph, pytest.approx(read.offset))
            assert surface.follower.layout.place_at(now, now_share).paragraph == place.paragraph


def test_blank_shows_nothing_and_the_reader_goes_on(surface, reader, clock):
    reader.seek(40)
    reader.play()
    surface.set_blank(True)
    clock.advance(2)
    assert ink(picture(surface)) == {0}
    assert reader.position > 40
    surface.set_blank(False)
    assert 0xFFFFFF in ink(picture(surface))


def test_looking_ahead_leaves_the_reader_and_comes_back(surface, reader, clock):
    reader.seek(20)
    before = line_top(surface, 0)
    surface.look_ahead(3)
    clock.advance(1)
    pitch = 72 * 1.5
    assert reader.position == 20
    assert line_top(surface, 0) == pytest.approx(before - 3 * pitch, abs=1)
    assert 0xF5A524 in ink(picture(surface))  # the edge says so
    surface.look_ahead(-100)
    clock.advance(1)
    assert surface.ahead.height_at(reader.ticks) == 0
    surface.ahead.leave()
    assert line_top(surface, 0) == before
    assert 0xF5A524 not in ink(picture(surface))


def test_looking_ahead_stands_still_while_the_reader_reads_on(surface, reader, clock):
    reader.seek(20)
    surface.look_ahead(2)
    clock.advance(1)
    top = line_top(surface, 0)
    reader.play()
    clock.advance(3)
    assert line_top(surface, 0) == top
    surface.ahead.timer.timeout.emit()  # nobody touched it
    assert not surface.ahead.active
    assert line_top(surface, 0) != top


def test_a_take_ends_looking_ahead_and_an_edit_does_not(surface, reader, clock):
    reader.seek(20)
    surface.look_ahead(2)
    clock.advance(1)
    line = round(surface.ahead.height_at(reader.ticks)) + 1
    shown, top = text_of(surface, line), line_top(surface, line)
    surface.set_script(render("上面加了一句。\n" + TEXT, VALUES))
    assert text_of(surface, line + 1) == shown
    assert line_top(surface, line + 1) == top
    reader.load(render("下一段", VALUES))
    assert not surface.ahead.active


def test_what_comes_next_stands_dim_below_the_text(surface, reader):
    reader.seek(reader.total)
    alone = picture(surface)
    surface.set_upcoming(render("\n下一环节\n围巾的第一句", {}))
    both = picture(surface)
    assert both != alone
    last = len(surface.follower.layout.lines)
    below, words = round(line_top(surface, last) + 2), round(line_top(surface, last + 2))
    assert 0xFFFFFF in ink(both.copy(80, below, 800, words - below))  # its title
    assert 0xFFFFFF not in ink(both.copy(80, words, 800, both.height() - words))
    assert reader.total == surface.reader.text.total  # it is not read
    top = both.copy(0, 0, both.width(), below - 4)
    assert top == alone.copy(0, 0, both.width(), below - 4)


def test_a_take_shows_the_new_text_with_the_very_next_frame(surface, reader, clock):
    reader.seek(40)
    reader.play()
    clock.advance(1)
    frames = []
    surface.frame_painted.connect(lambda units, _lines: frames.append(units))
    old = picture(surface)
    reader.load(render("羊毛围巾，第一句就在这里。\n第二句。", VALUES))
    first = picture(surface)
    assert first != old
    assert 0xFFFFFF in ink(first)  # no empty frame between the two
    assert line_top(surface, 0) == round(surface.height() * 0.36)
    assert frames[-1] == 0


def wheel(surface, notches, held=Qt.KeyboardModifier.NoModifier):
    where = QPointF(100, 100)
    event = QWheelEvent(
        where, where, QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(surface, event)


def test_the_wheel_looks_on_once_that_has_begun_and_with_ctrl_jogs_the_pace(surface, reader, clock):
    reader.seek(30)
    reader.set_pace(200)
    wheel(surface, 3, Qt.KeyboardModifier.ControlModifier)
    assert reader.pace == 206
    surface.look_ahead(1)
    clock.advance(1)
    before = surface.ahead.goal
    wheel(surface, -2)
    assert surface.ahead.goal == pytest.approx(before + 2)
    assert reader.position == 30


def test_running_back_the_text_runs_down(surface, reader, clock):
    reader.seek(60)
    reader.reverse()
    clock.advance(1)
    before = line_top(surface, 0)
    clock.advance(2)
    assert line_top(surface, 0) > before


def test_a_preview_of_half_the_frames_shares_the_beat(qtbot, reader, clock):
    anchor = shown(qtbot, reader)
    preview = PrompterSurface(reader, frames=anchor.frames)
    qtbot.addWidget(preview)
    preview.resize(300, 200)
    preview.set_every(2)
    preview.show()
    painted = {anchor: 0, preview: 0}
    for each in painted:
        each.frame_painted.connect(lambda _units, _lines, e=each: painted.update({e: painted[e] + 1}))
    reader.play()
    QApplication.processEvents()
    anchor.frames.stop()  # the beat is ours
    painted.update({anchor: 0, preview: 0})
    for _frame in range(10):
        clock.advance(0.5)
        anchor.frames.ticked.emit()
    assert painted == {anchor: 10, preview: 5}
