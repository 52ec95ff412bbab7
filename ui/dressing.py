"""The language and the colours the whole window is in: those of the settings, once the prompter stands still.

A style sheet reaches every part of a window in one turn, eight of the prompter's frames, and all words at once are
three: neither can be cut into pieces, so a change made while she reads waits. The settings have it meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from liveshop_desk import i18n
from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _
from ui import theme
from ui.qt_texts import QtTexts
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.window import DeskWindow


class Dressing(QObject):
    """Knows what the window is in; ``follow`` where the settings may say otherwise."""

    def __init__(self, window: DeskWindow) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._language = window.desk.settings.language
        self._said = ""  # that it waits, in the words it was said with
        self._qt_texts = QtTexts()
        self._qt_texts.follow()
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def follow(self) -> None:
        """Put the window into the language and the colours of the settings: now, or once the prompter stands still."""
        if not self._context.gaps.running:
            self._change()
        elif self._is_behind():
            self._say()
            self._context.gaps.when_still(self._change_late)
        else:  # chosen back, before she stood
            self._unsay()

    def close(self) -> None:
        """Follow nobody any more."""
        QApplication.styleHints().colorSchemeChanged.disconnect(self._follow_system)
        self._qt_texts.forget()

    def _look(self) -> Theme:
        return theme.choose(self._window.desk.settings.theme)

    def _is_behind(self) -> bool:
        return self._language != self._window.desk.settings.language or self._context.theme is not self._look()

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        self.follow()

    def _change_late(self) -> None:
        if self._is_behind():
            self._change()
            self._context.bridge.changed.emit(Changes("settings", everything=True))  # words kept in the old language

    def _change(self) -> None:
        self._unsay()
        if not self._is_behind():
            return
        self._window.finish_building()  # what is half built would keep the words and colours it was begun with
        language = self._window.desk.settings.language
        if language != self._language:
            self._language = language
            i18n.set_language(language)
            self._retranslate()
        if self._context.theme is not self._look():
            self._restyle(self._look())

    def _retranslate(self) -> None:
        window = self._window
        self._qt_texts.follow()
        self._context.actions.retranslate()
        window.shell.rail.retranslate()
        window.top.retranslate()
        window.furniture.retranslate()
        window.overlays.retranslate()

    def _restyle(self, look: Theme) -> None:
        window = self._window
        self._context.theme = look
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(theme.palette(look))
        window.shell.wear(look)
        window.furniture.restyle(look)
        window.overlays.restyle(look)

    def _say(self) -> None:
        self._said = _("The window changes its language and colours once the prompter stands still.")
        self._context.notices.info(self._said)

    def _unsay(self) -> None:
        if self._said:
            self._context.notices.withdraw(self._said)
            self._said = ""
