"""The chart's legend, which is also where its lines are chosen; and the ranges of time with the way back to now."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QWidget

from liveshop_desk.i18n import _, mark
from ui.panels.metric_menu import metric_menu
from ui.widgets.basics import button, label, plain_tip

MINUTE_MS = 60_000
RANGES = ((15 * MINUTE_MS, mark("15 min")), (60 * MINUTE_MS, mark("1 h")), (0, mark("Full")))
MOST = 8  # lines: more is no picture
_SHOWN = 3  # lines named in the legend; the others are in the menu and under the mouse


class Legend(QWidget):
    """Names the lines; a click or Enter opens the choice. ``chosen(keys)`` when the user has chosen otherwise."""

    chosen = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[str, ...] = ()
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_lines(self, lines: tuple[tuple[str, str, str], ...], keys: tuple[str, ...]) -> None:
        """Name (sign, colour token, text) of each line; ``keys`` are all metrics chosen, shown or not."""
        self._keys = keys
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # it is deleted a turn later, and must not stand beside its successor till then
                widget.deleteLater()
        for sign, color, text in lines[:_SHOWN]:
            self._layout.addWidget(label(sign, size=12, tone=color))
            self._layout.addWidget(label(text, size=12, tone="dim"))
            self._layout.addSpacing(6)
        more = len(lines) - _SHOWN
        self._layout.addWidget(label(f"+{more} ▾" if more > 0 else "▾", size=12, tone="dim"))
        self.setAccessibleName(_("Lines of the chart"))
        self.setToolTip(plain_tip(_("Choose the lines of the chart")))

    def open_menu(self, at: QPoint | None = None) -> QMenu:
        """Offer every metric; those shown are ticked."""
        full = len(self._keys) >= MOST
        menu = metric_menu(self, self._keys, lambda key, on: self._turn(key, on=on), full=full)
        menu.popup(at or self.mapToGlobal(QPoint(0, self.height())))
        return menu

    def _turn(self, key: str, *, on: bool) -> None:
        keys = (*self._keys, key) if on else tuple(each for each in self._keys if each != key)
        if keys:
            self.chosen.emit(keys)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the choice."""
        event.accept()
        self.open_menu()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the choice with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            event.accept()
            self.open_menu()
        else:
            super().keyPressEvent(event)


class Ranges(QWidget):
    """15 min / 1 h / all, and back to now while the chart is held. ``chosen(span)``, ``followed()``."""

    chosen = Signal(int)
    followed = Signal()

    def __init__(self, span: int) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.follow = button(kind="chip")
        self.follow.clicked.connect(self.followed)
        self.follow.hide()
        layout.addWidget(self.follow)
        self._group = QButtonGroup(self)
        self.buttons: list[QPushButton] = [self._button(length, span) for length, _title in RANGES]
        for made in self.buttons:
            layout.addWidget(made)

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        for made, (_span, title) in zip(self.buttons, RANGES, strict=True):
            made.setText(_(title))
            made.setAccessibleName(_("Show {range}").format(range=_(title)))
        self.follow.setText(_("Now") + " ⇥")
        self.follow.setAccessibleName(_("Follow now again"))
        self.follow.setToolTip(plain_tip(_("The chart stands still. Follow now again (End)")))

    def show_span(self, span: int, *, held: bool) -> None:
        """Show which range is chosen, none while the chart is held by hand."""
        self.follow.setVisible(held)
        self._group.setExclusive(not held)
        for made, (length, _title) in zip(self.buttons, RANGES, strict=True):
            made.setChecked(not held and length == span)

    def _button(self, length: int, span: int) -> QPushButton:
        made = button(kind="chip")
        made.setCheckable(True)
        made.setChecked(length == span)
        made.clicked.connect(lambda _checked=False: self.chosen.emit(length))
        self._group.addButton(made)
        return made
