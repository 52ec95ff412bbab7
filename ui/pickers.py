"""Bringing things in: files, products from the catalogue, the sample, another session's queue.

What reads sheets is imported where it is used: together 0.14 s, which the start has no need of.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from liveshop_desk.i18n import _, ngettext
from liveshop_desk.model.session import Session
from liveshop_desk.model.session_words import session_name
from liveshop_desk.ops import queue
from liveshop_desk.store import queries
from ui.showing import show_between
from ui.widgets.basics import plain_caption

if TYPE_CHECKING:
    from ui.window import DeskWindow


class Pickers:
    """Everything that starts with choosing something."""

    def __init__(self, window: DeskWindow) -> None:
        self._window = window
        self._context = window.context
        self._place: tuple[str, int] | None = None  # the session, and where in its queue what is picked will stand
        self._back = ""  # the room that asked for them
        for command, handler in {
            "import_products": self.import_products,
            "import_sessions": lambda: self._choose("sessions"),
            "import_orders": lambda: self._choose("orders"),
            "copy_queue": self.copy_queue,
        }.items():
            self._context.actions.on(command, handler)

    def import_products(self) -> None:
        """Choose a file of products and show what it would change."""
        self._choose("products")

    def import_queue(self) -> None:
        """Choose a 排品表 and show what it would add."""
        self._choose("queue")

    def import_files(self, paths: list[str]) -> None:
        """Import the first of the files dropped on the window."""
        if paths:
            self._import("products", Path(paths[0]))

    def import_orders(self, path: Path) -> None:
        """Show what an order file would change."""
        self._import("orders", path)

    def pick_products(self, place: int) -> None:
        """Go to the catalogue; what is chosen there lands at ``place`` of the queue."""
        self._place, self._back = (self._context.chosen.id, place), self._window.room
        self._window.show_room("catalogue")
        self._context.notices.info(_pick_hint)

    def put_into_queue(self, product_ids: list[str]) -> list[str]:
        """Add products to the chosen session's queue, go back to where they were asked for; return the segments."""
        session_id = self._context.chosen.id
        if not session_id:
            self._context.notices.error(lambda: _("Make a session first: there is no queue to add to."))
            return []
        asked_in, place = self._place or ("", None)
        at = place if asked_in == session_id else None  # in another queue it would be anywhere: at the end
        ids = self._context.attempt(queue.add_products, session_id, product_ids, at=at)
        if ids:
            back, self._place, self._back = self._back or "prepare", None, ""
            self._context.notices.withdraw(_pick_hint())
            self._window.show_room(back)
        return ids or []

    def open_sample(self) -> None:
        """Put the sample shop into this file and show its session."""
        from liveshop_desk.ops import sample

        session_id = self._context.attempt(sample.make_sample)
        if session_id:
            self._context.chosen.choose(session_id)
            self._window.show_room("prepare")

    def copy_queue(self) -> None:
        """Offer the queues of other sessions as templates."""
        menu = QMenu(self._window.shell)
        others = [s for s in queries.sessions_with_queue(self._context.desk.store) if s.id != self._context.chosen.id]
        now = self._context.desk.clock.now()
        for session in others[:20]:
            menu.addAction(plain_caption(session_name(session, now)), lambda s=session: self._copy(s))
        if not others:
            menu.addAction(_("No other session has a queue.")).setEnabled(False)
        menu.setActiveAction(menu.actions()[0])  # Enter takes the newest: it is asked for by the keyboard too
        menu.popup(QCursor.pos())

    def _copy(self, source: Session) -> None:
        count = self._context.attempt(queue.copy_queue, source.id, self._context.chosen.id)
        if count:
            self._context.notices.info(partial(_copied, count, source.theme))

    def _choose(self, what: str) -> None:
        from ui.dialogs.import_files import choose_file

        choose_file(self._window.shell, what, lambda path: self._import(what, path))

    def _import(self, what: str, path: Path) -> None:
        from ui.dialogs.import_dialog import ImportDialog

        session = self._context.chosen.id if what == "queue" else ""
        dialog = ImportDialog(self._context, what, path, session_id=session, parent=self._window.shell)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        show_between(self._context.gaps, dialog, dialog.open)


def _copied(n: int, theme: str) -> str:
    return ngettext("{n} segment copied from {theme}.", "{n} segments copied from {theme}.", n).format(n=n, theme=theme)


def _pick_hint() -> str:
    return _("Choose products, then Enter: they go into the queue.")
