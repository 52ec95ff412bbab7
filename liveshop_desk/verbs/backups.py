"""``backup`` and ``restore``: a checked copy of the shop file, and the way back to one."""

from __future__ import annotations

from pathlib import Path

import click

from liveshop_desk.errors import Refused
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import SystemClock
from liveshop_desk.store.backup import restore_backup
from liveshop_desk.store.lock import ShopLock
from liveshop_desk.verbs.call import Call, json_option, print_json, say, shop_option


def backup_command() -> click.Command:
    """Return the verb that writes a backup."""

    @click.command("backup", help=_("Write a checked copy of the shop file; works while the desk is open."))
    @click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help=_("Where to; else beside the shop."))
    @json_option
    @shop_option
    @click.pass_obj
    def backup(call: Call, out: Path | None, as_json: bool) -> int:
        if out is not None and out.exists():
            raise Refused(
                _("{path} is there already.").format(path=out),
                kept=_("It was not overwritten."),
                todo=_("Choose another name."),
            )
        with call.desk() as desk:
            written = desk.backup(to=out)
        if as_json:
            print_json({"file": str(written), "bytes": written.stat().st_size})
        else:
            say(_("Backup written and checked: {path}").format(path=written))
        return 0

    return backup


def restore_command() -> click.Command:
    """Return the verb that puts a backup in the shop file's place."""

    @click.command("restore", help=_("Put a backup in the shop file's place; the present file is set aside."))
    @click.argument("file", type=click.Path(path_type=Path))
    @json_option
    @shop_option
    @click.pass_obj
    def restore(call: Call, file: Path, as_json: bool) -> int:
        aside = _restore(file, call.shop_file)
        if as_json:
            print_json({"file": str(call.shop_file), "set_aside": None if aside is None else str(aside)})
            return 0
        say(_("{shop} is now as it was in {backup}.").format(shop=call.shop_file, backup=file.name))
        if aside is not None:
            say(_("The file that was there before is kept: {path}").format(path=aside))
        return 0

    return restore


def _restore(backup: Path, shop: Path) -> Path | None:
    """Restore under the desk's own lock: a desk that has the file open must not lose it under its feet."""
    if not backup.is_file():
        raise Refused(_("There is no file {path}.").format(path=backup), kept=_("Nothing was changed."))
    if shop.exists() and backup.samefile(shop):
        raise Refused(_("A shop file cannot be restored from itself."), kept=_("Nothing was changed."))
    lock = ShopLock.acquire(shop)
    try:
        return restore_backup(backup, shop, SystemClock())
    finally:
        lock.release()
