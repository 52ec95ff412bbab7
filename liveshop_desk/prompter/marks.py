"""What a script's marks mean: everything between ``【`` and ``】``, headings, and the names of who speaks.

Nothing here can fail: what is no mark is what it always was, a stage direction or words to read.

* ``【停】``, ``【停 2秒】``, ``【停顿1.5】``, ``【pause 2】``: silence, one second unless a number says otherwise.
* ``【倒计时】5、4、3、2、1`` (``【countdown】``): numbers that follow one another take a second each.
* ``【上链接】``, ``【放库存】``, ``【开价】`` (``【link】 【stock】 【price】``), alone or with a note after a blank, a
  colon, a figure or a placeholder (``【开价 {直播价}】``): key moments.
* ``# 标题`` at the start of a line (a blank after #, so ``#话题#`` stays words), ``【标记 名】``, ``【mark name】``:
  places to jump to.
* ``【角色：小林、阿杰】`` (``【cast: Lin, Jay】``) anywhere: whose lines these are.

A name before a colon at the start of a line is a speaker when it is a role (主播, 嘉宾, 助播, 场控 … with or without a
letter or number), when it is declared or belongs to the session's anchors, or when it is one of several single letters
of which one comes back (a dialogue A B A, not a list A B C). So ``注意：`` and ``价格：369`` stay words to read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

LONGEST_PAUSE = 60.0
LONGEST_NAME = 12
_LONGEST_MARK = 60


class Style(StrEnum):
    """How a run is shown. Plain, live and count are read aloud; a pause and a count take their own time."""

    PLAIN = "plain"
    LIVE = "live"
    DIRECTION = "direction"
    SPEAKER = "speaker"
    COUNT = "count"
    PAUSE = "pause"
    MOMENT = "moment"
    MARKER = "marker"


SILENT = frozenset({Style.DIRECTION, Style.SPEAKER, Style.PAUSE, Style.MOMENT, Style.MARKER})


class MomentKind(StrEnum):
    """What the desk does at a key moment."""

    LINK = "link"
    STOCK = "stock"
    PRICE = "price"


_MOMENTS = {"上链接": "link", "放库存": "stock", "开价": "price", "link": "link", "stock": "stock", "price": "price"}
_MOMENT = re.compile(r"(上链接|放库存|开价|link\b|stock\b|price\b)\s*(?=$|[\s：:\d¥{｛])", re.IGNORECASE)
_PAUSE = re.compile(
    r"(?:停顿?|暂停|pause)\s*(\d{1,4}(?:\.\d{1,3})?|[半一二两三四五六七八九十])?\s*(?:秒钟?|s|sec|secs|seconds?)?",
    re.IGNORECASE,
)
_NUMERALS = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2, "半": 0.5, "〇": 0}
_COUNTDOWN = re.compile(r"\s*(?:倒计时|倒数|countdown)\s*", re.IGNORECASE)
_MARKER = re.compile(r"(?:标记|mark)(?:\s*[：:]|\s)\s*(\S.*)", re.IGNORECASE)
_CAST = re.compile(r"【\s*(?:角色|cast)(?:\s*[：:]|\s)([^【】]*)】", re.IGNORECASE)
_HEADING = re.compile(r"\s*[#＃]{1,6}\s+(?=\S)")
_NAME = re.compile(rf"\s*([^\s：:【】{{}}｛｝#][^：:【】{{}}｛｝]{{0,{LONGEST_NAME - 1}}})[：:]\s*")
_ROLE = re.compile(
    r"(?:主播|主持人?|嘉宾|助播|副播|搭播|搭档|场控|中控|助理|旁白|画外音|anchor|host|co-?host|guest|speaker|narrator)"
    r"\s*(?:[A-Za-z]|\d{1,2}|[一二三四五六七八九十甲乙丙丁])?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[A-Z]")
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)|\d|十[一二三四五六七八九]?|[零〇一二三四五六七八九]")
_BETWEEN = re.compile(r"[^\w【】{}｛｝]{0,8}")


def read_mark(inside: str) -> tuple[Style, float]:
    """Return the style of ``【inside】`` and the seconds it takes; what is no known mark is a stage direction."""
    inside = inside.strip()
    if len(inside) > _LONGEST_MARK:  # blanks without end would take the patterns without end
        return Style.DIRECTION, 0.0
    if found := _PAUSE.fullmatch(inside):
        return Style.PAUSE, min(LONGEST_PAUSE, _number(found[1] or "1"))
    if _MOMENT.match(inside):
        return Style.MOMENT, 0.0
    if _MARKER.fullmatch(inside):
        return Style.MARKER, 0.0
    return Style.DIRECTION, 0.0


def is_countdown(inside: str) -> bool:
    """Tell whether ``【inside】`` announces numbers that are counted."""
    return _COUNTDOWN.fullmatch(inside) is not None


def counted(line: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the numbers counted from ``start`` on: two or more, each one less (or more) than the last.

    The first that does not follow ends it: ``3、2、1，1 号链接`` counts three numbers.
    """
    found: list[tuple[int, int, float]] = []
    at = start
    while number := _NUMBER.match(line, _skip(line, at)):
        value = _number(number[0])
        step = found[1][2] - found[0][2] if len(found) > 1 else value - found[-1][2] if found else 1
        if abs(step) != 1 or (found and value - found[-1][2] != step):
            break
        found.append((number.start(), number.end(), value))
        at = number.end()
    if len(found) > 1:
        yield from ((low, high) for low, high, _value in found)


def heading_end(line: str) -> int:
    """Return where the title of a ``# title`` line begins; 0 where there is none."""
    found = _HEADING.match(line)
    return found.end() if found else 0


def marker_title(shown: str) -> str:
    """Return the title of a marker as it is shown, ``# title`` or ``【标记 title】``."""
    found = _MARKER.fullmatch(_inside(shown))
    return found[1] if found else shown[heading_end(shown) :].strip()


def moment_kind(shown: str) -> MomentKind:
    """Return the kind of a key moment as it is shown, ``【上链接 3 号】``."""
    found = _MOMENT.match(_inside(shown))
    return MomentKind(_MOMENTS[found[1].lower()]) if found else MomentKind.LINK


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of a list like ``小林、阿杰``."""
    return tuple(name for part in re.split(r"[、，,;；/&+]", text) if 0 < len(name := part.strip()) <= LONGEST_NAME)


def name_end(line: str, cast: Iterable[str]) -> tuple[str, int]:
    """Return who of ``cast`` speaks a line and where the words begin; "" and 0 where the line names nobody."""
    found = _NAME.match(line)
    name = found[1].strip() if found else ""
    return (name, found.end()) if found and name in cast else ("", 0)


def speakers(lines: Sequence[str], cast: Iterable[str] = ()) -> dict[str, int]:
    """Return who speaks in ``lines``, with a number each: the session's ``cast``, the declared, then as they come."""
    declared = [name for line in lines if "【" in line for found in _CAST.findall(line) for name in names_in(found)]
    called = [found[1].strip() for line in lines if (found := _NAME.match(line))]
    letters = Counter(name for name in called if _LETTER.fullmatch(name))
    dialogue = len(letters) > 1 and max(letters.values()) > 1
    known = dict.fromkeys([*cast, *declared])
    for name in called:
        if _ROLE.fullmatch(name) or (dialogue and name in letters):
            known.setdefault(name)
    return {name: number for number, name in enumerate(known)}


def _inside(shown: str) -> str:
    return shown.strip().removeprefix("【").removesuffix("】").strip()


def _number(text: str) -> float:
    """Return the value of a short number in figures of any script or in Chinese, up to 十九."""
    if text[0] in _NUMERALS:
        return sum(_NUMERALS[char] for char in text)
    return float(text)


def _skip(line: str, at: int) -> int:
    """Return where the next word begins."""
    found = _BETWEEN.match(line, at)
    return found.end() if found else at
