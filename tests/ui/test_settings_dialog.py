"""The settings form and its keys."""

import pytest
from PySide6.QtWidgets import QLabel

from liveshop_desk.i18n import set_language
from liveshop_desk.settings import Settings
from ui.dialogs.settings_dialog import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def dialog(qtbot):
    made = SettingsDialog(Settings())
    qtbot.addWidget(made)
    return made


def test_saving_gives_what_was_chosen(qtbot, dialog):
    dialog.language.setCurrentIndex(dialog.language.findData("zh_CN"))
    dialog.theme.setCurrentIndex(dialog.theme.findData("light"))
    dialog.operator.setText(" Jie ")
    dialog.pace.setText("240")
    dialog.low_stock.setText("5")
    dialog.cues.setPlainText("slower\n\n  show   the sleeve ")
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
    made.pace.setText("200")
    result = made.result_settings()
    assert (result.prompter_font, result.tiles, result.keys) == (90, ("gmv",), {"undo": "F12"})


def test_nothing_changed_says_nothing(qtbot, dialog):
    with qtbot.assertNotEmitted(dialog.changed):
        dialog.save_button.click()


def test_two_commands_on_one_key_are_named_and_not_saved(dialog):
    dialog.keys.set_key("undo", "Ctrl+P")
    assert not dialog.problem.isHidden()
    assert "Push the rest" in dialog.problem.text()
    assert "Undo" in dialog.problem.text()
    assert not dialog.save_button.isEnabled()
    dialog.reset_button.click()
    assert dialog.save_button.isEnabled()
    assert dialog.result_settings().keys == {}


@pytest.mark.parametrize(("field", "text"), [("pace", "5"), ("pace", ""), ("low_stock", "")])
def test_a_number_that_cannot_be_is_named_and_not_saved(dialog, field, text):
    getattr(dialog, field).setText(text)
    assert not dialog.save_button.isEnabled()
    assert dialog.problem.text()
    assert getattr(dialog, field).property("tone") == "error"


def test_a_key_can_be_taken_away(dialog):
    dialog.keys.set_key("undo", "")
    assert dialog.result_settings().keys == {"undo": ""}


def test_a_cue_too_long_to_read_at_a_glance_is_not_saved(dialog):
    dialog.cues.setPlainText("x" * 61)
    assert not dialog.save_button.isEnabled()
    dialog.cues.setPlainText("short")
    assert dialog.save_button.isEnabled()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_it_opens_in_every_language(qtbot, language):
    try:
        set_language(language)
    except FileNotFoundError:
        pytest.skip("the catalogue is not there yet")
    made = SettingsDialog(Settings())
    qtbot.addWidget(made)
    made.show()
    texts = [each.text() for each in made.findChildren(QLabel)]
    assert made.windowTitle()
    for control in (made.language, made.theme, made.operator, made.pace, made.low_stock, made.cues):
        assert control.accessibleName() in texts
    languages = [made.language.itemText(n) for n in range(3)]
    assert languages[1:] == ["简体中文", "English"]
