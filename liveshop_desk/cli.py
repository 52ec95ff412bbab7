"""The command line: argv becomes a verb, or the window. The same core as the desk, no window needed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from liveshop_desk import __version__, i18n, settings
from liveshop_desk.errors import UserError, in_words
from liveshop_desk.i18n import _
from liveshop_desk.verbs.call import Call, ShopFile, Window, enlist, say_error

OK, REFUSED, USAGE = 0, 1, 2


def run(argv: Sequence[str], window: Window) -> int:
    """Do what ``argv`` (without the program's name) asks for and return the exit status.

    0 done, 1 refused or partly refused, 2 the line itself is wrong. ``window`` opens the desk.
    """
    from liveshop_desk.verbs import click_words

    i18n.set_language(_language(argv) or settings.load().language)
    click_words.adopt()
    for stream in (sys.stdout, sys.stderr):
        _never_stumble(stream)
    try:
        # Outside click's standalone mode the verbs' return values arrive here.
        status = _group(window).main(args=list(argv), prog_name=_program(), standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UserError as error:
        say_error(error)
        return REFUSED
    except PermissionError as error:  # a folder nobody may look into: whether the file is there cannot even be asked
        reason = in_words(error)
        say_error(UserError(_("{path} cannot be read ({reason}).").format(path=error.filename, reason=reason)))
        return REFUSED
    except (click.Abort, BrokenPipeError):  # Ctrl+C; or whoever read the output has gone (``… | head``)
        return REFUSED
    return status if isinstance(status, int) else OK


def _group(window: Window) -> click.Group:
    """Build the command in the language in use: help texts are translated as they are made."""
    from liveshop_desk.verbs import backups, checking, demo, exporting, importing, later, replaying, sessions

    group = click.Group(
        "liveshop-desk",
        callback=_start(window),
        invoke_without_command=True,
        help=_("The broadcast desk of a livestream shop. Without a verb it opens the desk."),
        params=[
            click.Option(["--shop"], type=ShopFile(), metavar="FILE", help=_("Another shop file.")),
            click.Option(["--language"], type=click.Choice(i18n.LANGUAGES), help=_("Language of this call.")),
        ],
    )
    click.version_option(__version__, message="%(version)s")(group)
    for command in (
        demo.command(),
        importing.command(),
        sessions.command(),
        exporting.command(),
        replaying.command(),
        checking.command(),
        backups.backup_command(),
        backups.restore_command(),
        later.command("lint"),
    ):
        enlist(group, command)
    return group


def _start(window: Window) -> Callable[..., int | None]:
    """Return what runs before every verb; without a verb it opens the desk."""

    @click.pass_context
    def start(ctx: click.Context, shop: Path | None, language: str | None) -> int | None:
        ctx.obj = Call(window, shop, language or "")
        if ctx.invoked_subcommand is None:
            return window(shop, language=language or "")
        return None

    return start


def _language(argv: Sequence[str]) -> str:
    """Find ``--language`` before click does: the help itself is written in it. Nonsense is click's to refuse."""
    for place, word in enumerate(argv):
        name, equals, value = word.partition("=")
        if name == "--language":
            value = value if equals else "".join(argv[place + 1 : place + 2])
            return value if value in i18n.LANGUAGES else ""
    return ""


def _program() -> str:
    """Return the program's name as it was called."""
    return Path(sys.argv[0]).name or "main.py"


def _never_stumble(stream: object) -> None:
    """Let a console that cannot show a sign show a stand-in: an old code page must not end an import."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
