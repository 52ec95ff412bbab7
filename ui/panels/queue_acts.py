"""What the operator's commands do to the queue: each finds the rows meant and gives the act to an op."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from liveshop_desk.errors import NeedsConfirm, UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.session import Kind, State
from liveshop_desk.ops import queue, shelf, show
from ui.context import Context
from ui.models.queue_model import QueueModel
from ui.panels.queue_table import QueueTable

Online = Callable[[], int | None]


class QueueActs:
    """The acts of one queue panel. ``online`` tells how many viewers there are, for a pitch's in and out.

    ``settle`` shows what an act has changed before something is chosen of it.
    """

    def __init__(self, context: Context, model: QueueModel, table: QueueTable, mode: str) -> None:
        self._context = context
        self._model = model
        self._table = table
        self._mode = mode
        self.online: Online = lambda: None
        self.settle: Callable[[], None] = lambda: None

    @property
    def _session_id(self) -> str:
        return self._context.chosen.id

    def _do(self, op: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self._context.attempt(op, *args, origin=self._table, **kwargs)

    def _take(self, op: Callable[..., Any], *args: Any) -> None:
        self._context.insist(op, self._session_id, *args, origin=self._table, online=self.online())

    @property
    def _on_air(self) -> bool:
        session = self._model.session
        return session is not None and session.state is State.LIVE

    # -- the show --------------------------------------------------------------------------------------------

    def take_next(self) -> None:
        """Put the next segment on air."""
        self._take(show.take_next)

    def take_previous(self) -> None:
        """Go back one segment."""
        self._take(show.take_previous)

    def take_selected(self) -> None:
        """Put the chosen row on air."""
        if segment_id := self._table.current_id():
            self._take(show.take, segment_id)

    def jump(self, number: int) -> None:
        """Go to a row by its number: on air it is taken, in preparation it is chosen."""
        if self._mode == "live" and self._on_air:
            self._take(show.jump, number)
            self.settle()
        if 1 <= number <= len(self._model.rows):
            segment_id = self._model.rows[number - 1].segment.id
            self._table.choose([segment_id], segment_id)

    def push_rest(self) -> None:
        """Re-time what is still to come."""
        self._do(show.push_rest, self._session_id)

    # -- rows ------------------------------------------------------------------------------------------------

    def toggle_listed(self) -> None:
        """List or unlist the chosen row's product; one without stock is asked about first."""
        held = self._model.find(self._table.current_id())
        if held is None or held.product is None:
            return
        act = partial(shelf.set_listed, listed=not held.listed)
        where = (self._session_id, held.product.id)
        try:
            self._context.desk.run_from(self._table, act, *where)
        except NeedsConfirm as guard:
            self._table.window().activateWindow()  # the answer is typed here, though the key came from elsewhere
            question = _("{reason} List it all the same?").format(reason=guard.what)
            self._context.notices.ask(question, _("List"), lambda: self._do(act, *where, confirmed=True))
        except UserError as error:
            self._context.notices.error(error)

    def skip(self) -> None:
        """Skip the chosen row, or bring it back."""
        held = self._model.find(self._table.current_id())
        if held is not None:
            self._do(queue.set_skipped, self._session_id, held.segment.id, not held.segment.skipped)

    def remove(self) -> None:
        """Take the selected rows out of the queue; the row behind them is chosen next."""
        ids = self._table.selected_ids()
        if ids:
            self._do(queue.remove, self._session_id, ids)

    def move_up(self) -> None:
        """Move the selected rows one place up."""
        places = self._places()
        if places and places[0] > 0:
            self.move(self._table.selected_ids(), places[0] - 1)

    def move_down(self) -> None:
        """Move the selected rows one place down."""
        places = self._places()
        if places and places[-1] + 1 < len(self._model.rows):
            self.move(self._table.selected_ids(), places[-1] + 2)

    def move(self, segment_ids: list[str], place: int) -> None:
        """Move rows before a place of the whole queue."""
        self._do(queue.move, self._session_id, segment_ids, place)

    def _places(self) -> list[int]:
        ids = set(self._table.selected_ids())
        return [place for place, row in enumerate(self._model.rows) if row.segment.id in ids]

    # -- adding ----------------------------------------------------------------------------------------------

    def place_after_current(self) -> int | None:
        """Return the place behind the chosen row; ``None`` is the end."""
        current = self._table.current_id()
        return next((n for n, row in enumerate(self._model.rows, 1) if row.segment.id == current), None)

    def add_segment(self, kind: str, title: str, seconds: int) -> None:
        """Add a segment without a product behind the chosen row and choose it."""
        made = self._do(
            queue.add_segment,
            self._session_id,
            Kind(kind),
            title,
            planned_seconds=seconds,
            at=self.place_after_current(),
        )
        if made:
            self.settle()
            self._table.choose([made], made)

    def add_products(self, product_ids: list[str], place: int) -> None:
        """Add products before a place and select what was added."""
        made: list[str] | None = self._do(queue.add_products, self._session_id, product_ids, at=place)
        if made:
            self.settle()
            self._table.choose(made, made[-1])  # what is added next goes behind them
