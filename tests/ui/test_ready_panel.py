"""The checklist before going live."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from liveshop_desk.ops import scripts, show
from liveshop_desk.store import queries
from ui.panels.ready_panel import ReadyPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def panel(qtbot, context):
    made = ReadyPanel(context)
    qtbot.addWidget(made)
    made.resize(328, 500)
    made.show()
    yield made
    made.hide()


def line(panel, words):
    return next(each for each in panel.lines if words in each.text.text())


def test_header_counts_and_what_is_to_do_stands_first(panel):
    done, total = (int(part) for part in panel.subtitle.text().split(" / "))
    assert total == 12
    assert 0 < done < total
    assert panel.lines[0]._sign.text() == "✕"
    assert panel.lines[total - 1]._sign.text() == "✓"


def test_a_name_without_a_blank_leaves_fix_in_sight(qtbot, panel, store, shop):
    row = queries.queue(store, shop.session)[1]
    with store.step("rename") as step:
        step.update("segments", row.segment.id, title="W" * 200)
    scripts.save_script(store, queries.script_id(row.segment), "{" + "W" * 60 + "}")
    panel.refresh()
    qtbot.waitUntil(lambda: any("WWW" in each.text.text() for each in panel.lines))
    QTest.qWait(50)
    bad = line(panel, "WWW")
    assert bad.fix.visibleRegion().boundingRect() == bad.fix.rect()


def test_a_failing_line_leads_to_its_row(qtbot, panel, shop):
    missing = line(panel, "No script")
    with qtbot.waitSignal(panel.mend) as asked:
        missing.fix.click()
    assert asked.args == ["edit_script", shop.segments[2]]  # the vest is the first without one
    with qtbot.waitSignal(panel.mend) as asked:
        QTest.mouseClick(missing, Qt.MouseButton.LeftButton)
    assert asked.args[0] == "edit_script"


def test_a_good_line_asks_nothing(qtbot, panel):
    with qtbot.assertNotEmitted(panel.mend):
        QTest.mouseClick(line(panel, "Queue: 6 segments"), Qt.MouseButton.LeftButton)


def test_it_follows_the_shop(qtbot, panel, store):
    for product in ("vest", "coat"):
        scripts.save_script(store, f"product:{product}", "Buy {直播价}")
    with qtbot.waitSignal(panel.counted):
        pass
    assert line(panel, "Every product has a script")


def test_no_session_no_list(panel, context):
    context.chosen.choose("")
    assert panel.subtitle.text() == ""
    assert not any(each.isVisible() for each in panel.lines)


def test_every_line_says_its_mark_in_words(panel, context, store, shop):
    show.edit_session(store, shop.session, goal_gmv=None)
    panel.refresh()
    names = [each.accessibleName() for each in panel.lines]
    assert "No GMV goal: open" in names
    assert "No backup yet: failed" in names
    assert "Queue: 6 segments: done" in names
