"""``demo``: a sample shop with a rehearsal already running; nothing is saved to the shop's own file."""

from __future__ import annotations

import click

from liveshop_desk.i18n import _
from liveshop_desk.verbs.call import Call


def command() -> click.Command:
    """Return the verb."""

    @click.command("demo", help=_("A sample shop with a rehearsal running; your own file is not touched."))
    @click.pass_obj
    def demo(call: Call) -> int:
        if call.shop is not None:
            raise click.UsageError(_("The demo has a shop of its own: leave --shop away."))
        return call.window(None, demo=True, language=call.language)

    return demo
