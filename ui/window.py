"""The desk in its window: makes what the panels share, builds the rooms one by one, moves between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from liveshop_desk import i18n
from liveshop_desk.changes import Changes
from liveshop_desk.desk import Desk
from liveshop_desk.errors import UserError
from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.i18n import _
from liveshop_desk.model.session import State
from liveshop_desk.settings import Settings
from liveshop_desk.store import journal, queries
from ui import theme
from ui.actions import Actions
from ui.acts import Acts
from ui.anchor import Anchor
from ui.bridge import Bridge
from ui.context import Chosen, Context, first_session
from ui.evening import Evening
from ui.exporting import Exporting
from ui.furniture import Furniture
from ui.overlays import Overlays
from ui.panels.incident_sheet import IncidentSheet
from ui.panels.top_bar import TopBar
from ui.prompting import Prompting
from ui.qt_texts import QtTexts
from ui.rail import ROOMS
from ui.shell import Shell
from ui.widgets.progress_strip import ProgressStrip


class DeskWindow(QObject):
    """Fills a shell with a desk. ``settings_changed(Settings)`` when the user has chosen otherwise."""

    settings_changed = Signal(object)

    def __init__(self, shell: Shell, desk: Desk, *, demo: bool = False, inlet: Inlet | None = None) -> None:
        super().__init__(shell)
        self.shell = shell
        self.desk = desk
        self._demo = demo
        self._inlet = inlet  # restored already, in the thread that opened the file
        actions = Actions(shell, desk.settings, shell.notices)
        self.bridge = Bridge(desk, self)
        chosen = Chosen()
        chosen.id = first_session(desk)
        self.context = Context(desk, self.bridge, actions, shell.notices, chosen, shell.theme)
        self._qt_texts = QtTexts()
        self._qt_texts.follow()
        self.rooms: dict[str, QWidget] = {}
        self.room = ""

    def furnish(self) -> Iterator[None]:
        """Build everything in slices; the first room is shown as soon as it is there."""
        context = self.context
        self.evening = Evening(context, moves_stock=True if self._demo else None, inlet=self._inlet)
        self.exporting = Exporting(context)
        self.acts = Acts(context, self.evening, self.show_room, self._incident_sheet)
        yield
        self.prompting = Prompting(context, self.evening)
        self.anchor = Anchor(context, self.prompting)
        self.top = TopBar(context, self.evening, self.shell.top_layout)
        self._bind()
        yield
        self.furniture = Furniture(self)
        for room in sorted(ROOMS, key=lambda name: name != self._first_room()):
            yield from self._build_room(room)
        live = queries.live_session(self.desk.store) is not None
        if live and self.desk.settings.prompter_on and not self._demo:  # a crash took the anchor's screen away too
            self.anchor.toggle()
        if self._demo:
            self.evening.start_simulation()
        elif self.acts.backup_due():
            self.acts.back_up("daily")

    def show_room(self, room: str) -> None:
        """Show a room; what is typed in the one before is saved first."""
        if room not in self.rooms:
            return
        self.furniture.flush()
        live = queries.live_session(self.desk.store) if room == "live" else None
        if live is not None:  # the Live room is the show's: a draft being prepared stays in Prepare
            self.context.chosen.choose(live.id)
        self.room = room
        self.shell.stack.setCurrentWidget(self.rooms[room])
        self.shell.rail.show_room(room)
        self.top.show_room(room)
        self.furniture.activate(room)
        self._refresh_state()

    def focus_home(self) -> None:
        """Give the keyboard back to the room: digits and Space must not land on a button."""
        self.furniture.focus(self.room)

    def _incident_sheet(self) -> IncidentSheet:
        sheet = IncidentSheet(self.context, self.shell)
        sheet.closed.connect(self.focus_home)
        return sheet

    def apply_settings(self, chosen: Settings) -> None:
        """Take other settings: language and theme at once, everywhere."""
        before = self.desk.settings
        self.desk.settings = chosen
        self.desk.store.who = chosen.operator
        if chosen.language != before.language:
            i18n.set_language(chosen.language)
            self.retranslate()
        if chosen.theme != before.theme:
            self.restyle()
        if chosen.keys != before.keys:
            self.context.actions.set_keys(chosen.keys)
        self.settings_changed.emit(chosen)
        self.bridge.changed.emit(Changes("settings", everything=True))

    def remember(self, **fields: object) -> None:
        """Keep a choice made outside the settings dialog (font, mirror, screen)."""
        if any(getattr(self.desk.settings, name) != value for name, value in fields.items()):
            self.desk.settings = replace(self.desk.settings, **fields)  # pyright: ignore[reportArgumentType]
            self.settings_changed.emit(self.desk.settings)

    def retranslate(self) -> None:
        """Put the whole window into the language in use."""
        self._qt_texts.follow()
        self.context.actions.retranslate()
        self.shell.rail.retranslate()
        self.top.retranslate()
        self.furniture.retranslate()

    def restyle(self) -> None:
        """Put the whole window into the theme chosen."""
        look = theme.choose(self.desk.settings.theme)
        self.context.theme = look
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(theme.palette(look))
        self.shell.wear(look)
        self.furniture.restyle(look)

    def close(self) -> None:
        """Save what is typed, write what has come in, stop what is under way."""
        if hasattr(self, "furniture"):
            self.furniture.flush()
            self.furniture.close()
        if hasattr(self, "prompting"):
            self.prompting.keep_place()
            self.prompting.close()
            self.anchor.close()
            self.top.close()
        if hasattr(self, "evening"):
            try:
                self.evening.close()
            except UserError as error:
                self.context.notices.error(error)
            self.exporting.wait()
            self.acts.wait()
        self.bridge.close()
        self._qt_texts.forget()

    def _build_room(self, room: str) -> Iterator[None]:
        build: Callable[[], Iterator[QWidget | None]] = getattr(self.furniture, room)
        for part in build():
            if part is not None:
                self.rooms[room] = part
                self.shell.stack.addWidget(part)
                yield  # the style sheet has reached every part of it: a slice of its own
                if room == self._first_room():
                    self.show_room(room)
            yield

    def _first_room(self) -> str:
        session = self.context.session()
        if session is not None and session.state is State.LIVE:
            return "live"
        return "catalogue" if session is None and not queries.has_products(self.desk.store) else "prepare"

    def _bind(self) -> None:
        actions, context = self.context.actions, self.context
        for room in ROOMS:
            actions.on(f"room_{room}", lambda r=room: self.show_room(r))
        actions.on("export_session", lambda: self.export(context.chosen.id))
        self.shell.rail.room_wanted.connect(self.show_room)
        self.shell.rail.settings_wanted.connect(actions["settings"].trigger)
        self.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(lambda _id: self._refresh_state())
        self.anchor.changed.connect(self._remember_prompter)
        self.overlays = Overlays(self)
        self._strip = ProgressStrip()
        self.shell.add_strip(self._strip)
        self.exporting.started.connect(lambda name: self._strip.begin(_("Writing {name} …").format(name=name)))
        self.exporting.progressed.connect(self._strip.advance)
        self.exporting.finished.connect(self._strip.end)
        self._strip.cancel_wanted.connect(self.exporting.cancel)
        self._refresh_state()

    def export(self, session_id: str) -> None:
        """Write the workbook of a session."""
        session = queries.session(self.desk.store, session_id)
        if session is not None:
            self.exporting.export(session)

    def _remember_prompter(self) -> None:
        window = self.anchor.window
        screen = window.screen().name() if window.isFullScreen() else self.desk.settings.prompter_screen
        self.remember(
            prompter_font=window.surface.font_size,
            prompter_mirror=self.anchor.mirrored,
            prompter_screen=screen,
            prompter_on=window.isVisible(),
        )

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
