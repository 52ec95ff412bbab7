"""Adding to the queue by hand: a segment without a product."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.names import kind_name
from liveshop_desk.model.session import Kind
from ui.theme import font
from ui.widgets.basics import button, label, row
from ui.widgets.popover import Popover

_MINUTES = 5


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
        self.minutes.setRange(1, 720)
        self.minutes.setValue(_MINUTES)
        self.minutes.setSuffix(" " + _("min"))
        self.minutes.setAccessibleName(_("Length in minutes"))
        add = button(_("Add"), kind="chosen", name=_("Add"))
        add.clicked.connect(self._add)
        self.kind.currentIndexChanged.connect(self._suggest)
        self.body.addLayout(row(self.kind, self.name))
        self.body.addLayout(row(label(_("Length"), size=13, tone="dim"), self.minutes, None, add))
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
