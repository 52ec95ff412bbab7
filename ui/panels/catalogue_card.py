"""The card (手卡) of the chosen product: what the anchor must know of it, and its SKUs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from liveshop_desk.errors import Refused, UserError
from liveshop_desk.i18n import _, mark, ngettext
from liveshop_desk.model.product import Product
from liveshop_desk.ops import catalogue
from ui.context import Context
from ui.panels.catalogue_skus import SkuTable
from ui.theme import GAP, ROW, font
from ui.widgets.basics import Panel, button, label, row
from ui.widgets.fact_edit import FactEdit
from ui.widgets.unsaved import Unsaved

LINES = {"offer": mark("Offer"), "seller": mark("Seller"), "brand": mark("Brand")}
TEXTS = {"selling_points": mark("Selling points"), "note": mark("Note")}
_MOST_ROWS = 7  # SKUs in sight without scrolling


class TextEdit(QPlainTextEdit):
    """Several lines of plain text, handed over when the focus leaves; Esc brings the saved text back."""

    def __init__(self, save: Callable[[str], None]) -> None:
        super().__init__()
        self._save = save
        self._held = ""
        self._refused = False  # the last time it was to be saved, it was not
        self.setFont(font(14))
        self.setTabChangesFocus(True)

    @property
    def dirty(self) -> bool:
        """Tell whether something typed has not been saved."""
        return self.toPlainText() != self._held

    @property
    def waits(self) -> bool:
        """Tell whether what is typed was to be saved and is not."""
        return self._refused and self.dirty

    def text(self) -> str:
        """Return what stands there."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Put a text there that is not saved yet."""
        self.setPlainText(text)

    def show_text(self, text: str, *, force: bool = False) -> None:
        """Show the saved text; what is being typed stays unless ``force``."""
        keep = self.dirty and not force
        self._held = text
        if not keep and self.toPlainText() != text:
            self.setPlainText(text)

    def flush(self) -> None:
        """Save what is typed."""
        if self.dirty:
            self._save(self.toPlainText())
        self._refused = self.dirty

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save when the focus leaves."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Bring the saved text back on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.dirty:
            self.show_text(self._held, force=True)
            return
        super().keyPressEvent(event)


class CatalogueCard(Panel):
    """The right side of the catalogue room. ``show_product`` says which product it is about."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Card"))
        self._context = context
        self._product: Product | None = None
        self._lines = {field: FactEdit(self._line_saver(field)) for field in LINES}
        self._texts = {field: TextEdit(self._text_saver(field)) for field in TEXTS}
        self._unsaved = Unsaved(self._lines | self._texts)  # what the shop file would not take
        self._back: list[str] = []  # fields that show again what could not be saved of them
        self._labels: dict[str, QLabel] = {field: label(size=12, tone="faint") for field in (*LINES, *TEXTS, "skus")}
        self.skus = SkuTable(context)
        self._add_sku = button(kind="quiet")
        self._add_sku.clicked.connect(self._new_sku)
        self._hint = label(size=13, tone="faint")
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sheet = QScrollArea()
        self._arrange()
        self.retranslate()
        self.show_product(None)

    def _arrange(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(4)
        self._place(column, "selling_points", self._texts["selling_points"], 96)
        for field, editor in self._lines.items():
            self._place(column, field, editor, 30)
        self._place(column, "note", self._texts["note"], 64)
        column.addLayout(row(self._labels["skus"], None, self._add_sku))
        column.addWidget(self.skus)
        column.addStretch(1)
        self._sheet.setWidget(body)
        self._sheet.setWidgetResizable(True)
        self._sheet.setFrameShape(QFrame.Shape.NoFrame)
        self._sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for widget in (self._sheet, self._sheet.viewport(), body):
            widget.setAutoFillBackground(False)
        self.add_body(self._hint)
        self.add_body(self._sheet)

    def _place(self, column: QVBoxLayout, field: str, editor: QWidget, height: int) -> None:
        self._labels[field].setBuddy(editor)
        editor.setFixedHeight(height)
        column.addWidget(self._labels[field])
        column.addWidget(editor)
        column.addSpacing(GAP)

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self.setAccessibleName(_("Card"))
        for field, text in (LINES | TEXTS).items():
            self._labels[field].setText(_(text))
            (self._lines.get(field) or self._texts[field]).setAccessibleName(_(text))
        self._texts["selling_points"].setPlaceholderText(_("What the anchor says of it, one point a line"))
        self._lines["offer"].setPlaceholderText(_("What comes with it: buy 1 get 1, a gift, a coupon"))
        self._add_sku.setText(_("＋ Spec"))
        self._add_sku.setAccessibleName(_("Add a spec"))
        self._hint.setText(_("Choose a product to see its card."))
        self.skus.retranslate()
        self._titles()

    def show_product(self, product: Product | None) -> None:
        """Show a product's card; what is typed for another one is saved first."""
        other = (product.id if product else "") != (self._product.id if self._product else "")
        if other:
            self.flush()
            self._unsaved.put_by(self._product.id if self._product else "")
        self._product = product
        self._sheet.setVisible(product is not None)
        self._hint.setVisible(product is None)
        if product is not None:
            for field, editor in self._lines.items():
                editor.show_fact(getattr(product, field), force=other)
            for field, text in self._texts.items():
                text.show_text(getattr(product, field), force=other)
            taken_up = self._unsaved.take_up(product.id)  # to be saved when the focus leaves
            self._back = taken_up if other else [*self._back, *taken_up]
        self.skus.show_product(product)
        rows = min(max(1, len(product.skus) if product else 1), _MOST_ROWS)
        self.skus.setFixedHeight(30 + rows * ROW + 2)
        self._titles()

    def _titles(self) -> None:
        product = self._product
        self.title.setText(_("Card"))
        self.subtitle.setText(product.title if product else "")
        n = len(product.skus) if product else 0
        self._labels["skus"].setText(ngettext("{n} spec", "{n} specs", n).format(n=n))

    def waits(self) -> bool:
        """Tell whether something was to be saved and is not, of the products shown before too."""
        editors: dict[str, FactEdit | TextEdit] = {**self._lines, **self._texts}
        typed = any(each.waits or (each.dirty and field in self._back) for field, each in editors.items())
        return typed or bool(self._unsaved) or self.skus.in_place.waits

    def flush(self) -> None:
        """Save what is typed and not yet saved, of the products shown before too."""
        if self._product is not None:
            for line in self._lines.values():
                line.flush()
            for text in self._texts.values():
                text.flush()
        self._unsaved.try_again(self._save_kept)

    def _save_kept(self, product_id: str, field: str, text: str) -> bool:
        """Save what was kept of a product shown before; tell whether nothing more is to be done with it."""
        try:
            self._save(product_id, field, text)
        except UserError as error:
            self._context.notices.error(error)
            return isinstance(error, Refused)  # the product is gone, and its card with it
        return True

    def _line_saver(self, field: str) -> Callable[[str], None]:
        def save(text: str) -> None:
            try:
                self._save_shown(field, text)
            except UserError as error:
                raise ValueError(str(error)) from error

        return save

    def _text_saver(self, field: str) -> Callable[[str], None]:
        def save(text: str) -> None:
            try:
                self._save_shown(field, text)
            except UserError as error:
                self._context.notices.error(error)

        return save

    def _save_shown(self, field: str, text: str) -> None:
        if self._product is not None:
            self._save(self._product.id, field, text)

    def _save(self, product_id: str, field: str, text: str) -> None:
        self._context.desk.run_from(self, catalogue.edit_product, product_id, **{field: text})

    def _new_sku(self) -> None:
        if self._product is None:
            return
        spec = _("Spec {n}").format(n=len(self._product.skus) + 1)
        sku_id = self._context.attempt(catalogue.add_sku, self._product.id, spec, origin=self)
        for place, sku in enumerate(self.skus.rows.skus):
            if sku.id == sku_id:
                self.skus.setCurrentIndex(self.skus.rows.index(place, 0))
                self.skus.edit_field("spec")
