"""What an empty queue teaches: the ways to fill it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from ui.models.dragged import PRODUCTS_MIME
from ui.models.queue_model import dropped_ids
from ui.widgets.basics import button, label


class EmptyQueue(QWidget):
    """A sentence and four buttons; products may be dropped here too."""

    import_wanted = Signal()
    paste_wanted = Signal()
    products_wanted = Signal()
    sample_wanted = Signal()
    products_dropped = Signal(list, int)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.says = label(size=16, bold=True)
        self.how = label(size=13, tone="dim")
        self.importing = button(kind="chosen")
        self.pasting = button()
        self.products = button()
        self.sample = button()
        for made, signal in (
            (self.importing, self.import_wanted),
            (self.pasting, self.paste_wanted),
            (self.products, self.products_wanted),
            (self.sample, self.sample_wanted),
        ):
            made.clicked.connect(signal.emit)
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, made in enumerate((self.importing, self.pasting, self.products, self.sample)):
            grid.addWidget(made, place // 2, place % 2)
        column = QVBoxLayout(self)
        column.addStretch(1)
        for item in (self.says, self.how):
            item.setAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setWordWrap(True)
            column.addWidget(item)
        column.addSpacing(12)
        column.addLayout(grid)
        column.setAlignment(grid, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self.says.setText(_("The queue is empty"))
        self.how.setText(_("Fill it in one of these ways; everything can be undone."))
        for made, text in (
            (self.importing, _("Import a running order")),
            (self.pasting, _("Paste a list")),
            (self.products, _("Add from the catalogue")),
            (self.sample, _("Open the sample")),
        ):
            made.setText(text)
            made.setAccessibleName(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take products only."""
        if event.mimeData().hasFormat(PRODUCTS_MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which products were dropped."""
        self.products_dropped.emit(dropped_ids(event.mimeData(), PRODUCTS_MIME), 0)
        event.acceptProposedAction()
