"""Two languages and two themes in every room and dialog: nothing raises, nothing English is left in Chinese."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTreeView,
    QWidget,
)

from liveshop_desk import settings
from liveshop_desk.settings import Settings
from tests.e2e import files
from tests.e2e.hands import Hands, live_on, wait_until
from tests.e2e.shops import make_shop
from ui.dialogs.settings_dialog import SettingsDialog
from ui.widgets.tile import TileView

ROOMS = ("Prepare", "Live", "Review", "Catalogue")
# Names, keys and units that are the same in Chinese.
SAME = re.compile(
    r"\b(Liveshop Desk|Ctrl|Alt|Shift|Esc|Enter|Return|Space|Home|Up|Down|Del|Delete|Tab|PgUp|PgDown|F\d+"
    r"|GMV|GPM|gpm|gmv|orders?|UV|ROI|SKU|OBS|Mbit|Excel|WPS|TikTok Shop|TikTok|Shopify|CSV|PCU|ACU|English"
    r"|csv|xlsx|xlsb|xls|ods|jsonl|px|GB|MB|KB|Y\d+|[SML])\b|\{[^}]*\}|\.\w+"
)
# What the tests themselves type or have in their files.
OURS = ("abc", "Option1 Name", "products.csv")


def english(words):
    """Return the texts that hold a word of two Latin letters or more which is no name, key or unit."""
    found = {text for text in words if re.search(r"[A-Za-z]{2,}", SAME.sub("", text))}
    return sorted(text for text in found if not any(ours in text for ours in OURS))


def words_on_screen(h: Hands) -> list[str]:
    """Return every text an eye or a screen reader could meet: labels, buttons, hints, headings, choices, tiles."""
    words = h.texts()
    for field in (*h.seen(QLineEdit), *h.seen(QPlainTextEdit)):
        words.append(field.placeholderText())
    for box in h.seen(QComboBox):
        words += [box.itemText(place) for place in range(box.count())]
    for view in (*h.seen(QTableView), *h.seen(QTreeView)):
        model = view.model()
        if model is not None and not (isinstance(view, QTreeView) and view.isHeaderHidden()):
            columns = range(model.columnCount())
            words += [str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns]
        if model is not None:
            words += [str(model.index(row, 0).data() or "") for row in range(min(60, model.rowCount()))]
    for widget in h.seen(QWidget):
        words += [widget.accessibleName(), widget.toolTip()]
    words += [window.windowTitle() for window in QApplication.topLevelWidgets() if window.isVisible()]
    words += [each.accessibleName() for each in h.seen(TileView)]
    return [text for text in words if text]


def go_live(h: Hands) -> None:
    h.press("Ctrl+L", "Return", "Ctrl+Return", "Ctrl+Return")
    h.press("Ctrl+E")
    h.type("1284", "Return", "Esc")


def every_room(h: Hands):
    """Go through the rooms and yield each one's name."""
    for number, room in enumerate(ROOMS, 1):
        h.press(f"Alt+{number}")
        live_on(150)  # the checks and the review come a moment later
        yield room


def every_view(h: Hands, tmp_path):
    """Open everything there is, one after another, and yield what it is each time."""
    yield from every_room(h)
    yield from _in_rooms(h)
    yield from _dialogs(h, tmp_path)


def left_in_english(h: Hands, views) -> dict[str, list[str]]:
    """Return what is English in views that should be Chinese: view → texts."""
    found = {view: english(words_on_screen(h)) for view in views}
    return {view: texts for view, texts in found.items() if texts}


def _in_rooms(h: Hands):
    h.press("Alt+2")
    h.click_row(4)
    for keys, what in (
        ("F2", "prices of sizes"), ("Space", "ticks"), ("Ctrl+Shift+N", "new segment"),
        ("Ctrl+Shift+V", "paste"), ("Ctrl+F", "search"), ("Ctrl+E", "number"), ("Ctrl+T", "cue"),
    ):  # fmt: skip
        h.table().setFocus()
        h.press(keys)
        yield what
        h.press("Esc")
    h.click_row(1)
    h.press("F2")
    h.type("1", "Return")
    yield "guard"
    h.press("Esc", "F2")
    h.type("abc", "Return")
    yield "no price"
    h.press("Esc", "F3")
    h.type("0", "Return")
    yield "no stock"
    h.press("Esc")


def _dialogs(h: Hands, tmp_path):
    for keys, what in (("Ctrl+,", "settings"), ("?", "key sheet"), ("Ctrl+H", "history")):
        h.shell.activateWindow()
        h.press(keys)
        wait_until(lambda: h.seen(QDialog), lambda what=what: what)
        live_on(50)
        yield what
        dialog = h.seen(QDialog)[0]
        dialog.close()
        live_on(20)
    h.press("Ctrl+K")
    yield "palette"
    h.press("Esc")
    h.press("Ctrl+I")
    h.choose_file(files.shopify(tmp_path / "products.csv"))
    wait_until(lambda: h.seen(QTableView, within=h.seen(QDialog)[0]) if h.seen(QDialog) else [])
    yield "import"
    h.press("Esc")
    wait_until(lambda: not h.seen(QDialog))


@pytest.mark.parametrize("look", ["dark", "light"])
def test_everything_opens_in_chinese_without_english(open_desk, shop_file, tmp_path, look):
    make_shop(shop_file)
    settings.save(Settings(language="zh_CN", theme=look))
    h = open_desk(language="")
    assert left_in_english(h, every_room(h)) == {}
    h.press("Alt+1")
    go_live(h)
    assert left_in_english(h, every_view(h, tmp_path)) == {}
    h.press("Alt+2", "Ctrl+Shift+E", "Return")
    assert left_in_english(h, every_room(h)) == {}


def test_an_empty_shop_speaks_chinese(open_desk):
    h = open_desk(language="zh_CN")
    assert left_in_english(h, every_room(h)) == {}


@pytest.mark.parametrize("look", ["dark", "light"])
def test_everything_opens_in_english(open_desk, shop_file, tmp_path, look):
    make_shop(shop_file)
    h = open_desk()
    choose_settings(h, "Theme of colours", {"dark": "Dark", "light": "Light"}[look])
    assert (h.shell.palette().window().color().lightness() > 128) == (look == "light")
    go_live(h)
    for what in every_view(h, tmp_path):
        chinese = [text for text in h.texts() if re.search(r"[一-鿿]", text)]
        strange = [text for text in chinese if not any(known in text for known in KNOWN)]
        assert strange == [], what


KNOWN = (
    "秋冬羽绒专场",
    "小林",
    "阿杰",
    "开场",
    "收尾",
    "长款鹅绒羽绒服",
    "轻薄羽绒马甲",
    "羊毛围巾",
    "断码毛呢大衣",
    "女装",
    "包邮",
)


def choose_settings(h: Hands, name: str, choice: str, save: str = "Save") -> None:
    """Open the settings, choose, save."""
    h.press("Ctrl+,")
    wait_until(lambda: h.seen(SettingsDialog))
    dialog = h.seen(SettingsDialog)[0]
    box = h.find(name, QComboBox, dialog)
    place = next(n for n in range(box.count()) if choice in box.itemText(n))
    box.setCurrentIndex(place)
    h.click(save, within=dialog)
    wait_until(lambda: not h.seen(SettingsDialog))


def test_language_and_theme_change_under_way(open_desk, shop_file, tmp_path):
    make_shop(shop_file)
    h = open_desk()
    go_live(h)
    choose_settings(h, "Language", "简体中文")
    assert left_in_english(h, every_room(h)) == {}
    h.press("Alt+2")
    assert any("下一环节" in text for text in h.texts())
    choose_settings(h, "Language", "English")
    assert any("Take next" in text for text in h.texts())
    assert not any(re.search(r"[一-鿿]", text) and not any(known in text for known in KNOWN) for text in h.texts())


def test_what_stands_to_be_read_changes_its_language_too(open_desk, shop_file, tmp_path):
    make_shop(shop_file)
    h = open_desk()
    h.starter.window.wiring._tell_file(tmp_path / "订单.csv")
    assert {"A new order file: 订单.csv", "Look at it"} <= set(h.texts())
    choose_settings(h, "Language", "简体中文")
    assert {"新的订单文件：订单.csv", "查看"} <= set(h.texts())
    assert "A new order file: 订单.csv" not in h.texts()


def test_what_is_open_changes_its_language_too(open_desk, shop_file):
    make_shop(shop_file)
    h = open_desk()
    go_live(h)
    for keys, english_title, title in (
        ("Ctrl+H", "What was changed", "修改记录"),
        ("Ctrl+Alt+S", "Sources of the numbers", "数据来源"),
        ("?", "Keys", "按键"),
    ):
        h.shell.activateWindow()
        h.press(keys)
        wait_until(lambda: h.seen(QDialog))
        assert h.seen(QDialog)[0].windowTitle() == english_title
        h.shell.activateWindow()
        choose_settings(h, "Language", "简体中文")
        (dialog,) = h.seen(QDialog)
        assert dialog.windowTitle() == title
        assert {english_title, "Undo", "This source", "Show"}.isdisjoint(h.texts())
        dialog.close()
        h.shell.activateWindow()
        choose_settings(h, "语言", "English", "保存")
