"""A button of an action that gets shorter step by step where there is little room."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from ui.widgets.basics import Button, button, keys_label, plain_tip


class ActButton(Button):
    """A button of an action. Where there is little room it leaves out its key, then all but its icon."""

    def __init__(self, action: QAction, icon: str, *, kind: str = "", keys: bool = False) -> None:
        super().__init__()
        self._action = action
        self._icon = icon
        self._compact = False
        self._keys = self._says_keys = keys
        self._titled = kind == "on_air"  # it has its icon beside the title too
        if kind:
            self.setProperty("kind", kind)
        look_like_a_button(self)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._refresh)
        self._refresh()

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone, or icon and title."""
        self._compact = compact
        self._refresh()

    def leave_out_keys(self, without: bool) -> None:
        """Leave the key to the tooltip, or write it too."""
        self._says_keys = self._keys and not without
        self._refresh()

    def _refresh(self) -> None:
        title = self._action.text()
        words = f"{self._icon} {title}" if self._titled or not self._keys else title
        whole = f"{words}  {keys_label(self._action)}".rstrip() if self._says_keys else words
        self.setText(self._icon if self._compact else whole)
        self.setToolTip(plain_tip(f"{title}  {keys_label(self._action)}".rstrip()))
        self.setAccessibleName(title)
        self.setEnabled(self._action.isEnabled())


def look_like_a_button(made: QPushButton) -> None:
    """Give a button of its own class the face of the others."""
    pattern = button()
    made.setFont(pattern.font())
    made.setFocusPolicy(pattern.focusPolicy())
    made.setCursor(pattern.cursor())
