"""The probes of ``check``: each looks at one thing and says how it stands. Nothing is changed by looking."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path

from liveshop_desk.errors import in_words
from liveshop_desk.i18n import LANGUAGES, _, ngettext
from liveshop_desk.model.clock import Clock
from liveshop_desk.paths import resource
from liveshop_desk.settings import Settings
from liveshop_desk.store.backup import is_sound, list_backups
from liveshop_desk.store.health import Health, examine
from liveshop_desk.store.lock import is_open
from liveshop_desk.wire import config, ports

MEGABYTE = 1 << 20
NEEDED = 200 * MEGABYTE  # less than that and an evening's numbers, a backup and a workbook may not fit
COMFORTABLE = 1024 * MEGABYTE
OLD_BACKUP_DAYS = 7
DAY_MS = 24 * 3_600_000


class Mark(StrEnum):
    """How a probe came out; only ``FAIL`` makes the verb fail."""

    OK = "ok"
    NOTE = "note"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check."""

    key: str
    mark: Mark
    text: str


def probe(shop: Path, clock: Clock, chosen: Settings) -> list[Finding]:
    """Look at this machine, at ``shop`` and at what the user has ``chosen``."""
    findings = [_python(), _qt(), _folder(shop), _disk(shop)]
    findings += _shop(shop)
    findings += [_backup(shop, clock), _font(), _languages()]
    findings += _ports(config.load(chosen.sources), lan=chosen.lan, open_here=is_open(shop))
    return findings


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    mark = Mark.OK if sys.version_info >= (3, 11) else Mark.FAIL
    return Finding("python", mark, _("Python {version}").format(version=version))


def _qt() -> Finding:
    """Look at Qt's version without importing it; 6.12 aborts on Python 3.11."""
    try:
        version = metadata.version("PySide6-Essentials")
    except metadata.PackageNotFoundError:
        if hasattr(sys, "frozen"):
            return Finding("qt", Mark.OK, _("Qt is part of this program"))
        return Finding("qt", Mark.FAIL, _("Qt is not installed: the desk cannot open a window"))
    if not (6, 9) <= tuple(map(int, version.split(".")[:2])) < (6, 12):
        return Finding("qt", Mark.FAIL, _("Qt {version}: this desk needs 6.9 to 6.11").format(version=version))
    return Finding("qt", Mark.OK, _("Qt {version}").format(version=version))


def _standing(folder: Path) -> Path:
    """Return the nearest folder above (or at) ``folder`` that is there; itself on a drive that is not."""
    return next((place for place in (folder, *folder.parents) if place.is_dir()), folder)


def _folder(shop: Path) -> Finding:
    folder = _standing(shop.absolute().parent)
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"liveshop")
    except OSError as error:
        return _unwritable("folder", folder, error)
    return Finding("folder", Mark.OK, _("{path} can be written").format(path=folder))


def _unwritable(key: str, folder: Path, error: OSError) -> Finding:
    text = _("{path} cannot be written ({reason})").format(path=folder, reason=in_words(error))
    return Finding(key, Mark.FAIL, text)


def _disk(shop: Path) -> Finding:
    folder = _standing(shop.absolute().parent)
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return _unwritable("disk", folder, error)
    mark = Mark.FAIL if free < NEEDED else Mark.NOTE if free < COMFORTABLE else Mark.OK
    return Finding("disk", mark, _("{free} GB of disk free").format(free=f"{free / (1 << 30):.1f}"))


def _shop(shop: Path) -> list[Finding]:
    """Look at the shop file: whole, of an age we know, its record readable, open elsewhere."""
    if not shop.exists():
        if list_backups(shop):
            text = _("The shop file {path} is not there, though it has backups.").format(path=shop)
            return [Finding("shop", Mark.FAIL, text)]
        return [Finding("shop", Mark.NOTE, _("There is no shop file {path} yet").format(path=shop))]
    health = examine(shop)
    if health.problems:
        reason = "; ".join(" ".join(problem.split()) for problem in health.problems)  # SQLite's own has lines
        return [Finding("shop", Mark.FAIL, _("{name} is damaged ({reason})").format(name=shop.name, reason=reason))]
    if not health.is_shop:
        return [Finding("shop", Mark.FAIL, _("{name} is not a shop file").format(name=shop.name))]
    findings = [_contents(shop, health), _schema(health)]
    if not health.newer:
        findings.append(_journal(health))
    if is_open(shop):
        findings.append(Finding("open", Mark.NOTE, _("A desk has it open now")))
    return findings


def _contents(shop: Path, health: Health) -> Finding:
    if health.newer:  # what is in it was not counted
        return Finding("shop", Mark.OK, _("{name} is whole").format(name=shop.name))
    products = ngettext("{n} product", "{n} products", health.products).format(n=health.products)
    sessions = ngettext("{n} session", "{n} sessions", health.sessions).format(n=health.sessions)
    text = _("{name} is whole: {products}, {sessions}").format(name=shop.name, products=products, sessions=sessions)
    return Finding("shop", Mark.OK, text)


def _schema(health: Health) -> Finding:
    if health.newer:
        return Finding("schema", Mark.FAIL, _("Written by a newer program: update this one"))
    if health.older:
        return Finding("schema", Mark.NOTE, _("From an older program: it is backed up and upgraded when opened"))
    return Finding("schema", Mark.OK, _("Schema {n}").format(n=health.schema))


def _journal(health: Health) -> Finding:
    if health.unreadable_steps:
        n = health.unreadable_steps
        text = ngettext("{n} step of the record cannot be read", "{n} steps of the record cannot be read", n)
        return Finding("journal", Mark.FAIL, text.format(n=n))
    text = ngettext("{n} step in the record, all readable", "{n} steps in the record, all readable", health.steps)
    return Finding("journal", Mark.OK, text.format(n=health.steps))


def _backup(shop: Path, clock: Clock) -> Finding:
    newest = next(iter(list_backups(shop)), None)
    if newest is None:
        return Finding("backup", Mark.NOTE, _("No backup yet"))
    if not is_sound(newest.path):
        return Finding("backup", Mark.FAIL, _("The newest backup is damaged: {name}").format(name=newest.path.name))
    if newest.taken_at is None:  # a file of that ending which somebody else has put there
        return Finding("backup", Mark.NOTE, _("The newest backup has no date: {name}").format(name=newest.path.name))
    old = clock.now() - newest.taken_at > OLD_BACKUP_DAYS * DAY_MS
    return Finding(
        "backup", Mark.NOTE if old else Mark.OK, _("Newest backup of {time}, whole").format(time=newest.taken)
    )


def _font() -> Finding:
    """Ask fontconfig for a Chinese font; Windows and macOS bring one."""
    if not sys.platform.startswith("linux"):
        return Finding("font", Mark.OK, _("Chinese fonts come with this system"))
    program = shutil.which("fc-list")
    if program is None:
        return Finding("font", Mark.NOTE, _("Fonts cannot be looked at: fc-list is not installed"))
    done = subprocess.run([program, ":lang=zh", "family"], capture_output=True, text=True, timeout=30, check=False)
    families = sorted({line.split(",")[0].strip() for line in done.stdout.splitlines() if line.strip()})
    if not families:
        return Finding("font", Mark.FAIL, _("No Chinese font: install fonts-noto-cjk"))
    return Finding("font", Mark.OK, _("Chinese font: {name}").format(name=families[0]))


def _languages() -> Finding:
    """Look whether every language but English, which is in the code, has its compiled catalogue."""
    missing = [name for name in LANGUAGES if name != "en" and not _compiled(name)]
    if missing:
        return Finding("languages", Mark.FAIL, _("Languages missing: {names}").format(names=", ".join(missing)))
    return Finding("languages", Mark.OK, _("Languages: {names}").format(names=", ".join(LANGUAGES)))


def _ports(configs: Sequence[config.SourceConfig], *, lan: bool, open_here: bool) -> list[Finding]:
    """Say where this computer can be reached while a show is on air. A desk at work has its ports itself."""
    wanted = ports.wanted(configs)
    if not wanted:
        return [Finding("ports", Mark.OK, _("No source listens on a port"))]
    listed = _(", ").join(map(str, wanted))
    text = _("Sources listen on this computer's ports {ports}").format(ports=listed)
    if lan:
        text = _("Sources listen on the ports {ports}, for the whole local network").format(ports=listed)
    taken = [port for port in wanted if not open_here and not ports.is_free(port)]
    said = [Finding("port", Mark.NOTE, _("Port {port} is in use by another program.").format(port=n)) for n in taken]
    return [Finding("ports", Mark.NOTE if lan else Mark.OK, text), *said]


def _compiled(language: str) -> bool:
    """Tell whether a catalogue is there; its source alone will do, it is compiled when it is first used."""
    source = resource("i18n", f"{language}.po")
    return source.with_suffix(".mo").exists() or source.exists()
