"""Nothing from outside is rich text: markup in names is shown as it is written, in tooltips too."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QTableView, QWidget

import ui
from liveshop_desk.ops import scripts, shelf, show
from liveshop_desk.store import queries
from ui.anchor import Anchor
from ui.evening import Evening
from ui.panels.catalogue_room import CatalogueRoom
from ui.panels.cue_bar import CueBar
from ui.panels.history_panel import HistoryPanel
from ui.panels.queue_panel import QueuePanel
from ui.panels.review_room import ReviewRoom
from ui.panels.script_panel import ScriptPanel
from ui.panels.session_panel import SessionPanel
from ui.prompting import Prompting
from ui.widgets.basics import button, plain_caption, plain_tip
from ui.widgets.elided import Chip, ElidedLabel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window

EVIL = '<b>hi</b> &lt; <img src="/etc/passwd">'


def test_text_without_markup_is_not_touched():
    for text in ("", "长款鹅绒羽绒服 Y9981", "a < b", "R&D <3", "x\n<b>"):
        assert plain_tip(text) == text


@pytest.mark.parametrize("text", [EVIL, "&lt;b&gt;", "<p>", "  <br/>", "<?xml version='1'?><b>x</b>", "a<b c='&lt;'>"])
def test_markup_is_broken_without_a_trace_on_the_screen(text):
    made = plain_tip(text)
    assert not Qt.mightBeRichText(made)
    assert made.replace("\u200b", "") == text


def tips(root):
    """Return every tooltip a mouse could call up below ``root``, those of all cells too."""
    found = [widget.toolTip() for widget in (root, *root.findChildren(QWidget))]
    for view in root.findChildren(QTableView):
        found += cell_tips(view.model())
    return [text for text in found if text]


def cell_tips(model: QAbstractItemModel):
    """Return the tooltips of a model's cells and headings."""
    role, none = Qt.ItemDataRole.ToolTipRole, QModelIndex()
    rows, columns = range(model.rowCount(none)), range(model.columnCount(none))
    found = [model.headerData(column, Qt.Orientation.Horizontal, role) for column in columns]
    return found + [model.index(row, column, none).data(role) for row in rows for column in columns]


@pytest.fixture
def evil_shop(store, clock, shop):
    """The sample shop with markup in every text, a minute of the evening on air."""
    words = dict.fromkeys(("title", "code", "brand", "category", "offer", "selling_points", "note"), EVIL)
    with store.step("Names") as step:
        for product in queries.products(store):
            step.update("products", product.id, **words)
            for sku in product.skus:
                step.update("skus", sku.id, spec=EVIL)
        for segment in shop.segments:
            step.update("segments", segment, title=EVIL)
        step.update("sessions", shop.session, theme=EVIL, anchor=EVIL, operator=EVIL)
    store.who = EVIL
    show.go_live(store, shop.session)
    show.take(store, shop.session, shop.segments[1])
    clock.advance(60)
    shelf.set_price(store, ["down-1"], 35_900)
    return shop


def assert_plain(root):
    """No tooltip and no label below ``root`` may be taken for rich text."""
    assert [text for text in tips(root) if Qt.mightBeRichText(text)] == []
    labels = [each for each in root.findChildren(QLabel) if Qt.mightBeRichText(each.text())]
    assert [each.text() for each in labels if each.textFormat() != Qt.TextFormat.PlainText] == []


@pytest.mark.parametrize("panel", [CatalogueRoom, QueuePanel, ReviewRoom, ScriptPanel, SessionPanel, HistoryPanel])
def test_no_panel_has_rich_text(qtbot, context, store, evil_shop, panel):
    if panel is ReviewRoom:
        show.end_show(store, evil_shop.session)
    made = panel(context)
    qtbot.addWidget(made)
    made.resize(700, 600)
    with qtbot.waitExposed(made):
        made.show()
    if isinstance(made, CatalogueRoom):
        made.table.choose("coat")
    QApplication.processEvents()
    assert any("\u200b" in text for text in tips(made)) or panel in (ReviewRoom, SessionPanel, ScriptPanel)
    assert_plain(made)
    close = getattr(made, "close_room", None)
    if close is not None:
        close()


def test_the_cue_bar_has_no_rich_text(qtbot, context, evil_shop):
    context.desk.settings = replace(context.desk.settings, cue_presets=(EVIL, "R&D"))
    evening = Evening(context, moves_stock=False)
    prompting = Prompting(context, evening)
    anchor = Anchor(context, prompting)
    bar = CueBar(context, anchor)
    qtbot.addWidget(bar)
    scripts.send_cue(context.desk.store, evil_shop.session, EVIL)
    assert sum("\u200b" in text for text in tips(bar)) == 2
    assert_plain(bar)
    anchor.close()
    prompting.close()
    evening.close()


def test_small_parts_have_no_rich_tooltip(qtbot):
    elided, chip, made = ElidedLabel(), Chip(), button("x", tip=EVIL)
    elided.setText(EVIL)
    elided.resize(20, 20)
    chip.say("R&D " + EVIL)
    for part in (elided, chip, made):
        qtbot.addWidget(part)
        part.show()
        assert not Qt.mightBeRichText(part.toolTip())


def tip_calls():
    """Yield (place, argument) of every place in the window's code that sets or shows a tooltip."""
    root = Path(ui.__file__).parent
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                place = f"{path.relative_to(root)}:{node.lineno}"
                if node.func.attr == "setToolTip":
                    yield place, node.args[0]
                elif node.func.attr == "showText":
                    yield place, node.args[1]


def harmless(argument):
    """Tell whether an argument is text of our own, or made plain."""
    if isinstance(argument, ast.IfExp):
        return harmless(argument.body) and harmless(argument.orelse)
    if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Name):
        return argument.func.id in ("plain_tip", "_")
    return isinstance(argument, ast.Constant)


def test_every_tooltip_in_the_code_is_our_own_text_or_made_plain():
    found = list(tip_calls())
    assert len(found) > 15
    assert [place for place, argument in found if not harmless(argument)] == []


def test_an_ampersand_in_a_name_is_no_key(qtbot):
    menu = QMenu()
    qtbot.addWidget(menu)
    action = menu.addAction(plain_caption("R&D & more"))
    assert action.text() == "R&&D && more"
    assert action.toolTip() == "R&D & more"  # what Qt shows of it
