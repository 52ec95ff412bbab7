"""Keeping the reader's place when the text changes around it.

Whole paragraphs are matched first, then, only in what was replaced, character by character; so a price that grows
by a digit, a typo mended above or a paragraph split in two all leave the reader on the same character.
"""

from __future__ import annotations

from collections.abc import Sequence

from liveshop_desk.prompter.hunks import FINE, letters, once_in_both, trimmed
from liveshop_desk.prompter.pace import Place


def reanchor(old: Sequence[str], new: Sequence[str], place: Place) -> Place:
    """Return where ``place`` of the ``old`` paragraphs stands in the ``new`` ones.

    A character that is still there keeps the place; of one that is gone, the point where it was.
    """
    if not new:
        return Place()
    low, high, new_low, new_high = trimmed(old, new, (0, len(old), 0, len(new)))
    if place.paragraph < low:
        return place
    if place.paragraph >= high:
        return Place(place.paragraph + len(new) - len(old), place.offset)
    begin, end, new_begin, new_end = _block(old[low:high], new[new_low:new_high], place.paragraph - low)
    return _within(old[low + begin : low + end], new, new_low + new_begin, new_low + new_end, place, low + begin)


def _block(old: Sequence[str], new: Sequence[str], index: int) -> tuple[int, int, int, int]:
    """Return the smallest (old start, end, new start, end) of paragraphs that replaced paragraph ``index``.

    A paragraph that was moved is followed, so the fixed points need not keep their order here; blank lines are none.
    """
    fixed = {text: at for text, at in once_in_both(old, new).items() if text}
    if old[index] in fixed:
        return index, index + 1, fixed[old[index]], fixed[old[index]] + 1
    if len(old) == len(new) and _alike(old[index], new[index]):  # values changed, here and elsewhere
        return index, index + 1, index, index + 1
    low, new_low = 0, 0
    for at in range(index - 1, -1, -1):
        if old[at] in fixed:
            low, new_low = at + 1, fixed[old[at]] + 1
            break
    high, new_high = len(old), len(new)
    for at in range(index + 1, len(old)):
        if fixed.get(old[at], -1) >= new_low:
            high, new_high = at, fixed[old[at]]
            break
    shift = new_low - low
    if high - low == new_high - new_low and _alike(old[index], new[index + shift]):
        return index, index + 1, index + shift, index + shift + 1
    return low, high, new_low, new_high


def _alike(one: str, other: str) -> bool:
    """Tell whether two paragraphs look like one that was edited: half of the longer agrees at the ends."""
    low, high, _low, _high = trimmed(one, other, (0, len(one), 0, len(other)))
    return 2 * (len(one) - (high - low)) >= max(len(one), len(other))


def _within(old: Sequence[str], new: Sequence[str], low: int, high: int, place: Place, base: int) -> Place:
    """Map ``place`` from the ``old`` block, which begins at paragraph ``base``, into ``new[low:high]``."""
    before, after = "\n".join(old), "\n".join(new[low:high])
    at = sum(len(text) + 1 for text in old[: place.paragraph - base]) + place.offset
    if low == high:  # deleted: what followed it is read next
        return Place(low, 0.0) if low < len(new) else Place(len(new) - 1, float(len(new[-1])))
    offset = _moved(before, after, at)
    for index in range(low, high):
        if offset <= len(new[index]):
            return Place(index, offset)
        offset = max(0.0, offset - len(new[index]) - 1)  # half a line break on is the next one's start
    return Place(high - 1, float(len(new[high - 1])))


def _moved(before: str, after: str, at: float) -> float:
    """Return where offset ``at`` of ``before`` went in ``after``."""
    low, high, new_low, new_high = trimmed(before, after, (0, len(before), 0, len(after)))
    if at < low:
        return at
    if at >= high:
        return at + len(after) - len(before)
    if max(high - low, new_high - new_low) > FINE:  # matched by its two ends only
        return new_low + (at - low) * (new_high - new_low) / (high - low)
    shift = 0
    for begin, end, new_begin, new_end in letters(before, after):
        if at < begin:
            break
        if at < end:
            return new_begin + (at - begin) / (end - begin) * (new_end - new_begin)
        shift = new_end - end
    return at + shift
