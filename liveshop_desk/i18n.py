"""The two languages of the desk, for core and window alike: gettext for text, Babel for dates and numbers.

Every text a user can see goes through ``_`` (or ``ngettext``), with the English text as the key and
``resources/i18n/zh_CN.po`` as its Chinese. Named placeholders only: ``_("{n} rows").format(n=3)``.
"""

from __future__ import annotations

import contextlib
import gettext
import math
import os
import struct
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from liveshop_desk.paths import resource

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

LANGUAGES = ("zh_CN", "en")
_HUGE = 1e15  # more than the digits of a figure tell; Babel itself writes none of 29 digits


class _Current:
    """The language in use; one per process, as gettext has it."""

    language = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def _(text: str) -> str:
    """Translate ``text`` into the language in use."""
    return _Current.catalogue.gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """Translate a text that depends on the count ``n``."""
    return _Current.catalogue.ngettext(one, many, n)


def mark(text: str) -> str:
    """Mark ``text`` for extraction; it is translated later, where it is shown."""
    return text


def current_language() -> str:
    """Return the language in use: ``zh_CN`` or ``en``."""
    return _Current.language


def system_language() -> str:
    """Return ``zh_CN`` where the system speaks Chinese, else ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value and value not in ("C", "POSIX", "C.UTF-8"):
            return "zh_CN" if value.startswith("zh") else "en"
    import locale

    code = locale.getlocale()[0] or ""
    return "zh_CN" if code.startswith(("zh", "Chinese")) else "en"


def set_language(language: str) -> None:
    """Use ``language`` (``zh_CN``, ``en`` or ``system``) from here on."""
    if language == "system":
        language = system_language()
    if language not in LANGUAGES:
        raise ValueError(language)
    _Current.language = language
    _Current.catalogue = gettext.NullTranslations() if language == "en" else _load(language)


def _load(language: str) -> gettext.NullTranslations:
    """Load a compiled catalogue, compiling it first where its source is newer, or where it is not whole."""
    source = resource("i18n", f"{language}.po")
    compiled = source.with_suffix(".mo")
    if not compiled.exists() or (source.exists() and compiled.stat().st_mtime < source.stat().st_mtime):
        return _compile(language, source, compiled)
    try:
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    except (OSError, ValueError, struct.error):  # a crash cut it short: it would end every start from then on
        return _compile(language, source, compiled)


def _compile(language: str, source: Path, compiled: Path) -> gettext.NullTranslations:
    """Compile ``source``; where the folder cannot be written the catalogue lives in memory only."""
    import io

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    partial = compiled.with_name(f"{compiled.name}.{os.getpid()}")  # a verb may be starting beside the desk
    with contextlib.suppress(OSError):  # a read-only installation: slower starts, nothing else
        partial.write_bytes(buffer.getvalue())
        partial.replace(compiled)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)


def number_text(value: float, digits: int = 0) -> str:
    """Write a number with the locale's grouping and ``digits`` decimals."""
    if not digits and type(value) is int:  # as Babel writes it in both languages, in a hundredth of the time
        return f"{value:,}"
    from babel.numbers import format_decimal, format_scientific

    if _HUGE <= abs(value) < math.inf:
        return format_scientific(value, locale=current_language())
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(_rounded(value, digits), format=pattern, locale=current_language())


def compact_text(value: int, digits: int = 0) -> str:
    """Write a number short, to ``digits`` decimals of its unit: 98.1万 / 981.2K."""
    from babel.numbers import format_compact_decimal

    return format_compact_decimal(value, fraction_digits=digits, locale=current_language())


def percent_text(fraction: float, digits: int = 1) -> str:
    """Write a fraction as a percentage: 0.068 → 6.8%."""
    from babel.numbers import format_percent

    if _HUGE <= abs(fraction) < math.inf:
        return number_text(fraction * 100) + "%"
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
    return format_percent(_rounded(fraction, digits + 2), format=pattern, locale=current_language())


def _rounded(value: float, digits: int) -> Decimal | float:
    """Round a half away from 0, at the 15 digits a spreadsheet knows: the window and the workbook say the same.

    Babel by itself rounds a half to the even digit: 2.05% was 2.0% in the window and 2.1% in the workbook.
    """
    from decimal import ROUND_HALF_UP, Decimal

    if not math.isfinite(value):
        return value
    return Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def share_text(fraction: float, digits: int = 1) -> str:
    """Write how much of a goal is reached; what is short of it never as 100%: 0.9996 → 99.9%."""
    return percent_text(min(fraction, 1 - 10 ** -(digits + 2)) if fraction < 1 else fraction, digits)


def date_text(day: date) -> str:
    """Write a date: 2026年11月21日 / Nov 21, 2026."""
    from babel.dates import format_date

    return format_date(day, format="medium" if current_language() == "en" else "long", locale=current_language())


def day_text(day: date, today: date | None = None) -> str:
    """Write a date within the year: 11月21日 / Nov 21; one of another year than ``today`` carries its year."""
    other = today is not None and day.year != today.year
    return _day_text(day, current_language(), "yMMMd" if other else "MMMd")


@lru_cache(maxsize=2048)
def _day_text(day: date, language: str, skeleton: str) -> str:
    """Write it once: lists of hundreds of sessions name the same days again and again."""
    from datetime import datetime

    from babel.dates import format_skeleton

    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a calendar day has no zone
    return format_skeleton(skeleton, moment, locale=language)


def span_text(seconds: float) -> str:
    """Write a length of time in words: 95 → 1分35秒 / 1m 35s."""
    total = round(seconds)
    hours, rest = divmod(total, 3600)
    minutes, secs = divmod(rest, 60)
    if hours:
        return _("{hours}h {minutes:02d}m").format(hours=hours, minutes=minutes)
    if minutes:
        return _("{minutes}m {seconds:02d}s").format(minutes=minutes, seconds=secs)
    return _("{seconds}s").format(seconds=secs)


def listed(names: Sequence[str], most: int) -> str:
    """Write the first ``most`` of some names, and that there are more."""
    text = _(", ").join(names[:most])
    return _("{names}, …").format(names=text) if len(names) > most else text
