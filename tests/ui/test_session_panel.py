"""The session's facts, edited in place."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from liveshop_desk.i18n import set_language
from liveshop_desk.model.clock import clock_text, to_local
from liveshop_desk.ops import show
from liveshop_desk.store import journal, queries
from ui.panels.session_panel import SessionPanel
from ui.panels.top_bar import _facts

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def panel(qtbot, context):
    made = SessionPanel(context)
    qtbot.addWidget(made)
    made.resize(328, 330)
    made.show()
    made.fold(False)
    return made


def type_in(panel, name, text, *, enter=True):
    field = panel.fields[name]
    field.selectAll()
    QTest.keyClicks(field, text)
    if enter:
        QTest.keyClick(field, Qt.Key.Key_Return)
    return field


def saved(context):
    return context.session()


def test_it_shows_the_facts(panel):
    texts = {name: field.text() for name, field in panel.fields.items()}
    assert texts == {
        "theme": "秋冬羽绒专场", "day": "2026-11-21", "start": "19:00", "end": "22:00",
        "anchor": "小林", "operator": "阿杰", "goal": "¥120,000",
    }  # fmt: skip
    assert [name for name, chip in panel.chips.items() if chip.isChecked()] == ["douyin", "taobao"]


def test_enter_saves_one_step_and_shows_what_was_understood(panel, context, store):
    before = len(journal.entries(store))
    field = type_in(panel, "goal", "15")
    assert saved(context).goal_gmv == 1500
    assert field.text() == "¥15"
    assert len(journal.entries(store)) == before + 1
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(journal.entries(store)) == before + 1  # nothing new: no step


def test_a_day_and_times_move_the_slot(panel, context):
    type_in(panel, "day", "12-1")
    type_in(panel, "start", "2030")
    type_in(panel, "end", "1")
    session = saved(context)
    assert to_local(session.planned_start).strftime("%m-%d %H:%M") == "12-01 20:30"
    assert to_local(session.planned_end).strftime("%m-%d %H:%M") == "12-02 01:00"
    assert panel.fields["end"].text() == "01:00"


def test_a_start_after_midnight_is_tonight_s_and_24_the_end_of_its_day(panel, context, clock):
    """At nine a show of seven to ten is put off; the date beside the start says when it is now."""
    clock.advance(3 * 3600)
    type_in(panel, "start", "0:30")
    assert [panel.fields[name].text() for name in ("day", "start", "end")] == ["2026-11-22", "00:30", "03:30"]
    type_in(panel, "day", "11-25")
    type_in(panel, "start", "24:00")
    assert [panel.fields[name].text() for name in ("day", "start", "end")] == ["2026-11-26", "00:00", "03:30"]


def test_a_start_typed_at_the_end_that_stands_moves_the_end_along(panel, context):
    """Prepared at half past three a slot stands at 16 to 19; whoever types 19:00 then has not come to the end yet."""
    type_in(panel, "start", "16")
    type_in(panel, "end", "19")
    type_in(panel, "start", "19")
    assert panel.fields["end"].text() == "22:00"
    assert not any(each.isVisible() for each in panel._reasons)
    session = saved(context)
    assert (clock_text(session.planned_start), clock_text(session.planned_end)) == ("19:00", "22:00")


def test_an_end_refused_because_of_the_start_is_saved_when_the_start_is_another(panel, context):
    end = type_in(panel, "end", "19")
    assert "later" in end.reason
    type_in(panel, "start", "16:30")
    session = saved(context)
    assert (clock_text(session.planned_start), clock_text(session.planned_end)) == ("16:30", "19:00")
    assert (end.text(), end.reason, end.property("tone")) == ("19:00", "", "")
    assert not any(each.isVisible() for each in panel._reasons)


def test_an_end_typed_before_its_start_stands(panel, context):
    """At 19:00 to 22:00 whoever types 18:40 as the end and then 18 as the start has meant forty minutes."""
    type_in(panel, "end", "18:40")
    type_in(panel, "start", "18")
    assert panel.fields["end"].text() == "18:40"
    session = saved(context)
    assert session.planned_end - session.planned_start == 40 * 60_000


def test_a_refused_text_is_red_with_its_reason_and_the_old_value_stays(panel, context):
    field = type_in(panel, "start", "99")
    assert field.property("tone") == "error"
    assert "not a time" in field.reason
    assert any("not a time" in each.text() for each in panel._reasons if each.isVisible())
    assert clock_text(saved(context).planned_start) == "19:00"
    assert field.text() == "99"
    assert not panel.flush()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "19:00"
    assert not any(each.isVisible() for each in panel._reasons)
    assert panel.flush()


def test_an_empty_theme_is_refused_and_an_empty_goal_is_no_goal(panel, context):
    panel.fields["theme"].clear()
    assert not panel.fields["theme"].flush()
    assert saved(context).theme == "秋冬羽绒专场"
    panel.fields["goal"].clear()
    assert panel.fields["goal"].flush()
    assert saved(context).goal_gmv is None


def test_leaving_the_field_saves(panel, context):
    type_in(panel, "anchor", "Mia", enter=False)
    panel.fields["anchor"].clearFocus()
    panel.fields["anchor"].focusOutEvent(_focus_out())
    assert saved(context).anchor == "Mia"


def _focus_out():
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent

    return QFocusEvent(QEvent.Type.FocusOut)


def test_hiding_the_room_saves(panel, context):
    type_in(panel, "anchor", "Mia", enter=False)
    panel.hide()
    assert saved(context).anchor == "Mia"


def test_another_session_gets_only_its_own_text(panel, context, store, shop):
    other = show.create_session(store, "Other")
    type_in(panel, "anchor", "Mia", enter=False)
    context.chosen.choose(other)
    assert queries.session(store, shop.session).anchor == "Mia"
    assert panel.fields["theme"].text() == "Other"
    assert panel.fields["anchor"].text() == ""
    assert queries.session(store, other).anchor == ""


def test_a_change_elsewhere_shows_but_not_over_what_is_being_typed(panel, context, store, shop):
    type_in(panel, "theme", "Half-typed", enter=False)
    show.edit_session(store, shop.session, anchor="Mia", theme="From elsewhere")
    assert panel.fields["anchor"].text() == "Mia"
    assert panel.fields["theme"].text() == "Half-typed"


def test_platform_chips_save(panel, context):
    panel.chips["tiktok"].click()
    panel.chips["taobao"].click()
    assert saved(context).platforms == ("douyin", "tiktok")


def test_undo_brings_the_field_back(panel, context):
    type_in(panel, "theme", "New theme")
    context.desk.undo()
    assert panel.fields["theme"].text() == "秋冬羽绒专场"


def test_what_was_refused_comes_back_with_its_session_and_its_reason(panel, context, store, shop):
    other = show.create_session(store, "周五场", anchor="小周")
    type_in(panel, "start", "99")
    type_in(panel, "goal", "a lot", enter=False)
    context.chosen.choose(other)
    assert [panel.fields[name].text() for name in ("start", "goal", "anchor")] == ["", "", "小周"]
    assert not any(each.isVisible() for each in panel._reasons)
    assert not panel.flush()  # it is not forgotten
    context.chosen.choose(shop.session)
    assert [panel.fields[name].text() for name in ("start", "goal")] == ["99", "a lot"]
    assert any("not a time" in each.text() for each in panel._reasons if each.isVisible())
    QTest.keyClick(panel.fields["start"], Qt.Key.Key_Escape)
    assert panel.fields["start"].text() == "19:00"
    type_in(panel, "goal", "15")
    assert panel.flush()
    assert saved(context).goal_gmv == 1500


def test_what_the_file_would_not_take_is_saved_to_its_session_while_another_is_shown(panel, context, store, shop):
    context.bridge.be_brief()
    other = show.create_session(store, "周五场")
    with closing(store.sibling()) as busy, busy.transaction():  # another process is writing
        type_in(panel, "operator", "Ade")
        context.chosen.choose(other)
    assert panel.flush()
    assert queries.session(store, shop.session).operator == "Ade"
    assert queries.session(store, other).operator == ""
    context.chosen.choose(shop.session)
    assert panel.fields["operator"].text() == "Ade"


def test_new_session_is_chosen_and_ready_to_be_named(panel, context, shop):
    context.actions.give("new_session")
    made = context.session()
    assert made.id != shop.session
    assert (made.anchor, made.operator, made.platforms) == ("小林", "阿杰", ("douyin", "taobao"))
    assert panel.fields["theme"].selectedText() == made.theme
    assert panel.chooser.count() == 2
    assert panel.chooser.currentData() == made.id


def test_the_chooser_lists_drafts_before_the_past(panel, context, store, clock):
    later = clock.now() + 10**9
    show.create_session(store, "Past", state="ended", started_at=later, planned_start=later)
    assert [panel.chooser.itemText(n).split(" · ")[-1] for n in range(2)] == ["Draft", "Ended"]
    panel.chooser.activated.emit(1)
    assert context.session().theme == "Past"


def test_a_show_of_another_year_says_its_year_in_the_chooser_and_in_the_top_bar(panel, context, store, clock):
    then = clock.now() - 400 * 86_400_000
    year = str(to_local(then).year)
    made = show.create_session(store, "Past", state="ended", started_at=then, planned_start=then)
    assert [year in panel.chooser.itemText(n) for n in range(2)] == [False, True]
    assert year in _facts(queries.session(store, made), clock.now())[0]
    assert str(to_local(clock.now()).year) not in _facts(context.session(), clock.now())[0]


def test_a_show_that_began_past_its_planned_end_has_no_end_in_the_top_bar(context, store, clock):
    before = _facts(context.session(), clock.now())[0]
    assert before.endswith("19:00–22:00")
    clock.instant = context.session().planned_end + 30 * 60_000
    show.go_live(store, context.chosen.id)
    assert _facts(context.session(), clock.now())[0].endswith("22:30")


def test_without_a_session_nothing_can_be_typed(panel, context):
    context.chosen.choose("")
    assert panel.fields["theme"].text() == ""
    assert not panel.fields["theme"].isEnabled()
    assert panel.flush()


def test_folding_saves_and_a_fact_unfolds(panel, context):
    type_in(panel, "anchor", "Mia", enter=False)
    panel.fold(True)
    assert saved(context).anchor == "Mia"
    assert not panel.fields["anchor"].isVisible()
    panel.focus_fact("goal")
    assert panel.fields["goal"].isVisible()


@pytest.mark.parametrize(("height", "folded"), [(720, True), (900, False)])
def test_it_begins_folded_in_a_low_window(qtbot, context, window, height, folded):
    made = SessionPanel(context)
    window.setCentralWidget(made)
    window.resize(1280, height)
    window.show()
    assert made.fold_button.isChecked() is folded


def test_every_control_has_a_name_in_both_languages(panel):
    for language in ("en", "zh_CN", "en"):
        set_language(language)
        panel.retranslate()
        for control in (panel.chooser, panel.new_button, *panel.fields.values(), *panel.chips.values()):
            assert control.accessibleName()
