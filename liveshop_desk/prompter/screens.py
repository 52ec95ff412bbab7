"""Which of the screens connected is the anchor's: by what the monitor says of itself, not by which socket it is in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Box = tuple[int, int, int, int]  # x, y, width, height in logical pixels


class ScreenId(NamedTuple):
    """What is known of a screen. Any may be empty: not every monitor or system says its serial number."""

    manufacturer: str = ""
    model: str = ""
    serial: str = ""
    name: str = ""  # the socket's, as the system calls it: HDMI-1

    @property
    def text(self) -> str:
        """Return it as the settings keep it; empty where nothing is known."""
        parts = (self.manufacturer, self.model, self.serial, self.name)
        return "|".join(part.replace("|", " ").strip() for part in parts) if any(parts) else ""

    @property
    def title(self) -> str:
        """Return it as a person knows it: ``Dell U2723 (HDMI-1)``, or the socket alone."""
        known = " ".join(part for part in (self.manufacturer, self.model) if part)
        return f"{known} ({self.name})" if known else self.name


def screen_id(text: str) -> ScreenId:
    """Read what ``text`` wrote; a name alone is what the first version kept."""
    parts = text.split("|")
    return ScreenId(*parts) if len(parts) == 4 else ScreenId(name=text)


def best(wanted: ScreenId, connected: Sequence[ScreenId]) -> int | None:
    """Return which of the screens connected is ``wanted``: the same monitor, if need be in another socket."""
    ranks = [(_likeness(wanted, each), -number) for number, each in enumerate(connected)]
    like, number = max(ranks, default=(0, 0))
    return -number if like else None


def _likeness(wanted: ScreenId, found: ScreenId) -> int:
    """Return how surely two are the same monitor; 0 is another one."""
    same_make = (wanted.manufacturer, wanted.model) == (found.manufacturer, found.model)
    if wanted.serial and found.serial:  # two of the same kind: the serial number says which
        return 4 if same_make and wanted.serial == found.serial else 0
    known = bool(wanted.manufacturer or wanted.model)
    if wanted.name == found.name and (same_make or not known):
        return 3
    return 2 if known and same_make else 0


def free_place(room: Box, desk: Box, nook: Box | None, *, least: tuple[int, int] = (480, 270)) -> Box:
    """Return where a small prompter may stand on a screen's ``room`` without lying on the desk's controls.

    Beside the desk's window where there is space for ``least``, else over the preview (``nook``), which shows the same
    text anyway; where there is no preview in sight, at the desk's upper right, where it would be.
    """
    x, y, width, height = room
    left, top, right, bottom = desk[0], desk[1], desk[0] + desk[2], desk[1] + desk[3]
    beside = [
        (right, y, x + width - right, height),
        (x, y, left - x, height),
        (x, bottom, width, y + height - bottom),
        (x, y, width, top - y),
    ]
    roomy = [box for box in beside if box[2] >= least[0] + 2 * _GAP and box[3] >= least[1] + 2 * _GAP]
    if roomy:
        return _wide(max(roomy, key=lambda box: box[2] * box[3]), most=960)
    if nook is None:
        nook = (left + desk[2] * 2 // 3, top + desk[3] // 8, desk[2] // 3, desk[3] // 3)
    return _wide((nook[0], nook[1] + _FRAME, nook[2], nook[3] - _FRAME), most=nook[2])


_GAP = 12
_FRAME = 20  # what a title bar needs above the window


def _wide(box: Box, most: int) -> Box:
    """Return the largest 16:9 box in the upper right of ``box``, a gap from its edges."""
    x, y, width, height = box
    wide = max(160, min(width - 2 * _GAP, (height - 2 * _GAP) * 16 // 9, most))
    return (x + width - _GAP - wide, y + _GAP, wide, wide * 9 // 16)


def box_text(box: Box) -> str:
    """Write a box as the settings keep it."""
    return ",".join(map(str, box))


def box_of(text: str) -> Box | None:
    """Read what ``box_text`` wrote, or ``None``."""
    try:
        x, y, width, height = (int(part) for part in text.split(","))
    except ValueError:
        return None
    return (x, y, width, height) if width > 0 and height > 0 else None


def into_room(box: Box, rooms: Sequence[Box]) -> Box:
    """Return ``box`` moved wholly into the room most of it is in, made smaller where that is too small for it."""

    def shared(room: Box) -> int:
        wide = min(box[0] + box[2], room[0] + room[2]) - max(box[0], room[0])
        high = min(box[1] + box[3], room[1] + room[3]) - max(box[1], room[1])
        return max(0, wide) * max(0, high)

    if not rooms:  # no screen at all for the moment
        return box
    left, top, wide, high = max(rooms, key=shared)
    width, height = min(box[2], wide), min(box[3], high)
    return min(max(box[0], left), left + wide - width), min(max(box[1], top), top + high - height), width, height


def is_seen(box: Box, rooms: Sequence[Box]) -> bool:
    """Tell whether a window in ``box`` can be seen and taken hold of on any of the screens' ``rooms``."""
    x, y, width, _height = box
    return any(
        min(x + width, left + wide) - max(x, left) >= min(160, width) and top <= y < top + high - 40
        for left, top, wide, high in rooms
    )
