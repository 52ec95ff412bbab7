"""What the hands on the prompter do: keyboard, clicker, pedal, shuttle, all by the keys they send.

A key does one act, so the table is read key → act and two acts can never fight over a key. Keys are named as Qt's
portable text has them (``PgDown``, ``Shift+F5``); a key without a name by its scan code (``scan:123``).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from liveshop_desk.i18n import mark


class Act(StrEnum):
    """One thing a hand can do."""

    NONE = ""
    PLAY = "play"
    FASTER = "faster"
    SLOWER = "slower"
    LINE_BACK = "line_back"
    LINE_ON = "line_on"
    PAGE_BACK = "page_back"
    PAGE_ON = "page_on"
    START = "start"
    REVERSE = "reverse"
    NEXT_SEGMENT = "next_segment"
    PREVIOUS_SEGMENT = "previous_segment"
    BLANK = "blank"
    MIRROR = "mirror"
    MIRROR_V = "mirror_v"
    LARGER = "larger"
    SMALLER = "smaller"
    LOOSER = "looser"
    TIGHTER = "tighter"
    WIDER = "wider"
    NARROWER = "narrower"
    MARK_UP = "mark_up"
    MARK_DOWN = "mark_down"
    THEME = "theme"
    ACKNOWLEDGE = "acknowledge"
    LEAVE = "leave"


TITLES = {
    Act.NONE: mark("Nothing"),
    Act.PLAY: mark("Play / pause"),
    Act.FASTER: mark("Run faster"),
    Act.SLOWER: mark("Run slower"),
    Act.LINE_BACK: mark("One line back"),
    Act.LINE_ON: mark("One line on"),
    Act.PAGE_BACK: mark("One page back"),
    Act.PAGE_ON: mark("One page on"),
    Act.START: mark("Back to the script's start"),
    Act.REVERSE: mark("Run backwards / forwards"),
    Act.NEXT_SEGMENT: mark("Take the next segment"),
    Act.PREVIOUS_SEGMENT: mark("Take the previous segment"),
    Act.BLANK: mark("Blank the screen"),
    Act.MIRROR: mark("Mirror left to right"),
    Act.MIRROR_V: mark("Mirror upside down"),
    Act.LARGER: mark("Larger text"),
    Act.SMALLER: mark("Smaller text"),
    Act.LOOSER: mark("Lines further apart"),
    Act.TIGHTER: mark("Lines closer"),
    Act.WIDER: mark("Wider margins"),
    Act.NARROWER: mark("Narrower margins"),
    Act.MARK_UP: mark("Reading line up"),
    Act.MARK_DOWN: mark("Reading line down"),
    Act.THEME: mark("Next theme of colours"),
    Act.ACKNOWLEDGE: mark("Acknowledge the cue"),
    Act.LEAVE: mark("Leave the anchor's screen"),
}

# Clickers send PgUp and PgDown for back and on, B or a full stop for a black screen, and their start button sends F5
# (some Shift+F5) and Esc in turn, so all three play and pause.
USUAL: Mapping[str, Act] = {
    "Space": Act.PLAY,
    "F5": Act.PLAY,
    "Shift+F5": Act.PLAY,
    "Esc": Act.PLAY,
    "+": Act.FASTER,
    "=": Act.FASTER,
    "Right": Act.FASTER,
    "-": Act.SLOWER,
    "Left": Act.SLOWER,
    "Up": Act.LINE_BACK,
    "Down": Act.LINE_ON,
    "PgUp": Act.PAGE_BACK,
    "PgDown": Act.PAGE_ON,
    "Home": Act.START,
    "R": Act.REVERSE,
    "B": Act.BLANK,
    ".": Act.BLANK,
    "M": Act.MIRROR,
    "Shift+M": Act.MIRROR_V,
    "]": Act.LARGER,
    "[": Act.SMALLER,
    "Shift+L": Act.LOOSER,
    "L": Act.TIGHTER,
    "Shift+Left": Act.WIDER,
    "Shift+Right": Act.NARROWER,
    "Shift+Up": Act.MARK_UP,
    "Shift+Down": Act.MARK_DOWN,
    "T": Act.THEME,
    "Return": Act.ACKNOWLEDGE,
    "Enter": Act.ACKNOWLEDGE,
    "F11": Act.LEAVE,
}

CLICKER = ("PgUp", "PgDown", "B", ".", "F5", "Shift+F5")  # what is taken from the desk's window too, when asked
_DESK_KEEPS = frozenset({
    "Space", "Esc", "Return", "Enter", "Tab", "Backspace", "Del", "Up", "Down", "Left", "Right", "Home", "End", "F11",
    "+", "=", "-", *"0123456789",
})  # fmt: skip
REPEATS = frozenset({  # while a key is held; a pedal that is held must not play and pause by turns
    Act.FASTER, Act.SLOWER, Act.LINE_BACK, Act.LINE_ON, Act.PAGE_BACK, Act.PAGE_ON, Act.LARGER, Act.SMALLER,
    Act.MARK_UP, Act.MARK_DOWN,
})  # fmt: skip


class Hands(NamedTuple):
    """Which key does what: the usual table with the user's own changes over it."""

    changes: Mapping[str, str]

    def act(self, *names: str) -> Act:
        """Return what a key does; of several names for it the first that is in the table counts."""
        for name in names:
            if name in self.changes or name in USUAL:
                return _act(self.changes.get(name, USUAL.get(name, Act.NONE)))
        return Act.NONE

    def keys(self, act: Act) -> list[str]:
        """Return the keys that do an act, the usual ones first."""
        return [name for name in (*USUAL, *(n for n in self.changes if n not in USUAL)) if self.act(name) is act]

    def bound(self, key: str, act: Act) -> Hands:
        """Return the table with ``key`` doing ``act`` (and nothing else); NONE takes it away."""
        changes = {name: value for name, value in self.changes.items() if name != key}
        if USUAL.get(key, Act.NONE) is not act:
            changes[key] = act.value
        return Hands(changes)

    def in_desk(self, taken: set[str]) -> list[str]:
        """Return the keys that also work in the desk's window: a clicker's and the user's own.

        Not among them: what the desk's commands have (``taken``), and what moves through tables and fields.
        """
        names = (*CLICKER, *self.changes)
        return [n for n in dict.fromkeys(names) if self.act(n) and n not in taken and n not in _DESK_KEEPS]


def _act(text: str) -> Act:
    """Return the act of a settings file's word; what this program does not know is nothing."""
    try:
        return Act(text)
    except ValueError:
        return Act.NONE
