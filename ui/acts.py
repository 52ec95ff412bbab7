"""What the window's own commands do: the show, undo, backup. Panels bind theirs themselves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from liveshop_desk.changes import Changes
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _, ngettext
from liveshop_desk.ops import scripts, show
from liveshop_desk.store import journal, queries
from liveshop_desk.store.backup import last_taken, take_backup
from liveshop_desk.store.store import Store
from ui.aside import Aside
from ui.context import Context
from ui.evening import Evening
from ui.faults import report
from ui.work import Work

if TYPE_CHECKING:
    from ui.panels.incident_sheet import IncidentSheet

BACKUP_EVERY = 12 * 3_600_000  # ms
LARGE_STEP = 1_000  # rows: undoing more than that takes long enough to be seen, so it goes to a thread


class Acts(QObject):
    """Binds the show's commands and undo. ``go_to(room)`` is how it asks the window to show a room."""

    def __init__(
        self,
        context: Context,
        evening: Evening,
        go_to: Callable[[str], None],
        make_sheet: Callable[[], IncidentSheet],
        save_typed: Callable[[], None],
    ) -> None:
        super().__init__()
        self._save_typed = save_typed
        self._make_sheet = make_sheet
        self._context = context
        self._evening = evening
        self._go_to = go_to
        self._works: set[Work] = set()
        self._looking_back = False
        self._checking = Aside(context.desk.store, self)  # what the question before going live says
        self._checking.done.connect(self._checked)
        self._checking.failed.connect(self._failed)
        for command, handler in {
            "remove_session": lambda: self._context.attempt(show.remove_session, self._context.chosen.id),
            "incident": self._incident,
            "undo": lambda: self._look_back("undo"),
            "redo": lambda: self._look_back("redo"),
            "backup": lambda: self.back_up("manual", tell=True),
        }.items():
            context.actions.on(command, handler)
        for command in ("go_live", "rehearse"):
            context.actions.on(command, lambda c=command: self._go_live(rehearsal=c == "rehearse"), self._ready)
        context.actions.on("end_show", self._end, self._sure)
        context.actions.on("resume_show", self._resume, self._once_more)

    def _ready(self) -> str:
        """Word the question before going live: what the checklist still finds; empty where it would be refused.

        While the prompter runs a thread looks, and the question that stands says then what it found.
        """
        self._save_typed()  # a script typed this moment is there
        if queries.live_session(self._context.desk.store) is not None:
            return ""
        screens, session_id = len(QGuiApplication.screens()) > 1, self._context.chosen.id
        if self._context.gaps.running:  # of a large queue it is three frames
            self._checking.begin(session_id, lambda store: _words(store, session_id, second_screen=screens))
            return _reading()
        return _words(self._context.desk.store, session_id, second_screen=screens)

    def _checked(self, words: str) -> None:
        """Say what the checks find, where the question still stands."""
        self._context.notices.reword(_reading(), words)

    def _sure(self) -> str:
        """Word the question before the end."""
        session = self._context.session()
        return _("End {theme} now?").format(theme=session.theme if session else "")

    def _once_more(self) -> str:
        """Word the question before a show is resumed: the Review room may show another one than is chosen."""
        session = self._context.session()
        return _("Put {theme} on air again?").format(theme=session.theme if session else "")

    def back_up(self, reason: str, *, tell: bool = False, held: Store | None = None) -> None:
        """Back the shop file up in a thread, with a connection of its own: as it is by then, or as it is ``held``."""
        store = self._context.desk.store

        def task(_report: Callable[[int, int], None]) -> str:
            with closing(held or store.sibling()) as own:
                return take_backup(own.db, own.path, own.clock, reason=reason).name

        self._work(task, self._say_backed_up if tell else None)

    def _say_backed_up(self, name: str) -> None:
        self._context.notices.info(lambda: _("Backed up as {name}.").format(name=name))

    def backup_due(self) -> bool:
        """Tell whether the newest backup is older than a day's half."""
        store = self._context.desk.store
        now = store.clock.now()
        taken = last_taken(store.path, now)
        return taken is None or now - taken > BACKUP_EVERY

    def wait(self) -> None:
        """Wait for what is under way; called when the window closes."""
        for work in tuple(self._works):
            work.wait()

    def _go_live(self, *, rehearsal: bool) -> None:
        before = self._as_it_is()
        if not self._turn(show.go_live, rehearsal=rehearsal):
            if before is not None:
                before.close()
            return
        self._context.gaps.soon(lambda: self._go_to("live"))  # a piece of its own: a text may be running already
        self.back_up("before-show", held=before)
        if rehearsal:
            self._context.attempt(lambda _store: self._evening.start_simulation())
            self._context.notices.info(
                lambda: _("Rehearsal: viewers and orders are simulated and stock stands still; price edits are real.")
            )

    def _as_it_is(self) -> Store | None:
        """Hold the shop as it is: restored, a backup from before the show must not be on air."""
        try:
            return self._context.desk.store.standing_still()
        except UserError:  # the show goes on air without; the backup itself says what is wrong with the file
            return None

    def _end(self) -> None:
        if not self._turn(show.end_show, online=self._evening.online):
            return
        self._context.gaps.soon(lambda: self._go_to("review"))  # behind the text, which goes in the gap before
        self.back_up("after-show")

    def _resume(self) -> None:
        if self._turn(show.resume_session):
            self._go_to("live")

    def _turn(self, op: Callable[..., None], **facts: object) -> bool:
        """Put the chosen show on air, or off it; tell whether that was done. Where it was refused, it was said why."""
        before = self._context.session()
        self._context.attempt(op, self._context.chosen.id, **facts)
        return self._context.session() != before

    def _incident(self) -> None:
        """Note the time at once; the words can wait until there is time for words."""
        noted = self._context.attempt(scripts.note_incident, self._context.chosen.id, "")
        if noted:
            self._make_sheet().ask(noted)

    def _look_back(self, which: str) -> None:
        """Undo or redo; a step of many rows (an import) in a thread."""
        store, found = self._context.desk.store, journal.targets(self._context.desk.store)
        target = found.undo if which == "undo" else found.redo
        act = journal.undo if which == "undo" else journal.redo
        if self._looking_back:
            self._context.notices.info(lambda: _("Undo is under way."))
        elif target is None or journal.size(store, target.id) <= LARGE_STEP:
            entry = self._context.attempt(act, target.id if target else None)
            if entry:
                self._say(which, entry)
        else:
            self._look_back_far(which, act, target.id)

    def _look_back_far(self, which: str, act: Callable[[Store, int], journal.Entry], expected: int) -> None:
        """Undo or redo a large step in a thread: this very step, and only once."""
        store = self._context.desk.store
        refused = store.blocked.copy()  # passed over there too; what is refused there is passed over here then

        def task(_report: Callable[[int, int], None]) -> journal.Entry:
            with closing(store.sibling()) as own:
                own.blocked = refused
                return act(own, expected)

        self._looking_back = True
        self._work(task, lambda entry: self._say(which, entry), lambda: self._looked_back(refused))

    def _looked_back(self, refused: set[int]) -> None:
        self._looking_back = False
        self._context.desk.store.blocked = refused
        self._context.bridge.look()
        self._context.bridge.changed.emit(Changes("look back"))  # a refusal too changes what undo means next

    def _say(self, which: str, entry: journal.Entry) -> None:
        self._context.notices.info(partial(_undone, which, entry))

    def _work(
        self,
        task: Callable[[Callable[[int, int], None]], object],
        done: Callable[[Any], None] | None,
        over: Callable[[], None] = lambda: None,
    ) -> None:
        """Do ``task`` in a thread: ``done(result)`` where it went well, ``over()`` however it ended."""
        work = Work(task, self)
        self._works.add(work)
        if done is not None:
            work.succeeded.connect(done)
        work.failed.connect(self._failed)
        work.finished.connect(lambda: self._works.discard(work))
        work.finished.connect(over)
        work.finished.connect(work.deleteLater)
        work.start()  # last: a short one may be over before the next line

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._context.notices.error(error)
        else:
            report(self._context.notices, error)


def _undone(which: str, entry: journal.Entry) -> str:
    text = _("Undone: {what}") if which == "undo" else _("Done again: {what}")
    return text.format(what=entry.label)


def _reading() -> str:
    return _("The checks are being read. Begin?")


def _words(store: Store, session_id: str, *, second_screen: bool) -> str:
    """Word the question before going live: what the checklist still finds."""
    from liveshop_desk.ops import readiness  # with Prepare, where what it finds is mended

    checks = readiness.look(store, session_id, second_screen=second_screen)
    failing = [check.text for check in checks if check.mark is readiness.Mark.FAIL]
    if not failing:
        return _("The checks are clean. Begin?")
    found = ngettext(
        "{n} check fails: {first}. Begin all the same?",
        "{n} checks fail, first: {first}. Begin all the same?",
        len(failing),
    )
    return found.format(n=len(failing), first=failing[0])
