"""The application, made so that a display which does not answer is said in the user's words: Qt would abort in its own.

Asking the display beforehand would cost every start a connection, and sockets a hundredth of a second of imports.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from liveshop_desk.i18n import _

_ASKED = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")


def make_application(arguments: list[str]) -> QApplication:
    """Make the application. Where it can open no window the process ends with 1 and says why and what to do."""
    said: list[tuple[str, str]] = []  # Qt's category and words

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        said.append((context.category or "", text))
        if kind is QtMsgType.QtFatalMsg:
            _end(next((words for category, words in said if category.startswith("qt.qpa")), text))

    before = qInstallMessageHandler(hear)
    try:
        return QApplication(arguments)
    finally:
        qInstallMessageHandler(before)
        for _category, text in said:
            _tell(text)


def _end(reason: str) -> None:
    """Say it and end here: behind this Qt aborts, and the system keeps what was in memory as a crash."""
    asked = _(", ").join(f"{name}={os.environ[name]}" for name in _ASKED if os.environ.get(name))
    what = _("The desk cannot open its window: no display answers, or Qt lacks a library ({asked}).")
    _tell(what.format(asked=asked or "—"))
    _tell(_("Start it from a graphical desktop, or set DISPLAY to the one that is running."))
    _tell(_("The command line works without a window: main.py --help"))
    _tell(_("What Qt says: {reason}").format(reason=reason.splitlines()[0] if reason else "—"))
    os._exit(1)


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - there is no window to say it in
