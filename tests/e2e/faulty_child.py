"""A desk with a widget that cannot be painted: ``python -m tests.e2e.faulty_child SHOP`` says what it told of that."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui import app


class Faulty(QWidget):
    """Raises an error of the interpreter's own where Qt calls it."""

    def paintEvent(self, _event):  # noqa: N802
        """Divide by nothing."""
        self.setProperty("share", 1 / self.children().count(self))


def main(shop: Path) -> None:
    build = app.build

    def with_fault(*args, **options):
        made, starter = build(*args, **options)
        starter.complete.connect(lambda: show_fault(starter.shell))
        return made, starter

    app.build = with_fault
    app.run(shop, language="en")


def show_fault(shell) -> None:
    """Show the faulty widget; say what the desk tells of it, and close the window as its user would."""
    widget = Faulty(shell)

    def tell(notice):
        widget.hide()
        print(json.dumps(notice.text))
        QTimer.singleShot(0, shell.close)

    shell.notices.posted.connect(tell)
    widget.resize(50, 50)
    widget.show()
    widget.repaint()  # Python calls Qt, which calls Python: such an error comes back to the first caller


if __name__ == "__main__":
    main(Path(sys.argv[1]))
