"""On which screen the anchor's window stands: the one chosen while it is there, a small window while it is not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from liveshop_desk.prompter.screens import (
    Box,
    ScreenId,
    best,
    box_of,
    box_text,
    free_place,
    into_room,
    is_seen,
    screen_id,
)
from ui.prompter.window import AnchorWindow

SETTLE_MS = 400  # the window manager moves and sizes a new window a few times by itself


def id_of(screen: QScreen) -> ScreenId:
    """Return what a screen says of itself."""
    return ScreenId(screen.manufacturer(), screen.model(), screen.serialNumber(), screen.name())


class Placing(QObject):
    """Moves the window as screens come and go.

    ``lost(title)``: the screen it filled is gone; ``back(title)``: its screen is there again and filled;
    ``alone(title)``: the desk's screen is gone and the desk is on the anchor's now, so the prompter has made room;
    ``offered(title)``: another screen came while it stands small; ``moved``: the user put the small window elsewhere.
    """

    lost = Signal(str)
    back = Signal(str)
    alone = Signal(str)
    offered = Signal(str)
    moved = Signal()

    def __init__(self, window: AnchorWindow, desk: QWidget | None, nook: Callable[[], QRect | None]) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._nook = nook
        self._home: QScreen | None = None
        self._stood = QRect()  # where it was put by us
        self.wanted = ScreenId()
        self.box = ""  # where the user put the small window
        self.filled = False  # it filled a screen when it was last put somewhere, be it before the program was left
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._note_box)
        window.moved.connect(self._on_moved)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._on_removed)
        app.screenAdded.connect(self._on_added)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self._refit)

    @property
    def home(self) -> QScreen | None:
        """Return the screen it fills, or ``None`` where it is a window."""
        return self._home

    def want(self, text: str) -> None:
        """Take the screen chosen (its identity as kept in the settings); empty: any the desk is not on."""
        self.wanted = screen_id(text)

    def show(self, *, keyboard: bool = False) -> None:
        """Show the window where it belongs; with the ``keyboard``, for a clicker, where it fills a screen."""
        screen = self._screen()
        if screen is None:
            self.stand()
        else:
            self.fill(screen, keyboard=keyboard)

    def fill(self, screen: QScreen, *, keyboard: bool = False) -> None:
        """Fill a screen; where none was chosen it is the one to come back to from here on."""
        self._settle.stop()
        self._home = screen
        self.filled = True
        if not self.wanted.text:
            self.wanted = id_of(screen)
        self._window.fill(screen, keyboard=keyboard)

    def stand(self) -> None:
        """Be a small window: where the user put it last, if that can be seen, else where it covers no control."""
        self._home = None
        self.filled = False
        rooms = [_box(screen.availableGeometry()) for screen in QGuiApplication.screens()]
        kept = box_of(self.box)
        if kept is None or not is_seen(kept, rooms):
            kept = self._free()
        self._stood = QRect(*into_room(kept, rooms))  # the screen may be smaller than last time
        self._window.stand(self._stood, self._desk)

    def forget(self) -> None:
        """Listen no more."""
        self._settle.stop()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.disconnect(self._on_removed)
        app.screenAdded.disconnect(self._on_added)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.disconnect(self._refit)

    # --- inside
    def _screen(self) -> QScreen | None:
        """Return the screen to fill: with only one the desk needs it."""
        screens = QGuiApplication.screens()
        if len(screens) < 2:
            return None
        found = best(self.wanted, [id_of(screen) for screen in screens])
        if found is not None:
            return screens[found]
        return next((screen for screen in screens if screen is not self._desk_screen()), None)

    def _desk_screen(self) -> QScreen:
        return self._desk.screen() if self._desk is not None else QGuiApplication.primaryScreen()

    def _free(self) -> Box:
        desk = self._desk_screen()
        room = desk.availableGeometry()
        taken = self._desk.frameGeometry() if self._desk is not None and self._desk.isVisible() else room
        nook = self._nook()
        return free_place(_box(room), _box(taken), _box(nook) if nook is not None else None)

    def _on_removed(self, screen: QScreen) -> None:
        title = id_of(screen).title
        rest = [each for each in QGuiApplication.screens() if each is not screen]
        if screen is self._home:
            self._home = None
            self.filled = False
            if self._window.isVisible():
                self.stand()
            self.lost.emit(title)
        elif self._home is not None and rest == [self._home] and self._window.isVisible():
            self.stand()  # the desk has moved there: it must be seen
            self.alone.emit(title)

    def _on_added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._refit)
        screens = QGuiApplication.screens()
        if not self._window.isVisible() or len(screens) < 2:
            return
        found = best(self.wanted, [id_of(each) for each in screens])
        if found is not None and screens[found] is not self._desk_screen():
            if screens[found] is not self._home:
                self.fill(screens[found])
                self.back.emit(id_of(screens[found]).title)
        elif self._home is None and screen is not self._desk_screen():
            self.offered.emit(id_of(screen).title)

    def _refit(self) -> None:
        """Follow a screen's resolution; a small window that would be out of sight comes back into it."""
        if not self._window.isVisible():
            return
        if self._home is not None:
            self._window.setGeometry(self._home.geometry())
        elif not is_seen(
            _box(self._window.geometry()), [_box(s.availableGeometry()) for s in QGuiApplication.screens()]
        ):
            self.stand()

    def _on_moved(self) -> None:
        if self._home is None and self._window.isVisible():
            self._settle.start()

    def _note_box(self) -> None:
        """Keep where the user put it; what the window manager makes of our own wish is no choice of hers."""
        now = self._window.geometry()
        moved = abs(now.x() - self._stood.x()) + abs(now.y() - self._stood.y())
        if self._home is None and self._window.isVisible() and (moved > 60 or now.size() != self._stood.size()):
            self._stood = now
            self.box = box_text(_box(now))
            self.moved.emit()


def _box(rect: QRect) -> Box:
    return (rect.x(), rect.y(), rect.width(), rect.height())
