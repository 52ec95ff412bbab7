"""The bar over a script that is being read: what is not published, and the keys to it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent

from liveshop_desk.i18n import _, ngettext
from ui.actions import Actions
from ui.widgets.basics import button, label, plain_tip, set_look
from ui.widgets.flow import Chips


class DraftBar(Chips):
    """Words and buttons only; ``say`` tells it what stands."""

    def __init__(self, actions: Actions) -> None:
        self.words = label(size=13, tone="dim")
        self.publish, self.discard, self.live = button(kind="chosen"), button(kind="quiet"), button()
        self.live.setCheckable(True)
        super().__init__([self.words, self.publish, self.discard, self.live], spacing=6)
        self._actions = actions
        self._said = ("", "")  # at length and in brief
        self.setProperty("kind", "header")
        self.flow.setContentsMargins(12, 6, 12, 6)
        self.words.setMinimumHeight(30)
        actions["publish_script"].changed.connect(self.retranslate)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Put the buttons into the language in use."""
        self.publish.setAccessibleName(_("Publish"))
        self.discard.setText(_("Discard"))
        self.discard.setAccessibleName(_("Discard the draft"))
        self.live.setText(_("Live edit"))
        self.live.setAccessibleName(_("Live edit"))
        tip = _("Mend a mistake right before her eyes")  # not within the f-string: texts are not collected from there
        self.live.setToolTip(plain_tip(f"{tip}  {self._actions.keys_text('edit_live')}".rstrip()))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be brief where it is narrow."""
        super().resizeEvent(event)
        self._fit()

    def say(self, *, on_air: bool, live_edit: bool, draft: bool, count: int) -> None:
        """Show where the typing goes and how many paragraphs (``count``) of a ``draft`` are not published."""
        self.setVisible(on_air or draft)
        self.publish.setVisible(draft)
        self.discard.setVisible(draft)
        self.live.setVisible(on_air)
        self.live.setChecked(live_edit)
        if live_edit:
            self._said = (_("Live edit: she reads what you type"), _("She reads what you type"))
        elif draft:
            whole = ngettext("Draft — {n} change not published", "Draft — {n} changes not published", count)
            brief = ngettext("Draft — {n} change", "Draft — {n} changes", count)
            self._said = (whole.format(n=count), brief.format(n=count))
        else:
            self._said = (_("On air: what you type is a draft"), _("Typing makes a draft"))
        set_look(self.words, tone="on_air" if live_edit else "next" if draft else "dim")
        self._fit()

    def _fit(self) -> None:
        """Say as much as goes into one line: the whole, fewer words, no key."""
        keys = f"{_('Publish')}  {self._actions.keys_text('publish_script')}".rstrip()
        for words, publish in ((self._said[0], keys), (self._said[1], keys), (self._said[1], _("Publish"))):
            self.words.setText(words)
            self.publish.setText(publish)
            if self._needed() <= self.width():
                break
        self.words.setAccessibleName(self._said[0])
        self.words.setToolTip(plain_tip(self._said[0] if self.words.text() != self._said[0] else ""))
        self.publish.setToolTip(plain_tip(keys if self.publish.text() != keys else ""))

    def _needed(self) -> int:
        shown = [part for part in (self.words, self.publish, self.discard, self.live) if not part.isHidden()]
        margins = self.flow.contentsMargins()
        wide = sum(part.sizeHint().width() for part in shown) + self.flow.spacing() * (len(shown) - 1)
        return wide + margins.left() + margins.right()
