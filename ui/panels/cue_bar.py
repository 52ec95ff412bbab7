"""Cues (喊话): presets by one key or click, any words by typing, and whether the anchor has seen the last one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import clock_text
from liveshop_desk.model.session import Cue, State
from liveshop_desk.ops import scripts
from liveshop_desk.prompter.cues import PRESETS, cue_presets
from liveshop_desk.prompter.script import render
from liveshop_desk.prompter.values import values_of
from ui.anchor import Anchor
from ui.context import Context
from ui.theme import font
from ui.widgets.basics import button, label, plain_tip, set_look
from ui.widgets.elided import Chip
from ui.widgets.giving_way import GivingWay

_WHOLE = 150  # px: a preset of the usual length is read whole or left out, never cut to a stump


class CueBar(QFrame):
    """A strip below the prompter. A preset may hold placeholders: {库存} becomes the stock now."""

    left = Signal()  # a typed cue is sent: the keyboard belongs to the queue again

    def __init__(self, context: Context, anchor: Anchor) -> None:
        super().__init__()
        self.setProperty("kind", "footer")
        self._context = context
        self._anchor = anchor
        self._label = label(size=13, tone="dim")
        self._seen = label(size=13, tone="good")  # when the anchor saw the last cue
        self._back = button("↩", kind="chip")  # only while there is something to take back
        self._back.clicked.connect(context.actions["cue_back"].trigger)
        self._back.hide()
        self._short = False
        self._worded: set[int] = set()  # presets that have words
        self._left_out: set[int] = set()  # presets there is no room for: their keys are still there
        self._chips = [self._chip(number) for number in range(PRESETS)]
        self._field = QLineEdit()
        self._field.setFont(font(13))
        self._field.setMaxLength(scripts.LONGEST_CUE)
        self._field.setMinimumWidth(124)
        self._field.returnPressed.connect(self._send_typed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addWidget(self._label)
        layout.addWidget(self._seen)
        layout.addWidget(self._back)
        for chip in self._chips:
            layout.addWidget(chip)
        layout.addWidget(self._field, 1)
        self.setFixedHeight(50)
        GivingWay(
            self, *(lambda fewer, n=number: self._leave_out(n, fewer) for number in (3, 2, 1)), self._shorten_seen
        )
        anchor.cue_changed.connect(self._show_state)
        anchor.row_changed.connect(self._refresh)
        context.bridge.changed.connect(lambda _changes: self._refresh())
        context.chosen.changed.connect(lambda _id: self._refresh())
        context.actions.on("cue", self.focus_field)
        context.actions.on("cue_back", anchor.cues.withdraw)
        for number in range(PRESETS):
            context.actions.on(f"cue_{number + 1}", lambda n=number: self._send_preset(n))
        self.retranslate()

    def focus_field(self) -> None:
        """Take the keyboard to write a cue."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        keys = self._context.actions.keys_text("cue")
        self._field.setPlaceholderText(_("To the anchor …"))
        name = _("Cue to the anchor")
        self._field.setToolTip(plain_tip(f"{name}  {keys}".strip()))
        self._field.setAccessibleName(name)
        back = _("Take the cue back")
        self._back.setAccessibleName(back)
        self._back.setToolTip(plain_tip(f"{back}  {self._context.actions.keys_text('cue_back')}"))
        self._refresh()
        self._show_state()

    def _leave_out(self, number: int, without: bool) -> None:
        if without:
            self._left_out.add(number)
        else:
            self._left_out.discard(number)
        self._show_chip(number)

    def _show_chip(self, number: int) -> None:
        """Show a preset that has words, where there is room. Nothing is read: a closing window fits its strips too."""
        self._chips[number].setVisible(number in self._worded and number not in self._left_out)

    def _chip(self, number: int) -> Chip:
        chip = Chip(least=_WHOLE)
        chip.clicked.connect(lambda: self._send_preset(number))
        return chip

    def _refresh(self) -> None:
        session = self._context.on_air()
        live = session is not None and session.state is State.LIVE
        texts = cue_presets(self._context.desk.settings.cue_presets)
        for number, chip in enumerate(self._chips):
            text = self._filled(texts[number]) if number < len(texts) else ""
            (self._worded.add if text else self._worded.discard)(number)
            self._show_chip(number)
            chip.setEnabled(live)
            chip.say(text)
            chip.setToolTip(plain_tip(f"{text}  {self._context.actions.keys_text(f'cue_{number + 1}')}"))
        self._field.setEnabled(live)

    def _filled(self, text: str) -> str:
        """Put live values into a preset."""
        row = self._anchor.row
        values = values_of(row.product, row.segment.title) if row else {}
        return "".join(paragraph.text for paragraph in render(text, values))

    def _send_preset(self, number: int) -> None:
        texts = cue_presets(self._context.desk.settings.cue_presets)
        if number < len(texts):
            self._send(self._filled(texts[number]))

    def _send_typed(self) -> None:
        if self._send(self._field.text()):
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
            keys = self._context.actions.keys_text("prompter_screen")
            self._context.notices.info(_("The anchor's screen is off: {keys} turns it on.").format(keys=keys))
        return True

    def _shorten_seen(self, shorter: bool) -> None:
        self._short = shorter
        self._show_state()

    def _show_state(self) -> None:
        """Say beside the word whether the anchor has seen the last cue, and when."""
        cue = self._anchor.cue
        mark, tone, seen = _state_of(cue)
        self._label.setText(_("Cue") + mark)
        set_look(self._label, tone=tone)
        acknowledged = cue is not None and cue.acknowledged_at is not None
        self._seen.setText("" if self._short or not acknowledged else seen)
        self._seen.setVisible(bool(self._seen.text()))
        self._back.setVisible(cue is not None and cue.stands and not cue.auto)
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
