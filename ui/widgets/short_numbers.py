"""Where there is no room: numbers are written shorter, never cut. “981,…” would read as a number of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from liveshop_desk.i18n import _, compact_text

_NUMBER = re.compile(r"([−-]?¥?)(\d[\d,]*)(?:\.\d\d)?")
_CUT = "…"
_DIGITS = "0123456789.,"  # what a number is written with


def fitted(metrics: QFontMetrics, text: str, width: int, *, number: bool) -> str:
    """Return as much of a text as ``width`` px hold; of a ``number`` its longest way to write it that fits."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    ways = list(shorter(text)) if number else []
    if ways:
        return next((way for way in ways if metrics.horizontalAdvance(way) <= width), _CUT)
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def cut(metrics: QFontMetrics, text: str, keep: str, width: int) -> str:
    """Return as much of a text as ``width`` px hold: its beginning, and its end ``keep``.

    A name in two halves tells nothing: it is read from its start, and the end goes too where it leaves less than half.
    """
    if metrics.horizontalAdvance(text) <= width:
        return text  # not left to elidedText: it cuts what is a fraction of a pixel wider
    right = Qt.TextElideMode.ElideRight
    kept = " " + keep
    room = width - metrics.horizontalAdvance(kept)
    if not keep or room < width // 2:
        return metrics.elidedText(text, right, width)
    return metrics.elidedText(text.removesuffix(keep).rstrip(), right, room) + kept


def cut_inside(metrics: QFontMetrics, text: str, width: int) -> str:
    """Return as much of a text as ``width`` px hold, its middle left out; a number is left out whole."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)
    head = text[: sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(text, shown, strict=False)))]
    tail = shown[len(head) + len(_CUT) :]
    if head[-1:] in _DIGITS + "¥−" and text[len(head)] in _DIGITS:
        head = head.rstrip(_DIGITS + "¥−")
    if tail[:1] in _DIGITS and text[-len(tail) - 1] in _DIGITS + "¥−":
        tail = tail.lstrip(_DIGITS)
    return head + _CUT + tail


def shorter(text: str) -> Iterator[str]:
    """Yield shorter ways to write a number, a price or a range of prices, the longest first; nothing for other texts.

    A range becomes its lower end: ¥1,199.00–¥1,299.00 → ¥1,199+.
    """
    low, dash, high = text.partition("–")
    found = _NUMBER.fullmatch(low)
    if found is None or (dash and not _NUMBER.fullmatch(high)):
        return
    whole = int(found[2].replace(",", ""))
    for way in (low.removesuffix(".00"), found[1] + compact_text(whole, 1), found[1] + compact_text(whole)):
        yield _("{price}+").format(price=way) if dash else way
