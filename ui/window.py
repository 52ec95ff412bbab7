"""The desk in its window: makes what the panels share, builds the rooms one by one, moves between them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.desk import Desk
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.session import Session, State
from liveshop_desk.settings import Settings
from liveshop_desk.store import journal, queries
from ui.actions import Actions
from ui.acts import Acts
from ui.bridge import Bridge
from ui.context import Chosen, Context, first_room, first_session
from ui.dressing import Dressing
from ui.evening import Evening
from ui.exporting import Exporting
from ui.furniture import Furniture
from ui.leaving import Leaving
from ui.line_keys import LineKeys
from ui.obs import ObsDesk
from ui.overlays import Overlays
from ui.panels.top_bar import TopBar
from ui.rail import ROOMS
from ui.rooms import pieces, waiting_room
from ui.shell import Shell
from ui.typeahead import TypeAhead
from ui.widgets.popover import Popover
from ui.widgets.progress_strip import ProgressStrip
from ui.wiring import Wiring

if TYPE_CHECKING:  # the prompter is imported with the Live room, the network when it is used
    from concurrent.futures import Future

    from liveshop_desk.feeds.inlet import Inlet
    from liveshop_desk.wire.thread import WireThread
    from ui.anchor import Anchor
    from ui.panels.incident_sheet import IncidentSheet
    from ui.prompting import Prompting

WIRE_SECONDS = 2.0  # what goes out of the door may take as long, no longer


class DeskWindow(QObject):
    """Fills a shell with a desk. ``settings_changed(Settings)`` when the user has chosen otherwise.

    ``furnish`` builds the room in front; the others are built by ``furnish_room`` behind it. Where one is asked for
    before it stands, an empty panel is shown until it does.
    """

    settings_changed = Signal(object)

    def __init__(
        self, shell: Shell, desk: Desk, ahead: TypeAhead, *, demo: bool = False, inlet: Inlet | None = None
    ) -> None:
        super().__init__(shell)
        self.shell = shell
        self.desk = desk
        self._demo = demo
        self._inlet = inlet  # restored already, in the thread that opened the file
        self._ahead = ahead
        actions = Actions(shell, desk.settings, shell.notices, ahead)
        self.bridge = Bridge(desk, self)
        chosen = Chosen()
        chosen.id = first_session(desk)
        self.context = Context(desk, self.bridge, actions, shell.notices, chosen, shell.theme)
        self.context.drawable = False
        self._dressing = Dressing(self)
        self.prompting: Prompting | None = None  # with the Live room
        self.anchor: Anchor | None = None
        self.rooms: dict[str, QWidget] = {}
        self.room = ""
        self.reviewed: Callable[[], str] = str  # the session on the Review room's board, once that stands
        self._building: Iterator[None] = iter(())
        self._wire: WireThread | None = None
        actions.set_whole(False)
        ahead.forgot.connect(self._say_forgotten)

    @property
    def unbuilt(self) -> list[str]:
        """Return the rooms that do not stand yet, the one that is waited for first."""
        return sorted((room for room in ROOMS if room not in self.rooms), key=lambda room: room != self.room)

    @property
    def awaited(self) -> bool:
        """Tell whether anyone waits for what is not built yet."""
        return self._ahead.awaited or self.room not in self.rooms

    @property
    def busy(self) -> bool:
        """Tell whether the prompter runs: then nothing is built that nobody waits for."""
        return self.prompting is not None and self.prompting.reader.snapshot().playing

    @property
    def on_air(self) -> bool:
        """Tell whether a show is on air, whatever the rooms show."""
        return queries.live_session_id(self.desk.store) is not None

    def furnish(self) -> Iterator[None]:
        """Build what is always there and the room in front, in slices."""
        self._building = self._furnish()
        return self._building

    def furnish_room(self, room: str) -> Iterator[None]:
        """Build another room behind the one in front, in slices; shown where it is the one that is waited for."""
        self._building = self._build_room(room)
        return self._building

    def take_keys(self) -> None:
        """Another room stands: what was typed too early is done now, as far as it can be."""
        self._ahead.give(self.context.actions, last=not self.unbuilt)

    def complete(self) -> None:
        """All rooms stand."""
        self.context.actions.set_whole(True)
        if not self._demo and self.acts.backup_due():
            self.acts.back_up("daily")

    def listen(self) -> Iterator[None]:
        """Begin to hear the sources and OBS, and to look after what is on air, in slices."""
        if not self._demo:
            self.obs.start()
        self.wiring.start()
        yield
        yield from self.furniture.watch()

    def make_drawable(self) -> None:
        """Take note that the chart's library is there."""
        self.context.drawable = True
        self.furniture.redraw()

    def _furnish(self) -> Iterator[None]:
        context = self.context
        self.evening = Evening(context, moves_stock=True if self._demo else None, inlet=self._inlet)
        self.exporting = Exporting(context)
        self.acts = Acts(context, self.evening, self.show_room, self._incident_sheet, self._save_typed)
        yield
        self.top = TopBar(context, self.evening, self.shell.top_layout)
        LineKeys(context.actions, self.shell)
        self.obs = ObsDesk(context, self._on_wire, self.remember)
        self.obs.changed.connect(lambda state: self.top.show_obs(state, muted=self.obs.muted))
        self.wiring = Wiring(context, self.evening, self._wire_thread, self.remember, demo=self._demo)
        self.wiring.looked.connect(lambda: self.top.show_silent(self.wiring.silent()))
        self.furniture = Furniture(self)
        self.top.waits = self.furniture.waits
        self.wiring.order_file.connect(self.furniture.pickers.import_orders)
        self._waiting = waiting_room()
        self.shell.stack.addWidget(self._waiting)
        yield
        self._bind()
        yield
        QScrollArea().viewport()  # the first widget of Qt's own making: PySide learns all kinds there are now, 17 ms
        yield
        yield from self._build_room(first_room(self.desk))
        if self._demo:
            self.evening.start_simulation()

    def show_room(self, room: str, *, keyboard: bool = True) -> None:
        """Show a room; what is typed in the one before is saved first. Without ``keyboard`` that stays where it is."""
        self._save_typed()
        live = queries.live_session(self.desk.store) if room == "live" else None
        if live is not None and live.id != self.context.chosen.id:
            # The Live room is the show's: a draft being prepared stays in Prepare; out of sight it need not follow.
            self.shell.stack.setCurrentWidget(self._waiting)
            self.context.chosen.choose(live.id)
        self.room = room
        veiled = self._veil(room)
        self.shell.stack.setCurrentWidget(self.rooms.get(room, self._waiting))
        for panel in veiled:  # behind what the panels themselves have to catch up with
            self.context.gaps.soon(partial(panel.setUpdatesEnabled, True))
        self.shell.rail.show_room(room)
        self.top.show_room(room)
        self.furniture.activate(room, keyboard=keyboard)
        self._refresh_state()

    def _veil(self, room: str) -> list[QWidget]:
        """Keep the panels of a room that comes in sight unpainted while the prompter runs, and return them.

        Painted in one turn they take three frames of hers.
        """
        there = self.rooms.get(room)
        if there is None or there.isVisible() or not self.context.gaps.running:
            return []
        panels = [panel for panel in pieces(there) if panel.updatesEnabled()]
        for panel in panels:
            panel.setUpdatesEnabled(False)
        return panels

    def _save_typed(self) -> None:
        self.furniture.flush()

    def focus_home(self) -> None:
        """Give the keyboard back to the room: digits and Space must not land on a button."""
        self.furniture.focus(self.room)

    def _say_forgotten(self) -> None:
        self.context.notices.info(lambda: _("What was typed while the desk opened was not done: it took too long."))

    def _type_at_desk(self, digit: str) -> None:
        """Bring a number begun on the anchor's window to the queue of the Live room; what follows is typed there."""
        self.show_room("live")
        self.shell.activateWindow()
        self.focus_home()
        self.furniture.type_digit(digit)

    def _type_in_room(self, digit: str) -> None:
        """Take a digit the chart or the preview had the keyboard for: it begins a number for the queue."""
        if self.room == "live":
            self._type_at_desk(digit)

    def _incident_sheet(self) -> IncidentSheet:
        from ui.panels.incident_sheet import IncidentSheet

        sheet = IncidentSheet(self.context, self.shell)
        sheet.closed.connect(self.focus_home)
        if self.obs.incident_scene:
            sheet.offer_scene(self.obs.incident_scene)
        return sheet

    def apply_settings(self, chosen: Settings) -> None:
        """Take other settings; language and colours are seen everywhere, once the prompter stands still."""
        before = self.desk.settings
        self.desk.settings = chosen
        self.desk.store.who = chosen.operator
        self._dressing.follow()
        if chosen.keys != before.keys:
            self.context.actions.set_keys(chosen.keys)
        self.settings_changed.emit(chosen)
        self.context.gaps.soon(partial(self.bridge.changed.emit, Changes("settings", everything=True)))

    def remember(self, **fields: object) -> None:
        """Keep a choice made outside the settings dialog (font, mirror, screen)."""
        if any(getattr(self.desk.settings, name) != value for name, value in fields.items()):
            self.desk.settings = replace(self.desk.settings, **fields)  # pyright: ignore[reportArgumentType]
            self.settings_changed.emit(self.desk.settings)

    def close(self) -> None:
        """Save what is typed, write what has come in, stop what is under way; rooms not begun stay unbuilt."""
        self.finish_building()
        if hasattr(self, "furniture"):
            self.furniture.flush()
            self.furniture.close()
        if self.prompting is not None:
            self.prompting.keep_place()
            self.prompting.close()
        if self.anchor is not None:
            self.anchor.close()
        if hasattr(self, "top"):
            self.top.close()
        if hasattr(self, "wiring"):
            self.wiring.close()  # before the evening: what was accepted is written with it
        if hasattr(self, "evening"):
            try:
                self.evening.close()
            except UserError as error:
                self.context.notices.error(error)
            if hasattr(self, "obs"):
                self.obs.close()
            self.exporting.wait()
            self.acts.wait()
        if self._wire is not None:
            self._wire.stop(WIRE_SECONDS)
        self.context.gaps.close()  # the prompter's last frames come after the shop file is closed
        self.bridge.close()
        self._dressing.close()

    def _on_wire(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        """Give work to the network's thread."""
        return self._wire_thread().submit(work)

    def _wire_thread(self) -> WireThread:
        """Return the network's thread; it begins with the first work."""
        if self._wire is None:
            from liveshop_desk.wire.thread import WireThread

            self._wire = WireThread()
        return self._wire

    def finish_building(self) -> None:
        """Build what is half built to its end: only whole rooms can be closed, translated and dressed in order."""
        for _part in self._building:
            pass

    def _stage(self) -> Iterator[None]:
        """Bring the prompter, before the room it is in; after a crash the anchor's screen comes back with it."""
        from ui.anchor import Anchor
        from ui.desk_hands import StrayDigits
        from ui.prompting import Prompting

        self.prompting = Prompting(self.context, self.evening)
        yield
        self.anchor = Anchor(self.context, self.prompting)
        self.anchor.changed.connect(self._remember_prompter)
        self.anchor.window.digit_typed.connect(self._type_at_desk)
        StrayDigits(self.shell).typed.connect(self._type_in_room)
        self.obs.follow(self.prompting)
        yield
        if len(QGuiApplication.screens()) > 1:
            yield from self._bring_back()

    def _bring_back(self) -> Iterator[None]:
        """Show the anchor's window again where a crash took it away: at once on her screen, small once the room stands.

        Where it is small it lies on the preview.
        """
        assert self.anchor is not None
        live = queries.live_session(self.desk.store) is not None
        if live and self.desk.settings.prompter_on and not self._demo and not self.anchor.window.isVisible():
            self.anchor.toggle(keyboard=False)
            yield

    def _build_room(self, room: str) -> Iterator[None]:
        if room == "live":
            yield from self._stage()
        build: Callable[[], Iterator[QWidget | None]] = getattr(self.furniture, room)
        for part in build():
            yield
            if part is not None:
                self.shell.stack.addWidget(part)  # the style sheet reaches every part of it: a slice of its own
                yield
                self.rooms[room] = part
                if self.room in ("", room):
                    yield from self._reveal(room)
        if room == "live":
            yield from self._bring_back()

    def _reveal(self, room: str) -> Iterator[None]:
        """Show a room for the first time, one panel painted after the other: together they take twice a frame."""
        panels = pieces(self.rooms[room])
        for panel in panels:
            panel.setUpdatesEnabled(False)
        self.show_room(room, keyboard=not self._typed_over())
        for panel in panels:
            yield
            panel.setUpdatesEnabled(True)
        yield

    def _typed_over(self) -> bool:
        """Tell whether the keyboard is in a sheet over the rooms: there it stays when a room comes."""
        held = QApplication.focusWidget()
        return held is not None and any(sheet.isAncestorOf(held) for sheet in self.shell.findChildren(Popover))

    def _bind(self) -> None:
        actions, context = self.context.actions, self.context
        for room in ROOMS:
            actions.on(f"room_{room}", lambda r=room: self.show_room(r))
        actions.on("export_session", lambda: self.export(self._to_export()))
        self.shell.rail.room_wanted.connect(self.show_room)
        self.shell.rail.settings_wanted.connect(actions["settings"].trigger)
        self.bridge.changed.connect(self._on_changed)
        self.bridge.moved.connect(context.notices.error)
        context.chosen.changed.connect(lambda _id: self._refresh_state())
        self.overlays = Overlays(self)
        self._leaving = Leaving(self.shell, context.notices, self._left_on_air)
        self._strip = ProgressStrip()
        self.shell.add_strip(self._strip)
        self.exporting.started.connect(lambda name: self._strip.begin(_("Writing {name} …").format(name=name)))
        self.exporting.progressed.connect(self._strip.advance)
        self.exporting.finished.connect(self._strip.end)
        self._strip.cancel_wanted.connect(self.exporting.cancel)
        self._refresh_state()

    def _left_on_air(self) -> Session | None:
        """Return the show whose viewers a closing window would leave; a rehearsal and the demo have none."""
        live = None if self._demo else queries.live_session(self.desk.store)
        return None if live is None or live.rehearsal else live

    def _to_export(self) -> str:
        """Return whose workbook the key asks for: in the Review room of the show on its board, else of the chosen."""
        return (self.reviewed() if self.room == "review" else "") or self.context.chosen.id

    def export(self, session_id: str) -> None:
        """Write the workbook of a session."""
        session = queries.session(self.desk.store, session_id)
        if session is not None:
            self.exporting.export(session)

    def _remember_prompter(self) -> None:
        assert self.anchor is not None
        self.remember(**self.anchor.remembered())

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("sessions") and self.context.session() is None:
            self.context.chosen.choose(first_session(self.desk))
        if changes.label != "sold":  # an order is no step: nothing more can be undone for it
            self._refresh_state()

    def _refresh_state(self) -> None:
        """Say which commands are possible now."""
        session = self.context.session()
        state = session.state if session else None
        found = journal.targets(self.desk.store)
        self.context.actions.set_state(
            session=session is not None,
            draft=state is State.DRAFT,
            live=state is State.LIVE,
            ended=state is State.ENDED,
            undo=found.undo is not None,
            redo=found.redo is not None,
        )
