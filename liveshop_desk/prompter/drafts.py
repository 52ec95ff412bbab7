"""A draft beside the live text: which paragraphs differ, and how a fix of the live text reaches the draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from liveshop_desk.prompter.hunks import FINE, Hunk, hunks, letters


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


Split = Callable[[Sequence[str], Sequence[str]], list[Hunk]]
Clash = Callable[[Sequence[str], Sequence[str], Sequence[str]], Sequence[str] | None]


def _merge(
    base: Sequence[str], fixed: Sequence[str], draft: Sequence[str], split: Split, clash: Clash | None = None
) -> list[str]:
    """Bring each hunk of base → fixed into the draft. ``clash(base, fixed, draft)`` settles parts both have changed."""
    ours, result = split(base, draft), list(draft)
    for low, high, new_low, new_high in reversed(split(base, fixed)):
        theirs = fixed[new_low:new_high]
        if any((a, b) == (low, high) and draft[c:d] == theirs for a, b, c, d in ours):
            continue  # mended in both alike: once is enough
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
    return ["".join(_merge(*trio, letters)) for trio in zip(base, fixed, draft, strict=True)]
