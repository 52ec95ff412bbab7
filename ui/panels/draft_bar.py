"""The bar over a script that is being read: what is not published, and the keys to it."""

from __future__ import annotations

from liveshop_desk.i18n import _, ngettext
from ui.actions import Actions
from ui.widgets.basics import button, label, plain_tip, set_look
from ui.widgets.flow import Chips


class DraftBar(Chips):
    """Words and buttons only; ``say`` tells it what stands."""

    def __init__(self, actions: Actions) -> None:
        self.words = label(size=13)
        self.publish, self.discard, self.live = button(kind="chosen"), button(kind="quiet"), button()
        self.live.setCheckable(True)
        super().__init__([self.words, self.publish, self.discard, self.live], spacing=6)
        self._actions = actions
        self.setProperty("kind", "header")
        self.flow.setContentsMargins(12, 6, 12, 6)
        self.words.setMinimumHeight(30)
        actions["publish_script"].changed.connect(self.retranslate)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Put the buttons into the language in use."""
        keys = self._actions.keys_text("publish_script")
        self.publish.setText(f"{_('Publish')}  {keys}".rstrip())
        self.publish.setAccessibleName(_("Publish"))
        self.discard.setText(_("Discard"))
        self.discard.setAccessibleName(_("Discard the draft"))
        self.live.setText(_("Live edit"))
        self.live.setAccessibleName(_("Live edit"))
        keys = self._actions.keys_text("edit_live")
        self.live.setToolTip(plain_tip(f"{_('Mend a mistake right before her eyes')}  {keys}".rstrip()))

    def say(self, *, on_air: bool, live_edit: bool, draft: bool, count: int) -> None:
        """Show where the typing goes and how many paragraphs (``count``) of a ``draft`` are not published."""
        self.setVisible(on_air or draft)
        self.publish.setVisible(draft)
        self.discard.setVisible(draft)
        self.live.setVisible(on_air)
        self.live.setChecked(live_edit)
        waiting = ngettext("Draft — {n} change not published", "Draft — {n} changes not published", count)
        if live_edit:
            text = _("Live edit: she reads what you type")
        elif draft:
            text = waiting.format(n=count)
        else:
            text = _("On air: what you type is a draft")
        self.words.setText(text)
        set_look(self.words, tone="on_air" if live_edit else "next" if draft else "dim")
