"""A frame copies only what can differ: on the screen must stand what painting all of it anew would give."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from liveshop_desk.prompter.reader import Reader
from liveshop_desk.prompter.script import parse
from ui.prompter.surface import PrompterSurface

LINES = (
    "来，姐妹们，今天这件长款鹅绒羽绒服 {直播价}，只有最后 {库存} 件，大家快去拍吧，晚了就没有了",
    "主播A：大家好，蓬松度八百加，真的很暖，快去拍吧，包邮到家，七天无理由",
    "短",
    "",
    "【举起衣服】size M to XXL, jgpqy free returns【上链接】现在",
    "مرحبا بكم في البث المباشر اليوم 50% خصم",
    "# 第二段",
    "表情 👍🏽 在这里，👩‍👩‍👧‍👦 也在",
    "Z" + "\u0300\u0316" * 8 + " 很高",
)
VALUES = {"live_price": "¥369", "list_price": "¥899", "stock": "18"}


@pytest.fixture
def surface(qtbot, clock):
    made = PrompterSurface(Reader(clock))
    qtbot.addWidget(made)
    made.resize(640, 520)
    made.show()
    QApplication.processEvents()
    made.frames.stop()
    return made


def on_screen(surface):
    """What the frames so far have left on the screen."""
    return plain(surface.screen().grabWindow(surface.winId()).toImage())


def plain(image):
    return image.convertToFormat(QImage.Format.Format_RGB32)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.sampled_from(LINES), min_size=4, max_size=14),
    spacing=st.sampled_from([1.0, 1.25, 1.5, 2.0]),
    mirror=st.tuples(st.booleans(), st.booleans()),
    at=st.floats(0, 1),
    waits=st.lists(st.sampled_from([0.016, 0.016, 0.03, 0.1, 0.4]), min_size=6, max_size=20),
    between=st.lists(st.sampled_from(["", "", "picture", "exposed"]), min_size=20, max_size=20),
    rate=st.sampled_from([1.0, -1.0, 4.0]),
)
def test_what_frames_leave_is_what_painting_all_of_it_gives(
    surface, clock, lines, spacing, mirror, at, waits, between, rate
):
    reader = surface.reader
    surface.set_font_size(48)
    surface.set_line_spacing(spacing)
    surface.set_mirror(*mirror)
    reader.load(parse("\n".join(lines), ("主播A",)).render(VALUES))
    reader.seek(reader.total * at)
    reader.set_rate(rate)
    surface.frames.stop()
    surface._running = True
    surface.repaint()
    for wait, what in zip(waits, between, strict=False):
        clock.advance(wait)
        if what == "picture":
            surface.grab()
        elif what == "exposed":
            surface.repaint(0, 150, 640, 60)
        clock.advance(0.016)
        surface._tick()
    left = on_screen(surface)
    assert left == plain(surface.grab().toImage())


def test_a_frame_at_a_reading_pace_copies_less_than_the_whole_column(surface, clock):
    reader = surface.reader
    reader.load(parse("\n".join(LINES * 3), ()).render(VALUES))
    reader.seek(30)
    reader.play()
    surface.frames.stop()
    surface._running = True
    asked = []
    painted = surface.paintEvent
    surface.paintEvent = lambda event: (asked.append(event.region()), painted(event))
    for _ in range(60):
        clock.advance(0.016)
        surface._tick()
    boxes = [sum(rect.width() * rect.height() for rect in region) for region in asked]
    assert min(boxes) < 0.75 * surface.width() * surface.height()


def test_what_lies_over_the_text_is_painted_with_it(surface, clock):
    """A banner that goes while the text runs leaves nothing behind."""
    reader = surface.reader
    reader.load(parse("\n".join(LINES * 3), ()).render(VALUES))
    reader.seek(30)
    reader.play()
    surface._running = True
    banner = QWidget(surface)
    banner.setStyleSheet("background: #ff00ff")
    banner.setGeometry(0, 100, 640, 60)
    banner.show()
    QApplication.processEvents()
    clock.advance(0.016)
    surface._tick()
    banner.hide()
    clock.advance(0.016)
    surface._tick()
    QApplication.processEvents()
    left = on_screen(surface)
    assert left == plain(surface.grab().toImage())
