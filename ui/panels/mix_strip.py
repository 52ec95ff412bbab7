"""The role mix (货品结构) of the chosen session's queue, target beside now: a bar, and its words."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _, percent_text
from liveshop_desk.model.mix import Share, role_mix
from liveshop_desk.model.names import role_name
from liveshop_desk.model.product import Role
from liveshop_desk.store import queries
from ui.context import Context
from ui.theme import Theme
from ui.widgets.basics import label
from ui.widgets.mix_bar import MixBar

_COLORS = {
    Role.HIT: "on_air",
    Role.NEW: "chosen",
    Role.CLEARANCE: "next",
    Role.REGULAR: "faint",
    Role.PROFIT: "good",
    Role.TRAFFIC: "dim",
}


class MixStrip(QWidget):
    """A caption, the bar and six roles in words. It stands in the goal panel or under the queue."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shares: tuple[Share, ...] = ()
        self.caption = label(size=12, tone="faint")
        self.bar = MixBar()
        self.words = label(size=12, tone="dim")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for each in (self.caption, self.bar, self.words):
            column.addWidget(each)
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(lambda _id: self.refresh())
        self.retranslate()

    def retranslate(self) -> None:
        """Put all texts into the language in use."""
        self.caption.setText(_("Role mix (target / now)"))
        self.bar.setAccessibleName(_("Role mix"))
        self.refresh()

    def refresh(self) -> None:
        """Read and show the mix again."""
        session_id = self._context.chosen.id
        shares = role_mix(queries.segments(self._context.desk.store, session_id) if session_id else [])
        self._shares = shares
        self.restyle(self._context.theme)
        texts = [_share_text(share) for share in shares]
        half = (len(texts) + 1) // 2  # two lines: Chinese would break anywhere, also within a role's name
        self.words.setText("\n".join(" • ".join(part) for part in (texts[:half], texts[half:])))

    def restyle(self, look: Theme) -> None:
        """Paint the bar in a theme's colours."""
        colored = [(share.now or 0.0, look.color(_COLORS[share.role])) for share in self._shares]
        self.bar.show_shares(colored, look.color("line"))

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("segments"):
            self._context.gaps.soon(self.refresh)


def _share_text(share: Share) -> str:
    now = "—" if share.now is None else percent_text(share.now, 0)
    return f"{role_name(share.role)} {round(share.target * 100)}/{now}"
