"""What stands in the rooms, and how its parts hear of each other without knowing each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from liveshop_desk.i18n import _
from ui.drafting import Drafting
from ui.pickers import Pickers
from ui.rooms import live_room, prepare_room
from ui.theme import Theme

if TYPE_CHECKING:
    from liveshop_desk.changes import Changes
    from liveshop_desk.model.live import SkuSales
    from ui.panels.catalogue_room import CatalogueRoom
    from ui.panels.numbers_panel import NumbersPanel
    from ui.panels.queue_panel import QueuePanel
    from ui.panels.script_panel import ScriptPanel
    from ui.panels.session_panel import SessionPanel
    from ui.window import DeskWindow


class Translated(Protocol):
    """A part with texts."""

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        ...


class Flushed(Protocol):
    """A part that is typed in."""

    def flush(self) -> object:
        """Save what is typed."""
        ...


class Furniture:
    """Builds a room when the window asks for it: each builder yields between parts and gives the room last."""

    def __init__(self, window: DeskWindow) -> None:
        self._window = window
        self._context = window.context
        self._queues: dict[str, QueuePanel] = {}
        self._numbers: NumbersPanel | None = None
        self._catalogue: CatalogueRoom | None = None
        self._parts: list[Translated] = []  # all that is put into another language or theme
        self._flushing: list[Flushed] = []  # all that may hold typing not yet saved
        self._closing: list[Callable[[], None]] = []  # how parts let go of what listens to the core
        self.pickers = Pickers(window)
        self.drafting = Drafting(self._context, window.shell)
        self._flushing.append(self.drafting)
        self._waiting: list[Callable[[], bool]] = [self.drafting.waits]
        self._parts.append(self.drafting)
        window.bridge.changed.connect(self._on_changed)

    # -- the rooms -------------------------------------------------------------------------------------------

    def live(self) -> Iterator[QWidget | None]:
        """Build the Live room."""
        from ui.panels.numbers_panel import NumbersPanel
        from ui.panels.prompter_panel import PrompterPanel

        window = self._window
        assert window.prompting is not None
        assert window.anchor is not None
        queue = self._queue("live")
        yield None
        prompter = PrompterPanel(self._context, window.prompting, window.anchor)
        self.drafting.read_line = lambda: prompter.reader.place.paragraph
        yield None
        self._numbers = NumbersPanel(self._context, window.evening)
        self._numbers.chose.connect(lambda fields: window.remember(**fields))
        window.evening.numbers_changed.connect(queue.refresh_sales)
        prompter.cues.left.connect(queue.table.setFocus)
        self._parts += [prompter, self._numbers]
        self._closing += [prompter.close_panel, self._numbers.close_panel]
        yield None
        yield live_room(queue, prompter, self._numbers)

    def watch(self) -> Iterator[None]:
        """Look after what is on air: the record of what is read, and alarms. The Live room stands."""
        from ui.reading import Readings

        window = self._window
        assert window.prompting is not None
        assert self._numbers is not None
        self._closing.append(Readings(self._context, window.evening, window.prompting).close)
        yield
        alarm = self._numbers.alarm
        alarm.sources = window.wiring.heard
        alarm.faults = lambda: [(each.key, each.what, each.grave) for each in window.obs.state.problems()]
        alarm.stock_wanted.connect(partial(self._edit_stock_of, self._queues["live"]))

    def prepare(self) -> Iterator[QWidget | None]:
        """Build the Prepare room."""
        from ui.panels.goal_panel import GoalPanel
        from ui.panels.ready_panel import ReadyPanel
        from ui.panels.script_panel import ScriptPanel
        from ui.panels.session_panel import SessionPanel

        queue = self._queue("prepare")
        yield None
        script = ScriptPanel(self._context)
        self.drafting.join(script)
        queue.row_chosen.connect(script.show_segment)
        script.show_segment(queue.table.current_id() or None)
        yield None
        session = SessionPanel(self._context)
        self._context.actions.on("new_session", lambda: self._new_session(session))
        goal = GoalPanel(self._context)
        yield None
        ready = ReadyPanel(self._context)
        ready.mend.connect(lambda command, segment: self._mend(command, segment, queue, script, session))
        self._parts += [script, session, goal, ready]
        self._flushing += [script, session]
        self._waiting += [script.waits, session.waits]
        yield None
        yield prepare_room(queue, script, [session, goal, ready])

    def review(self) -> Iterator[QWidget | None]:
        """Build the Review room."""
        from ui.panels.review_room import ReviewRoom

        room = ReviewRoom(self._context)
        room.export_requested.connect(self._window.export)
        self._window.reviewed = lambda: room.session_id
        room.file_dropped.connect(self.pickers.import_orders)
        self._closing.append(room.close_room)
        self._parts.append(room)
        yield room

    def catalogue(self) -> Iterator[QWidget | None]:
        """Build the Catalogue."""
        from ui.panels.catalogue_room import CatalogueRoom

        room = self._catalogue = CatalogueRoom(self._context)
        room.add_to_queue.connect(self._add_to_queue)
        room.files_dropped.connect(self.pickers.import_files)
        room.sample_requested.connect(self.pickers.open_sample)
        self._parts.append(room)
        self._flushing.append(room.card)
        self._waiting.append(room.waits)
        self._closing.append(room.close_room)
        yield room

    # -- all of them -----------------------------------------------------------------------------------------

    def activate(self, room: str, *, keyboard: bool = True) -> None:
        """Make the commands mean the room that is shown, and give it the ``keyboard``."""
        self._context.actions.set_state(row=False, product_row=False)
        if room in self._queues and room in self._window.rooms:
            self._queues[room].activate()
        if keyboard:
            self.focus(room)

    def focus(self, room: str) -> None:
        """Give a room the keyboard."""
        if room not in self._window.rooms:
            return
        if room in self._queues:
            self._queues[room].table.setFocus()
        elif room == "catalogue" and self._catalogue is not None:
            self._catalogue.take_keyboard()

    def type_digit(self, digit: str) -> None:
        """Take a digit of the number to jump to, wherever it was typed."""
        if "live" in self._queues:
            self._queues["live"].table.type_digit(digit)

    def flush(self) -> None:
        """Save what is typed but not yet saved."""
        for part in self._flushing:
            part.flush()

    def waits(self) -> bool:
        """Tell whether something typed was to be saved and is not: refused, asked about, or not taken by the disk."""
        return any(waits() for waits in self._waiting)

    def retranslate(self) -> None:
        """Put all parts into the language in use."""
        for part in (*self._queues.values(), *self._parts):
            self._context.gaps.soon(part.retranslate)

    def restyle(self, look: Theme) -> None:
        """Put what is painted by hand into a theme; the style sheet has reached the rest."""
        for part in (*self._queues.values(), *self._parts):
            restyle = getattr(part, "restyle", None)
            if restyle is not None:
                self._context.gaps.soon(partial(restyle, look))

    def redraw(self) -> None:
        """Draw what waited for the chart's library."""
        if self._numbers is not None:
            self._numbers.chart.refresh()

    def close(self) -> None:
        """Let go of what listens to the core."""
        for close in self._closing:
            close()

    # -- inside ----------------------------------------------------------------------------------------------

    def _queue(self, mode: str) -> QueuePanel:
        from ui.panels.queue_panel import QueuePanel

        queue = self._queues[mode] = QueuePanel(self._context, mode)
        self._waiting.append(queue.edit.waits)
        queue.set_sales(self._sales, self._sales_known)
        queue.set_online(lambda: self._window.evening.online)
        queue.set_short(self._short)
        queue.add_products_requested.connect(self.pickers.pick_products)
        queue.import_requested.connect(self.pickers.import_queue)
        queue.sample_requested.connect(self.pickers.open_sample)
        return queue

    def _add_to_queue(self, product_ids: list[str]) -> None:
        """Add what was picked in the catalogue and choose it: what is added next goes behind it."""
        added = self.pickers.put_into_queue(product_ids)
        queue = self._queues.get(self._window.room)
        if added and queue is not None:
            queue.settle()
            queue.table.choose(added, added[-1])

    def _sales(self, sku_id: str) -> SkuSales | None:
        figures = self._window.evening.figures
        return figures.per_sku.get(sku_id) if figures else None

    def _sales_known(self) -> bool:
        """Tell whether anybody tells what is sold: until an order names its product none is known to have sold 0."""
        figures = self._window.evening.figures
        return figures is not None and any(sold.orders for sold in figures.per_sku.values())

    def _short(self) -> list[str]:
        return self._numbers.short() if self._numbers is not None else []

    def _edit_stock_of(self, queue: QueuePanel, sku_id: str) -> None:
        """Open the stock an alarm is about; what is not in the queue is in the catalogue."""
        if not queue.edit_stock_of(sku_id):
            self._context.notices.info(lambda: _("It is not in this queue: its stock is in the catalogue."))

    def _new_session(self, session: SessionPanel) -> None:
        """Make a session where its facts are typed, whatever room it was asked for in."""
        self._window.show_room("prepare")
        session.new_session()

    def _mend(
        self, command: str, segment_id: str, queue: QueuePanel, script: ScriptPanel, session: SessionPanel
    ) -> None:
        """Go where a failing check is mended."""
        if segment_id:
            queue.table.choose([segment_id], segment_id)
        if command == "edit_script":
            script.editor.setFocus()
        elif command == "edit_session":
            session.focus_fact("start")
        elif not self._context.actions.give(command):
            self._context.notices.info(lambda: _("This is not possible now."))

    def _on_changed(self, changes: Changes) -> None:
        if changes.label == "settings":
            for queue in self._queues.values():
                queue.apply_settings()
