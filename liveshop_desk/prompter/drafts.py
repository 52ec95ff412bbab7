"""A draft beside the live text: which paragraphs differ, and how a fix of the live text reaches the draft.

Paragraphs that stand exactly once in both texts are fixed points, in the order of the longest run of them; what lies
between is trimmed of equal ends. So the work grows with the number of paragraphs (difflib's with its square).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

Hunk = tuple[int, int, int, int]  # old[start:end] became new[start:end]
FINE = 1_200  # characters of a paragraph that are compared one by one


@dataclass(frozen=True, slots=True)
class Difference:
    """How a draft differs: paragraphs (from 0) that are new or changed, those with something taken out above them.

    ``count`` is how many paragraphs are changed, new or gone.
    """

    count: int = 0
    changed: frozenset[int] = frozenset()
    cut: frozenset[int] = frozenset()


def compare(live: str, draft: str) -> Difference:
    """Compare a draft with the live text, paragraph by paragraph."""
    if live == draft:
        return Difference()
    found = hunks(live.split("\n"), draft.split("\n"))
    changed = frozenset(at for _low, _high, low, high in found for at in range(low, high))
    cut = frozenset(low for _low, _high, low, high in found if low == high)
    return Difference(sum(max(b - a, d - c) for a, b, c, d in found), changed, cut)


def merged(base: str, fixed: str, draft: str) -> str:
    """Return ``draft``, which was made of ``base``, with what was mended between ``base`` and ``fixed``.

    Where both changed the same words, the draft's stand.
    """
    lines = _merge(base.split("\n"), fixed.split("\n"), draft.split("\n"), hunks, _merge_lines)
    return "\n".join(lines)


def hunks(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    """Return the stretches of paragraphs that differ, in order."""
    fixed = _fixed_points(old, new)
    points = [(-1, -1), *fixed, (len(old), len(new))]
    found = [
        _trimmed(old, new, (low + 1, high, new_low + 1, new_high))
        for (low, new_low), (high, new_high) in pairwise(points)
    ]
    return [hunk for hunk in found if hunk[0] < hunk[1] or hunk[2] < hunk[3]]


def _fixed_points(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return (old, new) places of what stands once in both, the longest run that keeps its order (patience)."""
    olds, news = Counter(old), Counter(new)
    place = {text: at for at, text in enumerate(new) if news[text] == 1 and olds[text] == 1}
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


def _trimmed(old: Sequence[str], new: Sequence[str], hunk: Hunk) -> Hunk:
    """Take equal ends off a hunk."""
    low, high, new_low, new_high = hunk
    while low < high and new_low < new_high and old[low] == new[new_low]:
        low, new_low = low + 1, new_low + 1
    while low < high and new_low < new_high and old[high - 1] == new[new_high - 1]:
        high, new_high = high - 1, new_high - 1
    return low, high, new_low, new_high


Split = Callable[[Sequence[str], Sequence[str]], list[Hunk]]
Clash = Callable[[Sequence[str], Sequence[str], Sequence[str]], Sequence[str] | None]


def _merge(
    base: Sequence[str], fixed: Sequence[str], draft: Sequence[str], split: Split, clash: Clash | None = None
) -> list[str]:
    """Bring each hunk of base → fixed into the draft. ``clash(base, fixed, draft)`` settles parts both have changed."""
    ours, result = split(base, draft), list(draft)
    for low, high, new_low, new_high in reversed(split(base, fixed)):
        theirs = fixed[new_low:new_high]
        met = [hunk for hunk in ours if _meet(hunk, low, high)]
        if not met:
            shift = sum((d - c) - (b - a) for a, b, c, d in ours if b <= low)
            result[low + shift : high + shift] = theirs
        elif clash is not None and len(met) == 1 and met[0][:2] == (low, high):
            settled = clash(base[low:high], theirs, draft[met[0][2] : met[0][3]])
            if settled is not None:
                result[met[0][2] : met[0][3]] = settled
    return result


def _meet(hunk: Hunk, low: int, high: int) -> bool:
    """Tell whether base[low:high] and the base's part of ``hunk`` overlap."""
    return hunk[0] < high and low < hunk[1] if low < high else hunk[0] < low < hunk[1]


def _merge_lines(base: Sequence[str], fixed: Sequence[str], draft: Sequence[str]) -> list[str] | None:
    """Merge paragraphs that both have changed, character by character, where they are as many and short enough."""
    if not len(base) == len(fixed) == len(draft) or max(map(len, (*base, *fixed, *draft)), default=0) > FINE:
        return None
    return ["".join(_merge(*trio, _letters)) for trio in zip(base, fixed, draft, strict=True)]


def _letters(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    """Return the stretches of characters that differ; only what lies between equal ends is compared one by one."""
    begin, end, new_begin, new_end = _trimmed(old, new, (0, len(old), 0, len(new)))
    found = SequenceMatcher(None, old[begin:end], new[new_begin:new_end], autojunk=False).get_opcodes()
    return [
        (begin + low, begin + high, new_begin + new_low, new_begin + new_high)
        for tag, low, high, new_low, new_high in found
        if tag != "equal"
    ]
