"""Text that gives way shows whole words as long as it can."""

import pytest

from ui.widgets.elided import ElidedLabel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        ("Nov 22 15:50 • anchor Lin • operator Ajie", "Nov 22 15:50 • anchor Lin • operator Ajie"),
        ("Nov 22 15:50 • anchor Lin • operat…", "Nov 22 15:50 • anchor Lin"),
        ("Nov 22 15:50 • anchor", "Nov 22 15:50"),
    ],
)
def test_a_part_without_room_is_left_out_whole_and_stands_in_the_tooltip(qtbot, room, shown):
    label = ElidedLabel(size=13)
    qtbot.addWidget(label)
    label.say_parts(["Nov 22 15:50", "anchor Lin", "operator Ajie"])
    width = label.fontMetrics().horizontalAdvance(room)
    label.resize(width, 20)
    label.show()
    assert label.words_in(width) == shown
    assert ("operator Ajie" in label.toolTip()) is (shown != label.text())


def test_a_first_part_without_room_is_cut(qtbot):
    label = ElidedLabel(size=13)
    qtbot.addWidget(label)
    label.say_parts(["Nov 22 15:50", "anchor Lin"])
    assert label.words_in(label.fontMetrics().horizontalAdvance("Nov 22…")).endswith("…")
    label.setText("Nov 22 15:50 • other")
    assert label.words_in(label.fontMetrics().horizontalAdvance("Nov 22 15:50 • oth…")) != "Nov 22 15:50"


def test_a_name_gives_way_but_stays_a_name_and_then_the_end_goes(qtbot):
    """“…: 25 sold beyond the stock → add stock, or unlist it” did not say of what."""
    label = ElidedLabel(size=13, bold=True)
    qtbot.addWidget(label)
    label.say("⚠ 新品甲: 25 sold beyond the stock → add stock", "新品甲")
    assert label.words_in(label.fontMetrics().horizontalAdvance(label.text()) - 20).startswith("⚠ 新品甲: 25 sold")
    label.say("⚠ 长款鹅绒羽绒服加厚: 25 sold beyond the stock", "长款鹅绒羽绒服加厚")
    shown = label.words_in(label.fontMetrics().horizontalAdvance(label.text()) - 30)
    assert shown.startswith("⚠ 长")
    assert shown.endswith("厚: 25 sold beyond the stock")
