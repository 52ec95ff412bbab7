"""Which cues the anchor sees: the operator's until she has acknowledged it, the desk's own for half a minute."""

from __future__ import annotations

from collections.abc import Sequence

from liveshop_desk.model.auto_cues import Left, Limits, Moment, due, is_fresh, said_now
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.session import Cue, State
from liveshop_desk.ops import scripts
from liveshop_desk.settings import Settings
from liveshop_desk.store import queries
from liveshop_desk.store.queries import QueueRow
from ui.context import Context
from ui.prompter.window import AnchorWindow


class AnchorCues:
    """Shows cues on the anchor's window, gives the automatic ones and notes what she has seen."""

    def __init__(self, context: Context, window: AnchorWindow) -> None:
        self._context = context
        self._window = window
        self._shown = ""  # the operator's cue on the window
        self._moment: Moment | None = None  # the pitch on air when it was last looked at
        self._refused: set[str] = set()  # what could not be given: said once, not twice a second
        self.all: Sequence[Cue] = ()

    @property
    def newest(self) -> Cue | None:
        """Return the operator's last cue while she has yet to see it, else the last given, whoever gave it."""
        spoken = _last(self.all, auto=False)
        if spoken is not None and spoken.stands:
            return spoken
        return self.all[-1] if self.all else None

    def read(self) -> None:
        """Read the cues of the session on air and show what is to be seen; after its end there is nothing to say."""
        session = self._context.on_air()
        live = session is not None and session.state is State.LIVE
        self.all = queries.cues(self._context.desk.store, session.id) if session and live else []
        self.show()

    def show(self) -> None:
        """Show the newest cue of either kind that is still to be seen; the desk's own never in the operator's place."""
        now = self._context.desk.clock.now()
        spoken = _last(self.all, auto=False)
        if spoken is None or not spoken.stands:
            self._shown = ""
            if self._window.cue:
                self._window.clear_cue()
        elif spoken.id != self._shown:
            self._shown = spoken.id
            self._window.show_cue(spoken.text)
        own = _last(self.all, auto=True)
        if own is None or not own.stands or not is_fresh(own.at, now):
            self._window.show_auto_cue("", "")
        else:
            text = said_now(own.text, own.auto, self._moment, self._context.desk.settings.low_stock)
            self._window.show_auto_cue(text, own.id)

    def look(self, row: QueueRow | None, started: Instant | None, remaining: float | None) -> None:
        """Give the automatic cues that are due of the segment on air; ``started``: when it went on air."""
        settings = self._context.desk.settings
        self._moment = moment = None if row is None or started is None else moment_of(row, started, remaining)
        if moment is None or not settings.auto_cues:
            return
        told = [*self._refused, *(cue.auto for cue in self.all if cue.auto)]
        for each in due(moment, limits_of(settings), told):
            session = self._context.on_air()
            given = session and self._context.attempt(scripts.give_auto_cue, session.id, each.text, each.auto)
            if not given:
                self._refused.add(each.auto)

    def withdraw(self) -> None:
        """Take back the operator's last cue, if she has not seen it."""
        cue = _last(self.all, auto=False)
        self._context.attempt(scripts.withdraw_cue, cue.id if cue else "")

    def acknowledge(self) -> None:
        """Note that the anchor has seen what is on her screen."""
        now = self._context.desk.clock.now()
        for auto in (False, True):
            cue = _last(self.all, auto=auto)
            if cue is not None and cue.stands and (not auto or is_fresh(cue.at, now)):
                self._context.attempt(scripts.acknowledge_cue, cue.id)


def moment_of(row: QueueRow, started: Instant, remaining: float | None) -> Moment:
    """Return the pitch as the rules see it; it is named by its segment and when it began."""
    skus = row.product.skus if row.product else ()
    shelf = tuple(Left(sku.id, sku.spec, sku.stock) for sku in skus)
    title = row.product.title if row.product else ""
    return Moment(f"{row.segment.id}@{started}", row.segment.planned_seconds, remaining, shelf, title)


def limits_of(settings: Settings) -> Limits:
    """Return the rules the user has on."""
    return Limits(settings.auto_cues, settings.auto_warning_seconds, settings.low_stock)


def _last(cues: Sequence[Cue], *, auto: bool) -> Cue | None:
    return next((cue for cue in reversed(cues) if bool(cue.auto) is auto), None)
