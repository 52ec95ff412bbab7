"""The Review room as the operator meets it after the show."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester

from liveshop_desk import i18n
from liveshop_desk.model import alarms
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import Record
from liveshop_desk.model.review_kpis import Past
from liveshop_desk.model.review_ledger import Lines
from liveshop_desk.model.rollup import Rollup
from liveshop_desk.model.tile import Tile
from liveshop_desk.ops import shelf, show
from liveshop_desk.ops.report import session_report
from liveshop_desk.store import alarm_log
from liveshop_desk.store.alarm_log import Logged
from liveshop_desk.store.inflow import Batch, write_batch
from liveshop_desk.wire import config
from liveshop_desk.wire.obs_state import Link, ObsState, Stream
from tests.sheets.evening import at, report
from ui import theme
from ui.models.cell import Cell
from ui.models.rows_model import KEEP, Head, RowsModel
from ui.panels import review_words
from ui.panels.review_room import ReviewRoom
from ui.widgets.review_card import ReviewCard
from ui.widgets.rows_view import RowsView
from ui.widgets.short_numbers import cut
from ui.widgets.slot_chart import Slot, SlotChart, scale_texts

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def evening(store, clock, shop):
    """The sample shop's session, run for eleven minutes: one pitch, one sale, one price edit, one incident."""
    show.go_live(store, shop.session)
    show.take(store, shop.session, shop.segments[1], online=100)
    clock.advance(360)
    shelf.set_price(store, ["down-1"], 35_900)
    order = Record(clock.now(), "order", sku="down-1", quantity=2, amount=71_800, order="1")
    write_batch(store, Batch(shop.session, (order,)))
    clock.advance(10)
    with store.step("incident") as step:
        step.insert("incidents", {"id": "i", "session_id": shop.session, "at": clock.now(), "text": "推流卡顿"})
    clock.advance(290)
    show.end_show(store, shop.session, online=140)
    return shop.session


@pytest.fixture
def imported(store, clock):
    """A past session that came from a platform's file."""
    begin = clock.now() - 90_000_000
    with store.step("history") as step:
        row = {"id": "old", "theme": "旧场", "state": "ended", "started_at": begin, "ended_at": begin + 3_600_000}
        step.insert("sessions", row | {"source": "compass", "anchor": "小林"})
        for metric, value in (("gmv", 200_000), ("viewers", 1_000)):
            step.insert("figures", {"id": f"old:{metric}", "session_id": "old", "metric": metric, "value": value})
    return "old"


@pytest.fixture
def room(qtbot, context, evening, imported):
    made = ReviewRoom(context)
    qtbot.addWidget(made)
    made.resize(1380, 840)
    shown(qtbot, made, made.show)
    yield made
    made.close_room()


def is_whole(room):
    """Tell whether every part of the board shows the report."""
    return not room.board._left


def shown(qtbot, room, act):
    """Do something and wait for the report it brings, in all its parts."""
    with qtbot.waitSignal(room._reader.arrived, timeout=5_000):
        act()
    qtbot.waitUntil(lambda: is_whole(room))


def texts(view):
    model = view.model()
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [[model.index(row, column).data() for column in columns] for row in rows]


def test_the_ledger_tells_what_each_minute_brought(room):
    row = texts(room.board.ledger)[0]
    assert row == ["长款鹅绒羽绒服 Y9981", "5:00", "11:00", "100 → 140", "—", "2", "¥718", "¥65"]


def test_an_empty_room_is_known_to_be_empty():
    made = report()
    empty = replace(made, ledger=tuple(replace(row, online_in=0, online_out=0) for row in made.ledger))
    assert {cells[3].text for cells in review_words.ledger_rows(empty)} == {"0 → 0"}


def test_incident_and_price_edit_are_listed(room):
    said = [row[0] for row in texts(room.board.events)]
    assert said == ["¥ 长款鹅绒羽绒服 Y9981 ¥369.00 → ¥359.00", "⚠ 推流卡顿"]


def test_alarms_are_in_the_record_with_when_they_were_seen(store, evening, clock):
    over = alarms.pitch_over_time("Y9981", 343, 300)
    alarm_log.begin(store, evening, Logged("1", clock.now() - 300_000, over, None, None))
    alarm_log.acknowledge(store, evening, "1", clock.now() - 290_000)
    told = [cells[0] for cells in review_words.event_rows(session_report(store, evening))]
    [alarm] = [cell for cell in told if cell.text == "◷ Y9981 is 43s over its time"]
    assert alarm.tip.startswith("Alarm, seen ")


def test_alarms_of_the_record_are_told_in_the_language_in_use(room, store, evening, clock):
    then = clock.now() - 300_000
    alarm_log.begin(store, evening, Logged("1", then, alarms.pitch_over_time("Y9981", 343, 300), None, None))
    alarm_log.begin(store, evening, Logged("2", then + 1, alarms.fault("cpu", "{The} processor is busy"), None, None))
    with store.transaction():  # as 0.3.3 wrote it
        store.db.conn.execute(
            "INSERT INTO alarms (id, session_id, at, kind, about, text) VALUES (?,?,?,?,?,?)",
            ("3", evening, then + 2, "goal_behind", "", "Goal pace 50%"),
        )
    report = session_report(store, evening)

    def told():
        return [cells[0].text for cells in review_words.event_rows(report) if cells[0].text.startswith("◷")]

    busy, old = "◷ {The} processor is busy", "◷ Goal pace 50%"
    assert told() == ["◷ Y9981 is 43s over its time", busy, old]
    i18n.set_language("zh_CN")
    assert told() == ["◷ Y9981 已超时 43秒", busy, old]


def test_who_noted_an_incident_stands_beside_it(store, evening):
    made = session_report(store, evening)
    edits = tuple(replace(each, who="") for each in made.edits)
    made = replace(made, edits=edits, incidents=tuple(replace(each, who="") for each in made.incidents))
    assert [head.title for head in review_words.event_heads(made)] == ["What", "Time"]
    named = replace(made, incidents=(replace(made.incidents[0], who="Mia"),))
    assert [head.title for head in review_words.event_heads(named)] == ["What", "By", "Time"]
    assert [cells[1].text for cells in review_words.event_rows(named) if "推流卡顿" in cells[0].text] == ["Mia"]


def test_what_was_undone_and_the_undo_itself_say_so(store, evening):
    made = session_report(store, evening)
    edit = made.edits[0]
    told = review_words.event_rows(replace(made, edits=(replace(edit, undone=True), replace(edit, kind="undo"))))
    said = [cells[0].text for cells in told if "¥" in cells[0].text]
    assert said[0].startswith("undone: ¥")
    assert said[1].startswith("↶ Undo: ¥")


def test_the_products_that_sold_stand_first(room):
    row = texts(room.board.goods)[0]
    assert (row[0], row[2], row[3], row[4]) == ("长款鹅绒羽绒服 Y9981", "2", "¥718", "100%")


def test_an_imported_session_shows_its_figures(qtbot, room):
    place = room.chooser.findData("old")
    shown(qtbot, room, lambda: room.chooser.activated.emit(place))
    assert room.session_id == "old"
    assert texts(room.board.ledger)[0][:2] == ["GMV", "¥2,000"]
    assert room.board.cards[0].figure.text() == "¥2,000"


def test_numbers_that_came_in_while_nothing_was_taken_are_not_said_to_be_of_a_file(qtbot, room, store, clock):
    made = show.create_session(store, "整场不切")
    show.go_live(store, made)
    write_batch(store, Batch(made, rollups=(Rollup("gmv", clock.now(), 1, 100, 100, 100),)))
    clock.advance(60)
    show.end_show(store, made)
    room.chooser.activated.emit(room.chooser.findData(made))
    qtbot.waitUntil(lambda: "whole session" in room.board._ledger_note.text())
    shown(qtbot, room, lambda: room.chooser.activated.emit(room.chooser.findData("old")))
    assert "platform's file" in room.board._ledger_note.text()


@pytest.mark.parametrize("seconds", [60, 6_000])
def test_every_cell_of_the_tables_has_a_colour(seconds):
    made = report()
    made = replace(made, ledger=tuple(replace(row, planned_seconds=600, seconds=seconds) for row in made.ledger))
    rows = [words(made) for words in (review_words.ledger_rows, review_words.goods_rows, review_words.event_rows)]
    model = RowsModel(theme.DARK)
    for cells in (*rows, review_words.figure_rows(made)):
        model.fill([Head("") for _cell in cells[0]], cells)
        places = [(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
        assert all(model.index(*place).data(Qt.ItemDataRole.ForegroundRole).isValid() for place in places)


def words_of(board):
    return [each.text() for each in board.findChildren(QLabel) if each.isVisible() and each.text()]


def test_no_figure_stands_under_another_sessions_name(qtbot, room, evening):
    shown(qtbot, room, lambda: room.show_session("old"))
    assert "¥2,000" in words_of(room.board)
    with qtbot.waitSignal(room._reader.arrived, timeout=5_000):
        room.show_session(evening)
        assert room.chooser.currentData() == evening
        said = words_of(room.board)
        assert said.count("Reading the figures …") == 4
        assert [text for text in said if any(char.isdigit() for char in text)] == ["every 5 minutes"]
        assert not room.board.ledger.isVisible()
    qtbot.waitUntil(lambda: is_whole(room))
    assert "Reading the figures …" not in words_of(room.board)
    assert "¥718" in texts(room.board.ledger)[0]


def test_a_report_that_cannot_be_read_says_so_in_place_of_the_figures(qtbot, room, context):
    failures = []
    context.notices.posted.connect(failures.append)
    room.show_session("nobody")  # it was removed by another program since
    qtbot.waitUntil(lambda: bool(failures))
    assert "The figures could not be read." in words_of(room.board)


def test_choosing_here_changes_nothing_in_the_other_rooms(qtbot, room, context, evening):
    shown(qtbot, room, lambda: room.show_session("old"))
    assert context.chosen.id == evening


def test_the_room_follows_the_session_chosen_elsewhere(qtbot, room, context):
    shown(qtbot, room, lambda: context.chosen.choose("old"))
    assert room.chooser.currentData() == "old"


def test_a_draft_that_went_on_air_is_what_the_room_shows(qtbot, room, context, store, evening):
    draft = show.create_session(store, "下一场")
    context.chosen.choose(draft)
    assert room.session_id == evening  # a draft has nothing to review
    room.hide()
    show.go_live(store, draft)
    show.end_show(store, draft)
    shown(qtbot, room, room.show)
    assert room.session_id == draft == room.chooser.currentData()


def test_the_button_asks_for_the_export_of_the_session_shown(qtbot, room, evening):
    with qtbot.waitSignal(room.export_requested) as asked:
        room.export.click()
    assert asked.args == [evening]


def test_an_edit_made_elsewhere_is_seen(qtbot, room, store, evening):
    def rename():
        show.edit_session(store, evening, theme="另一个名字")

    shown(qtbot, room, rename)
    assert "另一个名字" in room.chooser.currentText()


def test_another_language_reaches_every_text(room):
    from liveshop_desk import i18n

    before = room.board.ledger_panel.title.text()
    i18n.set_language("zh_CN")
    try:
        room.retranslate()
        assert room.export.text() == i18n._("Export the Excel summary")
        assert before == "How the segments did"
    finally:
        i18n.set_language("en")


def test_the_empty_room_teaches_what_to_do(qtbot, context):
    made = ReviewRoom(context)
    qtbot.addWidget(made)
    made.show()
    assert made.empty.isVisible()
    assert not made.export.isEnabled()
    made.close_room()


def test_the_room_can_be_closed_while_it_reads(qtbot, context, evening):
    made = ReviewRoom(context)
    qtbot.addWidget(made)
    made.show()
    made.close_room()


def test_every_control_has_a_name(room):
    named = (room.chooser, room.export, room.board.ledger, room.board.events, room.board.goods, room.board.chart)
    assert all(widget.accessibleName() for widget in named)


def test_both_themes_paint(room):
    for look in (theme.LIGHT, theme.DARK):
        room.restyle(look)
        assert not room.grab().isNull()


def test_a_figure_nobody_gave_is_a_dash():
    tile = review_words.cards(report(rollups=[], imported={}))[0][0]
    assert (tile.value, tile.second) == ("—", "no source gave it")


def test_the_goal_stands_below_gmv_and_the_change_below_the_rest():
    tiles = [tile for tile, _tip in review_words.cards(report())]
    assert (tiles[0].second, tiles[0].tone) == ("goal 101.1%", "good")
    assert (tiles[4].second, tiles[4].tone) == ("▲ 17% vs last", "good")
    assert tiles[3].second == "1 refunded"


def test_a_count_seen_in_part_says_so_on_its_card_and_is_set_against_no_other_session():
    live = LiveFigures()
    live.absorb(Record(at(4), "order", sku="s-down", quantity=2, amount=73_800, order="A"))
    live.absorb(Record(at(9), "sample", metric="orders", value=30))
    before = [Past("o", "before", at(-1440), {"units": 40, "orders": 30})]
    made = report(lines=Lines(), rollups=live.take_dirty(), carry=live.carry(), imported={}, past=before)
    tile = review_words.cards(made)[3][0]
    assert (tile.label, tile.value, tile.second, tile.tone) == ("Units sold", "2", "Seen in part", "")
    beside = {cells[0].text: (cells[2].text, cells[3].text) for cells in review_words.figure_rows(made)}
    assert (beside["Orders"], beside["Units sold"]) == (("30", "0%"), ("40", "—"))


@pytest.mark.parametrize(("gmv", "share", "tone"), [(499_800, "99.9%", "late"), (500_000, "100.0%", "good")])
def test_a_goal_just_missed_is_not_said_to_be_reached(gmv, share, tone):
    tile = review_words.cards(report(rollups=[], imported={"gmv": gmv}))[0][0]
    assert (tile.second, tile.tone) == (f"goal {share}", tone)


def test_an_order_value_by_orders_says_so_on_its_card_and_under_the_mouse(qtbot):
    cards = review_words.cards(report(rollups=[], imported={"gmv": 500_000, "orders": 40}))
    [(tile, tip)] = [each for each in cards if each[0].label == "AOV"]
    assert tip.startswith("Average order value\nGMV / orders\nper order")
    card = ReviewCard()
    qtbot.addWidget(card)
    card.resize(142, 90)  # eight beside each other at 1280
    card.show_tile(replace(tile, basis="per order · estimated from the live price"), tip)
    card.show()
    assert card.basis.isVisible()
    assert card.basis.text() == "per order"
    assert "per order" in card.accessibleName()
    card.resize(500, 90)
    assert card.basis.text() == "per order · estimated from the live price"


def test_a_long_name_leaves_the_basis_room_beside_the_figure(qtbot):
    """“Click → pay” and “Follow rate” had theirs in the tooltip alone at 1280: it is read beside each rate."""
    card = ReviewCard()
    qtbot.addWidget(card)
    card.resize(142, 90)
    card.show_tile(Tile("click_pay_rate", "Click → pay longer", "23.7%", basis="per person"), "")
    card.show()
    assert (card.basis.isVisible(), card.beside.text()) == (False, "per person")
    assert card.rect().contains(card.beside.geometry())
    assert not card.beside.geometry().intersects(card.figure.geometry())
    assert card.beside.width() >= card.beside.sizeHint().width()
    card.resize(300, 90)
    assert (card.basis.text(), card.beside.isVisible()) == ("per person", False)


def test_a_second_time_on_air_says_so():
    titles = [row[0].text for row in review_words.ledger_rows(report())]
    assert "长款鹅绒羽绒服 (no. 2)" in titles
    assert titles[0] == "长款鹅绒羽绒服"


def test_a_time_on_air_is_rounded_as_the_workbook_rounds_it():
    made = report()
    made = replace(made, ledger=(replace(made.ledger[0], seconds=26.6),))
    assert review_words.ledger_rows(made)[0][2].text == "0:27"


def test_the_table_model_keeps_qts_rules(qtbot):
    model = RowsModel(theme.DARK)
    tester = ModelTester(None)
    tester.check(model)
    model.fill([Head("a", right=False), Head("b")], [[Cell("x", "good", tip="tip"), Cell("1")], [Cell("y"), Cell("2")]])
    model.restyle(theme.LIGHT)
    model.fill([], [])
    tester._cleanup()


def test_a_scale_of_millions_has_room_beside_the_bars(qtbot):
    chart = SlotChart(theme.DARK)
    qtbot.addWidget(chart)
    chart.resize(600, 200)
    chart.show_slots([Slot(0, 300_000, 480_000_000.0, None)], review_words.chart_words())
    assert chart.slot_at(66) is None  # where the plot begins at other times
    assert chart.slot_at(100) is not None


def test_the_chart_says_what_is_under_the_mouse(qtbot):
    chart = SlotChart(theme.DARK)
    qtbot.addWidget(chart)
    chart.resize(600, 200)
    assert chart.slot_at(300) is None
    chart.show_slots(
        [Slot(0, 300_000, 100.0, None, "first"), Slot(300_000, 600_000, None, 5, "second")], review_words.chart_words()
    )
    assert chart.slot_at(70).tip == "first"
    assert chart.slot_at(500).tip == "second"
    assert chart.slot_at(5) is None
    assert not chart.grab().isNull()


def test_a_report_that_comes_while_another_is_put_up_is_the_one_that_stands(qtbot, room):
    first = room.board.report
    after = replace(first, ledger=())
    room.board.show_in_parts(after)
    qtbot.waitUntil(lambda: room.board.ledger_panel.title.text() != "How the segments did")
    room.board.show_in_parts(first)
    assert not is_whole(room)
    qtbot.waitUntil(lambda: is_whole(room))
    assert room.board.ledger_panel.title.text() == "How the segments did"
    assert len(texts(room.board.ledger)) == len(first.ledger)


def test_what_was_wrong_with_obs_and_a_source_is_told_in_the_language_of_who_reads(store, evening, clock):
    i18n.set_language("zh_CN")
    gone = ObsState(link=Link.LOST, why=alarms.phrase("No OBS answers at {where}", where="127.0.0.1:4455"))
    off = ObsState(link=Link.ON, stream=Stream.FAILED, missing_texts=("价格",))
    troubles = [alarms.fault(each.key, each.what) for each in (*gone.problems(), *off.problems())]
    folder = config.default("folder").about.title
    troubles.append(alarms.source_silent(folder, clock.now() - 60_000, clock.now()))
    for number, trouble in enumerate(troubles):
        at = clock.now() - 200_000 + number
        alarm_log.begin(store, evening, Logged(str(number), at, trouble, None, None))
    assert troubles[1].message() == "推流自己停了"
    i18n.set_language("en")
    report = session_report(store, evening)
    assert [cells[0].text for cells in review_words.event_rows(report) if cells[0].text.startswith("◷")] == [
        "◷ No OBS answers at 127.0.0.1:4455",
        "◷ The stream has stopped by itself",
        "◷ Text sources OBS does not have: 价格",
        "◷ Watched folder: nothing for 1m 00s",
    ]
    i18n.set_language("zh_CN")
    assert "◷ 监视文件夹：" in "".join(cells[0].text for cells in review_words.event_rows(report))


def test_the_ledgers_note_says_what_a_segment_without_product_counts(room):
    room.resize(1210, 640)  # in a window of 1280 × 720
    room.board.show_report(report())
    note = room.board._ledger_note
    assert "all where it has none" in note.text()
    assert note.sizeHint().width() <= note.width()


def test_a_total_corrected_downwards_paints_no_bar_over_the_times(qtbot):
    def seen(corrected):
        chart = SlotChart(theme.DARK)
        qtbot.addWidget(chart)
        chart.resize(600, 200)
        chart.show_slots([Slot(0, 300_000, 90.0, 5), Slot(300_000, 600_000, corrected, 5)], review_words.chart_words())
        return chart.grab().toImage()

    assert seen(-80.0) == seen(0.0)


def test_a_show_that_sold_nothing_has_one_0_at_its_scale():
    written = review_words.chart_words()
    assert scale_texts((0, 4), written.bar) == ["¥0", "", "", "", ""]
    assert scale_texts((0, 400_000), written.bar) == ["¥0", "¥1,000", "¥2,000", "¥3,000", "¥4,000"]
    assert scale_texts(None, written.level) == [""] * 5


def test_a_long_name_gives_way_to_the_prices_it_was_changed_from_and_to(qtbot, store, evening):
    made = session_report(store, evening)
    long = replace(made.edits[0], title="Dreamcatcher Pendant Necklace of silver", before=3_890, after=1_500)
    cells = next(row for row in review_words.event_rows(replace(made, edits=(long,))) if row[0].keep)
    view = RowsView(theme.LIGHT)
    qtbot.addWidget(view)
    view.rows.fill(review_words.event_heads(made), [cells])
    index = view.rows.index(0, 0)
    shown = cut(view.fontMetrics(), index.data(), index.data(KEEP), 260)
    assert shown.startswith("¥ Dreamc")
    assert shown.endswith("… ¥38.90 → ¥15.00")


def test_prices_that_just_fit_are_not_cut(qtbot):
    metrics = QFontMetrics(theme.font(14))
    for price in range(10, 60):
        keep = f"¥59.00 → ¥{price}.00"
        text = f"¥ 轻薄羽绒马甲 W2103 {keep}"
        assert cut(metrics, text, keep, metrics.horizontalAdvance(text)) == text
