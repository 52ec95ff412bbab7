"""A strip of controls gives way step by step and comes back when there is room again."""

import pytest
from PySide6.QtWidgets import QFrame

from ui.widgets.basics import button, row
from ui.widgets.giving_way import GivingWay, hiding

# The offscreen platform says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_the_least_needed_goes_first_and_comes_back(qtbot):
    strip, first, second, third = QFrame(), button("needed"), button("useful"), button("nice to have")
    strip.setLayout(row(first, None, second, third))
    GivingWay(strip, hiding(third), hiding(second))
    qtbot.addWidget(strip)
    strip.setMinimumWidth(1)
    strip.show()

    def shown(width):
        strip.resize(width, 40)
        return [made.text() for made in (first, second, third) if not made.isHidden()]

    whole = strip.layout().minimumSize().width()
    assert shown(whole) == ["needed", "useful", "nice to have"]
    assert shown(whole - 1) == ["needed", "useful"]
    assert shown(first.minimumSizeHint().width() + 4) == ["needed"]
    assert shown(whole) == ["needed", "useful", "nice to have"]


def test_longer_words_make_it_give_way_too(qtbot):
    strip, first, second = QFrame(), button("a"), button("b")
    strip.setLayout(row(first, second))
    GivingWay(strip, hiding(second))
    qtbot.addWidget(strip)
    strip.setMinimumWidth(1)
    strip.show()
    strip.resize(strip.layout().minimumSize().width(), 40)
    first.setText("much longer than before")
    qtbot.waitUntil(second.isHidden)
