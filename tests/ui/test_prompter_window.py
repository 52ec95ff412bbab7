"""The anchor's window: what the anchor sees around the text and what the keys do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from liveshop_desk.prompter.reader import Reader
from liveshop_desk.prompter.script import render
from ui.prompter.bars import CueBanner, ProductStrip, ProgressLine
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
    top = window.surface.line_top(5)
    window.show_cue("只剩 18 件，催单！")
    assert window.findChild(CueBanner).isVisible()
    assert window.surface.line_top(5) == top
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


def test_m_mirrors_and_says_so(qtbot, window):
    with qtbot.waitSignal(window.mirror_changed) as heard:
        qtbot.keyClick(window, Qt.Key.Key_M)
    assert heard.args == [True, False]
    assert window.surface.mirror == (True, False)


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


def test_without_a_second_screen_it_is_a_window_of_its_own(window):
    window.show_on(None)
    assert window.isVisible()
    assert not window.isFullScreen()


def test_it_fills_the_chosen_screen_and_falls_back_when_that_is_unplugged(qtbot, window, reader):
    screen = QGuiApplication.primaryScreen()
    window.show_on(screen)
    assert window.isFullScreen()
    reader.play()
    with qtbot.waitSignal(window.screen_lost) as heard:
        QGuiApplication.instance().screenRemoved.emit(screen)
    assert heard.args == [screen.name()]
    assert window.isVisible()
    assert not window.isFullScreen()
    assert reader.playing
