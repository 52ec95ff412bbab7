"""What the pages of the settings are built of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from ui.theme import font
from ui.widgets.basics import button, label, plain_caption


def form(lines: Sequence[tuple[str, QWidget]]) -> QFormLayout:
    """Lay fields out below each other, each with its name before it and for a screen reader."""
    made = QFormLayout()
    made.setVerticalSpacing(10)
    made.setHorizontalSpacing(16)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for text, widget in lines:
        widget.setFont(font(13))
        widget.setAccessibleName(text)
        made.addRow(label(text, size=13, tone="dim"), widget)
    return made


def choice(items: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    """Make a box of (key, text)."""
    made = QComboBox()
    for key, text in items:
        made.addItem(text, key)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    return made


def check(text: str, *, on: bool) -> QCheckBox:
    """Make a box to tick."""
    made = QCheckBox(plain_caption(text))
    made.setFont(font(13))
    made.setAccessibleName(text)
    made.setChecked(on)
    return made


def number(value: int, low: int, high: int) -> QLineEdit:
    """Make a line for a whole number."""
    made = QLineEdit(str(value))
    made.setValidator(QIntValidator(low, high, made))
    return made


def whole(line: QLineEdit, instead: int) -> int:
    """Return the number of a line, or ``instead`` while it is none."""
    return int(line.text()) if line.hasAcceptableInput() else instead


class Stepper(QWidget):
    """A whole number between two buttons; the arrow keys step too. ``changed(int)`` on every valid value."""

    changed = Signal(int)

    def __init__(self, value: int, ends: tuple[int, int], step: int, unit: str) -> None:
        super().__init__()
        self._ends, self._step, self._value = ends, step, value
        self.line = number(value, *ends)
        self.line.setFont(font(13))
        self.line.setFixedWidth(72)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.textChanged.connect(lambda _text: self._read())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._less = self._button("−", lambda: self.step(-1))
        self._more = self._button("＋", lambda: self.step(1))
        layout.addWidget(self._less)
        layout.addWidget(self.line)
        layout.addWidget(self._more)  # before the unit, whose length differs: those of several stand in line
        layout.addWidget(label(unit, size=13, tone="faint"))
        layout.addStretch(1)
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:
        """Name the line and its buttons too: they are what has the keyboard."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)
        self._less.setAccessibleName(f"{name} −")
        self._more.setAccessibleName(f"{name} ＋")

    @property
    def value(self) -> int:
        """Return the last valid number."""
        return self._value

    def set_value(self, value: int) -> None:
        """Show another number, within the ends."""
        self.line.setText(str(min(self._ends[1], max(self._ends[0], value))))

    def step(self, times: int) -> None:
        """Step up, or down."""
        self.set_value(self._value + times * self._step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow keys."""
        steps = {Qt.Key.Key_Up.value: 1, Qt.Key.Key_Down.value: -1}
        if event.key() in steps:
            self.step(steps[event.key()])
        else:
            super().keyPressEvent(event)

    def _button(self, text: str, act: Callable[[], None]) -> QWidget:
        made = button(text, kind="small")
        made.setFixedWidth(32)
        made.clicked.connect(act)
        return made

    def _read(self) -> None:
        if self.line.hasAcceptableInput() and int(self.line.text()) != self._value:
            self._value = int(self.line.text())
            self.changed.emit(self._value)
