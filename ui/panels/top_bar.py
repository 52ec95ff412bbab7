"""The top bar: what is on, how long, how late, when it ends, and whether all is saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _, span_text
from liveshop_desk.model.alarms import thresholds
from liveshop_desk.model.clock import Instant, clock_text, timer_text
from liveshop_desk.model.rundown import Standing, standing
from liveshop_desk.model.session import Pitch, Segment, Session, State
from liveshop_desk.model.session_words import session_day
from liveshop_desk.store import queries
from liveshop_desk.wire.obs_state import Link, ObsState
from ui.context import Context
from ui.evening import Evening
from ui.obs_words import hint_text, pill_text, tone
from ui.panels.source_words import is_stale
from ui.widgets.basics import action_button, button, label, plain_tip, set_look
from ui.widgets.elided import ElidedLabel
from ui.widgets.giving_way import GivingWay, hiding

TICK_MS = 200  # the seconds must not be seen to jump
LATE_SECONDS = 30  # less than that is nobody's worry


class TopBar(QObject):
    """Fills the shell's top strip; ``show_room`` says which buttons are wanted."""

    def __init__(self, context: Context, evening: Evening, layout: QHBoxLayout) -> None:
        super().__init__()
        self._context = context
        self._evening = evening
        self.waits: Callable[[], bool] = lambda: False  # something typed was to be saved and is not
        self._room = "live"
        self._session: Session | None = None
        self._silent: list[str] = []
        self._short: set[str] = set()  # parts that say less, because the window is narrow
        self._segments: list[Segment] = []
        self._pitches: list[Pitch] = []
        self._now = context.desk.clock.now()
        self._standing = standing((), (), start=None, now=self._now, live=False)
        self._make_words()
        self._make_buttons()
        self._arrange(layout)
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(lambda _id: context.gaps.soon(self.refresh))
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: context.gaps.soon(self._tick))
        self._timer.start(TICK_MS)
        self.refresh()

    def _make_words(self) -> None:
        self._badge = label(kind="pill", size=14, bold=True)
        self._elapsed = label(size=22, bold=True)
        self._title = ElidedLabel(size=15, bold=True, least=220)  # what is on is read first: the facts give way to it
        self._facts = ElidedLabel(size=13, tone="dim", least=110)
        self._late = label(kind="pill", size=13)
        self._end = label(kind="pill", size=13)
        self._feed = label(kind="pill", size=13)
        self._obs = label(kind="pill", size=13)
        self._obs_state, self._muted = ObsState(), False
        self._obs.hide()
        self._saved = label(kind="pill", size=13)
        self._clock = label(size=17, bold=True)

    def _make_buttons(self) -> None:
        acts = self._context.actions
        self._go_live = action_button(acts["go_live"], kind="on_air", icon="●", show_keys=False)
        self._rehearse = action_button(acts["rehearse"], show_keys=False)
        self._end_show = action_button(acts["end_show"], icon="■", show_keys=False)
        self._resume = action_button(acts["resume_show"], show_keys=False)
        self._export = action_button(acts["export_session"], kind="chosen")
        self._new = action_button(acts["new_session"], icon="＋", show_keys=False)
        self._back = button(kind="on_air")
        self._back.clicked.connect(acts["room_live"].trigger)

    def _arrange(self, layout: QHBoxLayout) -> None:
        """Lay it out; where the window is narrow its parts say less, one after the other."""
        for widget in (self._back, self._badge, self._elapsed, self._title, self._facts, self._late, self._end):
            layout.addWidget(widget)
        layout.addStretch(1)
        for widget in (self._obs, self._feed, self._saved, self._new, self._rehearse, self._go_live, self._resume):
            layout.addWidget(widget)
        for widget in (self._end_show, self._export, self._clock):
            layout.addWidget(widget)
        bar = layout.parentWidget()
        assert bar is not None
        parts = ("saved", "feed", "obs", "end", "badge", "seconds")
        GivingWay(bar, hiding(self._facts), *(lambda less, name=part: self._shorten(name, less) for part in parts))

    def show_room(self, room: str) -> None:
        """Show what belongs to a room."""
        self._room = room
        self.refresh()

    def show_obs(self, state: ObsState, *, muted: bool = False) -> None:
        """Say how OBS is, and whether the microphone is muted; nothing where it is not in use."""
        self._obs_state, self._muted = state, muted
        brief = "obs" in self._short
        _say(self._obs, pill_text(state, brief=brief, muted=muted))
        _hint(self._obs, hint_text(state, muted=muted))
        set_look(self._obs, tone=tone(state, muted=muted))
        self._obs.setVisible(state.link is not Link.OFF)

    def show_silent(self, names: list[str]) -> None:
        """Say which sources should speak and do not."""
        self._silent = names

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self.refresh()

    def close(self) -> None:
        """Stop looking at the clock."""
        self._timer.stop()

    def refresh(self) -> None:
        """Bring everything up to date."""
        session = self._session = self._context.session()
        store, chosen = self._context.desk.store, self._context.chosen.id
        self._segments, self._pitches = queries.segments(store, chosen), queries.pitches(store, chosen)
        self._name_session(session)
        self._choose_buttons(session)
        self.show_obs(self._obs_state, muted=self._muted)
        self._name_show_elsewhere(session)
        self._tick()

    def _shorten(self, part: str, less: bool) -> None:
        """Let a part say less, or all of it again."""
        if less:
            self._short.add(part)
        else:
            self._short.discard(part)
        self._name_session(self._session)
        self.show_obs(self._obs_state, muted=self._muted)
        self._tell(self._now)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("sessions", "segments", "pitches"):
            self._context.gaps.soon(self.refresh)

    def _name_session(self, session: Session | None) -> None:
        state = session.state if session else None
        words = {None: _("No session"), State.DRAFT: _("Preparing"), State.ENDED: _("Ended")}
        live = state is State.LIVE
        rehearsal = bool(session and session.rehearsal)
        if live:
            word = _("Rehearsal") if rehearsal else _("ON AIR")
            self._badge.setText("●" if rehearsal and "badge" in self._short else f"●  {word}")
            self._badge.setToolTip(plain_tip(word))
        else:
            self._badge.setText(words[state] + (f" · {_('Rehearsal')}" if rehearsal else ""))
        set_look(self._badge, kind="on_air" if live and not rehearsal else "pill", tone="next" if rehearsal else "")
        self._elapsed.setVisible(live)
        self._title.setText(session.theme if session else "Liveshop Desk")
        self._facts.say_parts(_facts(session, self._context.desk.clock.now()) if session else ())

    def _name_show_elsewhere(self, session: Session | None) -> None:
        """Say that a show is on air while the rooms show another session, and lead back to it."""
        live = self._context.on_air()
        elsewhere = live is not None and live.state is State.LIVE and (session is None or session.id != live.id)
        self._back.setVisible(elsewhere)
        if elsewhere and live is not None:
            self._back.setText("●  " + _("ON AIR") + "  ↩")
            self._back.setToolTip(plain_tip(live.theme))
            self._back.setAccessibleName(_("Back to the show on air"))

    def _choose_buttons(self, session: Session | None) -> None:
        state = session.state if session else None
        self._go_live.setVisible(state is State.DRAFT)
        self._rehearse.setVisible(state is State.DRAFT)
        self._end_show.setVisible(state is State.LIVE)
        self._resume.setVisible(state is State.ENDED and self._room == "live")
        self._export.setVisible(state is State.ENDED and self._room != "review")  # that room has its own
        self._new.setVisible(state is not State.LIVE)
        for widget in (self._late, self._end, self._feed):
            widget.setVisible(state is State.LIVE)

    def _tick(self) -> None:
        """Work out where the show stands now; what gives way for want of room only says it in other words."""
        now, session = self._context.desk.clock.now(), self._session
        if session is not None and session.state is State.LIVE:
            start = session.planned_start
            self._standing = standing(self._segments, self._pitches, start=start, now=now, live=True)
        self._now = now
        self._tell(now)

    def _tell(self, now: Instant) -> None:
        _say(self._clock, clock_text(now, seconds="seconds" not in self._short))
        session = self._session
        waits = self.waits()
        saved = self._evening.saved and not waits
        words = _("Saved") if saved else _("Not saved")
        brief = saved and "saved" in self._short
        _say(self._saved, "●" if brief else ("● " if saved else "○ ") + words)
        why = _("What was typed is not saved: save it (Enter) or give it up (Esc).") if waits else ""
        _hint(self._saved, words if brief else why)
        set_look(self._saved, tone="good" if saved else "next")
        if session is None or session.state is not State.LIVE or session.started_at is None:
            return
        _say(self._elapsed, _long(now - session.started_at))
        self._tell_time(self._standing)
        self._tell_feed(now)

    def _tell_time(self, times: Standing) -> None:
        late = times.over_under
        begun = times.on_air is not None or bool(self._pitches)  # before the first take nothing can be on time
        told = late is not None and (begun or abs(late) >= LATE_SECONDS)
        self._late.setVisible(told)
        if late is not None and told:
            behind = late <= -LATE_SECONDS
            text = _("behind {time}") if late < 0 else _("ahead {time}")
            on_time = abs(late) < LATE_SECONDS
            _say(self._late, _("on time") if on_time else text.format(time=timer_text(abs(late))))
            set_look(self._late, tone="next" if behind else "")
        end = times.expected_end
        self._end.setVisible(end is not None and "end" not in self._short)
        if end is not None:
            _say(self._end, _("ends about {time}").format(time=clock_text(end)))

    def _tell_feed(self, now: Instant) -> None:
        figures = self._evening.figures
        newest = max(figures.last_at.items(), key=lambda told: told[1], default=None) if figures else None
        silent = _("silent: {names}").format(names=_(", ").join(self._silent)) if self._silent else ""
        if newest is None:
            _say(self._feed, "○ " + _("no numbers yet"))
            _hint(self._feed, silent)
            set_look(self._feed, tone="next" if silent else "")
            return
        age = max(0, (now - newest[1]) // 1000)
        stale = is_stale(*newest, now, thresholds(self._context.desk.settings.alarms))
        words = _("numbers {age} ago").format(age=span_text(age))
        brief = "feed" in self._short
        sign = "○ " if stale or silent else "● "
        _say(self._feed, sign + (span_text(age) if brief else words))
        _hint(self._feed, "\n".join(filter(None, (words if brief else "", silent))))
        set_look(self._feed, tone="next" if stale or silent else "good")


def _say(widget: QLabel, text: str) -> None:
    """Set a text only where it is another: the bar is looked at five times a second."""
    if widget.text() != text:
        widget.setText(text)


def _hint(widget: QLabel, text: str) -> None:
    """Say in the tooltip what the widget has no room for."""
    if widget.toolTip() != plain_tip(text):
        widget.setToolTip(plain_tip(text))


def _long(milliseconds: int) -> str:
    """Write the show's age as 01:12:43."""
    total = max(0, milliseconds // 1000)
    return f"{total // 3600:02d}:{total % 3600 // 60:02d}:{total % 60:02d}"


def _facts(session: Session, now: Instant) -> list[str]:
    """Write when and who: 11月21日 19:00–22:00, 主播 小林, 场控 阿杰."""
    parts: list[str] = []
    begin = session.begin
    end = session.ended_at or session.planned_end
    if begin is not None:
        text = f"{session_day(session, now)} {clock_text(begin)}"
        known = end is not None and end > begin  # of a show that began past its planned end nobody knows it
        parts.append(f"{text}–{clock_text(end)}" if end is not None and known else text)
    if session.anchor:
        parts.append(_("anchor {name}").format(name=session.anchor))
    if session.operator:
        parts.append(_("operator {name}").format(name=session.operator))
    return parts
