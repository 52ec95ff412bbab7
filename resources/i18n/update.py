"""Bring zh_CN.po up to date with the sources: ``.venv/bin/python resources/i18n/update.py [more.po …]``.

Texts that are gone are dropped, new ones are added with an empty translation (a test fails until it is filled in).
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "resources" / "i18n" / "zh_CN.po"
FOLDERS = ("liveshop_desk", "ui")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "mark": None, "ngettext": (1, 2)}


def messages() -> dict[str | tuple[str, str], list[str]]:
    """Return every text of the sources (a pair where it has a plural) → the files it stands in."""
    from babel.messages.extract import extract_from_file

    found: dict[str | tuple[str, str], list[str]] = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for _line, text, _comments, _context in extract_from_file("python", path, keywords=KEYWORDS):
                key = tuple(text) if isinstance(text, (tuple, list)) else text
                found.setdefault(key, []).append(path.relative_to(ROOT).as_posix())  # pyright: ignore[reportArgumentType, reportCallIssue]
    return found


def main(extra: list[str]) -> None:
    """Rewrite the catalogue; translations missing in it are looked for in the ``extra`` po files."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po, write_po

    known: dict[object, object] = {}
    for path in [*extra, str(CATALOGUE)]:
        if Path(path).exists():
            with Path(path).open("rb") as file:
                told = (message for message in read_po(file, locale="zh_CN") if all(_strings(message.string)))
                known |= {message.id: message.string for message in told}
    fresh = Catalog(locale="zh_CN", project="Liveshop Desk", charset="utf-8", fuzzy=False)
    for text, files in sorted(messages().items(), key=lambda pair: (pair[1][0], str(pair[0]))):
        fresh.add(text, known.get(text, ""), locations=[(name, None) for name in dict.fromkeys(files)])  # pyright: ignore[reportArgumentType]
    with CATALOGUE.open("wb") as out:
        write_po(out, fresh, width=120, omit_header=False)
    empty = [message.id for message in fresh if message.id and not all(_strings(message.string))]
    sys.stdout.write(f"{len(fresh)} texts, {len(empty)} without Chinese\n")
    sys.stdout.writelines(f"  {text!r}\n" for text in empty)


def _strings(text: object) -> tuple[object, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (text,)


if __name__ == "__main__":
    main(sys.argv[1:])
