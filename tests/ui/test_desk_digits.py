"""Digits typed in the desk's window where nobody has a use for them: they begin a number for the queue."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from ui.desk_hands import StrayDigits

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def desk(qtbot):
    """A window with a field to type in and a picture that takes the keyboard, as the chart does."""
    window, field, chart = QWidget(), QLineEdit(), QFrame()
    qtbot.addWidget(window)
    chart.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    layout.addWidget(chart)
    typed = []
    StrayDigits(window).typed.connect(typed.append)
    with qtbot.waitExposed(window):
        window.show()
    yield typed, field, chart
    window.close()


def test_digits_the_chart_has_no_use_for_are_the_queues(qtbot, desk):
    typed, _field, chart = desk
    qtbot.keyClicks(chart, "1a2")
    assert typed == ["1", "2"]


def test_digits_of_the_number_pad_too_but_not_with_ctrl(qtbot, desk):
    typed, _field, chart = desk
    qtbot.keyClick(chart, "7", Qt.KeyboardModifier.KeypadModifier)
    qtbot.keyClick(chart, "8", Qt.KeyboardModifier.ControlModifier)
    assert typed == ["7"]


def test_a_field_keeps_its_digits(qtbot, desk):
    typed, field, _chart = desk
    qtbot.keyClicks(field, "369")
    assert typed == []
    assert field.text() == "369"
