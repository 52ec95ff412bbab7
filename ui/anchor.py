"""The anchor's window seen from the desk: its screen, its strip, the cues on it and their answers."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _
from liveshop_desk.model.session import Cue
from liveshop_desk.ops import scripts
from liveshop_desk.prompter.values import values_of
from liveshop_desk.store import queries
from liveshop_desk.store.queries import QueueRow
from ui.context import Context
from ui.prompter.bars import StripState
from ui.prompter.window import AnchorWindow
from ui.prompting import Prompting

TICK_MS = 500  # the strip's remaining time


class Anchor(QObject):
    """Holds the one anchor window. ``changed`` when it is shown, hidden, mirrored or moved."""

    changed = Signal()
    cue_changed = Signal()

    def __init__(self, context: Context, prompting: Prompting) -> None:
        super().__init__()
        self._context = context
        self._prompting = prompting
        self.window = AnchorWindow(prompting.reader)
        self.cue: Cue | None = None
        settings = context.desk.settings
        self.window.surface.set_font_size(settings.prompter_font)
        self.window.set_mirror(settings.prompter_mirror)
        self.window.left.connect(self.changed)
        self.window.screen_lost.connect(self._on_screen_lost)
        self.window.cue_acknowledged.connect(self._acknowledge)
        self.window.mirror_changed.connect(lambda _h, _v: self.changed.emit())
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(lambda _id: self._read_cue())
        prompting.turned.connect(lambda _id: self.refresh())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.refresh)
        self._timer.start(TICK_MS)
        self._read_cue()
        self.refresh()

    @property
    def row(self) -> QueueRow | None:
        """Return the row of the queue the anchor is reading."""
        return self._prompting.row

    @property
    def mirrored(self) -> bool:
        """Tell whether the anchor's text is mirrored left to right."""
        return self.window.surface.mirror[0]

    def toggle(self) -> None:
        """Show the prompter on the anchor's screen, or take it away."""
        if self.window.isVisible():
            self.window.close()
        else:
            self.window.show_on(self._screen())
            if len(QGuiApplication.screens()) < 2:
                self._context.notices.info(_("No second screen is connected: the prompter opens in a window."))
        self.changed.emit()

    def set_mirrored(self, mirrored: bool) -> None:
        """Mirror the anchor's text for the glass."""
        self.window.set_mirror(mirrored, self.window.surface.mirror[1])
        self.changed.emit()

    def set_font(self, pixels: int) -> None:
        """Set the text size in px of the anchor's screen."""
        self.window.surface.set_font_size(max(24, min(200, pixels)))
        self.changed.emit()

    def refresh(self) -> None:
        """Bring the strip up to date."""
        row = self._prompting.row
        if row is None:
            self.window.set_strip(StripState(next_name=self._prompting.next_title))
            return
        values = values_of(row.product, row.segment.title)
        stock = row.product.stock if row.product else None
        low = stock is not None and stock <= self._context.desk.settings.low_stock
        self.window.set_strip(
            StripState(
                values.get("name", row.segment.title),
                values.get("live_price", ""),
                values.get("list_price", ""),
                values.get("stock", ""),
                low,
                self._prompting.next_title,
                self._remaining(),
            )
        )

    def close(self) -> None:
        """Let the window go."""
        self._timer.stop()
        self.window.close()
        self.window.deleteLater()

    def _remaining(self) -> float | None:
        """Return the seconds left of the segment on air, below zero when it is over."""
        row, started = self._prompting.row, self._prompting.on_air_since
        if row is None or started is None:
            return None
        return row.segment.planned_seconds - (self._context.desk.clock.now() - started) / 1000

    def _screen(self) -> QScreen | None:
        """Return the screen the user chose last, while it is connected."""
        wanted = self._context.desk.settings.prompter_screen
        return next((screen for screen in QGuiApplication.screens() if screen.name() == wanted), None)

    def _on_screen_lost(self, name: str) -> None:
        self._context.notices.error(
            _("The anchor's screen {name} was unplugged. The prompter goes on in a window; F11 puts it back.").format(
                name=name
            )
        )
        self.changed.emit()

    def _acknowledge(self) -> None:
        if self.cue is not None:
            self._context.attempt(scripts.acknowledge_cue, self.cue.id)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("cues"):
            self._read_cue()
        if changes.touches("skus", "products", "segments", "pitches"):
            self.refresh()

    def _read_cue(self) -> None:
        """Show the newest cue until the anchor has seen it."""
        session = self._context.on_air()
        cues = queries.cues(self._context.desk.store, session.id) if session else []
        newest = cues[-1] if cues else None
        if newest is not None and newest.acknowledged_at is None:
            if self.cue is None or self.cue.id != newest.id:
                self.window.show_cue(newest.text)
        else:
            self.window.clear_cue()
        self.cue = newest
        self.cue_changed.emit()
