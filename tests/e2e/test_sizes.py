"""Nothing on a button or label is cut at the sizes desks have, in both languages (a cut text tells itself in a tip)."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QStyle, QStyleOptionButton, QToolButton

from tests.e2e.hands import live_on
from tests.e2e.shops import make_shop

LONG = {
    "theme": "双十一返场·秋冬羽绒清仓专场·全场包邮第二件半价·限时三小时",
    "anchor": "一位名字特别特别长的主播同学",
    "operator": "一位名字特别特别长的运营同学",
}
ROOMS = ("Prepare", "Live", "Review", "Catalogue")


def cut(h) -> list[str]:
    """Return the texts on the screen that are wider than their widget, or whose widget leaves its own parent."""
    found = []
    for made in h.seen(QPushButton) + h.seen(QToolButton):
        if _width(made) > _room(made) and not _tells(made):
            found.append(f"button “{made.text()}” {_width(made)} > {_room(made)}")
    for made in h.seen(QLabel):
        if not made.wordWrap() and _width(made) > made.contentsRect().width() + 1 and not _tells(made):
            found.append(f"label “{made.text()}” {_width(made)} > {made.width()}")
        if made.wordWrap() and made.heightForWidth(made.width()) > made.height() + 1 and not _tells(made):
            found.append(f"label “{made.text()}” {made.heightForWidth(made.width())} high > {made.height()}")
    for made in (*h.seen(QPushButton), *h.seen(QLabel)):
        corner = made.mapTo(h.shell, QPoint(made.width(), 0)).x()
        if made.window() is h.shell and corner > h.shell.width():
            found.append(f"“{made.text()}” ends at {corner} of {h.shell.width()}")
    return found


def still_cut(h) -> list[str]:
    """Return what stays cut: on a slow machine a room may be filled, and fitted, seconds after it is shown."""
    found = cut(h)
    for _look in range(20):
        if found:
            live_on(200)
            found = cut(h)
    return found


def _width(made) -> int:
    return max((QFontMetrics(made.font()).horizontalAdvance(line) for line in made.text().split("\n")), default=0)


def _room(made) -> int:
    """Return the width a button has for its text, inside its edges."""
    if not isinstance(made, QPushButton):
        return made.width()
    option = QStyleOptionButton()
    made.initStyleOption(option)
    return made.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, made).width()


def _tells(made) -> bool:
    return bool(made.toolTip())


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    ("size", "names"), [((911, 512), {}), ((1093, 614), {}), ((1280, 720), {}), ((1366, 768), LONG), ((1440, 900), {})]
)
def test_no_text_is_cut(open_desk, shop_file, language, size, names):
    make_shop(shop_file, **names)
    h = open_desk(language=language, size=size)
    left = {}
    for state in ("draft", "live", "ended"):
        for number, room in enumerate(ROOMS, 1):
            h.press(f"Alt+{number}")
            live_on(200)  # the checks and the review come a moment later
            assert (h.shell.width(), h.shell.height()) == size
            if found := still_cut(h):
                left[f"{state} {room}"] = found
        h.press("Alt+2")
        if state == "draft":
            h.press("Ctrl+L", "Return", "Ctrl+Return", "Ctrl+Return", "Ctrl+E")
            h.type("online 1284, gmv 86402", "Return", "Esc")
        elif state == "live":
            h.press("Ctrl+Shift+E", "Return")
    assert left == {}, left
