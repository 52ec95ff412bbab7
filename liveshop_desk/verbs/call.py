"""What every verb is given: which shop file, how to open the window, and how to speak to a terminal."""

from __future__ import annotations

import json
import re
import signal
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from liveshop_desk import settings
from liveshop_desk.desk import Desk
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.paths import default_shop
from liveshop_desk.store.opening import refuse_lost

F = TypeVar("F", bound=Callable[..., Any])

# A cell of a stranger's file may hold what a terminal obeys: control characters, and those that turn text round.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Window(Protocol):
    """Opens the desk and returns its exit status; the core never imports it, main.py hands it in."""

    def __call__(self, shop: Path | None = None, *, demo: bool = False, language: str = "") -> int:
        """Open the desk on ``shop`` (``None`` = the usual one)."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the program. ``shop`` is ``None`` where none was named; ``language`` empty where none was."""

    window: Window
    shop: Path | None = None
    language: str = ""

    @property
    def shop_file(self) -> Path:
        """Return the shop file this call is about."""
        return self.shop or default_shop()

    @contextmanager
    def desk(self, *, create: bool = False) -> Generator[Desk]:
        """Open the shop file for the length of a verb.

        Raises UserError where it is not there: only ``create`` makes a new one, a mistyped name must not.
        """
        if not create and not self.shop_file.exists():
            refuse_lost(self.shop_file)
            raise no_shop(self.shop_file)
        desk = Desk.open(self.shop_file, settings=settings.load())
        try:
            yield desk
        finally:
            desk.close()


def no_shop(shop: Path) -> UserError:
    """Say that the shop file is not there."""
    return UserError(
        _("There is no shop file {path}.").format(path=shop),
        todo=_("Open the desk or import products first, or name another file with --shop."),
    )


class ShopFile(click.Path):
    """A shop file to be: there or not, but no folder (a variable that holds nothing names the one we are in)."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; a folder is a wrong value."""
        path = Path(str(super().convert(value, param, ctx)))
        if path.is_dir():
            self.fail(_("{file}: this is not a file").format(file=path), param, ctx)
        return path


def shop_option(command: F) -> F:
    """Accept ``--shop FILE`` behind a verb as well as before it."""

    def chosen(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
        if value is not None:
            ctx.obj = replace(ctx.obj, shop=value)

    return click.option(
        "--shop",
        type=ShopFile(),
        callback=chosen,
        expose_value=False,
        metavar="FILE",
        help=_("Another shop file."),
    )(command)


def json_option(command: F) -> F:
    """Accept ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))(command)


def enlist(group: click.Group, command: click.Command) -> None:
    """Add a verb to its group, its help not cut short in the list."""
    command.short_help = command.help
    group.add_command(command)


def stop_like_ctrl_c() -> None:
    """Let a polite kill end a verb as Ctrl+C does: half-written files are removed, received numbers written."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def say(text: str = "", *, err: bool = False) -> None:
    """Print a text, made harmless for a terminal."""
    click.echo(_UNSEEN.sub("�", text), err=err)


def say_error(error: UserError) -> None:
    """Print what happened, what is safe and what to do, a line each."""
    for part in (error.what, error.kept, error.todo):
        if part:
            say(part, err=True)


def print_json(value: object) -> None:
    """Print JSON, in plain ASCII where the terminal cannot show more."""
    wide = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    click.echo(json.dumps(value, ensure_ascii=not wide, indent=2))
