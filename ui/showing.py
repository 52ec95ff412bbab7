"""Showing what was just made: styled, laid out and shown at once a dialog is three frames of the prompter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from ui.gaps import Gaps

_AT_ONCE = 80  # parts styled in one gap: 5 ms


def show_between(gaps: Gaps, dialog: QDialog, show: Callable[[], None]) -> None:
    """Call ``show`` once the dialog's parts are styled and laid out, each in gaps of its own; now where there are none.

    What is still to be put into the dialog in gaps asked for before is styled with it. One that has gone again is left.
    """
    if gaps.running:
        gaps.soon(partial(_style, gaps, dialog))
        gaps.soon(partial(_lay_out, dialog))
    gaps.soon(lambda: show() if isValid(dialog) else None)


def _style(gaps: Gaps, dialog: QDialog) -> None:
    """Style some of what will be seen; the rest in the next gaps, before it is laid out."""
    if not isValid(dialog):
        return
    styled = Qt.WidgetAttribute.WA_WState_Polished
    seen = [part for part in dialog.findChildren(QWidget) if part.isVisibleTo(dialog)]
    bare = [part for part in seen if not part.testAttribute(styled)]
    for part in bare[:_AT_ONCE]:
        part.ensurePolished()
    if len(bare) > _AT_ONCE:
        gaps.soon(partial(_style, gaps, dialog), first=True)


def _lay_out(dialog: QDialog) -> None:
    layout = dialog.layout() if isValid(dialog) else None
    if layout is not None:
        layout.activate()
