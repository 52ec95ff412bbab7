"""Start-up in slices: paint first, import and open in a thread, then build the desk panel by panel; nothing stalls."""

from __future__ import annotations

import importlib
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from liveshop_desk.errors import DamagedShop, UserError
from liveshop_desk.settings import Keeper, Settings
from ui import garbage, kinds, memory
from ui.faults import report
from ui.shell import Shell
from ui.typeahead import TypeAhead

if TYPE_CHECKING:
    from liveshop_desk.desk import Desk
    from liveshop_desk.feeds.inlet import Inlet
    from liveshop_desk.store.lock import ShopLock
    from ui.window import DeskWindow

# What something is said with, and what the desk needs; imported in a thread while the shell is already on the screen.
_NOTICES = "ui.widgets.notice_bar"
_MODULES = ("liveshop_desk.desk", "ui.window")
# What a room needs. Left to the builders that need them, imports would stall the window by up to 100 ms.
_ROOMS = {
    "prepare": (
        "ui.panels.queue_panel", "ui.panels.script_panel", "ui.panels.session_panel", "ui.panels.goal_panel",
        "ui.panels.ready_panel",
    ),
    "live": (
        "ui.prompting", "ui.anchor", "ui.panels.queue_panel", "ui.panels.prompter_panel", "ui.panels.numbers_panel",
        "liveshop_desk.feeds.inbox",
    ),
    "review": ("ui.panels.review_room", "liveshop_desk.feeds.inbox"),
    "catalogue": ("ui.panels.catalogue_room",),
}  # fmt: skip
# What is only needed once there is something to draw.
_CHART = "chart"
_NO_THREADS = ("OPENBLAS_NUM_THREADS", "1")  # for numpy's matrices: nobody multiplies any, and they take 120 ms
_DRAWN = ("ui.widgets.live_chart", "ui.panels.chart_data", "ui.panels.chart_flags")
# What sources and OBS are heard with, and what looks after a show on air; ctypes is for the memory their records take
# (`ui.memory`), difflib for a script that changes under the mark. With it what an operator opens while she reads: the
# dialogs wait until she stands.
_NETWORK = "network"
_WIRE = (
    "liveshop_desk.wire.wire", "liveshop_desk.wire.obs", "ctypes", "difflib",
    "ui.panels.alarm_line", "ui.reading", "ui.panels.number_entry", "ui.panels.incident_sheet",
)  # fmt: skip
# What opens by a command: imported last, so that it opens at once.
_DIALOGS = (
    "ui.panels.queue_add", "ui.panels.queue_paste",
    "ui.dialogs.palette", "ui.dialogs.key_sheet", "ui.dialogs.settings_dialog", "ui.panels.history_panel",
    "ui.dialogs.import_dialog", "ui.dialogs.obs_page", "ui.panels.sources_page",
    "ui.audience", "ui.panels.replay_sheet", "ui.panels.funnel_view", "ui.panels.prompter_jump",
)  # fmt: skip

_ALL = "dialogs"
_BEHIND = {**_ROOMS, _CHART: _DRAWN, _NETWORK: _WIRE, _ALL: _DIALOGS}
_OWED = (_NETWORK, _CHART)  # to a show on air, even while its prompter runs: what is said meanwhile is not said again

_LATER_MS = 100  # how often it is looked whether the prompter stands still again
_PAINTED_MS = 40  # after what shows itself in the room in front: painted beside an import it takes four times as long
# Seconds a thread may hold the interpreter while the window waits for it: with Python's 5 ms each read of the shop file
# beside an import waits so long, six of them were a stall of 70 ms.
TURN = 0.001


class Starter(QObject):
    """Brings a shown shell to a desk at work.

    ``ready`` when the room in front can be worked in and any other opens by a click; ``complete`` when all of them
    stand, the chart's library and the dialogs too, but for what cannot be loaded; ``refused`` when it will not be.
    """

    ready = Signal()
    complete = Signal()
    refused = Signal()
    _can_say = Signal()
    _opened = Signal(object)  # an error, or None
    _imported = Signal(str)  # what is behind the room in front: a room, or what all of them need
    _missed = Signal(object)  # the error of what cannot be imported of it

    def __init__(self, shell: Shell, shop: Path, settings: Settings, *, demo: bool = False) -> None:
        super().__init__(shell)
        self.shell = shell
        self.shop = shop
        self.settings = settings
        self.desk: Desk | None = None
        self.window: DeskWindow | None = None
        self._demo = demo
        self._lock: ShopLock | None = None
        self._keeper = Keeper(lambda error: report(shell.notices, error))
        self._ahead = TypeAhead(shell.windowHandle(), shell)  # nothing typed from now on is lost
        self._inlet: Inlet | None = None  # the window's, from when it is built
        self._closed = False
        self._thread: threading.Thread | None = None
        self._steps: Iterator[None] = iter(())
        self._then = self._stands  # once they are done
        self._rest: list[str] | None = None  # what is not begun; None until the room in front stands
        # Between two slices: a timer of its own lets every key, paint and other timer that waits go first. What
        # QTimer.singleShot(0, …) makes is a posted event, which goes before them all.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._step)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._next)
        self._can_say.connect(shell.complete)
        self._opened.connect(self._go_on)
        self._imported.connect(self._take)
        self._missed.connect(self._do_without)
        shell.closing.connect(self._close)

    def begin(self) -> None:
        """Start importing once the shell has been painted."""
        self.shell.painted.connect(self._after_paint)

    def _after_paint(self) -> None:
        sys.setswitchinterval(TURN)
        garbage.hold()
        kinds.make_room(kinds.FRONT)
        self._in_thread(self._open_first)

    def _open_again(self) -> None:
        stack = self.shell.stack
        panel = stack.currentWidget()
        stack.setCurrentIndex(0)  # what says that the file is being opened
        if panel is not None:
            stack.removeWidget(panel)
            panel.deleteLater()
        self._ahead = TypeAhead(self.shell.windowHandle(), self.shell)
        self._in_thread(self._open)

    def _in_thread(self, task: Callable[[], None]) -> None:
        self._thread = threading.Thread(target=task, name="start", daemon=True)
        self._thread.start()

    def _open_first(self) -> None:
        importlib.import_module(_NOTICES)
        self._can_say.emit()
        self._open()

    def _open(self) -> None:
        """Import, then open the shop file; what stands in the way goes to the window's thread."""
        try:
            for name in _MODULES:
                importlib.import_module(name)
            self._open_shop()
        except BaseException as error:  # noqa: BLE001 - shown on the window's thread
            self._opened.emit(self._damage(error))
        else:
            self._opened.emit(None)

    def _damage(self, error: BaseException) -> BaseException:
        """Let go of a file that opened and cannot be read, and say so; return any other error as it is."""
        try:
            from liveshop_desk.store.opening import reading_failed
        except ImportError:
            return error  # no more of the core can be loaded: that is what is to be said
        said = reading_failed(self.shop, error)
        if said is None:
            return error
        if self.desk is not None:
            self.desk.close()
            self.desk = None
        return said

    def _open_shop(self) -> None:
        from liveshop_desk.desk import Desk
        from liveshop_desk.store.lock import ShopLock
        from ui.context import first_room

        if self._demo:
            self.shop = _demo_shop()
        if self._lock is None:
            self._lock = ShopLock.acquire(self.shop)
        self.desk = Desk.open(self.shop, settings=self.settings)
        self._inlet = _restored(self.desk)
        room = first_room(self.desk)
        for name in _ROOMS[room]:
            importlib.import_module(name)
        _warm()

    def _go_on(self, error: BaseException | None) -> None:
        """Build the desk, or say in the window what stands in the way."""
        if self._closed:  # by its user, while the file was being opened
            return
        if error is None:
            self._build()
        else:
            garbage.settle()
            self._say(error)

    def _say(self, error: BaseException) -> None:
        self._ahead.end()  # an Enter meant for the desk must not answer what is asked or told instead
        if isinstance(error, DamagedShop):
            self._recover(error)
        elif isinstance(error, UserError):
            self._refuse(error)
        else:
            report(self.shell.notices, error)

    def _build(self) -> None:
        from ui.window import DeskWindow

        assert self.desk is not None
        self.window = DeskWindow(self.shell, self.desk, self._ahead, demo=self._demo, inlet=self._inlet)
        self.window.settings_changed.connect(self._save_settings)
        self._go_through(self.window.furnish(), self._stands)

    def _go_through(self, steps: Iterator[None], then: Callable[[], None]) -> None:
        """Do ``steps`` one by one, and ``then`` what follows them."""
        self._steps, self._then = steps, then
        self._pause.start()

    def _step(self) -> None:
        """Build one more part and let the event loop breathe."""
        if self._closed:
            return
        try:
            next(self._steps)
        except StopIteration:
            self._then()
        except Exception as error:  # noqa: BLE001 - said in the window; what stands already can be used
            self._do_without(error)
        else:
            self._pause.start()

    def _do_without(self, error: Exception) -> None:
        """Say what went wrong with a part; those behind it come even so, unless it is the room in front."""
        if self._closed:
            return
        garbage.settle()
        self._ahead.end()
        report(self.shell.notices, error)
        if self._rest is not None:
            self._next()

    def _stands(self) -> None:
        """Go on when a room stands."""
        assert self.window is not None
        if self._rest is None:
            self._begin_rest()
            return
        if not self.window.unbuilt:
            self.window.complete()
        self.window.take_keys()
        self._next()

    def _begin_rest(self) -> None:
        """Say that the desk can be worked with; what the room in front does without comes behind it.

        A show on air is connected and gets its chart before the rooms that are not looked at.
        """
        assert self.window is not None
        rooms = self.window.unbuilt
        self._rest = [*rooms, _CHART, _NETWORK, _ALL] if "live" in rooms else [*_OWED, *rooms, _ALL]
        self.ready.emit()
        kinds.make_room(kinds.ALL)
        self.window.take_keys()
        self._next()

    def _next(self) -> None:
        """Import what is next in a thread, a room that is looked at first; done on the window's, it would stall.

        One thing at a time: an import beside the building of a room makes each slice of it twice as long. While the
        prompter runs only what somebody waits for is brought.
        """
        if self._closed:
            return
        assert self.window is not None
        assert self._rest is not None
        if not self._rest:
            garbage.settle()
            self.complete.emit()
            return
        what = self._due(self._rest)
        if what is None:
            garbage.settle()
            self._later.start(_LATER_MS)
            return
        self._rest.remove(what)
        self._in_thread(lambda: self._import(what))

    def _due(self, rest: Sequence[str]) -> str | None:
        """Return what of ``rest`` is brought now; ``None`` where it is better to wait."""
        assert self.window is not None
        if self.window.room in rest:
            return self.window.room
        if self.window.busy and not self.window.awaited:
            return next((each for each in rest if each in _OWED), None) if self._on_air() else None
        return rest[0]

    def _on_air(self) -> bool:
        """Tell whether a show is on air; of a file that cannot be read just now it is asked again."""
        assert self.window is not None
        try:
            return self.window.on_air
        except Exception:  # noqa: BLE001 - the drive is away: said by whoever needs it, and the start is not to end of it
            return False

    def _import(self, what: str) -> None:
        os.environ.setdefault(*_NO_THREADS)
        try:
            for name in _BEHIND[what]:
                if self._closed:
                    return
                importlib.import_module(name)
        except Exception as error:  # noqa: BLE001 - a library this machine cannot load: said on the window's thread
            self._missed.emit(error)
        else:
            self._imported.emit(what)

    def _take(self, what: str) -> None:
        """Build what has been imported, or use it."""
        if self._closed:
            return
        assert self.window is not None
        if what in _ROOMS:
            self._go_through(self.window.furnish_room(what), self._stands)
            return
        if what == _NETWORK:
            memory.keep_flat()
            self._go_through(self.window.listen(), self._hears)
            return
        if what == _CHART:
            self.window.make_drawable()
        self._next()

    def _hears(self) -> None:
        """Go on when sources and alarms stand; what was typed for them is not to wait for the other rooms."""
        assert self.window is not None
        self.window.take_keys()
        self._later.start(_PAINTED_MS)

    def _build_out(self) -> None:
        """Build what is half built to its end: only whole rooms can be closed in order. Nothing begins to listen."""
        if self._then == self._hears:
            return
        try:
            for _part in self._steps:
                pass
        except Exception as error:  # noqa: BLE001 - the window is going; its file must still be closed
            report(self.shell.notices, error)

    def _recover(self, damage: DamagedShop) -> None:
        from liveshop_desk.model.clock import SystemClock
        from ui.panels.recover import RecoverPanel

        panel = RecoverPanel(self.shop, damage, SystemClock())
        panel.recovered.connect(self._open_again)
        self._fill(panel)

    def _refuse(self, refusal: UserError) -> None:
        from ui.panels.recover import RefusedPanel

        panel = RefusedPanel(refusal)
        panel.again.connect(self._open_again)
        self._fill(panel)
        self.refused.emit()

    def _fill(self, panel: QObject) -> None:
        from PySide6.QtWidgets import QWidget

        assert isinstance(panel, QWidget)
        self.shell.stack.addWidget(panel)
        self.shell.stack.setCurrentWidget(panel)
        if panel.focusProxy() is not None:
            panel.setFocus()

    def _save_settings(self, settings: Settings) -> None:
        self.settings = settings
        if self._demo:
            return
        self._keeper.keep(settings)

    def _close(self) -> None:
        """Close in order: the thread, which may be opening the file this moment; window's parts, file, lock."""
        self._closed = True
        self._pause.stop()
        self._later.stop()
        if self._thread is not None:
            self._thread.join()
        garbage.settle()
        self._build_out()
        if self.window is not None:
            self.window.close()
            self.window = None
        elif self._inlet is not None:
            self._inlet.close()
        self._keeper.close()
        if self.desk is not None:
            self.desk.close()
            self.desk = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _restored(desk: Desk) -> Inlet | None:
    """Return the inlet of the session the desk opens on, a draft has none; it may be hours of figures."""
    from liveshop_desk.model.session import State
    from liveshop_desk.store import queries
    from ui.context import first_session

    session = queries.session(desk.store, first_session(desk))
    if session is None or session.state is State.DRAFT:
        return None
    from liveshop_desk.feeds.inlet import Inlet

    inlet = Inlet(desk.store, session.id, moves_stock=False, source_order=desk.settings.source_order)
    if session.state is State.LIVE:
        inlet.expect_orders()
    return inlet


def _warm() -> None:
    """Read the locale's data here, not at the first number the window shows."""
    from datetime import date

    from liveshop_desk import i18n

    i18n.number_text(1.5, 1)
    i18n.percent_text(0.5)
    i18n.date_text(date(2026, 1, 1))
    i18n.day_text(date(2026, 1, 1))


def _demo_shop() -> Path:
    """Return a fresh sample shop in a folder of its own: nothing is written to the user's file."""
    import tempfile

    from liveshop_desk.model.clock import SystemClock
    from liveshop_desk.ops.sample import make_demo
    from liveshop_desk.store.store import Store

    path = Path(tempfile.mkdtemp(prefix="liveshop-demo-")) / "demo.liveshop"
    store = Store.open(path, SystemClock())
    try:
        make_demo(store)
    finally:
        store.close()
    return path
