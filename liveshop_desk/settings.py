"""What this machine's user has chosen. Only what differs from the default is saved."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from threading import Lock, Thread
from typing import Any, cast

from liveshop_desk.paths import config_file

VERSION = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice with its default. Lengths in px, pace in 字/分钟."""

    language: str = "system"  # system, zh_CN, en
    theme: str = "dark"  # dark, light, system
    operator: str = ""
    prompter_pace: int = 220
    prompter_font: int = 72
    prompter_mirror: bool = False
    prompter_on: bool = False  # the anchor's screen was on when the program last knew
    prompter_screen: str = ""  # its identity (prompter/screens.py); empty = any that the desk is not on
    prompter_filled: bool = False  # it filled that screen when the program last knew
    prompter_box: str = ""  # where the user put the small window: "x,y,w,h"; empty = the desk finds a place
    prompter_mirror_v: bool = False
    prompter_spacing: int = 150  # % of the font from line to line
    prompter_margin: int = 8  # % of the width left free on either side
    prompter_reading_line: int = 36  # % of the text's height
    prompter_theme: str = "white"  # white, yellow, contrast
    preview_theme: str = ""  # the same; empty = as the anchor's screen
    hands: dict[str, str] = field(default_factory=dict[str, str])  # key → act (prompter/hands.py), where changed
    clicker_in_desk: bool = False  # clicker keys drive the prompter from the desk's window too
    auto_cues: tuple[str, ...] = ("warning", "over", "low", "sold_out")  # model/auto_cues.py
    auto_warning_seconds: int = 30
    cue_presets: tuple[str, ...] = ()  # empty = the language's own four
    low_stock: int = 20
    sources: tuple[str, ...] = ()  # what the desk listens to (wire/config.py), the first rules; empty = nothing
    lan: bool = False  # other computers of the local network may reach the local server
    source_order: tuple[str, ...] = ()  # who rules where several tell a metric; empty = the desk's own order
    tiles: tuple[str, ...] = (
        "online", "gmv", "units",
        "click_pay_rate", "aov", "new_followers",
        "stay_seconds", "interact_rate", "gpm",
    )  # fmt: skip
    chart: tuple[str, ...] = ("online", "gmv")  # the lines of the live chart
    alarms: dict[str, float] = field(default_factory=dict[str, float])  # threshold (model.alarms) → the shop's own
    obs_on: bool = False  # connect to the OBS kept in obs.json when the desk opens
    obs_incident_scene: str = ""
    obs_price_input: str = ""  # the text source that shows the price of what is on air; empty = none
    obs_countdown_input: str = ""
    obs_mic: str = ""  # the source that mute means; empty = those OBS itself calls microphones
    keys: dict[str, str] = field(default_factory=dict[str, str])  # command id → key sequence, where changed


_ENTRIES: dict[str, object] = {"hands": "", "keys": "", "alarms": 0.0}  # what the values in these are like
_COLOURS = ("white", "yellow", "contrast")
_ONE_OF: dict[str, tuple[str, ...]] = {
    "language": ("system", "zh_CN", "en"),
    "theme": ("dark", "light", "system"),
    "prompter_theme": _COLOURS,
    "preview_theme": ("", *_COLOURS),
}
_LEAST = {"prompter_pace": 1}  # nobody reads nothing a minute
_HALF = re.compile("[\ud800-\udfff]")  # half of a character, as JSON may tell it: it cannot be written again
_MOST = 2**31 - 1  # no number here is larger, and Qt takes none that is

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
UPGRADES: dict[int, Upgrade] = {}  # version a file has → what brings it one further


def load(path: Path | None = None) -> Settings:
    """Read the settings; what cannot be read falls back to the default, field by field, key by key."""
    file = path or config_file()
    try:
        text = file.read_text("utf-8")
    except (OSError, ValueError):
        return Settings()
    import json  # late: most first starts have nothing to read

    try:
        held: Any = json.loads(text)
    except (ValueError, RecursionError):
        return Settings()
    if not isinstance(held, dict):
        return Settings()
    held = cast("dict[str, Any]", held)
    return replace(Settings(), **_accepted(_upgraded(held)))


def save(settings: Settings, path: Path | None = None) -> None:
    """Write what differs from the default; a crash half-way leaves the old file. Raises OSError."""
    import json

    file = path or config_file()
    default = asdict(Settings())
    chosen = {name: value for name, value in asdict(settings).items() if value != default[name]}
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(file.name + ".part")
    with partial.open("w", encoding="utf-8") as out:
        json.dump({"version": VERSION} | chosen, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(file)


class Keeper:
    """Saves settings in a thread of its own, because the disk may take its time: in order, the last one wins.

    ``failed`` hears of an OSError, in that thread. What was given is on disk when ``close`` returns, and when the
    program ends by itself; killed before that, the file is whole, the old one or the new.
    """

    def __init__(self, failed: Callable[[OSError], None], path: Path | None = None) -> None:
        self._failed = failed
        self._path = path
        self._lock = Lock()
        self._next: Settings | None = None
        self._thread: Thread | None = None

    def keep(self, settings: Settings) -> None:
        """Have ``settings`` saved; returns at once."""
        with self._lock:
            self._next = settings
            if self._thread is None:
                self._thread = Thread(target=self._run, name="settings")
                self._thread.start()

    def close(self) -> None:
        """Wait until all that was given is saved."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while (settings := self._take()) is not None:
            try:
                save(settings, self._path)
            except OSError as error:
                self._failed(error)

    def _take(self) -> Settings | None:
        """Return what is to be saved now; with nothing left the thread is over, and the next one begins anew."""
        with self._lock:
            settings, self._next = self._next, None
            if settings is None:
                self._thread = None
            return settings


def chosen_over(before: Settings, after: Settings, now: Settings) -> Settings:
    """Return ``now`` with what was changed from ``before`` to ``after``: all else may be another meanwhile."""
    values = {spec.name: getattr(after, spec.name) for spec in fields(Settings)}
    return replace(now, **{name: value for name, value in values.items() if value != getattr(before, name)})


def _upgraded(held: dict[str, Any]) -> dict[str, Any]:
    version = held.get("version")
    while isinstance(version, int) and version in UPGRADES:  # a version nobody ever wrote ends no start
        held = UPGRADES[version](held)
        version += 1
    return held


def _accepted(held: dict[str, Any]) -> dict[str, Any]:
    """Keep the known fields whose value has the default's shape, and of lists and tables what fits."""
    default = Settings()
    accepted: dict[str, Any] = {}
    for spec in fields(Settings):
        value, shape = held.get(spec.name), getattr(default, spec.name)
        if isinstance(shape, tuple) and isinstance(value, list):
            accepted[spec.name] = tuple(each for each in cast("list[object]", value) if _fits(each, ""))
        elif isinstance(shape, dict) and isinstance(value, dict):
            like = _ENTRIES[spec.name]
            table = cast("dict[str, object]", value)
            accepted[spec.name] = {k: v for k, v in table.items() if _fits(k, "") and _fits(v, like)}
        elif _fits(value, cast("object", shape)) and _is_possible(spec.name, value):
            accepted[spec.name] = value
    return accepted


def _is_possible(name: str, value: Any) -> bool:
    """Tell whether a choice of the right kind is one there is."""
    return value in _ONE_OF.get(name, (value,)) and (name not in _LEAST or value >= _LEAST[name])


def _fits(value: object, like: object) -> bool:
    """Tell whether a value is of the kind of ``like``: a text that can be written again, a number the window holds."""
    if isinstance(like, str):
        return isinstance(value, str) and not _HALF.search(value)
    if isinstance(like, bool) or isinstance(value, bool):
        return isinstance(like, bool) and isinstance(value, bool)
    if isinstance(like, float):
        return isinstance(value, int | float) and abs(value) <= _MOST
    return isinstance(like, int) and isinstance(value, int) and 0 <= value <= _MOST
