"""The queue's panel driven by keys and mouse: taking, jumping, ordering, adding, searching."""

import re
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from liveshop_desk import i18n
from liveshop_desk.model.session import Kind
from liveshop_desk.ops import catalogue, queue, shelf, show
from liveshop_desk.store import journal, queries
from tests.ui.queue_tools import at, choose, double_click, key, open_live, open_panel, type_text
from ui import theme
from ui.models.cell import Cell
from ui.models.dragged import PRODUCTS_MIME
from ui.models.queue_cells import Column
from ui.models.queue_model import CELL, SEGMENTS_MIME
from ui.panels.queue_delegate import PAD, cut_text, row_font
from ui.panels.queue_panel import QueuePanel
from ui.widgets.short_numbers import cut_inside, fitted, shorter

# The offscreen platform says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def live(qtbot, context, window, shop, store, clock):
    return open_live(qtbot, context, window, shop, store, clock)


@pytest.fixture
def prepare(qtbot, context, window):
    return open_panel(qtbot, context, window, "prepare")


def titles(store, shop):
    return [segment.title for segment in queries.segments(store, shop.session)]


def heard(signal):
    """Return the list that collects what a signal says."""
    said = []
    signal.connect(lambda *args: said.append(args))
    return said


def on_air(store, shop):
    pitch = next((p for p in queries.pitches(store, shop.session) if p.ended_at is None), None)
    return pitch.segment_id if pitch else None


def drop(panel, row, mime_type, ids, *, action=Qt.DropAction.MoveAction):
    """Let go of ``ids`` just above ``row``; behind the last row for -1."""
    table = panel.table
    last = table.visualRect(panel.model.index(panel.model.rowCount() - 1, 3))
    rect = table.visualRect(panel.model.index(row, 3))
    spot = QPointF(last.center().x(), last.bottom() + 30) if row < 0 else QPointF(rect.center().x(), rect.top() + 1)
    mime = QMimeData()
    mime.setData(mime_type, QByteArray("\n".join(ids).encode()))
    held = (action, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    table.dragMoveEvent(QDragMoveEvent(spot.toPoint(), *held))
    table.dropEvent(QDropEvent(spot, *held))


# -- the show ------------------------------------------------------------------------------------------------


def test_ctrl_return_takes_the_next_with_the_viewers_of_now(live, store, shop, clock):
    live.set_online(lambda: 1284)
    key(live.table, Qt.Key.Key_Return, CTRL)
    clock.advance(60)
    key(live.table, Qt.Key.Key_Return, CTRL)
    first, second = queries.pitches(store, shop.session)
    assert (first.online_in, first.online_out, second.online_in) == (1284, 1284, 1284)
    assert on_air(store, shop) == shop.segments[1]
    assert at(live, 1, Column.SHELF).startswith("● Pitching")
    assert live.subtitle.text() == "2 / 6 segments • 3 products"


@contextmanager
def full_disk(store):
    """Let no file grow beyond the shop's log: writing on then fails as on a disk without room."""
    resource = pytest.importorskip("resource", reason="there is no limit on a file's size here")
    log = store.path.with_name(store.path.name + "-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_nothing_is_taken_and_once_there_is_room_the_next_key_press_works(live, store, shop, context):
    said = heard(context.notices.posted)
    with full_disk(store):
        key(live.table, Qt.Key.Key_Return, CTRL)
    assert on_air(store, shop) is None
    assert live.model.rundown.standing.on_air is None  # nothing is shown that is not saved
    [(notice,)] = said
    assert notice.tone == "error"
    for words in ("The disk is full", "shown as saved before is safe", "Free some space and try again"):
        assert words in notice.text
    key(live.table, Qt.Key.Key_Return, CTRL)
    assert live.model.rundown.standing.on_air == 0
    assert on_air(store, shop) is not None


def test_the_chosen_row_follows_what_is_on_air_but_not_away_from_another_choice(live, shop):
    key(live.table, Qt.Key.Key_Return, CTRL)
    key(live.table, Qt.Key.Key_Return, CTRL)
    assert live.table.current_id() == shop.segments[1]
    choose(live, 4)
    key(live.table, Qt.Key.Key_Return, CTRL)
    assert live.table.current_id() == shop.segments[4]


def test_digits_and_enter_take_that_row(live, store, shop):
    QTest.keyClicks(live.table, "5")
    assert live.digits.isVisible()
    assert live.digits.text() == "→ 5 ↵"
    key(live.table, Qt.Key.Key_Return)
    assert on_air(store, shop) == shop.segments[4]
    assert not live.digits.isVisible()


def test_esc_and_a_pause_forget_the_digits(live, store, shop):
    QTest.keyClicks(live.table, "5")
    key(live.table, Qt.Key.Key_Escape)
    key(live.table, Qt.Key.Key_Return)
    QTest.keyClicks(live.table, "4")
    live.table._pause.timeout.emit()  # two seconds later
    key(live.table, Qt.Key.Key_Return)
    assert on_air(store, shop) is None


def test_a_number_that_is_not_there_is_said(live, context):
    spy = heard(context.notices.posted)
    QTest.keyClicks(live.table, "99")
    key(live.table, Qt.Key.Key_Return)
    assert "no segment 99" in spy[0][0].text


def test_in_preparation_a_number_only_chooses(prepare, store, shop):
    QTest.keyClicks(prepare.table, "4")
    key(prepare.table, Qt.Key.Key_Return)
    assert prepare.table.current_id() == shop.segments[3]
    assert on_air(store, shop) is None


def test_take_chosen_previous_skip_and_push(live, store, shop, context, clock):
    choose(live, 3)
    context.actions.give("take_selected")
    assert on_air(store, shop) == shop.segments[3]
    context.actions.give("take_previous")
    assert on_air(store, shop) == shop.segments[2]
    choose(live, 4)
    key(live.table, Qt.Key.Key_D, CTRL)
    assert queries.segments(store, shop.session)[4].skipped
    key(live.table, Qt.Key.Key_D, CTRL)
    assert not queries.segments(store, shop.session)[4].skipped
    clock.advance(3600)
    key(live.table, Qt.Key.Key_P, CTRL)
    assert queries.segments(store, shop.session)[4].shift_seconds > 0


def test_the_clock_moves_the_running_time(live, clock):
    key(live.table, Qt.Key.Key_Return, CTRL)
    clock.advance(65)
    live._timer.timeout.emit()
    assert at(live, 0, Column.ACTUAL) == "01:05"


# -- order ---------------------------------------------------------------------------------------------------


def test_the_row_that_is_lit_is_the_row_that_is_meant(prepare, shop):
    table = prepare.table
    choose(prepare, 0)
    QTest.keyClick(table, Qt.Key.Key_End, CTRL)
    assert table.current_id() == shop.segments[-1]
    assert table.selected_ids() == [shop.segments[-1]]


def test_home_and_end_go_to_the_first_row_and_the_last(prepare, shop):
    table, first, last = prepare.table, shop.segments[0], shop.segments[-1]
    choose(prepare, 1)
    key(table, Qt.Key.Key_End)
    assert (table.current_id(), table.selected_ids()) == (last, [last])
    key(table, Qt.Key.Key_Home)
    assert (table.current_id(), table.selected_ids()) == (first, [first])
    key(table, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_ids() == list(shop.segments)


def test_home_in_an_open_editor_goes_to_the_start_of_what_is_typed(prepare, shop):
    choose(prepare, 1)
    prepare.edit.edit(Column.TITLE)
    field = prepare.edit.editor.field
    key(field, Qt.Key.Key_End)
    key(field, Qt.Key.Key_Home)
    assert field.cursorPosition() == 0
    assert prepare.table.current_id() == shop.segments[1]


def test_alt_arrows_move_the_selected_rows(prepare, store, shop):
    choose(prepare, 1)
    key(prepare.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    key(prepare.table, Qt.Key.Key_Down, ALT)
    assert [s.id for s in queries.segments(store, shop.session)][:4] == [shop.segments[n] for n in (0, 3, 1, 2)]
    assert prepare.table.selected_ids() == [shop.segments[1], shop.segments[2]]
    key(prepare.table, Qt.Key.Key_Up, ALT)
    key(prepare.table, Qt.Key.Key_Up, ALT)
    assert [s.id for s in queries.segments(store, shop.session)][:3] == [shop.segments[n] for n in (1, 2, 0)]


def test_dropped_rows_stand_where_they_were_dropped(prepare, store, shop):
    drop(prepare, 1, SEGMENTS_MIME, [shop.segments[4], shop.segments[5]])
    assert [s.id for s in queries.segments(store, shop.session)] == [shop.segments[n] for n in (0, 4, 5, 1, 2, 3)]
    drop(prepare, -1, SEGMENTS_MIME, [shop.segments[0]])
    assert queries.segments(store, shop.session)[-1].id == shop.segments[0]


def test_products_dropped_from_the_catalogue_are_added_there(prepare, store, shop):
    drop(prepare, 2, PRODUCTS_MIME, ["vest", "coat"], action=Qt.DropAction.CopyAction)
    assert [s.product_id for s in queries.segments(store, shop.session)][1:5] == ["down", "vest", "coat", "vest"]
    assert len(prepare.table.selected_ids()) == 2


def test_delete_removes_and_what_was_on_air_is_kept(live, store, shop, context):
    key(live.table, Qt.Key.Key_Return, CTRL)
    choose(live, 0)
    spy = heard(context.notices.posted)
    key(live.table, Qt.Key.Key_Delete)
    assert "kept" in spy[0][0].text
    choose(live, 5)
    key(live.table, Qt.Key.Key_Delete)
    assert len(queries.segments(store, shop.session)) == 5


@pytest.mark.parametrize(
    ("removed", "next_one"),
    [((2,), "断码清仓 毛呢大衣"), ((1, 3), "轻薄羽绒马甲 W2103"), ((4, 5), "断码清仓 毛呢大衣")],
)
def test_delete_pressed_again_removes_the_row_behind_not_the_first(prepare, removed, next_one):
    rows = [row.segment.title for row in prepare.model.rows]
    choose(prepare, removed[0])
    prepare.table.choose([prepare.model.rows[row].segment.id for row in removed], prepare.table.current_id())
    key(prepare.table, Qt.Key.Key_Delete)
    assert [row.segment.title for row in prepare.model.rows] == [r for n, r in enumerate(rows) if n not in removed]
    assert prepare.model.find(prepare.table.current_id()).segment.title == next_one
    assert prepare.table.selected_ids() == [prepare.table.current_id()]
    key(prepare.table, Qt.Key.Key_Delete)
    assert next_one not in [row.segment.title for row in prepare.model.rows]
    assert rows[0] in [row.segment.title for row in prepare.model.rows]


# -- search --------------------------------------------------------------------------------------------------


def test_ctrl_f_filters_and_esc_shows_all_with_the_old_choice(live, shop):
    choose(live, 4)
    key(live.table, Qt.Key.Key_F, CTRL)
    assert live.search.hasFocus()
    QTest.keyClicks(live.search, "vest")
    assert live.model.rowCount() == 1
    key(live.search, Qt.Key.Key_Escape)
    assert live.model.rowCount() == 6
    assert live.table.current_id() == shop.segments[4]
    assert live.table.hasFocus()
    assert not live.search.isVisible()


def test_enter_in_the_search_goes_to_the_match_and_f2_edits_it(live, store):
    key(live.table, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(live.search, "vest")
    key(live.search, Qt.Key.Key_Return)
    key(live.table, Qt.Key.Key_F2)
    type_text(live.edit.editor.field, "69")
    key(live.edit.editor.field, Qt.Key.Key_Return)
    assert queries.sku(store, "vest-1").live_price == 6900


def test_a_search_without_a_match_says_so_and_rows_dropped_land_where_seen(live, store, shop):
    live.search.setText("nothing like it")
    assert "nothing like it" in visible_texts(live)
    live.search.setText("coat")
    drop(live, 0, SEGMENTS_MIME, [shop.segments[0]])
    assert queries.segments(store, shop.session)[2].id == shop.segments[0]


def visible_texts(panel):
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


# -- adding --------------------------------------------------------------------------------------------------


def test_a_segment_is_added_behind_the_chosen_row(prepare, store, shop, context):
    choose(prepare, 1)
    context.actions.give("add_segment")
    sheet = prepare.edit.sheet
    sheet.kind.setCurrentIndex(sheet.kind.findData(Kind.QA.value))
    sheet.minutes.setValue(6)
    QTest.keyClicks(sheet.name, "Sizes")
    key(sheet.name, Qt.Key.Key_Return)
    segments = queries.segments(store, shop.session)
    assert len(segments) == 7
    added = segments[2]
    assert (added.title, added.kind, added.planned_seconds) == ("Sizes", Kind.QA, 360)
    assert prepare.table.current_id() == added.id


def test_products_and_files_are_asked_for_by_signal(prepare, context):
    products, files = heard(prepare.add_products_requested), heard(prepare.import_requested)
    choose(prepare, 2)
    context.actions.give("add_products")
    context.actions.give("import_queue")
    assert products[0] == (3,)
    assert len(files) == 1


def test_title_and_length_are_edited_in_place_while_preparing(prepare, store, shop):
    for column, text in ((Column.LENGTH, "8:30"), (Column.TITLE, "Welcome")):
        double_click(prepare, 0, column)
        type_text(prepare.edit.editor.field, text)
        key(prepare.edit.editor.field, Qt.Key.Key_Return)
    first = queries.segments(store, shop.session)[0]
    assert (first.planned_seconds, first.title) == (510, "Welcome")


def test_an_empty_queue_teaches(qtbot, context, window, store):
    context.chosen.choose(show.create_session(store, "New"))
    panel = open_panel(qtbot, context, window, "prepare")
    wanted = [
        heard(signal) for signal in (panel.import_requested, panel.add_products_requested, panel.sample_requested)
    ]
    empty = panel._empty
    assert empty.isVisible()
    for made in (empty.importing, empty.products, empty.sample):
        made.click()
    assert [len(spy) for spy in wanted] == [1, 1, 1]
    empty.pasting.click()
    assert panel.edit.sheet.text.isVisible()
    context.desk.run(queue.add_segment, context.chosen.id, Kind.OPENING, "Opening")
    assert panel.table.isVisible()
    assert not empty.isVisible()


def test_a_new_sessions_empty_queue_offers_nothing_that_needs_a_row(prepare, context, store):
    prepare.activate()
    choose(prepare, 1)
    names = ("edit_price", "skip_row", "remove_row")
    assert all(context.actions[name].isEnabled() for name in names)
    context.chosen.choose(show.create_session(store, "New"))
    assert not any(context.actions[name].isEnabled() for name in names)


def test_in_a_new_shop_filling_the_queue_makes_the_session_it_belongs_to(qtbot, context, window, store, shop):
    show.remove_session(store, shop.session)
    context.chosen.choose("")
    panel = open_panel(qtbot, context, window, "prepare")
    panel._empty.pasting.click()
    assert [held.id for held in queries.sessions(store)] == [context.chosen.id]
    assert panel.edit.sheet.text.isVisible()


# -- header and commands -------------------------------------------------------------------------------------


def test_the_undo_button_names_what_it_takes_back(live, store, context):
    context.desk.run(shelf.set_price, ["vest-1"], 6900)
    assert "轻薄羽绒马甲 W2103 price ¥59 → ¥69" in live.undo.text()
    assert context.actions.keys_text("undo") in live.undo.text()
    live.undo.click()
    assert queries.sku(store, "vest-1").live_price == 5900


def test_the_undo_button_names_the_step_behind_one_that_was_refused(live, store, context, shop):
    context.actions.on("undo", lambda: context.attempt(journal.undo))
    context.desk.run(shelf.set_price, ["vest-1"], 6900)
    context.desk.run(queue.set_skipped, shop.session, shop.segments[3], True)
    context.desk.run(show.take, shop.session, shop.segments[3])  # on air, it is not skipped any more
    live.undo.click()
    assert "W2103 price" in live.undo.text()


def test_a_plan_longer_than_the_slot_warns_with_a_mark(prepare, context, shop):
    assert prepare.subtitle.text() == "6 segments • plan 0:29:00 / 3:00:00"
    context.desk.run(queue.edit_segment, shop.session, shop.segments[0], planned_seconds=4 * 3600)
    assert prepare.subtitle.text().startswith("⚠")
    assert prepare.subtitle.property("tone") == "next"


def test_a_price_typed_for_a_row_without_product_is_no_jump(live, context):
    posted, jumps = heard(context.notices.posted), heard(live.table.jump)
    choose(live, 0)
    key(live.table, Qt.Key.Key_F2)
    assert [notice.text for (notice,) in posted] == ["This row has no product to price."]
    QTest.keyClicks(live.table, "3")
    key(live.table, Qt.Key.Key_Return)
    assert jumps == []
    QTest.keyClicks(live.table, "3")  # the next one is a jump again
    key(live.table, Qt.Key.Key_Return)
    assert jumps == [(3,)]


def test_listing_a_product_that_is_sold_out_asks_in_place(live, context, store, shop):
    posted = heard(context.notices.posted)
    for sku in queries.queue(store, shop.session)[2].product.skus:
        context.desk.run(shelf.set_stock, sku.id, 0, confirmed=True)
    choose(live, 2)
    context.actions.give("toggle_listed")
    assert not queries.queue(store, shop.session)[2].listed
    ((notice,),) = posted
    assert (notice.tone, notice.yes) == ("ask", "List")
    assert "has no stock" in notice.text
    notice.on_yes()
    assert queries.queue(store, shop.session)[2].listed


def test_commands_mean_the_room_that_was_shown_last(qtbot, live, context, store, shop):
    other = QueuePanel(context, "prepare")
    qtbot.addWidget(other)
    other.show()
    other.activate()
    choose(other, 2)
    context.actions.give("toggle_listed")
    assert queries.queue(store, shop.session)[2].listed
    live.activate()
    choose(live, 0)
    assert not context.actions["edit_price"].isEnabled()
    choose(other, 1)
    assert context.actions["edit_price"].isEnabled() is other._active


@pytest.mark.parametrize("colours", [theme.DARK, theme.LIGHT], ids=lambda t: t.name)
def test_on_air_and_next_have_their_bars_and_skipped_is_struck(live, context, shop, colours):
    context.theme = colours
    context.desk.run(queue.set_skipped, shop.session, shop.segments[4], True)
    key(live.table, Qt.Key.Key_Return, CTRL)
    picture = live.table.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()

    def bar(row):
        rect = live.table.visualRect(live.model.index(row, 0))
        return picture.pixelColor(int(1 * ratio), int(rect.center().y() * ratio)).name().upper()

    assert [bar(0), bar(1)] == [colours.on_air, colours.next]
    assert bar(2) not in (colours.on_air, colours.next)
    title = live.model.columns.index(Column.TITLE)
    assert live.model.index(4, title).data(CELL).struck
    assert live.model.index(0, title).data(CELL).bold


def test_the_line_through_a_skipped_row_stays_in_its_own_cell(live, context, shop):
    context.desk.run(queue.set_skipped, shop.session, shop.segments[4], True)
    cell = live.table.visualRect(live.model.index(4, live.model.columns.index(Column.TITLE)))
    picture = live.table.viewport().grab().toImage()

    def inked(x):
        ink = context.theme.color("faint").name()
        return any(picture.pixelColor(x, cell.center().y() + dy).name() == ink for dy in (-2, -1, 0, 1, 2))

    assert all(inked(x) for x in range(cell.left() + 10, cell.left() + 30))
    assert not any(inked(x) for x in range(cell.left() - 8, cell.left() + 6))


def test_rows_at_the_bottom_are_painted_while_scrolling(live, store, shop, context):
    for n in range(30):
        context.desk.run(queue.add_segment, shop.session, Kind.QA, f"Question {n}")
    live.table.scrollToBottom()
    last = live.table.visualRect(live.model.index(live.model.rowCount() - 1, 0))
    assert live.table.viewport().rect().contains(last.center())


def test_sold_units_are_shown_and_low_stock_has_more_than_a_colour(live, store, context):
    live.set_sales({"down-1": SimpleNamespace(units=3, orders=3, gmv=1, clicks=None, partly=False)}.get)
    assert at(live, 1, Column.SOLD) == "3"
    context.desk.run(shelf.set_stock, "down-1", 18)
    index = live.model.index(1, live.model.columns.index(Column.STOCK))
    assert "18 left" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_other_settings_draw_the_rows_anew_only_where_they_are_in_them(qtbot, live, context):
    before = context.desk.settings
    context.desk.settings = replace(before, operator="Jie", theme="light", prompter_font=90)
    with qtbot.assertNotEmitted(live.model.dataChanged):
        live.apply_settings()
    context.desk.settings = replace(before, low_stock=1_000)
    with qtbot.waitSignal(live.model.dataChanged):
        live.apply_settings()


@pytest.mark.parametrize(("mode", "most"), [("live", 720), ("prepare", 440)])
def test_every_control_has_a_name_and_the_panel_fits_a_small_window(qtbot, context, window, mode, most):
    panel = open_panel(qtbot, context, window, mode)
    for made in (panel.undo, panel._add, panel._search_button, panel.search, panel.table):
        assert made.accessibleName()
    assert panel.minimumSizeHint().width() <= most
    window.resize(most, 500)
    qtbot.waitUntil(lambda: not cut(panel))


def cut(panel):
    """Return the buttons whose text does not fit; undo is meant to be cut."""
    shown = [made for made in panel.findChildren(QPushButton) if made.isVisible() and made is not panel.undo]
    return [made.text() for made in shown if made.width() < made.minimumSizeHint().width()]


def test_narrow_panels_keep_the_title_readable(live, window):
    window.resize(760, 500)
    title = live.model.columns.index(Column.TITLE)
    assert live.table.columnWidth(title) >= 140


@pytest.mark.parametrize("mode", ["live", "prepare"])
def test_the_language_can_be_changed_under_way(qtbot, context, window, mode):
    panel = open_panel(qtbot, context, window, mode)
    i18n.set_language("zh_CN")
    context.actions.retranslate()
    panel.retranslate()
    assert panel.title.text() == "流程单"
    headings = [panel.model.headerData(n, Qt.Orientation.Horizontal) for n in range(panel.model.columnCount())]
    assert {"直播价", "库存"} < set(headings)
    assert at(panel, 1, Column.KIND) == "爆款"
    texts = [made.text() for made in panel.findChildren(QPushButton)] + [panel.subtitle.text()]
    words = " ".join(texts).replace("Ctrl", "").replace("Y9981", "")
    assert not re.search(r"[A-Za-z]{3,}", words), words


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("stock", [99_999, 981_234, 1_234_567, 10_000_000])
def test_a_number_without_room_is_written_shorter_never_cut_and_whole_in_the_tooltip(live, context, language, stock):
    i18n.set_language(language)
    live.retranslate()
    context.desk.run(catalogue.edit_skus, ["down-1"], stock=stock, confirmed=True)
    index = live.model.index(1, live.model.columns.index(Column.STOCK))
    whole = f"{live.model.rows[1].product.stock:,}"
    room = live.table.columnWidth(index.column()) - 2 * PAD
    shown = fitted(QFontMetrics(row_font(bold=True)), index.data(), room, number=True)
    assert shown == whole or re.fullmatch(r"\d+(\.\d)?[万KM]", shown)
    assert (index.data(), index.data(Qt.ItemDataRole.ToolTipRole)) == (whole, whole)


def test_what_a_number_becomes_where_there_is_no_room():
    assert list(shorter("981,234")) == ["981,234", "981.2K", "981K"]
    assert list(shorter("¥123,456.50"))[-1] == "¥123K"
    assert next(shorter("¥1,199.00–¥1,299.00")) == "¥1,199+"
    assert list(shorter("00:12")) == list(shorter("Y9981")) == list(shorter("12.5%")) == []
    i18n.set_language("zh_CN")
    assert list(shorter("981,234")) == ["981,234", "98.1万", "98万"]
    metrics = QFontMetrics(row_font())
    assert fitted(metrics, "981,234", 2, number=True) == "…"
    assert fitted(metrics, "12345678901234", 60, number=False).endswith("…")  # a code is no number


@pytest.mark.parametrize("text", ["Boho Earrings price ¥27.99→¥39.90", "2026 款 1,234.50 → −¥981,234.00"])
def test_what_undo_would_take_back_is_cut_between_numbers(live, text):
    """“Boho Earrin…7.99→¥39.90” told of a price nobody had set."""
    metrics = QFontMetrics(row_font())
    whole, shown = set(re.findall(r"[\d.,]+", text)), ""
    for width in range(8, metrics.horizontalAdvance(text)):
        shown = cut_inside(metrics, text, width)
        assert set(re.findall(r"[\d.,]+", shown)) <= whole, shown
        assert not re.search(r"[¥−]…", shown), shown
        assert metrics.horizontalAdvance(shown) <= max(width, metrics.horizontalAdvance("…"))
    assert shown.count("…") == 1
    assert cut_inside(metrics, text, 2_000) == text


def test_a_long_name_is_read_from_its_start_and_with_its_code_and_whole_in_the_tooltip(live, shop, context):
    name = "羊毛混纺加厚双面格纹长流苏围巾（赠品搭配礼盒装） · 限时"
    context.desk.run(catalogue.edit_product, "down", code="S207")
    context.desk.run(queue.edit_segment, shop.session, live.model.rows[1].segment.id, title=name)
    index = live.model.index(1, live.model.columns.index(Column.TITLE))
    metrics = QFontMetrics(row_font())
    shown = cut_text(metrics, index.data(CELL), 200)
    assert metrics.horizontalAdvance(shown) <= 200
    assert re.fullmatch(r"羊毛混纺加厚双.*… S207", shown)
    assert f"{name} S207" in index.data(Qt.ItemDataRole.ToolTipRole)
    context.desk.run(catalogue.edit_product, "down", code="A CODE AS LONG AS A NAME")
    assert cut_text(metrics, index.data(CELL), 200).startswith("羊毛混纺加厚双面格")
    assert cut_text(metrics, Cell("开场 · 福利预告"), 200) == "开场 · 福利预告"
