"""Going live: what is typed this moment counts."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from liveshop_desk.ops import scripts
from liveshop_desk.store import queries
from tests.e2e.shops import make_shop, read


def test_a_script_typed_this_moment_is_none_that_is_missing(shop_file, open_desk):
    session = make_shop(shop_file)

    def silence(store):
        segment = queries.segments(store, session)[1]
        scripts.save_script(store, queries.script_id(segment), "", title=segment.title)

    read(shop_file, silence)
    h = open_desk()
    h.press("Ctrl+L")
    assert "No script" in h.notice()
    h.press("Esc")
    h.click_row(1)
    QTest.keyClicks(h.find("Script", QPlainTextEdit), "welcome to the show")
    h.press("Ctrl+L")
    assert "No script" not in h.notice()
    h.press("Esc")
