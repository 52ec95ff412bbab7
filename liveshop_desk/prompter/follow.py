"""Keeping the reader's place when the text changes around it.

Whole paragraphs are matched first, then, only in what was replaced, character by character; so a price that grows
by a digit, a typo mended above or a paragraph split in two all leave the reader on the same character.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from liveshop_desk.prompter.pace import Place

# Beyond this many characters a side a replaced block is matched by its two ends only (difflib is quadratic).
FINE = 1200


def reanchor(old: Sequence[str], new: Sequence[str], place: Place) -> Place:
    """Return where ``place`` of the ``old`` paragraphs stands in the ``new`` ones.

    A character that is still there keeps the place; of one that is gone, the point where it was.
    """
    if not new:
        return Place()
    head = _common(old, new)
    if place.paragraph < head:
        return place
    tail = _common(old[head:][::-1], new[head:][::-1])
    if place.paragraph >= len(old) - tail:
        return Place(place.paragraph + len(new) - len(old), place.offset)
    low, high, new_low, new_high = _block(
        old[head : len(old) - tail], new[head : len(new) - tail], place.paragraph - head
    )
    return _within(old[head + low : head + high], new, head + new_low, head + new_high, place, head + low)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many paragraphs (or characters) agree from the start."""
    count = 0
    for ours, theirs in zip(old, new, strict=False):
        if ours != theirs:
            break
        count += 1
    return count


def _block(old: Sequence[str], new: Sequence[str], index: int) -> tuple[int, int, int, int]:
    """Return the smallest (old start, end, new start, end) of paragraphs that replaced paragraph ``index``.

    Linear in the number of paragraphs: what stands exactly once in both texts is a fixed point (difflib on a script
    of many equal paragraphs takes seconds).
    """
    fixed = _fixed_points(old, new)
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


def _fixed_points(old: Sequence[str], new: Sequence[str]) -> dict[str, int]:
    """Return the paragraphs that stand exactly once in both texts, with their index in the new one."""
    olds, news = Counter(old), Counter(new)
    return {text: at for at, text in enumerate(new) if text and news[text] == 1 and olds.get(text) == 1}


def _alike(one: str, other: str) -> bool:
    """Tell whether two paragraphs look like one that was edited: half of the longer agrees at the ends."""
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    return 2 * (head + tail) >= max(len(one), len(other))


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
    head = _common(before, after)
    if at < head:
        return at
    tail = _common(before[head:][::-1], after[head:][::-1])
    if at >= len(before) - tail:
        return at + len(after) - len(before)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if max(len(old), len(new)) > FINE:
        return head + (at - head) * len(new) / len(old)
    for _tag, low, high, new_low, new_high in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if low <= at - head < high:
            share = (at - head - low) / (high - low)
            return head + new_low + share * (new_high - new_low)
    return float(head + len(new))
