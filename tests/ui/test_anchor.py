"""The anchor's window and the desk: cues and their answers, automatic cues, looks that are remembered, hands."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from liveshop_desk import i18n
from liveshop_desk.changes import Changes
from liveshop_desk.errors import UserError
from liveshop_desk.model.clock import clock_text
from liveshop_desk.ops import scripts, shelf, show
from liveshop_desk.prompter.hands import Act
from liveshop_desk.store import journal, queries
from tests.ui.numbers import on_air
from ui.anchor import Anchor
from ui.panels.cue_bar import CueBar
from ui.prompter.bars import CueBanner
from ui.prompter.surface import PrompterSurface
from ui.prompting import Prompting
from ui.widgets.elided import Chip

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window
DOWN = "长款鹅绒羽绒服 Y9981"


@pytest.fixture
def anchor(context):
    """The anchor's window of a show whose second segment is on air: the down coat, 100 in stock."""
    evening = on_air(context)
    prompting = Prompting(context, evening)
    made = Anchor(context, prompting)
    take(context, 1)
    yield made
    made.close()
    prompting.close()
    evening.close()


def auto_cue(anchor):
    """The desk's own message on the anchor's screen, empty where there is none: its banner is the lower one."""
    _of_operator, own = anchor.window.findChildren(CueBanner)
    return own.text


def take(context, number):
    segments = queries.segments(context.desk.store, context.chosen.id)
    show.take(context.desk.store, context.chosen.id, segments[number].id)


def choose(context, **fields):
    context.desk.settings = replace(context.desk.settings, **fields)
    context.bridge.changed.emit(Changes("settings", everything=True))


def tick(anchor, clock, seconds):
    clock.advance(seconds)
    anchor._tick()


def given(context):
    return [(cue.text, bool(cue.auto)) for cue in queries.cues(context.desk.store, context.chosen.id)]


def planned(context):
    return queries.segments(context.desk.store, context.chosen.id)[1].planned_seconds


def test_a_cue_is_seen_at_the_desk_with_its_time(qtbot, anchor, context, clock):
    bar = CueBar(context, anchor)
    qtbot.addWidget(bar)
    bar.resize(900, 50)
    bar.show()
    scripts.send_cue(context.desk.store, context.chosen.id, "看镜头")
    assert bar._label.text() == "Cue ○"
    clock.advance(3)
    qtbot.keyClick(anchor.window, Qt.Key.Key_Return)
    assert bar._label.text() == "Cue ✓"
    assert bar._seen.text() == f"seen {clock_text(clock.now(), seconds=True)}"
    assert anchor.window.cue == ""


def test_a_typed_cue_holds_live_values_as_a_preset_does(qtbot, anchor, context):
    bar = CueBar(context, anchor)
    qtbot.addWidget(bar)
    bar._field.setText("Only {库存} left, {nobody} at ¥369")
    qtbot.keyClick(bar._field, Qt.Key.Key_Return)
    assert anchor.window.cue == "Only 100 left, {nobody} at ¥369"
    assert bar._field.text() == ""


def test_a_pasted_cue_that_is_too_long_is_told_and_not_cut(qtbot, anchor, context):
    bar, said = CueBar(context, anchor), []
    qtbot.addWidget(bar)
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    words = "Last ones of this size, tell them the price holds until the bell rings, then the next"
    QGuiApplication.clipboard().setText(words)
    bar._field.paste()
    qtbot.keyClick(bar._field, Qt.Key.Key_Return)
    assert "at most 60 characters; this has 85" in said[0]
    assert (given(context), bar._field.text()) == ([], words)


@pytest.mark.parametrize("width", [430, 700])
def test_no_preset_moves_from_under_the_mouse_when_a_cue_is_sent_and_seen(qtbot, anchor, context, width):
    host = QWidget()
    qtbot.addWidget(host)
    bar = CueBar(context, anchor)
    bar.setParent(host)
    bar.resize(width, 50)
    host.show()

    def places():
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        return [(chip.words, chip.x()) for chip in bar.findChildren(Chip) if chip.isVisible()]

    before = places()
    scripts.send_cue(context.desk.store, context.chosen.id, "看镜头")
    assert places() == before
    qtbot.keyClick(anchor.window, Qt.Key.Key_Return)
    assert places() == before
    said = bar._seen.text() if bar._seen.isVisible() else bar._field.placeholderText()
    assert said.startswith("seen ")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of an open menu
def test_a_preset_without_room_for_its_button_is_in_the_menu_beside_the_others(qtbot, anchor, context):
    host = QWidget()
    qtbot.addWidget(host)
    bar = CueBar(context, anchor)
    bar.setParent(host)  # a window of its own would not be narrower than all its buttons
    bar.resize(430, 50)
    host.show()
    shown = [chip.words for chip in bar.findChildren(Chip) if chip.isVisible()]
    assert shown[:1] == ["Faster"]
    more = next(each for each in bar.findChildren(QPushButton) if each.accessibleName() == "More cues")
    assert more.isVisible()
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    acts = [act.text().split("\t") for act in menu.actions()]
    usual = ["Faster", "Stress the gift", "Only 100 left, push!", "Look at the camera"]
    assert [*shown, *(words for words, _keys in acts)] == usual
    assert acts[-1][1] == context.actions.keys_text("cue_4")
    menu.actions()[-1].trigger()
    menu.close()
    assert given(context) == [("Look at the camera", False)]
    bar.resize(900, 50)
    assert not more.isVisible()


def test_the_anchors_window_is_called_in_the_language_chosen_on_air(anchor, context):
    language = i18n.current_language()
    i18n.set_language("zh_CN")
    choose(context, language="zh_CN")
    assert anchor.window.windowTitle() == anchor.window.accessibleName() == "提词器"
    i18n.set_language(language)


def test_a_cue_ends_with_the_show(anchor, context):
    scripts.send_cue(context.desk.store, context.chosen.id, "看镜头")
    assert anchor.window.cue == "看镜头"
    show.end_show(context.desk.store, context.chosen.id)
    assert anchor.window.cue == ""
    show.resume_session(context.desk.store, context.chosen.id)
    assert anchor.window.cue == "看镜头"


def test_time_is_cued_once_a_pitch_and_logged_as_automatic(anchor, context, clock):
    tick(anchor, clock, planned(context) - 31)
    assert given(context) == []
    tick(anchor, clock, 2)
    tick(anchor, clock, 1)
    assert given(context) == [("29 seconds left", True)]
    assert auto_cue(anchor) == "28 seconds left"  # what is left now; the record says when it was given
    tick(anchor, clock, 40)
    assert given(context)[1:] == [("Time is up: wrap up", True)]
    assert journal.entries(context.desk.store)[0].label == "Automatic cue: Time is up: wrap up"
    take(context, 2)
    take(context, 1)
    assert anchor.window.cue == ""
    tick(anchor, clock, planned(context) + 5)
    assert [text for text, _auto in given(context)].count("Time is up: wrap up") == 2


def test_an_automatic_cue_goes_by_itself(anchor, context, clock):
    tick(anchor, clock, planned(context) + 5)
    assert auto_cue(anchor)
    tick(anchor, clock, 31)
    assert auto_cue(anchor) == ""
    assert len(given(context)) == 1


def test_low_stock_and_sold_out(anchor, context, clock):
    shelf.set_stock(context.desk.store, "down-1", 18)
    tick(anchor, clock, 1)
    shelf.set_stock(context.desk.store, "down-1", 0, confirmed=True)
    tick(anchor, clock, 1)
    tick(anchor, clock, 1)
    assert given(context) == [(f"{DOWN}: only 18 left", True), (f"Sold out: {DOWN}", True)]


def test_a_low_stock_cue_says_what_is_left_now(anchor, context, clock):
    shelf.set_stock(context.desk.store, "down-1", 18)
    tick(anchor, clock, 1)
    assert auto_cue(anchor) == f"{DOWN}: only 18 left"
    shelf.set_stock(context.desk.store, "down-1", 15)
    tick(anchor, clock, 1)
    assert auto_cue(anchor) == f"{DOWN}: only 15 left"
    shelf.set_stock(context.desk.store, "down-1", 400, confirmed=True)
    tick(anchor, clock, 1)
    assert auto_cue(anchor) == ""
    assert given(context) == [(f"{DOWN}: only 18 left", True)]


def test_an_automatic_cue_does_not_follow_into_the_next_pitch(anchor, context, clock):
    shelf.set_stock(context.desk.store, "down-1", 18)
    tick(anchor, clock, 1)
    assert auto_cue(anchor) == f"{DOWN}: only 18 left"
    choose(context, auto_cues=())
    take(context, 2)
    tick(anchor, clock, 1)
    assert auto_cue(anchor) == ""


def test_the_operators_cue_is_never_hidden_nor_repeated(anchor, context, clock):
    scripts.send_cue(context.desk.store, context.chosen.id, "看镜头")
    tick(anchor, clock, planned(context) + 5)
    assert (anchor.window.cue, auto_cue(anchor)) == ("看镜头", "Time is up: wrap up")
    tick(anchor, clock, 40)
    assert (anchor.window.cue, auto_cue(anchor)) == ("看镜头", "")


def test_a_cue_still_on_her_screen_is_taken_back_after_the_desk_has_said_something_too(qtbot, anchor, context, clock):
    bar = CueBar(context, anchor)
    qtbot.addWidget(bar)
    context.actions.set_state(session=True, live=True)
    scripts.send_cue(context.desk.store, context.chosen.id, "看镜头")
    tick(anchor, clock, planned(context) + 5)
    assert (anchor.window.cue, auto_cue(anchor)) == ("看镜头", "Time is up: wrap up")
    qtbot.mouseClick(bar._back, Qt.MouseButton.LeftButton)
    assert (anchor.window.cue, auto_cue(anchor)) == ("", "Time is up: wrap up")
    assert not bar._back.isEnabled()


def test_one_key_acknowledges_all_that_is_shown(qtbot, anchor, context, clock):
    scripts.send_cue(context.desk.store, context.chosen.id, "看镜头")
    tick(anchor, clock, planned(context) + 5)
    qtbot.keyClick(anchor.window, Qt.Key.Key_Enter)
    seen = [cue.acknowledged_at for cue in queries.cues(context.desk.store, context.chosen.id)]
    assert seen == [clock.now()] * 2
    assert (anchor.window.cue, auto_cue(anchor)) == ("", "")


def test_automatic_cues_can_be_switched_off_each(anchor, context, clock):
    choose(context, auto_cues=("over",))
    shelf.set_stock(context.desk.store, "down-1", 3)
    tick(anchor, clock, planned(context) - 10)
    assert given(context) == []
    tick(anchor, clock, 20)
    assert given(context) == [("Time is up: wrap up", True)]


def test_told_before_a_restart_is_not_told_again(anchor, context, clock):
    tick(anchor, clock, planned(context) + 5)
    again = Anchor(context, anchor._prompting)
    tick(again, clock, 1)
    assert len(given(context)) == 1
    again.close()


def test_a_cue_the_disk_does_not_take_is_said_once(anchor, context, clock, monkeypatch):
    def refuse(*_args):
        raise UserError("the disk is full")

    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    monkeypatch.setattr(scripts, "give_auto_cue", refuse)
    tick(anchor, clock, planned(context) + 5)
    tick(anchor, clock, 1)
    assert said == ["the disk is full"]


def test_a_clickers_b_blanks_and_the_desk_is_told(qtbot, anchor):
    with qtbot.waitSignal(anchor.changed):
        qtbot.keyClick(anchor.window, Qt.Key.Key_B)
    assert anchor.blank
    qtbot.keyClick(anchor.window, Qt.Key.Key_Period)
    assert not anchor.blank


def test_looks_changed_on_the_anchors_window_are_to_be_remembered(qtbot, anchor, context):
    for key in (Qt.Key.Key_M, Qt.Key.Key_T, Qt.Key.Key_BracketRight):
        qtbot.keyClick(anchor.window, key)
    qtbot.keyClick(anchor.window, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    kept = anchor.remembered()
    assert (kept["prompter_mirror"], kept["prompter_theme"], kept["prompter_font"]) == (True, "yellow", 76)
    assert kept["prompter_reading_line"] == 38
    choose(context, **kept)
    assert anchor.window.surface.mirror == (True, False)


def test_the_preview_breaks_its_lines_as_the_anchors_screen_does_and_is_not_mirrored(qtbot, anchor, context):
    preview = PrompterSurface(anchor._prompting.reader)
    qtbot.addWidget(preview)
    preview.resize(420, 300)
    anchor.set_wear(font=90, margin=15, mirror=(True, False))
    anchor.dress(preview)
    anchor.window.resize(1920, 1080)
    anchor.window.show()  # what is not shown is not laid out

    def lines(surface):
        return [(line.start, line.end) for line in surface.follower.layout.lines]

    assert lines(preview) == lines(anchor.window.surface)
    assert preview.mirror == (False, False)
    choose(context, preview_theme="contrast")
    anchor.dress(preview)
    assert anchor.wear.theme == "white"


def test_trying_on_is_not_kept(anchor, context):
    anchor.try_on(replace(context.desk.settings, prompter_font=120))
    assert anchor.window.surface.font_size == 120
    anchor.apply_settings()
    assert anchor.window.surface.font_size == 72


def test_a_clicker_takes_the_next_segment_where_it_is_told_to(qtbot, anchor, context):
    taken = []
    context.actions.on("take_next", lambda: taken.append(1))
    context.actions.set_state(live=True)
    choose(context, hands={"PgDown": Act.NEXT_SEGMENT.value})
    qtbot.keyClick(anchor.window, Qt.Key.Key_PageDown)
    assert taken == [1]


@pytest.fixture
def desk(window):
    inside = QWidget()
    layout = QVBoxLayout(inside)
    layout.addWidget(field := QLineEdit())
    layout.addWidget(plain := QWidget())
    plain.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.setCentralWidget(inside)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    return field, plain


def test_a_clicker_works_in_the_desks_window_only_where_wanted_and_nobody_types(qtbot, anchor, context, desk):
    field, plain = desk
    reader = anchor._prompting.reader
    plain.setFocus()
    qtbot.keyClick(plain, Qt.Key.Key_F5)
    assert not reader.playing
    choose(context, clicker_in_desk=True)
    qtbot.keyClick(plain, Qt.Key.Key_F5)
    assert reader.playing
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_F5)
    qtbot.keyClick(field, "b")
    assert reader.playing
    assert field.text() == "b"
    assert not anchor.blank
    plain.setFocus()
    qtbot.keyClick(plain, "b")
    assert anchor.blank


def test_without_a_second_screen_it_is_a_window_over_no_control(qtbot, anchor, window, context):
    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    window.setGeometry(QGuiApplication.primaryScreen().availableGeometry())
    preview = QWidget(window)
    preview.setGeometry(500, 60, 260, 200)
    window.show()
    anchor.nook = preview
    anchor.toggle()
    assert anchor.window.isVisible()
    assert not anchor.window.isFullScreen()
    assert anchor._nook_box().contains(anchor.window.geometry())
    assert any("No second screen" in text for text in said)


def test_coming_back_after_a_start_it_speaks_of_a_second_screen_only_where_one_was_lost(anchor, context):
    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))

    def start():
        again = Anchor(context, anchor._prompting)
        again.toggle(keyboard=False)
        choose(context, **again.remembered())
        again.close()

    choose(context, prompter_on=True)
    start()
    assert said == []  # this desk never had one
    choose(context, prompter_screen="Dell|U2723|7|HDMI-1", prompter_filled=True)
    start()
    assert said == ["The anchor's screen Dell U2723 (HDMI-1) is not connected: the prompter opens in a window."]
    start()
    assert len(said) == 1
    assert context.desk.settings.prompter_screen == "Dell|U2723|7|HDMI-1"  # where it goes when it is there again


def test_that_there_is_no_second_screen_is_said_once_to_who_opens_it_by_hand(anchor, context):
    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    for _open_and_close in range(4):
        anchor.toggle()
    assert said == ["No second screen is connected: the prompter opens in a window."]


def test_where_the_user_put_it_is_remembered(qtbot, anchor, context):
    anchor.toggle()
    with qtbot.waitSignal(anchor.placing.moved):
        anchor.window.setGeometry(30, 40, 400, 225)
    assert anchor.remembered()["prompter_box"] == "30,40,400,225"
    anchor.toggle()
    anchor.toggle()
    assert anchor.window.geometry().getRect() == (30, 40, 400, 225)


def test_a_price_and_a_stock_are_on_the_strip_and_in_the_cues_one_frame_later(qtbot, anchor, context):
    frames = anchor.window.surface.frames
    context.gaps.follow(frames)
    bar = CueBar(context, anchor)
    qtbot.addWidget(bar)
    bar.resize(1600, 50)
    bar.show()
    frames.hold(bar)  # the prompter runs: what the desk changes goes between two frames
    shelf.set_price(context.desk.store, ["down-1"], 35900, confirmed=True)
    shelf.set_stock(context.desk.store, "down-1", 17)
    frames.gap.emit()
    assert anchor.window._strip._state.live_price == "¥359"
    assert anchor.window._strip._state.stock == "17"
    assert bar._presets.chips[2].toolTip().startswith("Only 17 left")
    frames.stop()


def test_what_is_only_tried_on_is_not_remembered(anchor, context):
    remembered = []
    anchor.changed.connect(lambda: remembered.append(anchor.remembered()["prompter_font"]))
    anchor.try_on(replace(context.desk.settings, prompter_font=120))
    anchor.do(Act.BLANK)  # by a clicker, while the settings are open
    assert remembered == [72]
    assert anchor.window.surface.font_size == 120


def test_a_window_that_is_gone_does_not_follow_its_screen_any_more(anchor, context):
    other = Anchor(context, anchor._prompting)
    other.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(other.window)
    screen = QGuiApplication.primaryScreen()
    screen.geometryChanged.emit(screen.geometry())


def test_a_cue_begun_on_the_anchors_window_is_typed_at_the_desk(qtbot, anchor, context, window):
    bar = CueBar(context, anchor)
    window.setCentralWidget(bar)
    window.show()
    anchor.toggle()
    anchor.window.activateWindow()
    qtbot.waitUntil(anchor.window.isActiveWindow)
    context.actions.give("prompter_play")
    assert anchor.window.isActiveWindow()
    context.actions.give("cue")
    qtbot.waitUntil(window.isActiveWindow)
    assert bar._field.hasFocus()


def test_closed_by_its_own_button_it_is_off_and_does_not_come_back_by_itself(anchor, context):
    anchor.toggle()
    assert anchor.remembered()["prompter_on"]
    heard = []
    anchor.changed.connect(lambda: heard.append(anchor.remembered()["prompter_on"]))
    anchor.window.close()
    assert heard == [False]


def test_with_the_desk_it_goes_and_is_still_remembered_as_on(anchor, context):
    going = Anchor(context, anchor._prompting)
    going.toggle()
    heard = []
    going.changed.connect(lambda: heard.append(going.remembered()["prompter_on"]))
    going.close()
    assert heard == []
