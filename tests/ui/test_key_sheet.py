"""The sheet of keys while the prompter runs: its groups are made, and its columns painted, one after the other."""

import pytest
from PySide6.QtWidgets import QLabel
from shiboken6 import delete, isValid

from liveshop_desk.prompter.hands import Hands
from ui.dialogs.key_sheet import COLUMNS, KeySheet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def opened(qapp, context):
    """A sheet whose groups are made and that is shown; the parts that still wait."""
    waiting = []
    sheet = KeySheet(context.actions, Hands({}), soon=waiting.append)
    while waiting:
        waiting.pop(0)()
    sheet.show()
    yield sheet, waiting
    if isValid(sheet):
        delete(sheet)


def unpainted(sheet):
    return [label for label in sheet.findChildren(QLabel) if not label.updatesEnabled()]


def test_its_columns_are_painted_one_after_the_other(opened):
    sheet, waiting = opened
    left = [len(unpainted(sheet))]
    assert left[0] == len(sheet.findChildren(QLabel)) > 100
    assert len(waiting) == len(COLUMNS) + 1  # the anchor's keys
    for paint in waiting:
        paint()
        left.append(len(unpainted(sheet)))
    assert left == sorted(set(left), reverse=True)
    assert left[-1] == 0


def test_closed_before_it_was_painted_it_is_no_fault(opened):
    sheet, waiting = opened
    delete(sheet)
    for paint in waiting:
        paint()


def test_without_the_prompter_it_is_painted_at_once(qtbot, context):
    sheet = KeySheet(context.actions, Hands({}))
    qtbot.addWidget(sheet)
    sheet.show()
    assert sheet.findChildren(QLabel)
    assert unpainted(sheet) == []
