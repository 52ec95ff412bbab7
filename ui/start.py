"""Start-up in slices: paint first, import in a thread, then build the desk panel by panel so that nothing stalls."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from liveshop_desk import settings as settings_module
from liveshop_desk.errors import DamagedShop, UserError
from liveshop_desk.settings import Settings
from ui.faults import report
from ui.shell import Shell

if TYPE_CHECKING:
    from liveshop_desk.desk import Desk
    from liveshop_desk.store.lock import ShopLock
    from ui.window import DeskWindow

# What the desk needs, in the order it is needed; imported in a thread while the shell is already on the screen.
_MODULES = ("sqlite_utils", "babel.numbers", "babel.dates", "liveshop_desk.desk", "ui.window", "numpy", "pyqtgraph")


class Starter(QObject):
    """Brings a shown shell to a desk at work. ``ready`` when everything is there, ``refused`` when it will not be."""

    ready = Signal()
    refused = Signal()
    _imported = Signal(object)  # an error, or None

    def __init__(self, shell: Shell, shop: Path, settings: Settings, *, demo: bool = False) -> None:
        super().__init__(shell)
        self.shell = shell
        self.shop = shop
        self.settings = settings
        self.desk: Desk | None = None
        self.window: DeskWindow | None = None
        self._demo = demo
        self._lock: ShopLock | None = None
        self._steps: Iterator[None] = iter(())
        self._imported.connect(self._open)
        shell.closing.connect(self._close)

    def begin(self) -> None:
        """Start importing once the shell has been painted."""
        self.shell.painted.connect(self._import)

    def _import(self) -> None:
        self.shell.complete()
        threading.Thread(target=self._import_all, name="imports", daemon=True).start()

    def _import_all(self) -> None:
        try:
            for name in _MODULES:
                importlib.import_module(name)
            if self._demo:
                self.shop = _demo_shop()
        except BaseException as error:  # noqa: BLE001 - shown on the window's thread
            self._imported.emit(error)
        else:
            self._imported.emit(None)

    def _open(self, error: BaseException | None) -> None:
        """Open the shop file; what stands in the way is said in the window."""
        if error is not None:
            report(self.shell.notices, error)
            return
        from liveshop_desk.desk import Desk
        from liveshop_desk.store.lock import ShopLock

        try:
            if self._lock is None:
                self._lock = ShopLock.acquire(self.shop)
            self.desk = Desk.open(self.shop, settings=self.settings)
        except DamagedShop as damage:
            self._recover(damage)
        except UserError as refusal:
            self._refuse(refusal)
        else:
            self._build()

    def _build(self) -> None:
        from ui.window import DeskWindow

        assert self.desk is not None
        self.window = DeskWindow(self.shell, self.desk, demo=self._demo)
        self.window.settings_changed.connect(self._save_settings)
        self._steps = self.window.furnish()
        self._step()

    def _step(self) -> None:
        """Build one more part and let the event loop breathe."""
        try:
            next(self._steps)
        except StopIteration:
            self.ready.emit()
        except Exception as error:  # noqa: BLE001 - one broken part must not keep the others away
            report(self.shell.notices, error)
        else:
            QTimer.singleShot(0, self._step)

    def _recover(self, damage: DamagedShop) -> None:
        from ui.panels.recover import RecoverPanel

        panel = RecoverPanel(self.shop, damage)
        panel.recovered.connect(lambda: self._open(None))
        self._fill(panel)

    def _refuse(self, refusal: UserError) -> None:
        from ui.panels.recover import RefusedPanel

        self._fill(RefusedPanel(refusal))
        self.refused.emit()

    def _fill(self, panel: QObject) -> None:
        from PySide6.QtWidgets import QWidget

        assert isinstance(panel, QWidget)
        self.shell.stack.addWidget(panel)
        self.shell.stack.setCurrentWidget(panel)

    def _save_settings(self, settings: Settings) -> None:
        self.settings = settings
        if self._demo:
            return
        try:
            settings_module.save(settings)
        except OSError as error:
            report(self.shell.notices, error)

    def _close(self) -> None:
        """Close in order: window's parts, file, lock."""
        if self.window is not None:
            self.window.close()
            self.window = None
        if self.desk is not None:
            self.desk.close()
            self.desk = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None


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
