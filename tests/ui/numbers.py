"""What the tests of the numbers strip share: a show on air and figures for it."""

from PySide6.QtCore import QCoreApplication

from liveshop_desk.model.record import Record
from liveshop_desk.ops import show
from ui.evening import Evening
from ui.work import Work

SECOND = 1000
MINUTE = 60 * SECOND

# One real export of a platform, in base counts (money in fen).
EXPORT = {
    "online": 1284, "viewers": 15_093, "views": 21_254, "exposed_viewers": 12_774, "clickers": 6_390, "buyers": 1_513,
    "orders": 1_536, "units": 1_600, "gmv": 6_104_530, "new_followers": 417, "interacting_viewers": 1_268,
    "watch_seconds": 1_433_835,
}  # fmt: skip


def on_air(context, *, rehearsal=False):
    """Go live now and return the evening that takes its numbers."""
    show.go_live(context.desk.store, context.chosen.id, rehearsal=rehearsal)
    context.actions.set_state(session=True, live=True)
    return Evening(context, moves_stock=False)


def say(evening, context, source="manual", **figures):
    """Let a source say figures now."""
    now = context.desk.clock.now()
    records = [Record(now, "sample", source, metric, value) for metric, value in figures.items()]
    evening.receive(records, now=True)


def shown(qtbot, widget, width=1360, height=300):
    """Show a widget at the strip's size."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def all_read(qtbot):
    """Wait until every thread has ended and what it found has been taken, or left."""
    app = QCoreApplication.instance()
    qtbot.waitUntil(lambda: not app.findChildren(Work))
