"""How the queue's tests use its panel: as hands would."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from liveshop_desk.ops import show
from liveshop_desk.store import queries
from ui.models.queue_cells import Column
from ui.panels.queue_panel import QueuePanel


def open_panel(qtbot, context, window, mode):
    panel = QueuePanel(context, mode)
    window.setCentralWidget(panel)
    window.resize(860, 540)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    context.actions.set_state(session=True, draft=mode == "prepare", live=mode == "live", undo=True)
    context.actions.on("undo", context.desk.undo)
    panel.activate()
    panel.table.setFocus()
    return panel


def open_live(qtbot, context, window, shop, store, clock):
    """The queue of a show that has just gone on air."""
    clock.instant = queries.session(store, shop.session).planned_start
    show.go_live(store, shop.session)
    return open_panel(qtbot, context, window, "live")


def titles(panel):
    return [row.segment.title for row in panel.model.rows]


def key(widget, code, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, code, modifier)


def type_text(field, text):
    field.selectAll()
    QTest.keyClicks(field, text)


def choose(panel, row):
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=cell_center(panel, row, Column.NUMBER))


def double_click(panel, row, column):
    spot = cell_center(panel, row, column)
    for press in (QTest.mouseClick, QTest.mouseDClick):
        press(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def at(panel, row, column):
    return panel.model.index(row, panel.model.columns.index(column)).data()


def cell_center(panel, row, column) -> QPoint:
    return panel.table.visualRect(panel.model.index(row, panel.model.columns.index(column))).center()
