"""What tonight must bring (目标): the session's goal, the month, the plan against the slot, the role mix."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _, current_language, ngettext, share_text
from liveshop_desk.model.clock import timer_text, to_local
from liveshop_desk.model.money import money_text
from liveshop_desk.model.session import Segment, Session
from liveshop_desk.store import queries
from liveshop_desk.store.goals import Month, month_of
from ui.context import Context
from ui.panels.mix_strip import MixStrip
from ui.theme import Theme
from ui.widgets.basics import Panel, label, set_look

SEPARATOR = " • "
_WITH_MIX, _WITH_PLAN = 284, 200  # px of the panel, its month on two lines
_MARGIN = 12  # px


class GoalPanel(Panel):
    """Figures only: the goal is edited with the session's facts. The role mix stands below."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._height = _WITH_MIX  # px that are left for it
        self.caption = label(size=13, tone="dim")
        self.goal = label(size=24, bold=True)
        self.month = label(size=13, tone="dim")
        self.plan = label(size=13)
        self.mix = MixStrip(context)
        for each in (self.month, self.plan):
            each.setWordWrap(True)
        self.add_body(self._lay_out(), 0)
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(lambda _id: self.refresh())
        self.retranslate()

    def retranslate(self) -> None:
        """Put all texts into the language in use."""
        self.title.setText(_("Goal"))
        self.setAccessibleName(_("Goal"))
        self.caption.setText(_("This session's GMV"))
        self.mix.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Read and show everything again."""
        store = self._context.desk.store
        session = self._context.session()
        segments = queries.segments(store, session.id) if session else []
        begin = session.begin if session else None  # the month it counts in: planned at ten to midnight, begun after
        goal = session.goal_gmv if session else None
        self.goal.setText(money_text(goal, cents=False) if goal else _("Not set"))
        set_look(self.goal, tone="" if goal else "faint")
        self.month.setText(_month_text(month_of(store, store.clock.now() if begin is None else begin)))
        self._show_plan(session, segments)

    def make_room(self, height: int) -> None:
        """Leave out the mix, then all but the goal, where only ``height`` px are left for the panel."""
        self._height = height
        whole = self.mix.sizeHint().width() <= self.width() - 2 * _MARGIN  # its two lines are read whole or not at all
        self.mix.setVisible(height >= _WITH_MIX and whole)
        for each in (self.caption, self.plan):
            each.setVisible(height >= _WITH_PLAN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what the new width cuts."""
        super().resizeEvent(event)
        self.make_room(self._height)

    def restyle(self, look: Theme) -> None:
        """Paint in another theme's colours."""
        self.mix.restyle(look)

    def _lay_out(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(4)
        for each in (self.caption, self.goal, self.month, self.plan):
            column.addWidget(each)
        column.addSpacing(8)
        column.addWidget(self.mix)
        return body

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("sessions", "segments", "products", "figures"):
            self.refresh()

    def _show_plan(self, session: Session | None, segments: list[Segment]) -> None:
        waiting = [s for s in segments if not s.skipped]
        planned = sum(s.planned_seconds for s in waiting)
        slot = _slot_seconds(session)
        over = slot is not None and planned > slot
        room = timer_text(slot, whole=True) if slot else "—"
        plan = _("Plan {planned} / {slot}").format(planned=timer_text(planned, whole=True), slot=room)
        parts = [plan]
        if slot is not None and over:
            parts.append(_("{time} too long").format(time=timer_text(planned - slot)))
        n = len({s.product_id for s in waiting if s.product_id})
        parts.append(ngettext("{n} product", "{n} products", n).format(n=n))
        self.plan.setText(SEPARATOR.join(parts))
        set_look(self.plan, tone="next" if over else "")


def _slot_seconds(session: Session | None) -> float | None:
    if session is None or session.planned_start is None or session.planned_end is None:
        return None
    return (session.planned_end - session.planned_start) / 1000


def _month_text(month: Month) -> str:
    """Return the month in a line: goal, what is achieved, how many drafts are left."""
    from babel.dates import format_date

    language = current_language()
    name = format_date(to_local(month.start).date(), "LLL" if language == "zh_CN" else "LLLL", locale=language)
    if month.goal is None:
        parts = [_("{month}: no goal yet").format(month=name)]
    else:
        parts = [_("{month} {goal}").format(month=name, goal=money_text(month.goal, cents=False))]
    if month.share is not None:
        parts.append(_("{share} achieved").format(share=share_text(month.share, 0)))
    elif month.achieved is not None:
        parts.append(_("{amount} achieved").format(amount=money_text(month.achieved, cents=False)))
    n = month.drafts_left
    parts.append(ngettext("{n} session left", "{n} sessions left", n).format(n=n))
    return SEPARATOR.join(parts)
