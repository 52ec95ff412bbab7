"""Strips of controls that give way: the least needed is shortened or hidden first, so that nothing is cut."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

Step = Callable[[bool], None]  # True: make yourself smaller, False: be as you were


class GivingWay(QObject):
    """Takes ``steps`` one after another, least needed first, until all that stands in ``strip`` fits its width."""

    def __init__(self, strip: QWidget, *steps: Step) -> None:
        super().__init__(strip)
        self._strip = strip
        self._steps = steps
        self._taken = 0
        self._needed = -1
        strip.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit anew where the width or what stands in the strip is another."""
        if watched is self._strip:
            other_words = event.type() is QEvent.Type.LayoutRequest and self._least() != self._needed
            if other_words or event.type() is QEvent.Type.Resize:
                self.fit()
        return False

    def fit(self) -> None:
        """Take as few steps as are enough."""
        for step in self._steps[: self._taken]:
            step(False)
        self._taken = 0
        for step in self._steps:
            if self._least() <= self._strip.width():
                break
            step(True)
            self._taken += 1
        self._needed = self._least()

    def _least(self) -> int:
        layout = self._strip.layout()
        return layout.minimumSize().width() if layout is not None else 0


def hiding(*widgets: QWidget) -> Step:
    """Return the step that hides widgets which nobody else hides or shows."""

    def step(smaller: bool) -> None:
        for widget in widgets:
            widget.setHidden(smaller)

    return step
