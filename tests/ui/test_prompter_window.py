"""The anchor's window: what the anchor sees around the text and what the keys do."""

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from liveshop_desk import i18n
from liveshop_desk.prompter.hands import Act, Hands
from liveshop_desk.prompter.reader import Reader
from liveshop_desk.prompter.script import render
from tests.ui.prompter_tools import line_top
from ui.prompter.bar_looks import THEMES
from ui.prompter.bars import CueBanner, ProductStrip, ProgressLine
from ui.prompter.wear import Wear
from ui.prompter.window import AnchorWindow, StripState

STATE = StripState("长款鹅绒羽绒服 Y9981", "¥369", "¥899", "18", stock_low=True, next_name="羊毛围巾")
PRICE, AMBER, RED = 0xFFD54A, 0xF5A524, 0xFF4D4F


@pytest.fixture
def reader(clock):
    reader = Reader(clock)
    reader.load(render("今天直播间只要 {直播价}，只剩 {库存} 件。\n" * 40, {"live_price": "¥369", "stock": "18"}))
    return reader


@pytest.fixture
def window(qtbot, reader):
    window = AnchorWindow(reader)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    QApplication.processEvents()
    return window


def ink(widget):
    image = widget.grab().toImage()
    return {image.pixel(x, y) & 0xFFFFFF for y in range(image.height()) for x in range(image.width())}


def strip(window):
    return window.findChild(ProductStrip)


def test_the_strip_shows_price_and_low_stock_in_their_colours(window):
    window.set_strip(STATE)
    colours = ink(strip(window))
    assert PRICE in colours
    assert AMBER in colours
    assert RED not in colours


class Painted(QObject):
    """Notes what a widget shows whenever it is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):  # noqa: N802 - Qt's own name
        self.times += event.type() == QEvent.Type.Paint
        return False


def test_another_language_is_on_the_strip_and_the_banner_at_once(qtbot, window):
    window.set_strip(STATE)
    window.show_auto_cue("还有 30 秒")
    QApplication.processEvents()
    bars = [Painted(bar) for bar in (strip(window), window._auto)]
    i18n.set_language("zh_CN")
    window.retranslate()
    qtbot.waitUntil(lambda: all(bar.times for bar in bars))
    assert window.surface.accessibleName() == "提词内容"


def test_only_overtime_is_red(window):
    window.set_strip(StripState("外套", remaining_seconds=30))
    assert RED not in ink(strip(window))
    window.set_strip(StripState("外套", remaining_seconds=-30))
    assert RED in ink(strip(window))


def test_a_very_long_name_leaves_the_price_whole(window):
    window.set_strip(StripState("长" * 400, "¥369", next_name="围" * 400, remaining_seconds=10))
    assert PRICE in ink(strip(window))


def test_a_cue_covers_no_moving_text_line_and_is_acknowledged_by_key(qtbot, window, reader):
    reader.seek(60)
    top = line_top(window.surface, 5)
    window.show_cue("只剩 18 件，催单！")
    assert window.findChild(CueBanner).isVisible()
    assert line_top(window.surface, 5) == top
    assert AMBER in ink(window.findChild(CueBanner))
    with qtbot.waitSignal(window.cue_acknowledged):
        qtbot.keyClick(window, Qt.Key.Key_Return)
    assert window.cue == ""
    assert not window.findChild(CueBanner).isVisible()


def test_a_cue_is_acknowledged_by_a_click(qtbot, window):
    window.show_cue("看镜头")
    with qtbot.waitSignal(window.cue_acknowledged):
        qtbot.mouseClick(window.findChild(CueBanner), Qt.MouseButton.LeftButton)


def test_nothing_to_acknowledge_says_nothing(qtbot, window):
    with qtbot.assertNotEmitted(window.cue_acknowledged):
        qtbot.keyClick(window, Qt.Key.Key_Return)
        window.show_cue("好")
        window.clear_cue()


def test_space_plays_and_pauses(qtbot, window, reader):
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert reader.playing
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert not reader.playing


def test_plus_and_minus_change_the_pace(qtbot, window, reader):
    qtbot.keyClick(window, Qt.Key.Key_Plus)
    assert reader.pace == 230
    qtbot.keyClick(window, Qt.Key.Key_Minus)
    qtbot.keyClick(window, Qt.Key.Key_Minus)
    assert reader.pace == 210


def test_arrows_and_a_clicker_move_through_the_text(qtbot, window, reader, clock):
    qtbot.keyClick(window, Qt.Key.Key_Down)
    clock.advance(1)
    line = reader.position
    assert line > 0
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    clock.advance(1)
    assert reader.position > 2 * line
    qtbot.keyClick(window, Qt.Key.Key_PageUp)
    clock.advance(1)
    assert reader.position == pytest.approx(line, abs=0.5)
    qtbot.keyClick(window, Qt.Key.Key_Home)
    assert reader.position == 0


def test_what_is_not_the_windows_own_is_asked_for(qtbot, window):
    with qtbot.waitSignal(window.wanted) as heard:
        qtbot.keyClick(window, Qt.Key.Key_M)
    assert heard.args == [Act.MIRROR]
    with qtbot.waitSignal(window.wanted) as heard:
        qtbot.keyClick(window, Qt.Key.Key_B)
    assert heard.args == [Act.BLANK]


def test_f5_and_escape_of_a_clicker_play_and_pause(qtbot, window, reader):
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert reader.playing
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not reader.playing
    assert window.isVisible()


def test_every_key_can_be_another(qtbot, window, reader):
    window.set_hands(Hands({}).bound("Volume Up", Act.PLAY).bound("Space", Act.NONE).bound("Ctrl+G", Act.START))
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert not reader.playing
    qtbot.keyClick(window, Qt.Key.Key_VolumeUp)
    assert reader.playing
    reader.seek(30)
    qtbot.keyClick(window, Qt.Key.Key_G)
    assert reader.position > 29
    qtbot.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert reader.position < 1


def test_a_pedal_held_down_plays_once(qtbot, window, reader):
    for repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", repeated, 1)
        QApplication.sendEvent(window, event)
    assert reader.playing


def test_a_key_of_another_alphabet_does_no_harm(window):
    letter = QKeyEvent(QEvent.Type.KeyPress, 0x4E2D, Qt.KeyboardModifier.NoModifier, "中")
    QApplication.sendEvent(window, letter)
    unnamed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, 193, 0, 0, "")
    QApplication.sendEvent(window, unnamed)


def test_a_key_without_a_name_is_known_by_its_scan_code(window, reader):
    window.set_hands(Hands({"scan:193": "play"}))
    unnamed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, 193, 0, 0, "")
    QApplication.sendEvent(window, unnamed)
    assert reader.playing


def test_a_chosen_key_acknowledges(qtbot, window):
    window.set_hands(Hands({}).bound("PgUp", Act.ACKNOWLEDGE))
    window.show_cue("看镜头")
    with qtbot.waitSignal(window.cue_acknowledged):
        qtbot.keyClick(window, Qt.Key.Key_PageUp)


def test_the_desks_own_cue_stands_below_the_operators(window):
    window.show_auto_cue("只剩 5 件")
    spoken, own = window.findChildren(CueBanner)
    assert own.y() == window.surface.y()
    window.show_cue("看镜头")
    assert spoken.y() == window.surface.y()
    assert own.y() == spoken.geometry().bottom() + 1
    assert own.geometry().bottom() < window.surface.y() + window.surface.height() * 0.36
    window.show_auto_cue("")
    assert not own.isVisible()
    assert window.cue == "看镜头"


def test_blank_is_black_but_for_cues(window):
    window.set_strip(STATE)
    window.set_blank(True)
    assert ink(window.surface) == {0}
    assert ink(strip(window)) == {0}
    window.show_cue("看镜头")
    assert AMBER in ink(window.findChild(CueBanner))
    window.set_blank(False)
    assert PRICE in ink(strip(window))


def test_any_change_of_looks_keeps_place_and_pace(window, reader, clock):
    reader.play()
    clock.advance(20)
    place, pace = reader.position, reader.pace
    for wear in (
        Wear(font=90), Wear(spacing=200), Wear(margin=20), Wear(mark=60), Wear(theme="contrast"),
        Wear(mirror=(True, True)), Wear(),
    ):  # fmt: skip
        window.put_on(wear)
        assert (reader.position, reader.pace, reader.playing) == (place, pace, True)
        at = window.surface.follower.height_at(reader.position)
        line = int(at)
        if not wear.mirror[1]:
            pitch = line_top(window.surface, line + 1) - line_top(window.surface, line)
            mark = window.surface.height() * wear.mark / 100
            assert line_top(window.surface, line) + (at - line) * pitch == pytest.approx(mark, abs=1)


@pytest.mark.parametrize("theme", list(THEMES))
def test_every_theme_shows_what_is_late_and_what_is_short(window, theme):
    window.put_on(Wear(theme=theme))
    window.set_strip(StripState("外套", "¥369", "", "3", stock_low=True, remaining_seconds=-30))
    inks = THEMES[theme]
    assert {inks.amber & 0xFFFFFF, inks.over & 0xFFFFFF, inks.price & 0xFFFFFF} <= ink(strip(window))


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (640, 360), (1024, 768)])
def test_price_and_stock_stand_whole_on_any_screen(window, size):
    window.resize(*size)
    state = StripState("长" * 60, "¥299–499", "¥599–899", "47", True, "围" * 60, -130, "S 5")
    window.set_strip(state)
    whole = strip(window).grab().toImage()
    window.set_strip(state._replace(live_price="", stock="", stock_note=""))
    assert whole != strip(window).grab().toImage()
    window.set_strip(state)
    colours = ink(strip(window))
    assert PRICE in colours
    assert AMBER in colours


@pytest.mark.parametrize("key", [Qt.Key.Key_F11])
def test_leaving_hides_the_window_and_the_reader_goes_on(qtbot, window, reader, key):
    reader.play()
    with qtbot.waitSignal(window.left):
        qtbot.keyClick(window, key)
    assert not window.isVisible()
    assert reader.playing


def test_progress_follows_the_reader(window, reader):
    def filled():
        image = window.findChild(ProgressLine).grab().toImage()
        return sum(image.pixel(x, image.height() // 2) & 0xFFFFFF == RED for x in range(image.width()))

    assert filled() == 0
    reader.seek(reader.total / 2)
    window.surface.repaint()
    half = filled()
    reader.seek(reader.total)
    window.surface.repaint()
    assert half == pytest.approx(filled() / 2, abs=4)


def test_upside_down_the_strip_is_at_the_bottom(window):
    window.set_mirror(False, True)
    assert strip(window).y() > window.surface.y()


def test_a_small_window_shows_the_lines_of_the_usual_screen(window):
    window.resize(1920, 1080)
    wide = [(line.start, line.end) for line in window.surface.follower.layout.lines]
    window.stand(QRect(10, 10, 480, 270))
    assert window.isVisible()
    assert not window.isFullScreen()
    assert [(line.start, line.end) for line in window.surface.follower.layout.lines] == wide


def test_it_fills_a_screen(window):
    window.fill(QGuiApplication.primaryScreen())
    assert window.isFullScreen()
