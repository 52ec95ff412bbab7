"""Verbs that are promised but not there yet: they say so instead of pretending. None is listed in --help."""

from __future__ import annotations

import click

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _


def command(name: str) -> click.Command:
    """Return a hidden verb that refuses, whatever follows it."""

    @click.argument("words", nargs=-1, type=click.UNPROCESSED, expose_value=False)
    @click.pass_context
    def refuse(ctx: click.Context) -> int:
        verb = ctx.command_path.partition(" ")[2]
        raise UserError(
            _("“{verb}” comes with a later version.").format(verb=verb), kept=_("Nothing was read or changed.")
        )

    made = click.command(
        name, hidden=True, context_settings={"ignore_unknown_options": True}, help=_("Comes with a later version.")
    )
    return made(refuse)
