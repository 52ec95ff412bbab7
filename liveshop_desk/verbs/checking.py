"""``check``: whether this machine and this shop file are healthy."""

from __future__ import annotations

import click

from liveshop_desk import settings
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import SystemClock
from liveshop_desk.verbs.call import Call, json_option, print_json, say, shop_option
from liveshop_desk.verbs.checkup import Mark, probe

SIGNS = {Mark.OK: "✓", Mark.NOTE: "·", Mark.FAIL: "✗"}


def command() -> click.Command:
    """Return the verb."""

    @click.command("check", help=_("Look this machine and the shop file over; status 1 where something fails."))
    @json_option
    @shop_option
    @click.pass_obj
    def check(call: Call, as_json: bool) -> int:
        findings = probe(call.shop_file, SystemClock(), settings.load())
        failed = any(finding.mark is Mark.FAIL for finding in findings)
        if as_json:
            lines = [{"check": f.key, "result": f.mark.value, "text": f.text} for f in findings]
            print_json({"ok": not failed, "shop": str(call.shop_file), "checks": lines})
            return 1 if failed else 0
        for finding in findings:
            say(f"{SIGNS[finding.mark]} {finding.text}")
        say(_("Something needs mending.") if failed else _("All is well."))
        return 1 if failed else 0

    return check
