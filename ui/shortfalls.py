"""What a session sold beyond its stock: said once, as the stock itself stops at 0."""

from __future__ import annotations

from functools import partial

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import ngettext
from liveshop_desk.store import queries, shortfall
from ui.context import Context


class Shortfalls:
    """Keeps ``missing`` true for one session: SKU → (its name, units sold beyond its stock)."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._session_id = ""
        self.missing: dict[str, tuple[str, int]] = {}

    def look_at(self, session_id: str) -> None:
        """Read what another session lacks; empty for none."""
        self._session_id = session_id
        self.missing = self._read()

    def follow(self, changes: Changes) -> None:
        """Say what was sold beyond its stock just now; take note where somebody may have added stock."""
        if changes.label == "sold":
            self._say(changes)
        elif self.missing and changes.touches("skus"):
            self.missing = self._read()

    def _say(self, changes: Changes) -> None:
        known, self.missing = self.missing, self._read()
        for sku in sorted(changes.ids("skus") & self.missing.keys() - known.keys()):
            self._context.notices.error(partial(_beyond, *self.missing[sku]))

    def _read(self) -> dict[str, tuple[str, int]]:
        store = self._context.desk.store
        units = shortfall.of_session(store, self._session_id) if self._session_id else {}
        named = {sku: queries.named_sku(store, sku) for sku in units}
        return {sku: (found.item if (found := named[sku]) is not None else sku, n) for sku, n in units.items()}


def _beyond(name: str, n: int) -> str:
    text = ngettext("{name}: {n} sold beyond the stock.", "{name}: {n} sold beyond the stock.", n)
    return text.format(name=name, n=n)
