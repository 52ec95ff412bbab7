"""The cue presets as buttons: each whole, or where there is no room for it, in the menu behind ⋯."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.prompter.cues import PRESETS
from ui.actions import Actions
from ui.widgets.basics import button, plain_caption, plain_tip
from ui.widgets.elided import Chip
from ui.widgets.giving_way import Step

_WHOLE = 150  # px: a preset of the usual length is read whole or goes into the menu, never cut to a stump


class CuePresets(QObject):
    """Up to four chips and ⋯ in somebody's strip. ``send`` is given the preset's number, from 0."""

    def __init__(self, parent: QWidget, actions: Actions, send: Callable[[int], object]) -> None:
        super().__init__(parent)
        self._actions = actions
        self._send = send
        self._menued: set[int] = set()  # presets there is no room for
        self.chips = [Chip(least=_WHOLE) for _number in range(PRESETS)]
        self.more = button("⋯", kind="chip")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.clicked.connect(self.open_menu)
        for number, chip in enumerate(self.chips):
            chip.clicked.connect(lambda _checked=False, n=number: send(n))
            actions.on(f"cue_{number + 1}", lambda n=number: send(n))

    def put_into(self, layout: QHBoxLayout) -> None:
        """Put the buttons into a strip, one after the other."""
        for each in (*self.chips, self.more):
            layout.addWidget(each)

    def steps(self) -> list[Step]:
        """Return how the buttons give way in their strip: the last goes into the menu first, one stays."""
        return [lambda smaller, n=number: self._give_way(n, smaller) for number in range(PRESETS - 1, 0, -1)]

    def say(self, texts: list[str], *, live: bool) -> None:
        """Show these words, none for a preset that has none; only while a show is on air can they be sent."""
        for number, chip in enumerate(self.chips):
            text = texts[number] if number < len(texts) else ""
            chip.say(text)
            chip.setEnabled(live)
            chip.setToolTip(plain_tip(f"{text}  {self._keys(number)}"))
        self.more.setEnabled(live)
        name = _("More cues")
        self.more.setAccessibleName(name)
        self.more.setToolTip(plain_tip(name))
        self._show()

    def open_menu(self) -> QMenu:
        """Open the menu of the presets there is no room for."""
        menu = QMenu(self.more)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.more.accessibleName())
        for number in self._hidden():
            act = menu.addAction(plain_caption(f"{self.chips[number].words}\t{self._keys(number)}"))
            act.triggered.connect(lambda _checked=False, n=number: self._send(n))
        menu.popup(self.more.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        return menu

    def _hidden(self) -> list[int]:
        return sorted(number for number in self._menued if self.chips[number].words)

    def _give_way(self, number: int, smaller: bool) -> None:
        (self._menued.add if smaller else self._menued.discard)(number)
        self._show()

    def _show(self) -> None:
        """Show what has words where there is room. Nothing is read: a closing window fits its strips too."""
        for number, chip in enumerate(self.chips):
            chip.setVisible(bool(chip.words) and number not in self._menued)
        self.more.setVisible(bool(self._hidden()))

    def _keys(self, number: int) -> str:
        return self._actions.keys_text(f"cue_{number + 1}")
