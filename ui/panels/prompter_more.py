"""What is wanted less often of the prompter: being done in time, running back, a black screen, looking ahead."""

from __future__ import annotations

from math import isfinite

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import clock_text
from liveshop_desk.prompter.finish import Finisher, Kind, parse_finish
from liveshop_desk.prompter.pace_words import pace_text
from ui.context import Context
from ui.theme import font
from ui.widgets.basics import button, label, row, set_look
from ui.widgets.popover import Popover

ACTS = ("prompter_reverse", "prompter_stop", "prompter_blank", "prompter_ahead", "prompter_jump")


def finish_text(finisher: Finisher, *, brief: bool = False) -> tuple[str, str]:
    """Return what a finisher is at and the tone to say it in; empty where it aims at nothing.

    ``brief`` where the pace stands beside it: what it cannot do leaves out what it counts in.
    """
    goal, plan, unit = finisher.goal, finisher.plan, finisher.unit
    if goal is None or plan is None:
        return "", "dim"
    at = clock_text(goal.at, seconds=goal.kind is Kind.WITHIN or bool(goal.at % 60_000))
    if plan.possible:
        return _("by {time} • {pace}").format(time=at, pace=pace_text(plan.pace, unit)), "next"
    if plan.needed < plan.pace and brief:
        return _("by {time} • done before").format(time=at), "next"
    if plan.needed < plan.pace:
        return _("by {time} • done before, at {pace}").format(time=at, pace=pace_text(plan.pace, unit)), "next"
    if not isfinite(plan.needed):
        return _("by {time} • no time is left").format(time=at), "on_air"
    needed = str(round(plan.needed)) if brief else pace_text(plan.needed, unit)
    return _("by {time} • would need {pace}").format(time=at, pace=needed), "on_air"


class PrompterMore(Popover):
    """A sheet beside the prompter's controls; what cannot be read is said in it and nothing typed is lost."""

    def __init__(self, host: QWidget, context: Context, finisher: Finisher) -> None:
        super().__init__(host, _("Prompter"))
        self._context = context
        self._finisher = finisher
        self.field = QLineEdit()
        self.field.setFont(font(13))
        self.field.setMinimumWidth(150)
        self.field.setPlaceholderText(_("2:30 or 21:45"))
        self.field.setAccessibleName(_("Finish the segment in, or by"))
        self.field.returnPressed.connect(self.aim)
        self.field.textEdited.connect(lambda _text: self._forgive())
        self._wrong = False  # what is said is why the last wish cannot be: it stays until another is made
        self.planned = button(_("As planned"))
        self.planned.clicked.connect(self.aim_planned)
        self.off = button(_("Off"))
        self.off.clicked.connect(self._drop)
        self.said = label(size=12, tone="dim")
        self.said.setWordWrap(True)
        self.body.addLayout(row(label(_("Finish in / by"), size=13, tone="dim"), self.field, self.planned, self.off))
        self.body.addWidget(self.said)
        for ids in (ACTS[:3], ACTS[3:]):
            self.body.addLayout(row(*(self._act(name) for name in ids), None))
        self._forget = finisher.changed.connect(self.refresh)
        self.destroyed.connect(lambda _gone=None, forget=self._forget: forget())
        self.refresh()

    def open_here(self, anchor: QWidget) -> None:
        """Open beside a control and take the keyboard."""
        host = self.parentWidget()
        assert host is not None
        self.open_at(anchor.rect().translated(anchor.mapTo(host, anchor.rect().topLeft())))
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def aim(self) -> None:
        """Finish at what is typed."""
        try:
            goal = parse_finish(self.field.text(), self._context.desk.clock.now())
        except UserError as error:
            self._complain(str(error))
            return
        self._forgive()
        self._finisher.aim(goal)
        self.field.selectAll()

    def aim_planned(self) -> None:
        """Finish when the segment is planned to end."""
        self._forgive()
        if not self._finisher.aim_planned():
            self._complain(_("Nothing on air has a planned length."))

    def refresh(self) -> None:
        """Say what the pace follows."""
        self.off.setEnabled(self._finisher.goal is not None)
        if self._wrong:
            return
        text, tone = finish_text(self._finisher)
        self._say(text or _("Keeps the pace so that the text ends in time. A hand on the pace ends it."), tone)

    def _drop(self) -> None:
        self._forgive()
        self._finisher.drop()

    def _complain(self, text: str) -> None:
        self._wrong = True
        self._say(text, "on_air")

    def _forgive(self) -> None:
        self._wrong = False
        self.refresh()

    def _say(self, text: str, tone: str) -> None:
        self.said.setText(text)
        set_look(self.said, tone=tone)
        if self.isVisible():
            self.refit()

    def _act(self, command: str) -> QPushButton:
        action = self._context.actions[command]
        made = button(f"{_short()[command]}  {self._context.actions.keys_text(command)}".rstrip(), name=action.text())
        made.clicked.connect(self.close_now)
        made.clicked.connect(action.trigger)
        made.setEnabled(action.isEnabled())
        return made


def _short() -> dict[str, str]:
    """Return what the acts are called here, by their commands."""
    return {
        "prompter_reverse": _("Run back"),
        "prompter_stop": _("Stop"),
        "prompter_blank": _("Blank screen"),
        "prompter_ahead": _("Look ahead"),
        "prompter_jump": _("Jump"),
    }
