"""The anchor's window: product strip, cue banner, the text, progress. All of it mirrors."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from liveshop_desk.i18n import _
from liveshop_desk.prompter.reader import Reader
from ui.prompter.bars import CueBanner, ProductStrip, ProgressLine, StripState
from ui.prompter.surface import PrompterSurface

__all__ = ["AnchorWindow", "StripState"]

_PACE_STEP = 10.0  # units a minute


class AnchorWindow(QWidget):
    """Shows a reader's text full screen. Closing only hides it; the reader goes on.

    ``screen_lost(name)``: the screen it filled is gone and it stands as a small window on another;
    ``left()``: it was closed; ``mirror_changed(h, v)``: by the M key, to be remembered.
    """

    cue_acknowledged = Signal()
    screen_lost = Signal(str)
    left = Signal()
    mirror_changed = Signal(bool, bool)

    def __init__(self, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Prompter"))
        self.setAccessibleName(_("Prompter"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._reader = reader
        self.surface = PrompterSurface(reader, self)
        self._strip = ProductStrip(self)
        self._progress = ProgressLine(self)
        self._banner = CueBanner(self)
        self._home: QScreen | None = None
        self._keys = self._key_table()
        self._banner.acknowledged.connect(self._acknowledge)
        self.surface.frame_painted.connect(self._show_progress)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(self._on_screen_removed)

    # --- what it shows
    def set_strip(self, state: StripState) -> None:
        """Show the product on air."""
        self._strip.set_state(state)

    def show_cue(self, text: str) -> None:
        """Show the operator's message over the top of the text, blinking."""
        self._banner.show_text(text)

    def clear_cue(self) -> None:
        """Take the message away."""
        self._banner.clear()

    @property
    def cue(self) -> str:
        """Return the message shown, empty when there is none."""
        return self._banner.text

    def set_mirror(self, horizontal: bool, vertical: bool = False) -> None:
        """Mirror all of it for the glass."""
        self.surface.set_mirror(horizontal, vertical)
        for bar in (self._strip, self._banner, self._progress):
            bar.set_mirror((horizontal, vertical))
        self._arrange()

    # --- where it is
    def show_on(self, screen: QScreen | None = None) -> None:
        """Fill ``screen``; without one the second screen, or a window of its own where there is none."""
        self.setWindowTitle(_("Prompter"))  # anew: the language may be another by now
        self.setAccessibleName(_("Prompter"))
        if screen is None:
            screen = next((each for each in QGuiApplication.screens() if each != QGuiApplication.primaryScreen()), None)
        self._home = screen
        if screen is None:
            self._stand_small()
            return
        self.setGeometry(screen.geometry())
        self.setScreen(screen)
        self.showFullScreen()

    def _stand_small(self) -> None:
        """Be a window in the primary screen's lower right: beside the queue, and without taking the keyboard."""
        room = QGuiApplication.primaryScreen().availableGeometry()
        size = room.size() * 0.4
        self.setGeometry(QRect(room.bottomRight() - QPoint(size.width() + 16, size.height() + 16), size))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.showNormal()

    def _on_screen_removed(self, screen: QScreen) -> None:
        """Fall back when the screen it filled is unplugged; the text goes on."""
        if screen is not self._home:
            return
        self._home = None
        if self.isVisible():
            self._stand_small()
        self.screen_lost.emit(screen.name())

    # --- inside
    def _arrange(self) -> None:
        """Place the parts by the window's height; the banner lies over the text, so that no line moves for it."""
        width, height = self.width(), self.height()
        strip = round(height * 0.114)
        banner = round(height * 0.081)
        progress = round(height * 0.033)
        boxes = [
            (self._strip, QRect(0, 0, width, strip)),
            (self.surface, QRect(0, strip, width, height - strip - progress)),
            (self._banner, QRect(0, strip, width, banner)),
            (self._progress, QRect(0, height - progress, width, progress)),
        ]
        for widget, box in boxes:
            if self.surface.mirror[1]:
                box.moveTop(height - box.top() - box.height())
            widget.setGeometry(box)
        self._banner.raise_()

    def _show_progress(self, units: float) -> None:
        self._progress.set_share(units / self._reader.total if self._reader.total else 0.0)

    def _acknowledge(self) -> None:
        """Tell the desk that the anchor has seen the message."""
        if self._banner.text:
            self._banner.clear()
            self.cue_acknowledged.emit()

    def _toggle_mirror(self) -> None:
        horizontal, vertical = self.surface.mirror
        self.set_mirror(not horizontal, vertical)
        self.mirror_changed.emit(not horizontal, vertical)

    def _key_table(self) -> dict[Qt.Key, Callable[[], None]]:
        """Return what each key does; clickers send the page keys."""
        key, reader, surface = Qt.Key, self._reader, self.surface
        return {
            key.Key_F11: lambda: void(self.close()),
            key.Key_Space: reader.toggle,
            key.Key_Up: lambda: surface.nudge_lines(-1),
            key.Key_Down: lambda: surface.nudge_lines(1),
            key.Key_PageUp: lambda: surface.nudge_lines(-surface.page_lines()),
            key.Key_PageDown: lambda: surface.nudge_lines(surface.page_lines()),
            key.Key_Home: reader.to_start,
            key.Key_Plus: lambda: reader.set_pace(reader.pace + _PACE_STEP),
            key.Key_Equal: lambda: reader.set_pace(reader.pace + _PACE_STEP),
            key.Key_Minus: lambda: reader.set_pace(reader.pace - _PACE_STEP),
            key.Key_M: self._toggle_mirror,
            key.Key_Return: self._acknowledge,
            key.Key_Enter: self._acknowledge,
        }

    # --- Qt's own
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key table says."""
        act = self._keys.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()
            event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts anew."""
        super().resizeEvent(event)
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide, and say so."""
        super().closeEvent(event)
        self.left.emit()


def void(_value: object) -> None:
    """Drop a result."""
