"""Building a long list a few rows a turn of the event loop: a table built in one go would cost the prompter frames."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


class Slices(QObject):
    """Takes one step of ``steps`` each turn until there are none; ``finish`` takes the rest at once."""

    def __init__(self, parent: QObject, steps: Iterator[object]) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] | None = steps
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self._timer.start(0)

    def finish(self) -> None:
        """Take the steps that are left."""
        while self._steps is not None:
            self._step()

    def _step(self) -> None:
        steps, self._steps = self._steps, None  # a step that asks for the rest must not step into itself
        if steps is None or next(steps, self) is self:
            self._timer.stop()
        else:
            self._steps = steps
