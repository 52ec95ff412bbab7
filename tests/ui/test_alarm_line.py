"""The alarm line: quiet, one at a time, gone when it no longer holds."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from liveshop_desk import i18n
from liveshop_desk.model.record import Record
from liveshop_desk.ops import shelf, show
from liveshop_desk.store import alarm_log, queries
from tests.ui.numbers import say, shown
from tests.ui.test_tiles import past_session
from ui.panels.numbers_panel import NumbersPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def panel(qtbot, context, live):
    return shown(qtbot, NumbersPanel(context, live), 1190)


class Moves(QObject):
    """Hears of what is shown, hidden or resized."""

    def __init__(self, *watched):
        super().__init__()
        self.seen = []
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize):
            self.seen.append((type(watched).__name__, event.type().name))
        return False


class Windows(QObject):
    """Hears of every window that is shown."""

    def __init__(self):
        super().__init__()
        self.seen = []
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def look(panel):
    panel.alarm.look()
    return panel.alarm.text() if panel.alarm.isVisible() else ""


def test_a_segment_over_its_time_until_the_next_is_taken(context, panel, shop, clock):
    store = context.desk.store
    say(panel._evening, context, online=900, gmv=100_000_000)
    assert look(panel) == ""
    show.take(store, shop.session, shop.segments[0])
    clock.advance(200)
    planned = store.row("SELECT planned_seconds FROM segments WHERE id = ?", (shop.segments[0],))[0]
    clock.advance(planned)
    say(panel._evening, context, online=900)
    assert look(panel) == "⚠ 开场 is 3m 20s over its time → take next"
    assert panel.alarm.words.property("tone") == "next"
    assert not panel.chart.legend.isVisible()
    show.take(store, shop.session, shop.segments[1])
    assert look(panel) == ""


def test_a_line_that_comes_while_something_is_wrong_is_no_window_of_its_own(context, panel, clock):
    say(panel._evening, context, online=900)
    clock.advance(3600)
    windows = Windows()  # the room stands before the line does
    assert "No figure for 1h 00m" in panel.alarm.text()
    assert windows.seen == []
    QApplication.instance().removeEventFilter(windows)
    QApplication.processEvents()
    assert panel.alarm.isVisible()


def test_there_are_alarms_though_the_shows_before_could_not_be_read_at_first(
    qtbot, context, live, shop, clock, monkeypatch, tmp_path
):
    past_session(context, {"gmv": 100_000})
    show.take(context.desk.store, shop.session, shop.segments[0])
    clock.advance(1_200)
    with monkeypatch.context() as gone, qtbot.capture_exceptions() as said:
        gone.setattr(context.desk.store, "path", tmp_path)  # a thread that opens the file now finds none
        panel = shown(qtbot, NumbersPanel(context, live), 1190)
        assert look(panel) == ""
        qtbot.waitUntil(lambda: bool(said))
        clock.advance(11)
        look(panel)
        qtbot.waitUntil(lambda: not panel.alarm._past._aside.key)
        assert len(said) == 1  # once is enough
    clock.advance(11)
    qtbot.waitUntil(lambda: "over its time" in look(panel))


def test_stock_that_runs_out_is_said_before_anything_else(context, panel, shop, clock):
    show.take(context.desk.store, shop.session, shop.segments[1])
    look(panel)
    clock.advance(60)
    orders = [
        Record(clock.now(), "order", "douyin", sku="down-1", quantity=40, amount=1_476_000, order=str(n))
        for n in (1, 2)
    ]
    panel._evening.receive(orders, now=True)
    shelf.set_stock(context.desk.store, "down-1", 20)
    assert look(panel) == "⚠ 长款鹅绒羽绒服 Y9981: 20 left, gone in 15s at this rate → add stock, or cue “20 left”"
    shelf.set_stock(context.desk.store, "down-1", 900)
    assert "left" not in look(panel)


def sold_lately(context, panel, shop, clock):
    """Let 80 of what is not on air be sold in a minute, and 20 be left."""
    show.take(context.desk.store, shop.session, shop.segments[0])
    look(panel)
    clock.advance(60)
    paid = [Record(clock.now(), "order", "douyin", sku="down-1", quantity=80, amount=2_952_000, order="1")]
    panel._evening.receive(paid, now=True)
    shelf.set_stock(context.desk.store, "down-1", 20)
    look(panel)


def test_tab_comes_to_an_alarm_where_the_eye_does(context, panel, shop, clock):
    sold_lately(context, panel, shop, clock)
    list(panel.tiles.tiles.values())[-1].setFocus()
    reached = []
    for _press in range(3):
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        reached.append(panel.focusWidget())
    assert reached == [panel.alarm.act, panel.alarm.seen, panel.buttons["enter_numbers"]]


def test_stock_that_runs_out_is_said_of_goods_that_are_not_on_air_too(context, panel, shop, clock):
    sold_lately(context, panel, shop, clock)
    assert look(panel) == "⚠ 长款鹅绒羽绒服 Y9981: 20 left, gone in 15s at this rate → add stock, or unlist it"
    clock.advance(600)
    assert "left" not in look(panel)


def test_the_act_for_goods_that_are_not_on_air_is_their_stock(qtbot, context, panel, shop, clock):
    """No cue: the anchor speaks of something else."""
    sold_lately(context, panel, shop, clock)
    with qtbot.waitSignal(panel.alarm.stock_wanted) as asked:
        context.actions.give("alarm_act")
    assert asked.args == ["down-1"]
    assert look(panel) == ""


def test_what_is_sold_beyond_the_stock_stays_said_until_stock_is_added(qtbot, context, panel, clock):
    store = context.desk.store
    shelf.set_stock(store, "down-1", 1)
    orders = [
        Record(clock.now(), "order", "douyin", sku="down-1", quantity=1, amount=100, order=str(n)) for n in range(4)
    ]
    panel._evening.inlet.moves_stock = True
    panel._evening.receive(orders, now=True)
    qtbot.waitUntil(lambda: "3 sold beyond the stock → add stock" in look(panel))
    shelf.set_stock(store, "down-1", 5)
    assert "beyond" not in look(panel)


def test_it_names_the_skus_it_is_about_until_their_stock_is_mended(context, panel, shop, clock):
    store = context.desk.store
    show.take(store, shop.session, shop.segments[0])
    look(panel)
    clock.advance(60)
    assert panel.alarm.short() == []
    paid = [Record(clock.now(), "order", "douyin", sku="coat-2", quantity=80, amount=2_952_000, order="1")]
    panel._evening.receive(paid, now=True)
    shelf.set_stock(store, "coat-2", 20)
    assert "gone in" in look(panel)
    context.actions.give("alarm_seen")
    assert set(panel.alarm.short()) == {"coat-2"}  # quiet, and still to be mended
    shelf.set_stock(store, "coat-2", 9_000)
    look(panel)
    assert panel.alarm.short() == []


def test_nothing_is_said_of_a_draft_or_an_ended_show(context, panel, shop, clock):
    clock.advance(3600)
    assert look(panel).startswith("⚠ No figure for")
    show.end_show(context.desk.store, shop.session)
    assert look(panel) == ""
    assert not panel.alarm._timer.isActive()


def test_it_speaks_the_language_in_use(context, panel, clock):
    clock.advance(3600)
    before = look(panel)
    language = i18n.current_language()
    i18n.set_language("zh_CN")
    panel.retranslate()
    assert panel.alarm.text() not in ("", before)
    i18n.set_language(language)


def test_the_same_words_are_not_said_twice(qtbot, context, panel, clock):
    clock.advance(3600)
    look(panel)
    with qtbot.assertNotEmitted(panel.alarm.turned):
        look(panel)


def test_once_seen_it_is_quiet_and_the_record_says_so(context, panel, shop, clock):
    clock.advance(3600)
    assert look(panel).startswith("⚠ No figure for")
    context.actions.give("alarm_seen")
    assert look(panel) == ""
    clock.advance(30)
    assert look(panel) == ""
    say(panel._evening, context, online=900)
    clock.advance(61)
    look(panel)
    panel._evening.inlet.write_beside(lambda _store: None).result()  # the record is written behind the window's back
    [logged] = [each for each in alarm_log.alarms(context.desk.store, shop.session) if each.alarm.key == "no_figures"]
    assert logged.alarm.message() == "No figure for 1h 00m"
    assert logged.acknowledged_at == clock.now() - 91_000
    assert logged.ended_at is not None


def test_what_it_proposes_is_one_key_away(context, panel, shop, clock):
    store = context.desk.store
    show.take(store, shop.session, shop.segments[1])
    look(panel)
    clock.advance(60)
    sold = Record(clock.now(), "order", "douyin", sku="down-1", quantity=80, amount=2_952_000, order="1")
    panel._evening.receive([sold], now=True)
    shelf.set_stock(store, "down-1", 20)
    assert "gone in" in look(panel)
    context.actions.give("alarm_act")
    assert queries.cues(store, shop.session)[-1].text == "Only 20 left"
    assert "gone in" not in look(panel)


def test_a_source_that_fell_silent_is_named(context, panel, clock):
    say(panel._evening, context, "douyin", online=900, gmv=100_000_000)
    panel.alarm.sources = lambda: {"douyin": clock.now() - 20_000}
    assert look(panel) == "⚠ douyin: nothing for 20s → look at the sources"


def test_on_a_small_screen_the_buttons_keep_their_room(context, panel, clock):
    panel.resize(1000, 236)
    say(panel._evening, context, "douyin", online=1284, gmv=10)
    clock.advance(3700)
    look(panel)
    panel._show_source()
    seen = [made for made in (panel.pill, *panel.buttons.values(), panel.chart.ranges) if made.isVisible()]
    assert all(panel._usual.rect().contains(made.geometry()) for made in seen)


def test_an_alarm_is_read_whole_where_the_window_is_small(qtbot, context, panel):
    panel.resize(1400, 236)  # without the theme's sheet the buttons are half as wide again
    say(panel._evening, context, "douyin", online=900, gmv=100_000_000)
    assert panel.pill.isVisible()
    assert panel.buttons["replay"].isVisible()
    panel.alarm.faults = lambda: [("gone", "OBS has gone: closed at the other end of the line", True)]
    look(panel)
    panel._fit()
    words = panel.alarm.words
    qtbot.waitUntil(lambda: words.fontMetrics().horizontalAdvance(words.text()) <= words.width())
    panel.alarm.faults = tuple
    look(panel)
    panel._fit()
    assert panel.pill.isVisible()
    assert panel.buttons["replay"].isVisible()


def test_where_there_is_no_room_the_name_gives_way_and_never_the_figure_or_the_act(qtbot, context, panel):
    panel.resize(1190, 236)
    say(panel._evening, context, "douyin", online=900, gmv=100_000_000)
    panel._evening.missing["down-1"] = ("Y9004 long thick white duck down hooded jacket for women, black XL", 12)
    panel._evening.missing["vest-1"] = ("W2103", 2)
    look(panel)
    words, more = panel.alarm.words, panel.alarm.more
    said = "XL: 12 sold beyond the stock → add stock, or unlist it"
    qtbot.waitUntil(lambda: words.words_in(words.width()).endswith(said))
    assert words.words_in(words.width()).startswith("⚠ Y9004")
    assert "…" in words.words_in(words.width())
    assert words.fontMetrics().horizontalAdvance(words.words_in(words.width())) <= words.width()
    assert "hooded jacket for women" in words.toolTip()
    assert more.isVisible()
    assert more.text() == "+1"
    assert more.width() >= more.sizeHint().width()
    assert panel.alarm.rect().contains(more.geometry())


def test_a_long_alarm_that_stands_moves_nothing_in_the_header(context, panel):
    panel.resize(1190, 236)
    say(panel._evening, context, "douyin", online=900, gmv=100_000_000)
    panel._evening.missing["down-1"] = ("Y9004 long thick white duck down hooded jacket for women, black XL", 12)
    look(panel)
    panel._show_source()
    QApplication.sendPostedEvents()
    moved = Moves(panel.alarm.words, panel.chart.ranges, panel.pill, *panel.buttons.values())
    for _beat in range(3):
        look(panel)
        panel._show_source()
        QApplication.sendPostedEvents()
    assert moved.seen == []


def test_the_name_of_an_alarm_is_whole_where_there_is_room(qtbot, context, panel):
    panel.resize(2400, 236)
    say(panel._evening, context, "douyin", online=900, gmv=100_000_000)
    panel._evening.missing["down-1"] = ("Y9004 long thick white duck down hooded jacket for women, black XL", 12)
    look(panel)
    words = panel.alarm.words
    qtbot.waitUntil(lambda: words.words_in(words.width()) == panel.alarm.text())
    assert not words.toolTip()
    assert not panel.alarm.more.isVisible()


def test_what_was_seen_before_the_desk_went_away_is_not_said_again(qtbot, context, live, panel, shop, clock):
    store = context.desk.store
    say(panel._evening, context, online=900, gmv=100_000_000)
    show.take(store, shop.session, shop.segments[0])
    clock.advance(1_000)
    say(panel._evening, context, online=900)
    assert "over its time" in look(panel)
    panel.alarm.acknowledge()
    live.inlet.write_beside(lambda _store: None).result()  # the record is written behind the window's back
    again = shown(qtbot, NumbersPanel(context, live), 1190)
    assert "over its time" not in look(again)
    live.inlet.write_beside(lambda _store: None).result()
    assert [each.alarm.key for each in alarm_log.alarms(store, shop.session)].count("pitch_over") == 1


def test_an_alarm_behind_the_number_entry_is_shown_before_it_is_answered(qtbot, context, panel, clock):
    clock.advance(3600)
    panel.alarm.look()
    panel.enter_numbers()
    QTest.keyClicks(panel.entry.field, "gmv 864")
    for answer in ("alarm_seen", "alarm_act"):
        panel.enter_numbers()
        assert panel.alarm.text()
        assert not panel.alarm.isVisible()
        context.actions.give(answer)
        assert panel.alarm.isVisible()
        assert look(panel).startswith("⚠ No figure for")
    assert not panel.entry.isVisible()
    context.actions.give("alarm_seen")
    assert look(panel) == ""
    panel.enter_numbers()
    assert panel.entry.field.text() == "gmv 864"  # what was half typed has waited


def test_an_alarm_in_another_room_is_gone_to_before_it_is_answered(qtbot, context, panel, clock):
    clock.advance(3600)
    panel.alarm.look()
    context.actions.on("room_live", panel.show)
    panel.hide()
    context.actions.give("alarm_seen")
    assert look(panel).startswith("⚠ No figure for")
    context.actions.give("alarm_seen")
    assert look(panel) == ""
