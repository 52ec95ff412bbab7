"""Numbers by hand (A9): one line, one Enter; the field stays for the next."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from liveshop_desk.errors import UserError
from liveshop_desk.feeds.typed import LIMIT, metric_named
from liveshop_desk.i18n import _
from liveshop_desk.model.bases import BASES, Number
from liveshop_desk.model.metrics import format_metric
from liveshop_desk.model.metrics_catalogue import METRICS
from ui.context import Context
from ui.evening import Evening
from ui.theme import font
from ui.widgets.basics import button, label, set_look

# What a platform's screen shows, in the order it is copied down; the rest follows.
_FIRST = (
    "online", "gmv", "orders", "units", "buyers", "viewers", "views", "new_followers", "clickers", "exposed_viewers",
    "interacting_viewers", "comments", "likes", "stay_seconds",
)  # fmt: skip
_NAME = re.compile(r"([^\d+\-−:=]+)[\s:=]*[+\-−¥￥]?\d*[\d.,:]*\S*$")


class NumberEntry(QFrame):
    """Chooser, field and what became of it. ``open_entry`` takes the keyboard, Esc gives it back.

    It stands where the alarms are said, so it does not stay behind when the keyboard goes elsewhere.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, context: Context, evening: Evening) -> None:
        super().__init__()
        self._context = context
        self._evening = evening
        self._before: QWidget | None = None
        self._kept = ""  # what is said of figures the disk has not taken yet
        evening.saved_again.connect(self._tick_kept)
        self._make_chooser()
        self._make_field()
        self.said = label(size=12, tone="dim")
        self.said.setWordWrap(True)  # two lines of this size fit the header: a reason is read, not guessed
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.close_button = button("✕", kind="quiet")
        self.close_button.clicked.connect(self.close_entry)
        self._lay_out()
        self.retranslate()

    def _make_chooser(self) -> None:
        self.chooser = QComboBox()
        self.chooser.setFont(font(13))
        self.chooser.setMaxVisibleItems(20)
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chooser.setMinimumContentsLength(9)
        for key in (*_FIRST, *(key for key in BASES if key not in _FIRST)):
            self.chooser.addItem("", key)
        self.chooser.installEventFilter(self)

    def _make_field(self) -> None:
        self.field = QLineEdit()
        self.field.setFont(font(14))
        self.field.setMaxLength(LIMIT)
        self.field.setMinimumWidth(150)
        self.field.returnPressed.connect(self._enter)
        self.field.textEdited.connect(self._typed)
        self.field.installEventFilter(self)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.chooser)
        layout.addWidget(self.field, 2)
        layout.addWidget(self.said, 3)
        layout.addWidget(self.close_button)
        QWidget.setTabOrder(self.chooser, self.field)
        QWidget.setTabOrder(self.field, self.close_button)

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        for place in range(self.chooser.count()):
            self.chooser.setItemText(place, _(BASES[self.chooser.itemData(place)].label))
        self.chooser.setAccessibleName(_("Which figure"))
        self.field.setAccessibleName(_("Number"))
        self.field.setPlaceholderText(_("1284   or   gmv 86402, orders +5"))
        self.field.setToolTip(
            _("Up and down choose the figure, Enter saves, Tab saves and goes to the next, Esc closes")
        )
        self.close_button.setAccessibleName(_("Close"))
        self._say("")

    @property
    def chosen(self) -> str:
        """Return the base count the chooser stands at."""
        return str(self.chooser.currentData())

    def open_entry(self) -> None:
        """Take the keyboard."""
        focus = self.window().focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self._before = focus
        self.opened.emit()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_entry(self) -> None:
        """Give the keyboard back to where it was."""
        self.field.clear()
        self._say("")
        self.give_way()

    def give_way(self) -> None:
        """Leave the header to the alarm and give the keyboard back; what is half typed is there the next time."""
        self.closed.emit()
        before, self._before = self._before, None
        if before is not None:
            try:
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            except RuntimeError:
                return  # that control is gone meanwhile

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, down and Tab choose the figure, the hands stay in the field; Esc closes, and so does going elsewhere.

        Tab as in a table: were it to leave the field, the next figure would be typed as the number of a segment.
        """
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._left)
            return False
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.close_entry()
            return True
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Backtab: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Tab: 1}
        if watched is self.field and event.key() in steps:
            if event.key() != Qt.Key.Key_Tab or self._enter():
                self._step(steps[Qt.Key(event.key())])
            return True
        return False

    def _step(self, by: int) -> None:
        place = self.chooser.currentIndex() + by
        self.chooser.setCurrentIndex(min(max(place, 0), self.chooser.count() - 1))

    def _left(self) -> None:
        """Make room for the alarms where the keyboard went to another control; what is half typed stays."""
        focus = self.window().focusWidget()
        if self.isVisible() and not self.field.text() and focus is not None and not self.isAncestorOf(focus):
            self._before = None
            self.close_entry()

    def _typed(self, text: str) -> None:
        """Let the chooser follow a name that is typed, and forget what was said of the last text."""
        self._say("")
        named = _NAME.fullmatch(text.strip())
        key = metric_named(named[1].strip()) if named else None
        if key is not None:
            self._choose(key)

    def _choose(self, key: str) -> None:
        self.chooser.setCurrentIndex(self.chooser.findData(key))

    def _enter(self) -> bool:
        """Save; a name alone only chooses. What cannot be read stays in the field, with the reason beside it.

        Tell whether the next figure may be typed: also where there was nothing to save.
        """
        text = self.field.text().strip()
        alone = metric_named(text)
        if not text:
            return True
        if alone is not None:
            self._choose(alone)
            self.field.clear()
            return False
        try:
            entered = {record.metric: record.value for record in self._evening.enter(text, self.chosen)}
        except UserError as error:
            self._say("⚠ " + str(error), "error")
            return False
        self._choose(list(entered)[-1])
        self.field.clear()
        self._confirm("  ".join(_confirmed(*each) for each in entered.items()))
        return True

    def _confirm(self, text: str) -> None:
        """Say figures as they were read, with the tick, or that the disk has not taken them yet."""
        saved = self._evening.saved
        self._say(text + (" ✓" if saved else " ○ " + _("kept, not yet saved")), "good" if saved else "next")
        self._kept = "" if saved else text

    def _tick_kept(self) -> None:
        """Tick what was not yet saved, unless something else is said by now."""
        if self._kept:
            self._confirm(self._kept)

    def _say(self, text: str, tone: str = "") -> None:
        self._kept = ""
        self.said.setText(text)
        self.said.setToolTip("")
        set_look(self.said, tone="on_air" if tone == "error" else tone or "dim")
        set_look(self.field, tone="error" if tone == "error" else "")
        self.said.setAccessibleName(text)


def _confirmed(key: str, value: Number | None) -> str:
    """Return a figure as it was read, as the tiles write it; in a flood they show it a little later."""
    return f"{_(BASES[key].label)} {format_metric(METRICS[key], value)}"
