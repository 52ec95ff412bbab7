"""What the queue's header says: how far we are, how long it gets, what undo would take back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from liveshop_desk.i18n import _, ngettext
from liveshop_desk.model.clock import timer_text
from liveshop_desk.store import journal
from ui.context import Context
from ui.models.queue_model import QueueModel
from ui.theme import font
from ui.widgets.act_button import look_like_a_button
from ui.widgets.basics import Button, plain_caption, plain_tip
from ui.widgets.short_numbers import cut_inside

_UNDO_LEAST, _UNDO_MOST = 96, 280  # px of the act's name


class SearchField(QLineEdit):
    """The queue's search: Esc clears and leaves, Enter and Down go to the rows."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(font(13))
        self.setFixedWidth(160)
        self.setMaxLength(100)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self.setAccessibleName(_("Search the queue"))
        self.setPlaceholderText(_("Title, code or number"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc (cleared), Enter or Down (kept)."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class UndoButton(Button):
    """Says what undo would take back, and does it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._room = _UNDO_MOST
        self._compact = self._plain = False
        look_like_a_button(self)
        self.clicked.connect(lambda: context.actions.give("undo"))
        context.actions["undo"].triggered.connect(self.refresh)  # one that was refused is passed over now

    def fit(self, room: int) -> None:
        """Cut the act's name to the ``room`` px there is for it."""
        self._room = max(_UNDO_LEAST, min(room, _UNDO_MOST))
        self.refresh()

    def set_compact(self, compact: bool) -> None:
        """Show the sign alone; the act is named in the tooltip."""
        self._compact = compact
        self.refresh()

    def leave_out_keys(self, without: bool) -> None:
        """Leave out the key, or write it too."""
        self._plain = without
        self.refresh()

    def refresh(self) -> None:
        """Ask the journal again."""
        target = journal.undo_target(self._context.desk.store)
        self.setVisible(target is not None)
        if target is None:
            return
        metrics = QFontMetrics(self.font())
        name = cut_inside(metrics, target.label, self._room)
        text = _("Undo: {what}").format(what=name)
        keys = "" if self._plain else self._context.actions.keys_text("undo")
        self.setText("↶" if self._compact else plain_caption(f"{text}  {keys}".rstrip()))
        self.setToolTip(plain_tip(_("Undo: {what}").format(what=target.label)))
        self.setAccessibleName(_("Undo: {what}").format(what=target.label))


def subtitle(model: QueueModel) -> tuple[str, str]:
    """Return the header's second text and its tone."""
    if model.session is None or not model.rows:
        return "", "faint"
    return _prepare_subtitle(model) if model.mode == "prepare" else (_live_subtitle(model), "faint")


def _live_subtitle(model: QueueModel) -> str:
    n = len(model.rows)
    segments = ngettext("{n} segment", "{n} segments", n).format(n=n)
    if model.rundown.standing.on_air is not None:
        segments = f"{model.rundown.standing.on_air + 1} / {segments}"
    count = len({row.segment.product_id for row in model.rows if row.segment.product_id})
    return f"{segments} • " + ngettext("{n} product", "{n} products", count).format(n=count)


def _prepare_subtitle(model: QueueModel) -> tuple[str, str]:
    n = len(model.rows)
    segments = ngettext("{n} segment", "{n} segments", n).format(n=n)
    planned = model.rundown.standing.planned_seconds
    length = timer_text(planned, whole=True)
    session = model.session
    assert session is not None
    if session.planned_start is None or session.planned_end is None:
        return _("{segments} • plan {planned}").format(segments=segments, planned=length), "faint"
    slot = (session.planned_end - session.planned_start) / 1000
    text = _("{segments} • plan {planned} / {slot}").format(
        segments=segments, planned=length, slot=timer_text(slot, whole=True)
    )
    if planned > slot:
        return "⚠ " + text, "next"
    return text, "faint"
