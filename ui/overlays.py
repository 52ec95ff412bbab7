"""What opens over the rooms: palette, key sheet, settings, the record of changes. None of them stops the show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from liveshop_desk.i18n import _, mark
from liveshop_desk.prompter.hands import Act, Hands
from liveshop_desk.settings import chosen_over
from ui.showing import show_between
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.dialogs.palette import Palette
    from ui.window import DeskWindow


class _Panel(Protocol):
    """A panel that can change its language and its theme."""

    def retranslate(self) -> None:
        """Put all texts into the language in use."""
        ...

    def restyle(self, _look: Theme, /) -> None:
        """Change the colours."""
        ...


class _Shown(NamedTuple):
    """A dialog that was opened: the panel in it with its title, or how it is opened anew."""

    dialog: QDialog
    title: str
    panel: _Panel | None
    again: Callable[[], None] | None


class Overlays:
    """Opens them by their commands, made anew each time: in the language and theme of the moment.

    What is open while those change is told.
    """

    def __init__(self, window: DeskWindow) -> None:
        self._window = window
        self._shell = window.shell
        self._context = window.context
        self._sheet: Palette | None = None
        self._shown: list[_Shown] = []
        for command, handler in {
            "palette": self._palette,
            "key_sheet": self._key_sheet,
            "settings": self._settings,
            "history": self._history,
            "prompter_practice": self._practice,
            "obs": self._obs,
            "sources": self._sources,
        }.items():
            self._context.actions.on(command, handler)

    def retranslate(self) -> None:
        """Put what is open into the language in use; what is all words is opened anew."""
        self._shell.notice_bar.retranslate()
        if self._sheet is not None:  # hidden: it is opened again and again
            self._sheet.retranslate()
        for each in self._open_ones():
            if each.panel is not None:
                each.dialog.setWindowTitle(_(each.title))
                each.panel.retranslate()
            elif each.again is not None:
                each.dialog.close()
                each.again()

    def restyle(self, look: Theme) -> None:
        """Put what is open into another theme."""
        for each in self._open_ones():
            if each.panel is not None:
                each.panel.restyle(look)

    def _palette(self) -> None:
        from ui.dialogs.palette import Palette

        if self._sheet is None:
            self._sheet = Palette(self._shell, self._context.actions)
        self._sheet.open_now()

    def _key_sheet(self) -> None:
        from ui.dialogs.key_sheet import KeySheet

        if self._brought(KeySheet):
            return
        hands = Hands(self._context.desk.settings.hands)
        sheet = KeySheet(self._context.actions, hands, self._shell, soon=self._context.gaps.soon)
        self._open(sheet, again=self._key_sheet)

    def _settings(self) -> None:
        from ui.dialogs.settings_dialog import SettingsDialog

        opened = self._context.desk.settings
        dialog = SettingsDialog(opened, self._shell, soon=self._context.gaps.soon)
        # A clicker turns the mirror, a screen is unplugged: what the desk has kept since then stays.
        dialog.changed.connect(
            lambda chosen: self._window.apply_settings(chosen_over(opened, chosen, self._context.desk.settings))
        )
        dialog.obs_wanted.connect(self._obs)
        anchor = self._window.anchor
        if anchor is not None:
            dialog.tried.connect(anchor.try_on)
            dialog.rejected.connect(anchor.apply_settings)  # all looks as before
        dialog.setWindowModality(Qt.WindowModality.WindowModal)  # no key may act on the show behind it
        self._open(dialog)

    def _obs(self) -> None:
        from ui.dialogs.obs_page import ObsPage

        if self._brought(ObsPage):
            return
        self._open(ObsPage(self._context, self._window.obs, self._shell), again=self._obs)

    def _sources(self) -> None:
        from ui.panels.sources_page import SourcesPage

        if self._brought(SourcesPage):
            return
        page = SourcesPage(self._context, self._window.wiring)
        self._hold(page, mark("Sources of the numbers"), QSize(1120, 660), edge=12)
        page.table.setFocus()

    def _practice(self) -> None:
        from ui.dialogs.practice import Practice

        settings = self._context.desk.settings
        dialog = Practice(Hands(settings.hands), settings.keys, self._shell)
        dialog.bound.connect(self._bind)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)  # no key may act on the show behind it
        self._open(dialog)

    def _bind(self, key: str, act: str) -> None:
        settings = self._context.desk.settings
        hands = Hands(settings.hands).bound(key, Act(act))
        self._window.apply_settings(replace(settings, hands=dict(hands.changes)))

    def _history(self) -> None:
        from ui.panels.history_panel import HistoryPanel

        if self._brought(HistoryPanel):
            return
        panel = HistoryPanel(self._context)
        panel.closed.connect(self._hold(panel, mark("What was changed"), QSize(520, 560), edge=8).close)
        panel.table.setFocus()

    def _brought(self, kind: type) -> bool:
        """Bring a window (or what is in it) of that kind to the front where it is open; tell whether it was."""
        for each in self._open_ones():
            if isinstance(each.dialog, kind) or isinstance(each.panel, kind):
                if each.dialog.isVisible():
                    _bring(each.dialog)
                return True
        return False

    def _hold(self, panel: _Panel, title: str, size: QSize, *, edge: int) -> QDialog:
        """Open a panel in a window of its own, ``edge`` px from its frame."""
        assert isinstance(panel, QWidget)
        dialog = QDialog(self._shell)
        dialog.setWindowTitle(_(title))
        dialog.resize(size)
        layout = QVBoxLayout(dialog)
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.addWidget(panel)
        self._open(dialog, panel=panel, title=title)
        return dialog

    def _open_ones(self) -> list[_Shown]:
        """Return what is open or on its way; what was closed has gone."""
        self._shown = [each for each in self._shown if isValid(each.dialog) and not _is_closed(each.dialog)]
        return list(self._shown)

    def _open(
        self,
        dialog: QDialog,
        *,
        panel: _Panel | None = None,
        title: str = "",
        again: Callable[[], None] | None = None,
    ) -> None:
        self._shown = [*self._open_ones(), _Shown(dialog, title, panel, again)]
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: self._window.focus_home())
        show_between(self._context.gaps, dialog, partial(_bring, dialog))


def _is_closed(dialog: QDialog) -> bool:
    """Tell whether a dialog was shown, or refused to be, and is not any more."""
    return not dialog.isVisible() and dialog.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


def _bring(dialog: QDialog) -> None:
    """Show a dialog; the keyboard goes with it: Esc closes it."""
    dialog.show()
    dialog.activateWindow()
