"""Where the typing of the script editor goes: into the script, or into a draft beside it while it is being read."""

from __future__ import annotations

from liveshop_desk.errors import UserError
from liveshop_desk.ops import scripts
from liveshop_desk.prompter.drafts import Difference, compare
from liveshop_desk.store import queries
from liveshop_desk.store.queries import ScriptTexts
from ui.context import Context

Kept = tuple[str, bool]  # script id, whether it is the draft


class Writing:
    """One script being written. ``look`` reads it; ``save`` writes what is typed where it belongs.

    ``on_air``: the anchor is reading it. ``live_edit``: a mistake is being mended right before her eyes.
    A text the shop file would not take is kept and tried again.
    """

    def __init__(self, context: Context, origin: object) -> None:
        self._context = context
        self._origin = origin
        self.script_id = ""
        self.texts = ScriptTexts()
        self.on_air = False
        self.live_edit = False
        self._unsaved: dict[Kept, str] = {}

    def open(self, script_id: str) -> None:
        """Take another script; "" for none."""
        self.script_id, self.live_edit = script_id, False
        self.look()

    def look(self) -> None:
        """Read script, draft and whether it is being read now. Live edit ends with its time on air."""
        store = self._context.desk.store
        self.texts = queries.script_texts(store, self.script_id) if self.script_id else ScriptTexts()
        self.on_air = bool(self.script_id) and queries.script_on_air(store) == self.script_id
        self.live_edit = self.live_edit and self.on_air

    @property
    def beside(self) -> bool:
        """Tell whether typing goes into the draft."""
        waits = (self.script_id, True) in self._unsaved
        return not self.live_edit and (self.on_air or waits or self.texts.draft is not None)

    @property
    def text(self) -> str:
        """Return the text on disk that is typed in."""
        return self.texts.draft if self.beside and self.texts.draft is not None else self.texts.text

    @property
    def unsaved(self) -> str | None:
        """Return what was typed but could not be saved."""
        return self._unsaved.get((self.script_id, self.beside))

    @property
    def all_saved(self) -> bool:
        """Tell whether nothing is waiting to be saved."""
        return not self._unsaved

    def difference(self, typed: str) -> Difference:
        """Return how the draft, with what is ``typed`` of it, differs from the live text."""
        draft = typed if self.beside else self.texts.draft
        return Difference() if draft is None else compare(self.texts.text, draft)

    def save(self, typed: str | None, title: str) -> bool:
        """Write what is typed (``None``: nothing new) and what waits; tell whether what is typed is on disk."""
        waiting = dict(self._unsaved)
        own = (self.script_id, self.beside)
        if typed is not None:
            waiting[own] = typed
        for (script_id, draft), text in waiting.items():
            self._save(script_id, text, draft=draft, title=title if script_id == self.script_id else "")
        if waiting:
            self.look()
        return own not in self._unsaved

    def _save(self, script_id: str, text: str, *, draft: bool, title: str) -> None:
        op = scripts.save_draft if draft else scripts.save_script
        try:
            self._context.desk.run_from(self._origin, op, script_id, text, title=title)
        except UserError as error:
            self._unsaved[script_id, draft] = text
            self._context.notices.error(error)
        else:
            self._unsaved.pop((script_id, draft), None)
