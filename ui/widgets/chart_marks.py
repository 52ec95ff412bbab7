"""Where the titles and markers of the live chart lie: worked out once a picture, not at every repaint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF

from ui.theme import font
from ui.widgets.chart_picture import Flag, Frame, Line, Picture
from ui.widgets.chart_scale import spread

SMALL = 11  # px of the chart's text
_GUESS = "projection"
_WORDED = ("price", "offer", _GUESS)  # markers with words beside them


def metrics() -> QFontMetricsF:
    """Return the measures of the chart's text."""
    return QFontMetricsF(font(SMALL))


@lru_cache(maxsize=1024)
def _width(text: str) -> float:
    """Return how wide a marker's words are (px): to measure an evening's takes half of what laying it out does."""
    return metrics().horizontalAdvance(text)


@dataclass(frozen=True, slots=True)
class Title:
    """A segment's title above the plot, with its edges (px)."""

    text: str
    left: int
    right: float
    on_air: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """A marker. ``box`` is where its words begin and end (px), ``None`` where there is no room for them.

    ``top`` is their upper edge: above the marker, but never among the segments' titles above the plot.
    """

    flag: Flag
    point: QPointF
    box: tuple[float, float] | None
    top: float = 0.0


@dataclass(frozen=True, slots=True)
class Marks:
    """All that is marked: ``words`` are the dots that have words, ``taken`` when segments were taken (ms, in order)."""

    titles: tuple[Title, ...] = ()
    dots: tuple[Dot, ...] = ()  # from left to right
    words: tuple[Dot, ...] = ()
    taken: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A picture, where it lies, and where its marks do."""

    picture: Picture
    frame: Frame
    marks: Marks


def lay_out(frame: Frame, picture: Picture, before: Shown | None = None) -> Marks:
    """Return where the titles and markers of a picture lie; what falls on one pixel is one marker.

    Where nothing but the guessed end has moved since the picture ``before``, only that is laid out.
    """
    if before is not None and _lies_there(before.frame, frame) and _stays(before.picture, picture):
        return _with_guess(frame, picture, before.marks)
    past = [flag for flag in picture.flags if flag.at <= frame.end]
    segments = [flag for flag in past if flag.kind == "segment"]
    dots = _dots(frame, [flag for flag in past if flag.kind != "segment" and flag.at >= frame.start], picture)
    words = tuple(dot for dot in dots if dot.box is not None)
    taken = tuple(float(flag.at) for flag in picture.flags if flag.kind == "segment")
    return Marks(_titles(frame, segments, picture), dots, words, taken)


def _lies_there(old: Frame, new: Frame) -> bool:
    """Tell whether time and money lie on the same pixels; markers know no other scale."""
    same = (old.rect, old.start, old.end) == (new.rect, new.start, new.end)
    return same and old.scales.get("right") == new.scales.get("right")


def _stays(old: Picture, new: Picture) -> bool:
    """Tell whether all marks but the guessed end lie where they did: a price lies on money's line."""
    if (old.on_air is None) != (new.on_air is None) or _fixed(old) != _fixed(new):
        return False
    guesses = [[flag for flag in picture.flags[-1:] if flag.kind == _GUESS] for picture in (old, new)]
    if [(flag.at, len(flag.text)) for flag in guesses[0]] != [(flag.at, len(flag.text)) for flag in guesses[1]]:
        return False
    newest = next((flag.at for flag in reversed(new.flags) if flag.kind == "price"), None)
    if newest is None:
        return True
    lines = _line_of(old, "gmv"), _line_of(new, "gmv")
    if lines[0] is None or lines[1] is None:
        return lines[0] is lines[1]
    return lines[0].same_until(lines[1], newest)


def _line_of(picture: Picture, key: str) -> Line | None:
    return next((line for line in picture.lines if line.key == key), None)


def _fixed(picture: Picture) -> tuple[Flag, ...]:
    """Return the markers without the guessed end, which is the last."""
    guessed = bool(picture.flags) and picture.flags[-1].kind == _GUESS
    return picture.flags[:-1] if guessed else picture.flags


def _with_guess(frame: Frame, picture: Picture, marks: Marks) -> Marks:
    """Return the marks with the guessed end where it is now."""
    if not marks.dots or marks.dots[-1].flag.kind != _GUESS:
        return marks
    flag, box = picture.flags[-1], marks.dots[-1].box
    point = _place(flag, frame, picture)
    measure = metrics()
    if box is not None:
        box = _text_left(point.x(), measure.horizontalAdvance(flag.text), frame)
    guess = Dot(flag, point, box, _top(point, measure, frame))
    words = marks.words if box is None else (*marks.words[:-1], guess)
    return replace(marks, dots=(*marks.dots[:-1], guess), words=words)


def _titles(frame: Frame, flags: Sequence[Flag], picture: Picture) -> tuple[Title, ...]:
    """Return the titles there is room for; the one on air first.

    One taken before the window is named at its left edge: the tinted stretch must say what it is. One taken just now
    is named before its line, where it would run into the scale behind it.
    """
    seen = [flag for number, flag in enumerate(flags) if flag.at >= frame.start or number == len(flags) - 1]
    places = [_title_place(frame, flag, _width(flag.text)) for flag in seen]
    on_air = len(seen) - 1 if seen and picture.on_air is not None else None
    shown = spread(places, 8, on_air)
    return tuple(
        Title(flag.text, *place, number == on_air)
        for number, (flag, place) in enumerate(zip(seen, places, strict=True))
        if shown[number]
    )


def _title_place(frame: Frame, flag: Flag, width: float) -> tuple[int, float]:
    left = round(max(frame.px(flag.at), frame.rect.left())) + 4
    last = int(frame.rect.right() - width)
    left = max(min(left, last), round(frame.rect.left()))
    return left, left + width


def _dots(frame: Frame, flags: Sequence[Flag], picture: Picture) -> tuple[Dot, ...]:
    """Return one marker a kind and pixel (the newest), with words where they do not touch."""
    by_pixel = {(flag.kind, round(frame.px(flag.at))): flag for flag in flags}
    seen = sorted(by_pixel.values(), key=lambda flag: flag.at)
    points = [_place(flag, frame, picture) for flag in seen]
    measure = metrics()
    worded = [number for number, flag in enumerate(seen) if flag.kind in _WORDED and flag.text]
    boxes = [_text_left(points[n].x(), _width(seen[n].text), frame) for n in worded]
    shown = spread(boxes, 6, len(worded) - 1 if worded else None)
    words = {number: box for number, box, visible in zip(worded, boxes, shown, strict=True) if visible}
    return tuple(
        Dot(flag, point, words.get(n), _top(point, measure, frame))
        for n, (flag, point) in enumerate(zip(seen, points, strict=True))
    )


def _top(point: QPointF, measure: QFontMetricsF, frame: Frame) -> float:
    """Return the upper edge of a marker's words."""
    return max(point.y() - 5 - measure.height(), frame.rect.top())


def _text_left(x: float, width: float, frame: Frame) -> tuple[float, float]:
    """Return where a text beside ``x`` begins and ends: to its right, or to its left at the plot's edge."""
    left = x + 7 if x + 7 + width <= frame.rect.right() else x - 7 - width
    return left, left + width


def _place(flag: Flag, frame: Frame, picture: Picture) -> QPointF:
    """Return where a marker lies: a price on the money's line, the others at the plot's edges."""
    x, rect = frame.px(flag.at), frame.rect
    if flag.kind in ("price", "projection"):
        line = _line_of(picture, "gmv" if flag.kind == "price" else "projection")
        value = line.at(flag.at) if line else None
        y = rect.center().y() if line is None or value is None else frame.py(line.side, value)
        return QPointF(x, min(max(y, rect.top() + 4), rect.bottom() - 4))
    if flag.kind == "offer":
        return QPointF(x, rect.bottom() - 18)
    return QPointF(x, rect.bottom() - 6 if flag.kind == "stock" else rect.top() + 7)
