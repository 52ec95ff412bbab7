"""``export recording``: everything a session received, as a file that ``replay`` plays again to the same figures."""

from __future__ import annotations

import gzip
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO, cast

import click

from liveshop_desk.errors import Refused, UserError, in_words
from liveshop_desk.i18n import _
from liveshop_desk.model.session import Session
from liveshop_desk.store import tape
from liveshop_desk.store.store import Store
from liveshop_desk.verbs.call import Call, json_option, print_json, say, shop_option
from liveshop_desk.verbs.sessions import AIRED, LAST, find_session


def command() -> click.Command:
    """Return the verb."""

    @click.command("recording", help=_("Everything a session received, a line each: for “replay”."))
    @click.argument("session", default=LAST, metavar="[ID|last]")
    @click.option(
        "--out",
        type=click.Path(path_type=Path),
        required=True,
        metavar="FILE.jsonl[.gz]",
        help=_("Where to; a name that ends in .gz is compressed."),
    )
    @json_option
    @shop_option
    @click.pass_obj
    def export_recording(call: Call, session: str, out: Path, as_json: bool) -> int:
        with call.desk() as desk:
            found = find_session(desk.store, session, AIRED)
            lines = _write(desk.store, found, out)
        if as_json:
            print_json({"session": found.id, "file": str(out), "lines": lines, "bytes": out.stat().st_size})
        else:
            say(_("Recording of {theme} written: {path} ({n} lines)").format(theme=found.theme, path=out, n=lines))
        return 0

    return export_recording


def _write(store: Store, session: Session, out: Path) -> int:
    """Write beside the file first, so that a full disk leaves no half of one; return the number of lines."""
    if out.exists() and out.samefile(store.path):
        raise Refused(_("{path} is the shop file itself.").format(path=out), kept=_("It was not overwritten."))
    partial, lines = out.with_name(out.name + ".part"), 0
    try:
        with closing(_opened(partial, compressed=out.suffix == ".gz")) as file:
            for chunk in tape.recorded(store, session.id):
                lines += chunk.count(b"\n")
                file.write(chunk)
        if not lines:
            raise Refused(_("Nothing was recorded of {theme}.").format(theme=session.theme))
        partial.replace(out)
    except OSError as error:
        why = in_words(error)
        raise UserError(_("The recording {name} cannot be written: {why}.").format(name=out.name, why=why)) from error
    finally:
        with suppress(OSError):  # a medium that takes nothing lets nothing go either
            partial.unlink(missing_ok=True)
    return lines


def _opened(path: Path, *, compressed: bool) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path, "wb", 6)) if compressed else path.open("wb")
