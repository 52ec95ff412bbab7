"""Looking ahead in the operator's preview: a view of its own over the same lines, while the reader reads on."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from liveshop_desk.prompter.motion import Glide

BACK_MS = 20_000  # untouched this long, the preview goes back to the reader: nobody takes an old view for the truth
_SECONDS = 0.16  # of a glide by a line


class Ahead(QObject):
    """Where the preview stands while it looks ahead. Heights in lines, times in seconds of the reader's clock.

    ``changed()`` when it begins or ends.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.active = False
        self._height = 0.0
        self._glide = Glide()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(BACK_MS)
        self.timer.timeout.connect(self.leave)

    def enter(self, height: float) -> None:
        """Begin at ``height``."""
        if not self.active:
            self.active, self._height, self._glide = True, height, Glide()
            self.timer.start()
            self.changed.emit()

    def leave(self) -> None:
        """Go back to the reader."""
        if self.active:
            self.active = False
            self.timer.stop()
            self.changed.emit()

    def glide_to(self, height: float, now: float) -> None:
        """Glide to ``height``."""
        self._height = self.height_at(now)
        self._glide = Glide(height - self._height, now, _SECONDS)
        self.timer.start()

    def shift(self, lines: float) -> None:
        """Stand ``lines`` lower at once: that many were put in above."""
        self._height += lines

    @property
    def goal(self) -> float:
        """Return the height where it will have come to."""
        return self._height + self._glide.distance

    def height_at(self, now: float) -> float:
        """Return the height of the line at the mark."""
        return self._height + self._glide.done_at(now)

    def moving_at(self, now: float) -> bool:
        """Tell whether it is under way."""
        return self.active and not self._glide.still_at(now)
