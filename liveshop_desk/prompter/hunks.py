"""Where two texts differ, by paragraphs and by characters.

Paragraphs that stand exactly once in both texts are fixed points, in the order of the longest run of them; what lies
between is trimmed of equal ends. So the work grows with the number of paragraphs (difflib's with its square: a script
of many equal paragraphs takes it seconds).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

Hunk = tuple[int, int, int, int]  # old[start:end] became new[start:end]
FINE = 1_200  # characters a side that are compared one by one: difflib is quadratic


def hunks(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    """Return the stretches of paragraphs that differ, in order."""
    points = [(-1, -1), *_fixed_points(old, new), (len(old), len(new))]
    found = [
        trimmed(old, new, (low + 1, high, new_low + 1, new_high))
        for (low, new_low), (high, new_high) in pairwise(points)
    ]
    return [hunk for hunk in found if hunk[0] < hunk[1] or hunk[2] < hunk[3]]


def letters(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    """Return the stretches of characters that differ; only what lies between equal ends is compared one by one."""
    from difflib import SequenceMatcher  # loaded before the first room, it is part of every start

    begin, end, new_begin, new_end = trimmed(old, new, (0, len(old), 0, len(new)))
    found = SequenceMatcher(None, old[begin:end], new[new_begin:new_end], autojunk=False).get_opcodes()
    return [
        (begin + low, begin + high, new_begin + new_low, new_begin + new_high)
        for tag, low, high, new_low, new_high in found
        if tag != "equal"
    ]


def trimmed(old: Sequence[str], new: Sequence[str], hunk: Hunk) -> Hunk:
    """Take equal ends off a hunk."""
    low, high, new_low, new_high = hunk
    head = _common(old[low:high], new[new_low:new_high])
    low, new_low = low + head, new_low + head
    tail = _common(old[low:high][::-1], new[new_low:new_high][::-1])
    return low, high - tail, new_low, new_high - tail


def once_in_both(old: Sequence[str], new: Sequence[str]) -> dict[str, int]:
    """Return the paragraphs that stand exactly once in both texts, with their place in the new one."""
    olds, news = Counter(old), Counter(new)
    return {text: at for at, text in enumerate(new) if news[text] == 1 and olds[text] == 1}


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many agree from the start."""
    count = 0
    for ours, theirs in zip(old, new, strict=False):
        if ours != theirs:
            break
        count += 1
    return count


def _fixed_points(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return (old, new) places of what stands once in both, the longest run that keeps its order (patience)."""
    place = once_in_both(old, new)
    pairs = [(at, place[text]) for at, text in enumerate(old) if text in place]
    ends: list[int] = []  # the smallest new place that a run of each length ends at …
    at_end: list[int] = []  # … and the pair it is of
    before: list[int] = []
    for index, (_old, new_at) in enumerate(pairs):
        length = bisect_left(ends, new_at)
        before.append(at_end[length - 1] if length else -1)
        ends[length : length + 1] = [new_at]
        at_end[length : length + 1] = [index]
    run: list[tuple[int, int]] = []
    index = at_end[-1] if at_end else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]
