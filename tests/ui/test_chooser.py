"""A chosen session's long name ends in an ellipsis; it was cut anywhere."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

from tests.ui.numbers import shown
from ui.theme import LIGHT, style_sheet
from ui.widgets.chooser import Chooser

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window

LONG = "2021年8月31日 · LV、DIOR、GUCCI超多大牌捡漏专场！~ · Zi An"


def made(qtbot, kind, text):
    box = kind()
    box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    box.setStyleSheet(style_sheet(LIGHT))
    box.addItem(text)
    shown(qtbot, box, 260, 32)
    return box


def test_a_name_too_long_for_its_box_ends_in_an_ellipsis(qtbot):
    box = made(qtbot, Chooser, LONG)
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    fits = box.fontMetrics().elidedText(LONG, Qt.TextElideMode.ElideRight, field.width())
    assert fits.endswith("…")
    assert len(fits) > 20
    assert box.grab().toImage() == made(qtbot, QComboBox, fits).grab().toImage()
    assert box.currentText() == LONG  # what is read out, and searched for
