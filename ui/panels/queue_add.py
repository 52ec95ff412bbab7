"""Adding to the queue by hand: a segment without a product, or a pasted list with a preview."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _, ngettext
from liveshop_desk.model.names import kind_name
from liveshop_desk.model.session import Kind
from ui.theme import font
from ui.widgets.basics import button, label, row
from ui.widgets.popover import Popover

_MINUTES = 5
_REFUSALS = 5  # shown one by one; more are counted


class AddSegmentPopover(Popover):
    """Kind, title and minutes; Enter adds. ``wanted(kind, title, seconds)``."""

    wanted = Signal(str, str, int)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, _("Add a segment"))
        self.kind = QComboBox()
        self.kind.setFont(font(14))
        self.kind.setAccessibleName(_("Type"))
        for kind in Kind:
            self.kind.addItem(kind_name(kind), kind.value)
        self.kind.setCurrentIndex(list(Kind).index(Kind.INTERACTION))
        self.name = QLineEdit()
        self.name.setFont(font(14))
        self.name.setAccessibleName(_("Title"))
        self.name.setMinimumWidth(180)
        self.minutes = QSpinBox()
        self.minutes.setFont(font(14))
        self.minutes.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.minutes.setRange(1, 720)
        self.minutes.setValue(_MINUTES)
        self.minutes.setSuffix(" " + _("min"))
        self.minutes.setAccessibleName(_("Length in minutes"))
        add = button(_("Add"), kind="chosen", name=_("Add"))
        add.clicked.connect(self._add)
        self.kind.currentIndexChanged.connect(self._suggest)
        self.body.addLayout(row(self.kind, self.name))
        self.body.addLayout(row(self.minutes, None, add))
        self._suggest()

    @property
    def dirty(self) -> bool:
        """Tell whether a title was typed."""
        return bool(self.name.text().strip())

    def focus(self) -> None:
        """Put the cursor into the title."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds from every field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._add()
        else:
            super().keyPressEvent(event)

    def _suggest(self) -> None:
        self.name.setPlaceholderText(self.kind.currentText())

    def _add(self) -> None:
        title = self.name.text().strip() or self.kind.currentText()
        self.wanted.emit(self.kind.currentData(), title, self.minutes.value() * 60)
        self.close_now()


class PastePopover(Popover):
    """A text area and what would come of it. ``wanted(text)`` when it is to be added."""

    wanted = Signal(str)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, _("Paste a list"))
        self.text = QPlainTextEdit()
        self.text.setFont(font(14))
        self.text.setAccessibleName(_("List to add"))
        self.text.setPlaceholderText(
            _("One row a line, from a chat, a table or a document:\n1 Down coat Y9981 ¥369 8 min\n2 Lucky bag 5 min")
        )
        self.text.setTabChangesFocus(True)
        self.text.setMinimumSize(320, 160)
        self.preview = label(size=13, tone="dim")
        self.preview.setWordWrap(True)
        self.add = button(_("Add"), kind="chosen", name=_("Add"))
        self.add.clicked.connect(self._add)
        self.text.textChanged.connect(self._look)
        self.body.addWidget(self.text)
        self.body.addWidget(self.preview)
        self.body.addLayout(row(None, self.add))
        self._look()

    @property
    def dirty(self) -> bool:
        """Tell whether there is a text."""
        return bool(self.text.toPlainText().strip())

    def focus(self) -> None:
        """Put the cursor into the text."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        text = self.text.toPlainText()
        count, lines = preview(text) if text.strip() else (0, [_("What will be added is shown here.")])
        self.preview.setText("\n".join(lines))
        self.add.setEnabled(count > 0)

    def _add(self) -> None:
        self.wanted.emit(self.text.toPlainText())
        self.close_now()


def preview(text: str) -> tuple[int, list[str]]:
    """Return how many segments a pasted text gives, and what to tell of it and of the lines refused."""
    from liveshop_desk.sheets.queue import parse_pasted

    try:
        reading = parse_pasted(text)
    except UserError as error:
        return 0, [str(error)]
    count = len(reading.records)
    lines = [ngettext("{n} segment will be added.", "{n} segments will be added.", count).format(n=count)]
    lines += [
        _("Line {row}: {why}").format(row=refusal.row, why=refusal.why) for refusal in reading.refused[:_REFUSALS]
    ]
    more = len(reading.refused) - _REFUSALS
    if more > 0:
        lines.append(ngettext("… and {n} line more refused.", "… and {n} lines more refused.", more).format(n=more))
    return count, lines
