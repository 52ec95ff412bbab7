"""What must also be done on the platforms: link number and tick for each, and the price to copy."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.money import money_text, yuan_text
from liveshop_desk.model.names import platform_name
from liveshop_desk.model.product import Product, spread
from liveshop_desk.model.session import Session
from liveshop_desk.ops import shelf
from liveshop_desk.store.queries import QueueRow
from ui.context import Context
from ui.theme import font
from ui.widgets.basics import button, label, plain_caption, row, set_look
from ui.widgets.cell_editor import TypedField
from ui.widgets.popover import Popover, plain_digit


class TicksPopover(Popover):
    """One line a platform of a session: done or not, and the link number there. Changes are saved at once, there."""

    def __init__(self, host: QWidget, context: Context, session: Session, product: Product) -> None:
        super().__init__(host, product.title)
        self._context = context
        self._session_id = session.id
        self._product_id = product.id
        self.boxes: dict[str, QCheckBox] = {}
        self.links: dict[str, TypedField] = {}
        self._said = label(size=12)
        self._said.hide()
        self._add_price(product)
        if not session.platforms:
            self.body.addWidget(label(_("No platform is chosen for this session yet."), size=13, tone="dim"))
        grid = QGridLayout()
        grid.setSpacing(8)
        for line, platform in enumerate(session.platforms):
            self._add_platform(grid, line, platform)
        self.body.addLayout(grid)
        self.body.addWidget(self._said)

    @property
    def dirty(self) -> bool:
        """Tell whether a link number is typed that is not saved."""
        return any(field.dirty for field in self.links.values())

    @property
    def waits(self) -> bool:
        """Tell whether a link number was to be saved and is not."""
        return any(field.waits for field in self.links.values())

    def refresh(self, held: QueueRow) -> None:
        """Show what is saved now; typed texts stay."""
        known = {link.platform: link for link in held.links}
        for platform, box in self.boxes.items():
            link = known.get(platform)
            box.blockSignals(True)
            box.setChecked(bool(link and link.done))
            box.blockSignals(False)
            self.links[platform].show_value(link.link_no if link else "")

    def focus(self) -> None:
        """Put the focus on the first tick."""
        target = next(iter(self.boxes.values()), None) or self._close
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def close_now(self) -> None:
        """Take the sheet away with every typed link number saved; one that is refused keeps it open."""
        saved = [field.save() for field in self.links.values()]
        if all(saved):
            super().close_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter closes, as Esc does: everything is saved already."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_now()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk from tick to tick by the arrows; a digit typed on a tick is the link number beside it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QCheckBox):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            boxes = list(self.boxes.values())
            if step is not None and watched in boxes:
                following = boxes[(boxes.index(watched) + step) % len(boxes)]
                following.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if plain_digit(event) and watched in boxes:
                field = list(self.links.values())[boxes.index(watched)]
                field.setFocus(Qt.FocusReason.TabFocusReason)  # what stands there is chosen, and replaced
                QCoreApplication.sendEvent(field, event)
                return True
        return super().eventFilter(watched, event)

    def _add_price(self, product: Product) -> None:
        prices = spread([sku.live_price for sku in product.skus])
        if prices is None:
            return
        text = " – ".join(money_text(price) for price in dict.fromkeys(prices))
        copy = button(_("Copy price"), kind="chip", name=_("Copy price"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(yuan_text(prices[0])))
        hint = label(_("Do it on each platform too, then tick it."), size=12, tone="faint")
        self.body.addLayout(row(label(text, bold=True), copy, None))
        self.body.addWidget(hint)

    def _add_platform(self, grid: QGridLayout, line: int, platform: str) -> None:
        name = platform_name(platform)
        box = QCheckBox(plain_caption(name))
        box.setFont(font(14))
        box.setAccessibleName(_("Done on {platform}").format(platform=name))
        box.installEventFilter(self)
        box.toggled.connect(lambda done: self._tick(platform, done))
        field = TypedField(
            lambda text, _ok: self._context.desk.run_from(
                self, shelf.set_link, self._session_id, self._product_id, platform, text
            ),
            name=_("Link number on {platform}").format(platform=name),
            kind="",
        )
        field.setPlaceholderText(_("Link no."))
        field.setFixedWidth(96)
        field.said.connect(self._say)
        field.given_up.connect(self.close_now)
        field.left.connect(field.save)
        grid.addWidget(box, line, 0)
        grid.addWidget(field, line, 1)
        self.boxes[platform], self.links[platform] = box, field

    def _tick(self, platform: str, done: bool) -> None:
        self._context.attempt(shelf.set_done, self._session_id, self._product_id, platform, done, origin=self)

    def _say(self, text: str, tone: str) -> None:
        self._said.setText(text)
        set_look(self._said, tone=tone)
        self._said.setVisible(bool(text))
        self.refit()
