"""The Review room (复盘): choose a session, see how it went, export the owner's workbook."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _, span_text
from liveshop_desk.model.clock import clock_text
from liveshop_desk.model.names import platform_name
from liveshop_desk.model.review import SessionReport
from liveshop_desk.model.session import Session, State
from liveshop_desk.model.session_words import session_name
from liveshop_desk.store import queries
from ui.context import Context
from ui.panels.review_board import ReviewBoard
from ui.panels.review_empty import ReviewEmpty
from ui.panels.review_reader import ReportReader
from ui.theme import GAP, Theme, font
from ui.widgets.basics import action_button, button, label, row, set_look
from ui.widgets.chooser import Chooser
from ui.widgets.elided import ElidedLabel
from ui.widgets.giving_way import GivingWay, hiding

_TABLES = ("sessions", "segments", "pitches", "products", "skus", "incidents", "cues", "figures", "events")
_AGAIN_MS = 10_000  # figures of a session on air come without a word
_CHOOSER, _CHOOSER_LEAST = 380, 180  # px
_FRAME = 48  # px of a box's padding and arrow
_LIST = 20  # sessions seen at once


class ReviewRoom(QWidget):
    """Follows the session the rooms show while it is on air or over; its own chooser changes nothing elsewhere."""

    export_requested = Signal(str)
    file_dropped = Signal(object)  # Path: an order file

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("kind", "room")
        self._context = context
        self._sessions: list[Session] = []
        self._shown = ""
        self._stale = True
        self.board = ReviewBoard(context.theme, context.gaps)
        self.empty = ReviewEmpty(context)
        self.chooser = Chooser()
        self.chooser.setFont(font(14))
        self.chooser.setMinimumWidth(_CHOOSER_LEAST)
        self.chooser.setMaximumWidth(_CHOOSER)
        self.chooser.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chooser.setMaxVisibleItems(_LIST)
        self.state = label(kind="pill", size=13)
        self.facts = ElidedLabel(size=13, tone="dim")
        self.against = ElidedLabel(size=13, tone="faint")
        self.orders = action_button(context.actions["import_orders"])
        self.export = button(kind="chosen")
        self._stack = QStackedWidget()
        self._reader = ReportReader(context.desk.store)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        bar = QFrame()
        bar.setLayout(row(self.chooser, self.state, 4, self.facts, None, self.against, self.orders, self.export))
        GivingWay(bar, hiding(self.against), hiding(self.facts))
        column.addWidget(bar)
        column.addWidget(self.board, 1)
        self._stack.addWidget(full)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self.chooser.activated.connect(lambda place: self.show_session(self.chooser.itemData(place)))
        self.export.clicked.connect(lambda: self.export_requested.emit(self._shown))
        self._reader.arrived.connect(self._on_report)
        self._reader.failed.connect(self._on_failed)
        self._again.timeout.connect(lambda: self._reader.read_soon(self._shown))
        self._context.bridge.changed.connect(self._on_changed)
        self._context.chosen.changed.connect(self._follow)

    @property
    def session_id(self) -> str:
        """Return the session shown, empty for none."""
        return self._shown

    def show_session(self, session_id: str) -> None:
        """Show a session's review."""
        self._shown = session_id
        self._point_chooser()
        if self.isVisible():
            self._context.gaps.soon(self._reread, first=True)
        else:
            self._stale = True  # read, and all of another session put away, when the room is shown

    def retranslate(self) -> None:
        """Put all texts into the language in use."""
        self.setAccessibleName(_("Review"))
        self.chooser.setAccessibleName(_("Session to review"))
        self.chooser.setToolTip(_("Session to review"))
        self.orders.setToolTip(_("Orders the platform exported make the figures of their sessions exact"))
        self.export.setText(_("Export the Excel summary"))
        self.export.setAccessibleName(_("Export the Excel summary"))
        self.empty.retranslate()
        self.board.retranslate()
        self._list_sessions()
        self._show_facts()

    def restyle(self, theme: Theme) -> None:
        """Change the colours of what is painted by hand."""
        self.board.restyle(theme)

    def close_room(self) -> None:
        """End what is read in the background; call it before the desk is closed."""
        self._again.stop()
        self._reader.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what has changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._list_sessions()
            self._reread()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop looking."""
        super().hideEvent(event)
        self._again.stop()
        self._stale = True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file of this machine."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the first file on: after a show it is the platform's orders."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.file_dropped.emit(paths[0])

    def _list_sessions(self) -> None:
        """Fill the chooser with every session that has been on air, imported ones included."""
        found, now = queries.sessions(self._context.desk.store), self._context.desk.clock.now()
        known = {session.id for session in self._sessions}
        self._sessions = [session for session in found if session.state is not State.DRAFT]
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for session in self._sessions:
                self.chooser.addItem(session_name(session, now), session.id)
        ours = self._context.chosen.id
        if ours not in known and any(session.id == ours for session in self._sessions):
            self._shown = ours  # it was a draft until now: after the show its own figures are what is looked for
        if self._session() is None:
            self._shown = self._sessions[0].id if self._sessions else ""
            self._stale = True
        self._point_chooser()
        self._stack.setCurrentIndex(0 if self._sessions else 1)

    def _point_chooser(self) -> None:
        with QSignalBlocker(self.chooser):
            self.chooser.setCurrentIndex(self.chooser.findData(self._shown))
        named = self.chooser.fontMetrics().horizontalAdvance(self.chooser.currentText()) + _FRAME
        self.chooser.setMaximumWidth(min(_CHOOSER, max(_CHOOSER_LEAST, named)))  # the rest is the facts'

    def _session(self) -> Session | None:
        return next((session for session in self._sessions if session.id == self._shown), None)

    def _follow(self, session_id: str) -> None:
        """Show what the other rooms show, unless it is still being prepared."""
        self._list_sessions()
        if any(session.id == session_id for session in self._sessions):
            self.show_session(session_id)

    def _reread(self) -> None:
        """Read the session shown; while nobody looks it is only noted that this is due.

        Another session's figures go at once: they would stand under this one's name until its own are read.
        """
        self._stale = not self.isVisible()
        shown = self.board.report
        if shown is not None and shown.session.id != self._shown:
            self.board.clear(_("Reading the figures …"))
        self._show_facts()
        if self._stale or not self._shown:
            return
        self._reader.read(self._shown)
        session = self._session()
        if session is not None and session.state is State.LIVE:
            self._again.start()
        else:
            self._again.stop()

    def _on_changed(self, changes: Changes) -> None:
        if not changes.touches(*_TABLES):
            return
        if not self.isVisible():
            self._stale = True
        elif changes.touches("sessions"):
            self._list_sessions()
            self._reread()
        elif self._shown:
            self._reader.read_soon(self._shown)

    def _on_report(self, report: SessionReport) -> None:
        if report.session.id == self._shown:
            self.board.show_in_parts(report)
            self._show_facts()

    def _on_failed(self, error: Exception) -> None:
        if self.board.report is None:
            self.board.clear(_("The figures could not be read."))
        if isinstance(error, UserError):
            self._context.notices.error(error)

    def _show_facts(self) -> None:
        """Say when the session was, by whom, and what it is compared with."""
        session = self._session()
        self.export.setEnabled(session is not None)
        if session is None:
            return
        live = session.state is State.LIVE
        self.state.setText(_("On air") if live else _("Rehearsal") if session.rehearsal else _("Ended"))
        set_look(self.state, tone="on_air" if live else "next" if session.rehearsal else "")
        self.facts.setText(" · ".join(_facts(session)))
        report = self.board.report
        same = report is not None and report.session.id == session.id and bool(report.past)
        against = _("compared with {session}").format(session=report.past[0].theme) if same and report else ""
        self.against.setText(against)


def _facts(session: Session) -> list[str]:
    """Return the facts the chooser does not say."""
    parts: list[str] = []
    if session.started_at is not None:
        end = f" – {clock_text(session.ended_at)}" if session.ended_at is not None else ""
        parts.append(f"{clock_text(session.started_at)}{end}")
        if session.ended_at is not None:
            parts.append(span_text((session.ended_at - session.started_at) / 1000))
    return parts + [platform_name(platform) for platform in session.platforms]
