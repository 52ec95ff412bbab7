"""The cues one key away."""

from liveshop_desk import i18n
from liveshop_desk.prompter.cues import cue_presets
from liveshop_desk.prompter.script import PLACEHOLDERS, placeholder


def test_the_usual_cues_name_the_stock_in_the_language_in_use():
    before = i18n.current_language()
    try:
        i18n.set_language("zh_CN")
        assert any("{库存}" in cue for cue in cue_presets(()))
        i18n.set_language("en")
        assert any("{stock}" in cue for cue in cue_presets(()))
    finally:
        i18n.set_language(before)


def test_every_placeholder_has_a_name_that_is_understood():
    for key in set(PLACEHOLDERS.values()):
        assert {PLACEHOLDERS[placeholder(key, language)] for language in ("zh_CN", "en")} == {key}
