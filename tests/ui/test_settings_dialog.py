"""The settings form and its keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QKeySequenceEdit, QLabel, QPushButton
from shiboken6 import delete

from liveshop_desk.commands import COMMANDS
from liveshop_desk.i18n import set_language
from liveshop_desk.settings import Settings, chosen_over
from ui.dialogs.anchor_page import AnchorPage
from ui.dialogs.settings_dialog import PAGES, SettingsDialog
from ui.dialogs.settings_pages import CuesPage, GeneralPage
from ui.prompter.surface import PrompterSurface

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


def page(dialog, name):
    """The page of this name, turned to by its subject on the left."""
    dialog.subjects.setCurrentRow(PAGES.index(name))
    return dialog.findChild({"general": GeneralPage, "anchor": AnchorPage, "cues": CuesPage}[name])


@pytest.fixture
def dialog(qtbot):
    made = SettingsDialog(Settings())
    qtbot.addWidget(made)
    return made


def test_saving_gives_what_was_chosen(qtbot, dialog):
    dialog.general.language.setCurrentIndex(dialog.general.language.findData("zh_CN"))
    dialog.general.theme.setCurrentIndex(dialog.general.theme.findData("light"))
    dialog.general.operator.setText(" Jie ")
    dialog.anchor.pace.setText("240")
    dialog.general.low_stock.setText("5")
    page(dialog, "cues").presets.setPlainText("slower\n\n  show   the sleeve ")
    dialog.keys.set_key("push_rest", "Ctrl+Alt+P")
    with qtbot.waitSignal(dialog.changed) as given:
        dialog.save_button.click()
    assert given.args[0] == Settings(
        language="zh_CN", theme="light", operator="Jie", prompter_pace=240, low_stock=5,
        cue_presets=("slower", "show the sleeve"), keys={"push_rest": "Ctrl+Alt+P"},
    )  # fmt: skip


def test_other_choices_are_kept(qtbot):
    made = SettingsDialog(Settings(prompter_font=90, tiles=("gmv",), keys={"undo": "F12"}))
    qtbot.addWidget(made)
    made.anchor.pace.setText("200")
    result = made.result_settings()
    assert (result.prompter_font, result.tiles, result.keys) == (90, ("gmv",), {"undo": "F12"})


def test_nothing_changed_says_nothing(qtbot, dialog):
    with qtbot.assertNotEmitted(dialog.changed):
        dialog.save_button.click()


def test_enter_beside_its_buttons_saves_and_presses_none_of_them_by_chance(dialog):
    for name in PAGES:
        dialog._page(name)
    buttons = dialog.findChildren(QPushButton)
    assert {"Usual keys", "Usual thresholds", "Try a device …", "＋"} <= {made.text() for made in buttons}
    assert [made.text() for made in buttons if made.autoDefault()] == []
    assert [made.text() for made in buttons if made.isDefault()] == ["Save"]


def test_two_commands_on_one_key_are_named_and_not_saved(dialog):
    dialog.keys.set_key("undo", "Ctrl+P")
    assert not dialog.problem.isHidden()
    assert "Push the rest" in dialog.problem.text()
    assert "Undo" in dialog.problem.text()
    assert not dialog.save_button.isEnabled()
    dialog.reset_button.click()
    assert dialog.save_button.isEnabled()
    assert dialog.result_settings().keys == {}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (("anchor", "pace"), "5"),
        (("anchor", "pace"), ""),
        (("general", "low_stock"), ""),
        (("cues", "warning"), "3"),
    ],
)
def test_a_number_that_cannot_be_is_named_and_not_saved(dialog, field, text):
    line = getattr(page(dialog, field[0]), field[1])
    line.setText(text)
    assert not dialog.save_button.isEnabled()
    assert dialog.problem.text()
    assert line.property("tone") == "error"


def test_a_key_can_be_taken_away(dialog):
    dialog.keys.set_key("undo", "")
    assert dialog.result_settings().keys == {"undo": ""}


@pytest.fixture
def key_fields(qtbot, dialog):
    """The dialog on the page of keys, with the keyboard in the field of the first command."""
    dialog.show()
    dialog.subjects.setCurrentRow(PAGES.index("keys"))
    qtbot.waitUntil(lambda: len(dialog.keys.findChildren(QKeySequenceEdit)) == len(COMMANDS))
    fields = {made.accessibleName(): made for made in dialog.keys.findChildren(QKeySequenceEdit)}
    fields["Key of Take the chosen row"].setFocus()
    return dialog


def press(qtbot, dialog, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(dialog.focusWidget(), key, modifier)


def test_tab_goes_on_from_key_to_key_and_takes_none(qtbot, key_fields):
    names = []
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        press(qtbot, key_fields, key)
        names.append(key_fields.focusWidget().accessibleName())
    assert names == ["Key of Push the rest", "Key of Go live", "Key of Push the rest"]
    assert key_fields.result_settings().keys == {}


def test_esc_gives_back_the_key_it_had_and_then_leaves(qtbot, key_fields):
    press(qtbot, key_fields, Qt.Key.Key_F12)
    assert key_fields.result_settings().keys == {"take_selected": "F12"}
    press(qtbot, key_fields, Qt.Key.Key_Escape)
    assert key_fields.result_settings().keys == {}
    assert key_fields.isVisible()
    press(qtbot, key_fields, Qt.Key.Key_Escape)
    assert not key_fields.isVisible()


def test_enter_saves_the_key_pressed_before_and_is_none_itself(qtbot, key_fields):
    press(qtbot, key_fields, Qt.Key.Key_F12, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(key_fields.changed) as given:
        press(qtbot, key_fields, Qt.Key.Key_Return)
    assert given.args[0].keys == {"take_selected": "Ctrl+F12"}
    assert not key_fields.isVisible()


def test_a_cue_too_long_to_read_at_a_glance_is_not_saved(dialog):
    page(dialog, "cues").presets.setPlainText("x" * 61)
    assert not dialog.save_button.isEnabled()
    page(dialog, "cues").presets.setPlainText("short")
    assert dialog.save_button.isEnabled()


def test_only_the_page_in_sight_is_made(qtbot, dialog):
    dialog.show()
    for _turn in range(50):
        QApplication.processEvents()
    assert not dialog.findChildren(QKeySequenceEdit)
    dialog.subjects.setCurrentRow(PAGES.index("keys"))
    qtbot.waitUntil(lambda: len(dialog.findChildren(QKeySequenceEdit)) == len(COMMANDS))


def test_while_the_prompter_runs_a_page_is_made_in_a_gap(qapp):
    gaps = []
    made = SettingsDialog(Settings(), soon=gaps.append)
    for name in ("anchor", "cues"):
        made.subjects.setCurrentRow(PAGES.index(name))
    assert not made.findChildren(PrompterSurface)
    gaps[-2]()
    assert len(made.findChildren(PrompterSurface)) == 1
    delete(made)
    gaps[-1]()  # closed before it came


def test_a_key_of_ones_own_that_is_a_commands_usual_one_by_now_is_said_at_once(qtbot):
    made = SettingsDialog(Settings(keys={"undo": "Ctrl+P"}))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: "Push the rest" in made.problem.text())
    assert not made.save_button.isEnabled()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_it_opens_in_every_language(qtbot, language):
    set_language(language)
    made = SettingsDialog(Settings())
    qtbot.addWidget(made)
    made.show()
    for number in range(len(PAGES)):
        made.subjects.setCurrentRow(number)
    texts = [each.text() for each in made.findChildren(QLabel)]
    assert made.windowTitle()
    for control in (
        made.general.language,
        made.general.theme,
        made.general.operator,
        made.anchor.pace,
        made.general.low_stock,
        page(made, "cues").presets,
        made.anchor.font_size,
        made.anchor.mark,
    ):
        assert control.accessibleName() in texts
    languages = [made.general.language.itemText(n) for n in range(3)]
    assert languages[1:] == ["简体中文", "English"]


@pytest.mark.parametrize("name", ["language", "theme"])
def test_enter_in_a_box_of_choices_saves(qtbot, dialog, name):
    dialog.show()
    box = getattr(dialog.general, name)
    box.setFocus()
    box.setCurrentIndex(1)
    with qtbot.waitSignal(dialog.changed):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_enter_in_a_line_saves_and_nothing_else(qtbot, dialog):
    dialog.show()
    dialog.general.operator.setFocus()
    dialog.general.operator.setText("Jie")
    with qtbot.waitSignal(dialog.changed) as given:
        qtbot.keyClick(dialog.general.operator, Qt.Key.Key_Return)
    assert given.args[0] == Settings(operator="Jie")


def test_the_usual_cues_are_there_to_be_edited(dialog):
    lines = page(dialog, "cues").presets.toPlainText().splitlines()
    assert len(lines) == 4
    assert dialog.result_settings().cue_presets == ()
    page(dialog, "cues").presets.setPlainText("\n".join([*lines[:3], "Show the sleeve"]))
    assert dialog.result_settings().cue_presets[3] == "Show the sleeve"
    page(dialog, "cues").presets.setPlainText("\n".join([*lines, "a fifth"]))
    assert not dialog.save_button.isEnabled()


def test_every_look_of_the_anchors_screen_is_tried_at_once(qtbot, dialog):
    page = dialog.anchor
    with qtbot.waitSignal(dialog.tried) as given:
        page.font_size.step(2)
    assert given.args[0].prompter_font == 80
    page.spacing.set_value(200)
    page.margin.set_value(15)
    page.mark.set_value(50)
    page.mirror.setChecked(True)
    page.mirror_v.setChecked(True)
    page.theme.setCurrentIndex(2)
    page.preview_theme.setCurrentIndex(1)
    assert dialog.result_settings() == Settings(
        prompter_font=80, prompter_spacing=200, prompter_margin=15, prompter_reading_line=50, prompter_mirror=True,
        prompter_mirror_v=True, prompter_theme="contrast", preview_theme="white",
    )  # fmt: skip


def test_the_arrow_keys_step_within_the_ends(qtbot, dialog):
    line = dialog.anchor.margin.line
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert dialog.anchor.margin.value == 9
    dialog.anchor.margin.set_value(99)
    assert dialog.anchor.margin.value == 30


def test_a_screen_that_is_not_connected_stays_chosen(qtbot):
    made = SettingsDialog(Settings(prompter_screen="Dell|U2723|SN1|HDMI-9"))
    qtbot.addWidget(made)
    assert "not connected" in made.anchor.screen_choice.currentText()
    assert made.result_settings().prompter_screen == "Dell|U2723|SN1|HDMI-9"


def test_automatic_cues_are_switched_each(dialog):
    page(dialog, "cues").rules["low"].setChecked(False)
    page(dialog, "cues").warning.setText("60")
    result = dialog.result_settings()
    assert result.auto_cues == ("warning", "over", "sold_out")
    assert result.auto_warning_seconds == 60


def test_what_the_desk_has_kept_while_the_settings_were_open_stays(qtbot, dialog):
    opened = dialog._settings
    dialog.anchor.font_size.set_value(96)
    with qtbot.waitSignal(dialog.changed) as given:
        dialog.save_button.click()
    meanwhile = replace(opened, prompter_mirror=not opened.prompter_mirror, prompter_box="1,2,300,200")
    saved = chosen_over(opened, given.args[0], meanwhile)
    assert saved == replace(meanwhile, prompter_font=96)
