"""Long lists of words kept as readable text in the source."""

from __future__ import annotations

import re

_FIELD = re.compile(r"(\w+):\s*(.*)")


def words(text: str) -> frozenset[str]:
    """Return the words of a text that are set apart by blanks."""
    return frozenset(text.split())


def names(text: str) -> dict[str, tuple[str, ...]]:
    """Return {field: header names, best first} of lines ``field: name | name``; other lines go on."""
    found: dict[str, list[str]] = {}
    field = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        head = _FIELD.fullmatch(line)
        field = head[1] if head else field
        listed = head[2] if head else line
        found.setdefault(field, []).extend(name.strip() for name in listed.split("|") if name.strip())
    return {field: tuple(spellings) for field, spellings in found.items()}
