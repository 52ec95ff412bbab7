"""What was received, for the operator to look at: cut, cleaned, and without the viewers' names."""

from __future__ import annotations

import json
import re
from typing import Any, cast

from liveshop_desk.feeds.record import clean_text

SHOWN = 300
_HIDDEN = "•••"
_NAMES = frozenset(
    {
        "nickname", "nick_name", "username", "user_name", "name", "displayid", "display_id", "secuid", "sec_uid",
        "sec_openid", "user_id", "userid", "viewer", "finder_username", "wechat_uin", "avatar", "headimgurl", "headurl",
        "shortid",
    }
)  # fmt: skip
_PEOPLE = frozenset({"user", "onwer", "owner", "touser"})  # "Onwer" is that relay's own spelling
# In half a message nobody can tell whose id one is: all are hidden.
_KEY = r'(\\*"(?:id|' + "|".join(sorted(_NAMES)) + r')\\*"\s*:\s*)'
_QUOTED = re.compile(_KEY + r'\\*"((?:[^"\\]|\\u....)*)', re.IGNORECASE)
_NUMBER = re.compile(_KEY + r"\d+", re.IGNORECASE)
_DEPTH = 8
_GARBAGE = 40


def masked(raw: bytes | str) -> str:
    """Return a message as one short line without names."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes | bytearray) else raw
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return _torn(text)
    names: set[str] = set()
    hidden = _hide(found, names, depth=0)
    try:
        line = json.dumps(hidden, ensure_ascii=False)
    except (ValueError, RecursionError):
        return clean_text(text[:20], SHOWN)
    for name in sorted(names, key=len, reverse=True):
        line = line.replace(json.dumps(name, ensure_ascii=False)[1:-1], _HIDDEN)  # relays repeat it in their sentences
    return clean_text(line, SHOWN)


def _torn(text: str) -> str:
    """Return what is no JSON, or half of it: only where it looks like JSON is more than its beginning shown."""
    found = text[: SHOWN * 4]
    if not found.lstrip().startswith(("{", "[")):
        return clean_text(found, _GARBAGE)
    names = {match[2] for match in _QUOTED.finditer(found) if len(match[2]) > 1}
    for name in sorted(names, key=len, reverse=True):
        found = found.replace(name, _HIDDEN)
    return clean_text(_NUMBER.sub(rf"\1{_HIDDEN}", found), SHOWN)


def _hide(found: object, names: set[str], *, depth: int, person: bool = False) -> object:
    """Return ``found`` with names replaced; collect them in ``names``."""
    if depth > _DEPTH:
        return "…"
    if isinstance(found, list):
        return [_hide(part, names, depth=depth + 1, person=person) for part in cast("list[object]", found)[:50]]
    if isinstance(found, dict):
        fields = cast("dict[str, Any]", found)
        return {key: _field(key, part, names, depth, person=person) for key, part in fields.items()}
    if isinstance(found, str) and found[:1] in "{[" and found:
        return _inner(found, names, depth)
    return found


def _field(key: str, part: object, names: set[str], depth: int, *, person: bool) -> object:
    """Return one field's value, hidden where it tells who somebody is."""
    low = key.lower()
    if low in _NAMES or (person and low == "id"):
        if isinstance(part, str) and len(part) > 1:
            names.add(part)
        return _HIDDEN if isinstance(part, str | int) and not isinstance(part, bool) else part
    return _hide(part, names, depth=depth + 1, person=low in _PEOPLE)


def _inner(text: str, names: set[str], depth: int) -> object:
    """Open JSON that stands in a text (DouyinBarrageGrab)."""
    try:
        return _hide(json.loads(text), names, depth=depth + 1)
    except (ValueError, RecursionError):
        return text
