"""Cues (喊话): presets by one key or by mouse, any words by typing, and whether the anchor has seen the last one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from liveshop_desk.changes import Changes
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import clock_text
from liveshop_desk.model.session import Cue, State
from liveshop_desk.ops import scripts
from liveshop_desk.prompter.cues import cue_presets
from liveshop_desk.prompter.script import render
from liveshop_desk.prompter.values import values_of
from ui.anchor import Anchor
from ui.context import Context
from ui.panels.cue_presets import CuePresets
from ui.theme import font
from ui.widgets.basics import button, label, plain_tip, set_look
from ui.widgets.giving_way import GivingWay

_MOST = 2000  # characters: what is too long for a cue is told when it is sent, not cut when it is pasted


class CueBar(QFrame):
    """A strip below the prompter. A cue may hold placeholders, typed or preset: {库存} becomes the stock now."""

    left = Signal()  # a typed cue is sent: the keyboard belongs to the queue again

    def __init__(self, context: Context, anchor: Anchor) -> None:
        super().__init__()
        self.setProperty("kind", "footer")
        self._context = context
        self._anchor = anchor
        self._short = False
        self._build()
        self._presets = CuePresets(self, context.actions, self._send_preset)
        self._arrange()
        self._bind()
        self.retranslate()

    def _build(self) -> None:
        self._label = label(size=13, tone="dim")
        self._seen = label(size=13, tone="good")  # when the anchor saw the last cue
        self._back = button("↩", kind="chip")  # always there, so that nothing beside it moves
        self._back.clicked.connect(self._context.actions["cue_back"].trigger)
        self._field = QLineEdit()
        self._field.setFont(font(13))
        self._field.setMaxLength(_MOST)
        self._field.setMinimumWidth(124)
        self._field.returnPressed.connect(self._send_typed)

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addWidget(self._label)
        self._presets.put_into(layout)
        layout.addWidget(self._field, 1)
        layout.addWidget(self._seen)  # what comes and goes stands behind: no preset moves from under the mouse
        layout.addWidget(self._back)
        self.setFixedHeight(50)
        GivingWay(self, self._shorten_seen, *self._presets.steps())

    def _bind(self) -> None:
        context, anchor = self._context, self._anchor
        anchor.cue_changed.connect(self._show_state)
        anchor.row_changed.connect(self._refresh)
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(lambda _id: self._refresh())
        context.actions.on("cue", self.focus_field)
        context.actions.on("cue_back", anchor.cues.withdraw)

    def focus_field(self) -> None:
        """Take the keyboard to write a cue."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        keys = self._context.actions.keys_text("cue")
        name = _("Cue to the anchor")
        self._field.setToolTip(plain_tip(f"{name}  {keys}".strip()))
        self._field.setAccessibleName(name)
        back = _("Take the cue back")
        self._back.setAccessibleName(back)
        self._back.setToolTip(plain_tip(f"{back}  {self._context.actions.keys_text('cue_back')}"))
        self._refresh()
        self._show_state()

    def _on_changed(self, changes: Changes) -> None:
        """Follow the show's state and the settings; the values of the row on air come with the row itself."""
        if changes.touches("sessions"):
            self._context.gaps.soon(self._refresh)

    def _refresh(self) -> None:
        session = self._context.on_air()
        live = session is not None and session.state is State.LIVE
        texts = cue_presets(self._context.desk.settings.cue_presets)
        self._presets.say([self._filled(text) for text in texts], live=live)
        self._field.setEnabled(live)

    def _filled(self, text: str) -> str:
        """Put live values into a cue."""
        row = self._anchor.row
        values = values_of(row.product, row.segment.title) if row else {}
        return "".join(paragraph.text for paragraph in render(text, values))

    def _send_preset(self, number: int) -> None:
        texts = cue_presets(self._context.desk.settings.cue_presets)
        if number < len(texts):
            self._send(self._filled(texts[number]))

    def _send_typed(self) -> None:
        if self._send(self._filled(self._field.text())):
            self._field.clear()
            self.left.emit()

    def _send(self, text: str) -> bool:
        """Send a cue; words that could not be sent stay in the field."""
        session = self._context.on_air()
        try:
            self._context.desk.run_from(self, scripts.send_cue, session.id if session else "", text)
        except UserError as error:
            self._context.notices.error(error)
            return False
        if not self._anchor.window.isVisible():
            self._context.notices.info(self._screen_off)
        return True

    def _screen_off(self) -> str:
        keys = self._context.actions.keys_text("prompter_screen")
        return _("The anchor's screen is off: {keys} turns it on.").format(keys=keys)

    def _shorten_seen(self, shorter: bool) -> None:
        self._short = shorter
        self._show_state()

    def _show_state(self) -> None:
        """Say beside the word whether the anchor has seen the last cue, and when."""
        cue = self._anchor.cue
        mark, tone, seen = _state_of(cue)
        for each in (" ○", " ✓", mark):  # as wide with any mark
            self._label.setText(_("Cue") + each)
            self._label.setMinimumWidth(max(self._label.minimumWidth(), self._label.sizeHint().width()))
        set_look(self._label, tone=tone)
        acknowledged = cue is not None and cue.acknowledged_at is not None
        self._seen.setText("" if self._short or not acknowledged else seen)
        self._seen.setVisible(bool(self._seen.text()))
        self._field.setPlaceholderText(seen if self._short and acknowledged else _("To the anchor …"))
        self._back.setEnabled(cue is not None and cue.stands and not cue.auto)
        given = _("Automatic: {text}") if cue is not None and cue.auto else "{text}"
        self._label.setToolTip(plain_tip(f"{given.format(text=cue.text)}  {seen}") if cue else "")
        self._label.setAccessibleName(" ".join(part for part in (_("Cue"), seen) if part))


def _state_of(cue: Cue | None) -> tuple[str, str, str]:
    """Return mark, tone and words for whether a cue was seen."""
    if cue is None:
        return "", "dim", ""
    if cue.withdrawn_at is not None:
        return "", "dim", _("taken back")
    if cue.acknowledged_at is None:  # the desk's own goes by itself and waits for nobody
        return " ○", "dim" if cue.auto else "next", _("not seen yet")
    return " ✓", "good", _("seen {time}").format(time=clock_text(cue.acknowledged_at, seconds=True))
