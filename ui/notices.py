"""What the desk has to say to the operator: one line at a time, never a box in the middle of the stream."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _

Words = str | Callable[[], str]
"""A text, or what words it: then it follows the language while it stands."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message. Tone is info (goes by itself), error (stays until read) or ask (Enter = yes, Esc = no).

    ``stay`` words the answer no of a question and makes it Enter's as well. An info that ``keeps`` has something to be
    read: it stays until somebody closes it or says something else that went well, and comes back after an error.
    One that ``lasts`` told of something nobody asked for: whatever is said over it, it comes back until it is closed.
    ``again`` words it anew; ``first`` is the text it was said with before. ``no`` and ``close``, the button that
    ends it and its name, are in the language of the text: one whose words cannot follow keeps all of them.
    """

    text: str
    tone: str = "info"
    yes: str = ""
    on_yes: Callable[[], object] | None = None
    stay: str = ""
    no: str = ""
    close: str = ""
    keeps: bool = False
    lasts: bool = False
    again: Callable[[], Notice] | None = None
    first: str = ""

    def is_said(self, text: str) -> bool:
        """Tell whether this is what was said with ``text``, in whatever language that was."""
        return text in (self.text, self.first)

    def saying(self, words: str) -> Notice:
        """Return the same with other words, until it is worded anew."""
        return _answered(replace(self, text=words, first=self.first or self.text))


def in_language(notice: Notice) -> Notice:
    """Return a notice in the language in use, where its words can follow."""
    fresh = notice.again() if notice.again is not None else notice
    if fresh.text in ("", notice.text):
        return notice  # nothing is to be said of it any more, or its words cannot follow: what was said stays, and how
    return _answered(replace(fresh, again=notice.again, first=notice.first or notice.text))


def _answered(notice: Notice) -> Notice:
    """Return a notice with the words that end it, in the language in use."""
    no = {"ask": _("No") + "  Esc", "error": _("Read") + "  Esc"}.get(notice.tone, "×")
    return replace(notice, no=f"{notice.stay}  ↵" if notice.stay else no, close=notice.stay or _("Close"))


def new_order_file(name: str) -> str:
    """Return the words that say an order file of this name has come; they go once it is imported."""
    return _("A new order file: {name}").format(name=name)


class Notices(QObject):
    """Where panels leave messages; the window's notice bar shows them."""

    posted = Signal(object)  # Notice
    withdrawn = Signal(str)  # the text of one that is no longer so
    reworded = Signal(str, str)  # the text of one whose words are others now, and those

    def info(
        self,
        text: Words,
        *,
        action: Words = "",
        on_action: Callable[[], object] | None = None,
        keeps: bool = False,
        lasts: bool = False,
    ) -> None:
        """Say what went well; it goes by itself, unless it ``keeps`` or ``lasts``. ``action`` adds a button."""
        self._post(lambda: Notice(_said(text), yes=_said(action), on_yes=on_action, keeps=keeps or lasts, lasts=lasts))

    def error(self, error: UserError | Words) -> None:
        """Say what went wrong, what was kept and what to do; it stays until read."""
        words = str(error) if isinstance(error, UserError) else error
        self._post(lambda: Notice(_said(words), "error"))

    def withdraw(self, text: str) -> None:
        """Take back what was said, read or not: it is no longer so."""
        self.withdrawn.emit(text)

    def reword(self, text: str, words: str) -> None:
        """Have what was said with ``text`` say ``words`` where it still stands."""
        self.reworded.emit(text, words)

    def ask(self, question: Words, yes: Words, on_yes: Callable[[], object], *, stay: Words = "") -> None:
        """Ask in place before a dangerous act. With ``stay``, the words for no, Enter says no too."""
        self._post(lambda: Notice(_said(question), "ask", _said(yes), on_yes, _said(stay)))

    def _post(self, word: Callable[[], Notice]) -> None:
        self.posted.emit(_answered(replace(word(), again=word)))


def _said(words: Words) -> str:
    return words if isinstance(words, str) else words()
