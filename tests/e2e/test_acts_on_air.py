"""Acts while the prompter runs: what they show comes between its frames, and all of it in the end."""

from dataclasses import replace

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject
from PySide6.QtWidgets import QLabel

from liveshop_desk.model.clock import SystemClock
from liveshop_desk.model.record import Record
from liveshop_desk.store import queries
from tests.e2e.hands import live_on, wait_until
from tests.e2e.shops import STOCK, make_shop, read
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.key_sheet import KeySheet


def on_air(h):
    """Go live, take two segments and let the prompter run in the anchor's window."""
    h.press("Ctrl+L", "Return")
    wait_until(lambda: h.shows("ON AIR"))
    h.press("Ctrl+Return", "Ctrl+Return")
    run_prompter(h)


def run_prompter(h):
    window = h.starter.window
    window.anchor.toggle(keyboard=False)
    window.prompting.reader.play()
    wait_until(lambda: window.context.gaps.running)


def test_at_the_end_the_text_goes_first_and_the_review_is_shown_behind_it(shop_file, open_desk):
    make_shop(shop_file)
    h = open_desk()
    on_air(h)
    window = h.starter.window
    h.press("Ctrl+Shift+E", "Return")
    assert window.room == "live"
    wait_until(lambda: window.room == "review" and h.shows("Ended"))
    assert not window.prompting.reader.paragraphs


class Styled(QObject):
    """Counts the labels that are styled, by turns of the event loop."""

    def __init__(self, app):
        super().__init__()
        self.turns = [0]
        self._app = app
        app.installEventFilter(self)
        QAbstractEventDispatcher.instance().awake.connect(self._turn)

    def _turn(self):
        self.turns.append(0)

    def stop(self):
        """Count no more."""
        self._app.removeEventFilter(self)
        QAbstractEventDispatcher.instance().awake.disconnect(self._turn)

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        """Look at every part that is styled."""
        self.turns[-1] += event.type() is QEvent.Type.Polish and isinstance(watched, QLabel)
        return False


def test_what_opens_is_styled_a_part_at_a_time_and_opens_once(shop_file, open_desk, qapp):
    make_shop(shop_file)
    h = open_desk()
    on_air(h)
    actions, styled = h.starter.window.context.actions, Styled(qapp)
    actions.give("key_sheet")
    actions.give("key_sheet")  # pressed twice, before it is there
    wait_until(lambda: h.seen(KeySheet))
    styled.stop()
    sheet = h.seen(KeySheet)[0]
    labels = len(sheet.findChildren(QLabel))
    assert labels > 150
    assert max(styled.turns) < labels / 2
    wait_until(lambda: all(each.updatesEnabled() for each in sheet.findChildren(QLabel)))
    assert h.shows("Undo", within=sheet)
    live_on(100)
    assert len(h.seen(KeySheet)) == 1
    h.press("Esc", on=sheet)
    wait_until(lambda: not h.seen(KeySheet))
    actions.give("key_sheet")
    wait_until(lambda: h.seen(KeySheet))


def test_a_preview_of_an_import_is_made_and_shown_in_turns_of_their_own(shop_file, open_desk, tmp_path):
    make_shop(shop_file)
    table = tmp_path / "new.csv"
    table.write_text("款号,商品标题,直播价,库存\nN1,新品卫衣,99.00,5\n", encoding="utf-8")
    h = open_desk()
    on_air(h)
    window = h.starter.window
    window.furniture.pickers.import_files([str(table)])
    assert not h.seen(ImportDialog)
    wait_until(lambda: h.seen(ImportDialog) and h.shows("Import 1 row"))
    dialog = h.seen(ImportDialog)[0]
    wait_until(dialog.isActiveWindow)
    h.press("Return")
    wait_until(lambda: not h.seen(ImportDialog))
    h.wait_for("new.csv")


def test_settings_saved_reach_the_panels_in_a_gap(shop_file, open_desk):
    make_shop(shop_file)
    h = open_desk()
    on_air(h)
    window, heard = h.starter.window, []
    window.bridge.changed.connect(lambda changes: heard.append(changes.label))
    window.apply_settings(replace(window.desk.settings, low_stock=1_000))
    assert "settings" not in heard
    wait_until(lambda: "settings" in heard)
    window.prompting.reader.pause()
    wait_until(lambda: not window.context.gaps.running)
    heard.clear()
    window.apply_settings(replace(window.desk.settings, low_stock=20))
    assert "settings" in heard


def test_f3_opens_in_the_spec_that_was_sold_out(shop_file, open_desk):
    make_shop(shop_file)
    h = open_desk()
    h.press("Ctrl+L", "Return")
    wait_until(lambda: h.shows("ON AIR"))
    evening = h.starter.window.evening
    sold = Record(SystemClock().now(), "order", "douyin", sku="p4-1", quantity=STOCK + 3, amount=100, order="1")
    evening.receive([sold], now=True)
    wait_until(lambda: h.shows("3 sold beyond the stock → add stock"))
    h.click_row(4)  # sizes S and M, and M is the one that is missing
    h.press("F3")
    h.type("+50", "Return")
    assert read(shop_file, lambda store: [queries.sku(store, f"p4-{n}").stock for n in (0, 1)]) == [STOCK, 50]
    assert len(h.errors) == 1  # that it was sold beyond the stock
    h.errors.clear()


def test_the_alarm_of_goods_that_are_not_on_air_opens_their_stock(shop_file, open_desk):
    make_shop(shop_file)
    h = open_desk()
    h.press("Ctrl+L", "Return")
    wait_until(lambda: h.shows("ON AIR"))
    sold = Record(SystemClock().now(), "order", "douyin", sku="p4-1", quantity=STOCK + 3, amount=100, order="1")
    h.starter.window.evening.receive([sold], now=True)
    wait_until(lambda: h.shows("3 sold beyond the stock → add stock"))
    h.press("Ctrl+Shift+.")
    h.type("+50", "Return")
    assert read(shop_file, lambda store: [queries.sku(store, f"p4-{n}").stock for n in (0, 1)]) == [STOCK, 50]
    h.errors.clear()  # that it was sold beyond the stock
