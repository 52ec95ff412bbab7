"""When the queue reads the shop file: at once, in a gap between two frames, in a thread, or once it is seen again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.store import queries
from liveshop_desk.store.queries import QueueRow
from ui.aside import Aside
from ui.context import Context
from ui.faults import report
from ui.models.queue_model import QueueModel

_LONG = 200  # rows: beyond, an act and the queue that follows it are a piece of work each

Turn = Callable[[str], None]
"""Shows the queue of the session with this id."""
Follow = Callable[[Changes, list[QueueRow] | None], None]
"""Shows a change; with rows, they are the whole queue as it was read after the change."""


class QueueFollowing(QObject):
    """Follows the session that is chosen and what changes in it, for a panel that shows both by ``turn``, ``follow``.

    A panel out of sight is left alone: what has changed is noted, and shown when it ``catches up``.
    """

    def __init__(self, context: Context, panel: QWidget, model: QueueModel, turn: Turn, follow: Follow) -> None:
        super().__init__(panel)
        self._context = context
        self._panel = panel
        self._model = model
        self._turn = turn
        self._follow = follow
        self._unseen: Changes | None = None  # what changed while the panel was hidden
        self._due: str | None = None  # the session chosen meanwhile
        self._being_read: Changes | None = None  # what a thread reads the whole queue for
        self._aside = Aside(context.desk.store, self)
        self._aside.done.connect(self._take)
        self._aside.failed.connect(self._not_read)
        context.bridge.changed.connect(self._changed)
        context.chosen.changed.connect(self._choose)

    def settle(self) -> None:
        """Show by now what was changed: for who goes on with it at once."""
        if self._panel.isVisible():
            self.catch_up()

    def catch_up(self) -> None:
        """Show what has come meanwhile; what takes long while the prompter runs comes from a thread."""
        due = self._due
        if due is not None and due != (self._model.session.id if self._model.session else ""):
            self.begin(due)
            return
        self._due = None
        if self._aside.key:
            return  # what is being read may be older than this: it follows behind
        changes, self._unseen = self._unseen, None
        session = self._model.session
        if changes is None:
            return
        if session is not None and self._context.gaps.running and self._model.wants_all(changes):
            self._read_aside(session.id, changes)
            return
        try:
            self._follow(changes, None)
        except Exception:  # said in the notice bar; a thread, which waits longer for the file, tries it once more
            if session is not None:
                self._read_aside(session.id, changes)
            raise

    def _read_aside(self, session_id: str, changes: Changes) -> None:
        """Read the whole queue in a thread, to show a change with it."""
        self._being_read = changes
        self._aside.begin(session_id, lambda store: queries.queue(store, session_id))

    def begin(self, session_id: str) -> None:
        """Show a session's queue as it is now."""
        self._aside.forget()
        self._unseen = self._being_read = None
        self._turn(session_id)
        self._due = None

    def put_off(self) -> None:
        """Leave what is being read for the next time something is read."""
        self._aside.forget()
        if self._being_read is not None:
            self._unseen, self._being_read = _both(self._unseen, self._being_read), None

    def _choose(self, session_id: str) -> None:
        """Show another session; a hidden panel only once it is shown: often it is the one it holds again by then."""
        self._due = session_id
        self.settle()

    def _changed(self, changes: Changes) -> None:
        """Follow a change; while the room is hidden it is only noted, and read when the room is shown."""
        self._unseen = _both(self._unseen, changes)
        typed = changes.origin is self._panel  # into a cell, where the old value must not come back for a frame
        if changes.touches("segments", "sessions") and len(self._model.rows) > _LONG and not typed:
            self._context.gaps.soon(self.settle, first=True)
        else:
            self.settle()

    def _take(self, rows: list[QueueRow]) -> None:
        """Show the rows that were read in a thread, then what was changed meanwhile."""
        changes, self._being_read = self._being_read, None
        if changes is not None:
            self._follow(changes, rows)
        self.catch_up()

    def _not_read(self, error: Exception) -> None:
        self.put_off()
        report(self._context.notices, error)


def _both(first: Changes | None, second: Changes) -> Changes:
    """Return two changes as one."""
    if first is None:
        return second
    return Changes(second.label, first.rows | second.rows, everything=first.everything or second.everything)
