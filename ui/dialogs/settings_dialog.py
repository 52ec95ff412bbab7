"""The settings of this machine's user, a page a subject. Emits what was chosen; the window applies and saves it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.settings import Settings
from ui.dialogs.anchor_page import AnchorPage
from ui.dialogs.hands_page import HandsPage
from ui.dialogs.key_table import KeyTable
from ui.dialogs.practice import Practice
from ui.dialogs.settings_pages import CuesPage, GeneralPage
from ui.theme import font
from ui.widgets.basics import button, label, row

PAGES = ("general", "anchor", "cues", "hands", "keys")


class SettingsDialog(QDialog):
    """Subjects at the left, one page at the right. ``changed(Settings)`` once, when the user saves.

    ``tried(Settings)`` after every change of the anchor's screen, for its effect to be seen; nothing is kept of it.
    """

    changed = Signal(object)  # Settings
    tried = Signal(object)  # Settings
    obs_wanted = Signal()  # saved and closed; the page of OBS keeps its own choices

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(_("Settings"))
        self.general = GeneralPage(settings)
        self.anchor = AnchorPage(settings)
        self.cue_page = CuesPage(settings)
        self.hands = HandsPage(settings)
        self.keys = KeyTable(settings.keys)
        self.problem = label(size=13, tone="on_air")
        self.problem.setWordWrap(True)
        self.save_button = button(_("Save"), kind="chosen")
        self.reset_button = button(_("Usual keys"))
        self.cancel_button = button(_("Cancel"))
        self.obs_button = button("OBS …", name=_("Save and open OBS"))
        for made in (self.reset_button, self.cancel_button, self.obs_button):
            made.setAutoDefault(False)
        self.save_button.setDefault(True)
        self._lay_out()
        self._connect()
        self._check()
        self.resize(980, 640)

    def result_settings(self) -> Settings:
        """Return the settings as the pages show them."""
        chosen = self._settings
        for page in (self.general, self.anchor, self.cue_page, self.hands):
            chosen = page.taken(chosen)
        return replace(chosen, keys=self.keys.changed_keys())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter from a box of choices too, which leaves the key to the dialog."""
        enter = event.key() in (Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value)
        if enter and isinstance(self.focusWidget(), QComboBox) and self.save_button.isEnabled():
            self.save_button.click()
            return
        super().keyPressEvent(event)

    def show_page(self, name: str) -> None:
        """Show a page: general, anchor, cues, hands or keys."""
        self.subjects.setCurrentRow(PAGES.index(name))

    def _lay_out(self) -> None:
        self.subjects = QListWidget()
        self.subjects.setProperty("kind", "subjects")
        self.subjects.setAccessibleName(_("Settings"))
        self.subjects.setFont(font(14))
        self.subjects.setFixedWidth(170)
        self.subjects.setSpacing(2)
        pages = QStackedWidget()
        for title, page in self._pages():
            self.subjects.addItem(title)
            pages.addWidget(page)
        self.subjects.currentRowChanged.connect(pages.setCurrentIndex)
        self.subjects.setCurrentRow(0)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addWidget(self.subjects)
        middle.addWidget(pages, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        outer.addLayout(middle, 1)
        outer.addWidget(self.problem)
        outer.addLayout(row(self.obs_button, None, self.cancel_button, self.save_button))

    def _pages(self) -> list[tuple[str, QWidget]]:
        keys = QWidget()
        inside = QVBoxLayout(keys)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.keys, 1)
        inside.addLayout(row(None, self.reset_button))
        titles = (_("General"), _("Anchor's screen"), _("Cues"), _("Clicker and pedals"), _("Keys of the desk"))
        return list(zip(titles, (self.general, self.anchor, self.cue_page, self.hands, keys), strict=True))

    def _connect(self) -> None:
        self.keys.keys_changed.connect(self._check)
        for page in (self.general, self.anchor, self.cue_page, self.hands):
            page.edited.connect(self._check)
        self.anchor.edited.connect(lambda: self.tried.emit(self.anchor.taken(self._settings)))
        self.hands.practice_wanted.connect(self._practise)
        self.reset_button.clicked.connect(self.keys.reset)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.obs_button.clicked.connect(self._go_to_obs)

    def _check(self) -> None:
        """Name what cannot be saved; nothing is saved while it stands."""
        problems = [
            _("{key} is on more than one command: {commands}").format(key=key, commands=_(", ").join(titles))
            for key, titles in self.keys.conflicts()
        ]
        for page in (self.general, self.anchor, self.cue_page, self.hands):
            problems += page.problems()
        self.problem.setText("\n".join(problems))
        self.problem.setVisible(bool(problems))
        for saving in (self.save_button, self.obs_button):
            saving.setEnabled(not problems)

    def _practise(self) -> None:
        dialog = Practice(self.hands.hands, self.keys.changed_keys(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.bound.connect(self.hands.bind)
        dialog.show()

    def _save(self) -> None:
        chosen = self.result_settings()
        if chosen != self._settings:
            self.changed.emit(chosen)
        self.accept()

    def _go_to_obs(self) -> None:
        self._save()
        self.obs_wanted.emit()
