"""Price and stock of a product with several SKUs: one line each, and one price for all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.money import money_text
from liveshop_desk.model.product import Product, Sku, spread
from liveshop_desk.ops import shelf
from ui.context import Context
from ui.models.queue_cells import Column
from ui.widgets.basics import label, set_look
from ui.widgets.cell_editor import Submit, TypedField
from ui.widgets.popover import Popover

_FIELD = 108  # px
_TALLEST = 320  # px of SKU lines; more scroll
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PLAIN = Qt.KeyboardModifier.KeypadModifier  # the arrows of small keyboards have it


class SkuPopover(Popover):
    """Fields for every SKU. What is typed stays until it is saved or given up; saving the last one closes."""

    def __init__(self, host: QWidget, context: Context, product: Product) -> None:
        super().__init__(host, product.title)
        self._context = context
        self._fields: dict[tuple[str, Column], TypedField] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._inside = inside = QWidget()
        inside.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for column, text in enumerate((_("Variant"), _("Live price"), _("Stock"))):
            self._grid.addWidget(label(text, size=12, tone="faint"), 0, column)
        if len(product.skus) > 1:
            self._add_line("", _("All"), [sku.id for sku in product.skus], stock=False)
        for sku in product.skus:
            self._add_line(sku.id, sku.spec or sku.code or product.code or product.title, [sku.id], stock=True)
        self._scroll = _scroller(inside)
        self.body.addWidget(self._scroll)
        self.refresh(product)
        self._fit()

    @property
    def dirty(self) -> bool:
        """Tell whether something is typed that is not saved."""
        return any(field.dirty for field in self._fields.values())

    @property
    def waits(self) -> bool:
        """Tell whether something was to be saved and is not."""
        return any(field.waits for field in self._fields.values())

    def refresh(self, product: Product) -> None:
        """Show what is saved now; typed texts stay."""
        known = {sku.id: sku for sku in product.skus}
        for (sku_id, column), field in self._fields.items():
            field.show_value(_all_price(product) if not sku_id else _value(known.get(sku_id), column))
        spanned = spread([sku.live_price for sku in product.skus])
        if spanned and ("", Column.PRICE) in self._fields:
            self._fields["", Column.PRICE].setPlaceholderText("–".join(money_text(p) for p in spanned))

    def focus(self, column: Column, short: str = "") -> None:
        """Put the cursor into the price for all, or into a stock: that of the SKU that is ``short``, else the first."""
        field = next(field for (_sku, name), field in self._fields.items() if name is column)
        if short and column is Column.STOCK:
            field = self._fields[short, column]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()
        self._scroll.ensureWidgetVisible(field)

    def field(self, sku_id: str, column: Column) -> TypedField:
        """Return the field of a SKU; an empty id is the price for all."""
        return self._fields[sku_id, column]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk down and up a column by the arrows, as by Tab: else they scroll, and what is typed goes out of sight."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, TypedField):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & ~_PLAIN:
                self._walk(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _walk(self, held: TypedField, step: int) -> None:
        column = next(column for (_sku, column), field in self._fields.items() if field is held)
        fields = [field for (_sku, name), field in self._fields.items() if name is column]
        at = fields.index(held) + step
        if 0 <= at < len(fields) and held.may_go():
            fields[at].setFocus(Qt.FocusReason.TabFocusReason)  # what stands there is chosen, and replaced
            self._scroll.ensureWidgetVisible(fields[at])

    def _add_line(self, sku_id: str, name: str, sku_ids: list[str], *, stock: bool) -> None:
        at = self._grid.rowCount()
        said = label(size=12)
        said.setWordWrap(True)
        said.hide()
        self._grid.addWidget(label(name, bold=not sku_id), at, 0)
        desk = self._context.desk
        self._put(
            at,
            1,
            (sku_id, Column.PRICE),
            _("{variant} price").format(variant=name),
            lambda text, ok: desk.run_from(self, shelf.type_price, sku_ids, text, confirmed=ok),
            said,
        )
        if stock:
            self._put(
                at,
                2,
                (sku_id, Column.STOCK),
                _("{variant} stock").format(variant=name),
                lambda text, ok: desk.run_from(self, shelf.type_stock, sku_id, text, confirmed=ok),
                said,
            )
        self._grid.addWidget(said, at + 1, 0, 1, 3)

    def _put(self, at: int, column: int, key: tuple[str, Column], name: str, submit: Submit, said: QLabel) -> None:
        field = TypedField(submit, name=name, kind="")
        field.setFixedWidth(_FIELD)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.said.connect(lambda text, tone: self._say(said, text, tone))
        field.textEdited.connect(lambda: self._scroll.ensureWidgetVisible(field))
        field.installEventFilter(self)
        field.saved.connect(self._saved)
        field.given_up.connect(self._given_up)
        self._grid.addWidget(field, at, column)
        self._fields[key] = field

    def _say(self, said: QLabel, text: str, tone: str) -> None:
        said.setText(text)
        set_look(said, tone=tone)
        said.setVisible(bool(text))
        self._fit()

    def _saved(self) -> None:
        if not self.dirty:
            self.close_now()

    def _given_up(self) -> None:
        if not self.dirty:
            self.close_now()

    def _fit(self) -> None:
        inside = self._inside
        hint = inside.sizeHint()
        self._scroll.setFixedSize(
            hint.width() + 12, min(_TALLEST, max(hint.height(), inside.heightForWidth(hint.width())))
        )
        self.refit()


def _scroller(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for widget in (area.viewport(), inside):
        widget.setAutoFillBackground(False)
    area.setWidget(inside)
    inside.setAutoFillBackground(False)
    return area


def _all_price(product: Product) -> str:
    spanned = spread([sku.live_price for sku in product.skus])
    return money_text(spanned[0]) if spanned and spanned[0] == spanned[1] else ""


def _value(sku: Sku | None, column: Column) -> str:
    if sku is None:
        return ""
    if column is Column.PRICE:
        return "" if sku.live_price is None else money_text(sku.live_price)
    return "" if sku.stock is None else str(sku.stock)
