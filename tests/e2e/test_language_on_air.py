"""Another language while the prompter runs: a part at a time, and all of them in the end."""

from dataclasses import replace

from tests.e2e.hands import wait_until
from tests.e2e.shops import make_shop


def test_another_language_while_the_prompter_runs_is_everywhere_in_the_end(shop_file, open_desk):
    make_shop(shop_file)
    h = open_desk()
    h.press("Ctrl+L", "Return")
    window = h.starter.window
    window.anchor.toggle(keyboard=False)
    window.prompting.reader.play()
    wait_until(lambda: window.context.gaps.running)
    for language, room, words in (
        ("zh_CN", "Prepare", ("流程单", "目标", "场次")),
        ("en", "Live", ("Queue", "Live numbers")),
    ):
        window.apply_settings(replace(window.desk.settings, language=language))
        h.room(room)
        wait_until(lambda words=words: all(h.shows(word) for word in words), lambda: str(h.texts()))
    assert not any(h.shows(word) for word in ("流程单", "直播中", "提词器"))
