"""When the shop file does not open or is gone: what happened, what is safe, what to do. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from liveshop_desk.errors import DamagedShop, MissingShop, UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Clock
from liveshop_desk.store.backup import Backup, newest_good, restore_backup
from liveshop_desk.store.opening import begin_anew
from ui.widgets.basics import button, label, row


class RecoverPanel(QWidget):
    """Offers the newest good backup, or an empty file; a damaged one is set aside either way, a missing one looked for.

    The keyboard is given to the backup's button; where there is no good one, to none.
    """

    recovered = Signal()

    def __init__(self, shop: Path, damage: DamagedShop, clock: Clock) -> None:
        super().__init__()
        self._shop = shop
        self._clock = clock
        self._missing = isinstance(damage, MissingShop)
        backup = newest_good(shop)
        self._said = label(size=13, tone="on_air")
        self._said.setWordWrap(True)
        layout = _middle(self)
        title = _("The shop file is not there") if self._missing else _("The shop file is damaged")
        layout.addWidget(label(title, size=20, bold=True))
        for text in (damage.what, damage.kept, *_offers(backup, missing=self._missing)):
            layout.addWidget(_wrapped(text))
        layout.addLayout(row(*self._buttons(backup), None))
        layout.addWidget(self._said)
        layout.addStretch(1)

    def _buttons(self, backup: Backup | None) -> list[QWidget]:
        made: list[QWidget] = []
        if backup is not None:
            restore = button(_("Restore the backup of {time}").format(time=backup.taken), kind="chosen")
            path = backup.path
            restore.clicked.connect(lambda: self._try(lambda: self._restore(path)))
            self.setFocusProxy(restore)  # the way back is one Enter away
            made.append(restore)
        if self._missing:
            again = button(_("Look again"))
            again.clicked.connect(self.recovered)
            made.append(again)
        fresh = button(_("Start with an empty shop file"))
        fresh.clicked.connect(lambda: self._try(lambda: begin_anew(self._shop, self._clock)))
        leave = button(_("Quit"))
        leave.clicked.connect(QApplication.quit)
        return [*made, fresh, leave]

    def _restore(self, backup: Path) -> None:
        restore_backup(backup, self._shop, self._clock, damaged=True)

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except (UserError, OSError) as error:
            self._said.setText(str(error))
        else:
            self.recovered.emit()


class RefusedPanel(QWidget):
    """Says why the desk will not open this file: it is open elsewhere, newer, or no shop file at all.

    ``again`` when it is to be tried once more: the other desk may be closed by now.
    """

    again = Signal()

    def __init__(self, refusal: UserError) -> None:
        super().__init__()
        layout = _middle(self)
        layout.addWidget(label(_("The desk did not open"), size=20, bold=True))
        for text in (refusal.what, refusal.kept, refusal.todo):
            if text:
                layout.addWidget(_wrapped(text))
        again = button(_("Try again"))
        again.clicked.connect(self.again)
        leave = button(_("Quit"))
        leave.clicked.connect(QApplication.quit)
        self.setFocusProxy(again)
        layout.addLayout(row(again, leave, None))
        layout.addStretch(1)


def _offers(backup: Backup | None, *, missing: bool) -> tuple[str, str]:
    found = _("There is no good backup beside it.")
    if backup is not None:
        found = _("The newest good backup is of {time}.").format(time=backup.taken)
    if missing:
        rest = _("If the file was moved or renamed, or its drive is not connected, put it back and look again.")
    else:
        rest = _("The damaged file is set aside under another name, never deleted.")
    return found, rest


def _wrapped(text: str) -> QWidget:
    made = label(text, size=14, tone="dim")
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _middle(panel: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(120, 120, 120, 40)
    layout.setSpacing(16)
    return layout
