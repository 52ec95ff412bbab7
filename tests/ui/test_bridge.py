"""The one crossing between the core's threads and the window's."""

import threading

from PySide6.QtWidgets import QApplication

from liveshop_desk.ops import shelf


def test_what_a_writer_says_while_the_desk_closes_finds_nobody(context):
    """Receivers would read a shop file that is closed by then."""
    heard = []
    context.bridge.changed.connect(lambda changes: heard.append(changes.label))
    store = context.desk.store.sibling()
    store.changed.connect(context.desk.store.announce)

    for pieces in (7, 8):
        writer = threading.Thread(target=shelf.set_stock, args=(store, "down-1", pieces))
        writer.start()
        writer.join()
        if pieces == 8:
            context.bridge.close()
        QApplication.processEvents()
    store.close()
    assert len(heard) == 1
