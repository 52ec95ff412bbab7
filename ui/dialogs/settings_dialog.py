"""The settings of this machine's user, a page a subject. Emits what was chosen; the window applies and saves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from liveshop_desk.i18n import _
from liveshop_desk.settings import Settings
from ui.dialogs.alarms_page import AlarmsPage
from ui.dialogs.anchor_page import AnchorPage
from ui.dialogs.hands_page import HandsPage
from ui.dialogs.key_table import KeyTable
from ui.dialogs.keys_page import KeysPage
from ui.dialogs.practice import Practice
from ui.dialogs.settings_pages import CuesPage, GeneralPage
from ui.theme import font
from ui.widgets.basics import button, label, row

Page = GeneralPage | AnchorPage | CuesPage | AlarmsPage | HandsPage | KeysPage
PAGES = ("general", "anchor", "cues", "alarms", "hands", "keys")


class SettingsDialog(QDialog):
    """Subjects at the left, one page at the right. ``changed(Settings)`` once, when the user saves.

    ``tried(Settings)`` after every change of the anchor's screen, for its effect to be seen; nothing is kept of it.
    A page is made when it is first turned to: all of them cost the prompter frames, again when they go. ``soon`` says
    when, here and now unless it runs.
    """

    changed = Signal(object)  # Settings
    tried = Signal(object)  # Settings
    obs_wanted = Signal()  # saved and closed; the page of OBS keeps its own choices

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        soon: Callable[[Callable[[], None]], None] = lambda part: part(),
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._soon = soon
        self.setWindowTitle(_("Settings"))
        self._made: dict[str, Page] = {}
        self._rooms = {name: QVBoxLayout() for name in PAGES}
        self.problem = label(size=13, tone="on_air")
        self.problem.setWordWrap(True)
        self.save_button = button(_("Save"), kind="chosen")
        self.cancel_button = button(_("Cancel"))
        self.obs_button = button("OBS …", name=_("Save and open OBS"))
        self.save_button.setDefault(True)
        self._lay_out()
        self._connect()
        self._page("general")
        self._check()
        if settings.keys:  # a key of the user's own may be a new command's usual one by now: that is said at once
            self._turn_to("keys")
        self.resize(980, 640)

    @property
    def general(self) -> GeneralPage:
        """Return the page of language, colours and names."""
        return cast("GeneralPage", self._page("general"))

    @property
    def anchor(self) -> AnchorPage:
        """Return the page of the anchor's screen."""
        return cast("AnchorPage", self._page("anchor"))

    @property
    def hands(self) -> HandsPage:
        """Return the page of the prompter's keys."""
        return cast("HandsPage", self._page("hands"))

    @property
    def keys(self) -> KeyTable:
        """Return the table of the desk's keys."""
        return cast("KeysPage", self._page("keys")).table

    @property
    def reset_button(self) -> QPushButton:
        """Return what gives the desk's commands their usual keys."""
        return cast("KeysPage", self._page("keys")).reset_button

    def result_settings(self) -> Settings:
        """Return the settings as the pages show them."""
        chosen = self._settings
        for page in self._made.values():
            chosen = page.taken(chosen)
        return chosen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter from a box of choices too, which leaves the key to the dialog."""
        enter = event.key() in (Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value)
        if enter and isinstance(self.focusWidget(), QComboBox) and self.save_button.isEnabled():
            self.save_button.click()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.subjects = QListWidget()
        self.subjects.setProperty("kind", "subjects")
        self.subjects.setAccessibleName(_("Settings"))
        self.subjects.setFont(font(14))
        self.subjects.setFixedWidth(170)
        self.subjects.setFrameShape(QFrame.Shape.NoFrame)  # the chosen line shows the focus
        self.subjects.setSpacing(2)
        pages = QStackedWidget()
        titles = (
            _("General"), _("Anchor's screen"), _("Cues"), _("Alarms"), _("Clicker and pedals"), _("Keys of the desk"),
        )  # fmt: skip
        for name, title in zip(PAGES, titles, strict=True):
            self.subjects.addItem(title)
            room = QWidget()
            room.setLayout(self._rooms[name])
            self._rooms[name].setContentsMargins(0, 0, 0, 0)
            pages.addWidget(room)
        self.subjects.currentRowChanged.connect(pages.setCurrentIndex)
        self.subjects.currentRowChanged.connect(lambda number: self._turn_to(PAGES[number]))
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

    def _turn_to(self, name: str) -> None:
        """Have a page made."""

        def make() -> None:
            if isValid(self):
                self._page(name)

        self._soon(make)

    def _page(self, name: str) -> Page:
        """Return a page, made when it is wanted first."""
        if name not in self._made:
            makers = {
                "general": GeneralPage, "anchor": AnchorPage, "cues": CuesPage, "alarms": AlarmsPage,
                "hands": HandsPage, "keys": KeysPage,
            }  # fmt: skip
            page = self._made[name] = makers[name](self._settings)
            self._rooms[name].addWidget(page)
            page.edited.connect(self._check)
            if isinstance(page, AnchorPage):
                page.edited.connect(lambda: self.tried.emit(page.taken(self._settings)))
            if isinstance(page, HandsPage):
                page.practice_wanted.connect(self._practise)
        return self._made[name]

    def _connect(self) -> None:
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.obs_button.clicked.connect(self._go_to_obs)

    def _check(self) -> None:
        """Name what cannot be saved; nothing is saved while it stands."""
        problems = [words for page in self._made.values() for words in page.problems()]
        self.problem.setText("\n".join(problems))
        self.problem.setVisible(bool(problems))
        for saving in (self.save_button, self.obs_button):
            saving.setEnabled(not problems)

    def _practise(self) -> None:
        dialog = Practice(self.hands.hands, self.result_settings().keys, self)
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
