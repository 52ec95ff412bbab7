"""What nobody expected: written to the log, shown in the notice bar, never swallowed and never the end.

A crash in a library is the end; what Python was doing then is in ``crash.log`` beside the log.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from logging import Handler, Logger, LogRecord, NullHandler, getLogger
from types import TracebackType
from typing import NoReturn, TextIO

from liveshop_desk import __version__
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.paths import log_folder
from ui.notices import Notices

_log = getLogger("liveshop")
_core = getLogger("liveshop_desk")  # what the network's thread logs: nobody waits there who could be told

_CRASHES, _CRASHES_FULL = "crash.log", 100_000  # bytes: then a second file is begun, and the one before it goes
_kept_open: list[TextIO] = []  # by its descriptor alone, Python would close it


class _Late(Handler):
    """Hands on to this machine's log, which is opened with its first line."""

    def emit(self, record: LogRecord) -> None:
        """Write one record."""
        _logger().handle(record)


class _Running(Exception):  # noqa: N818 - it is no fault
    """The desk runs."""


def outlive_faults(work: Callable[[], NoReturn]) -> NoReturn:
    """Run the window's ``work`` so that an error in a method which Qt calls is reported and does not end the process.

    Up to Python 3.11 an error raised by the interpreter itself (a division by zero, a missing item) is no instance yet
    when it leaves a method that Qt called for other Python, and PySide (6.11, 6.12) reads its words as if it were: a
    segmentation fault. While another exception is being handled Python makes the instance at once; so here one is.
    """
    try:
        raise _Running  # noqa: TRY301 - to be handled right here
    except _Running:
        work()


def install_hooks(notices: Notices) -> None:
    """Send every uncaught exception (slots and threads too) to the log and the notice bar; the core's log as well."""
    if not _core.handlers:
        _core.addHandler(_Late())

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        report(notices, error)

    sys.excepthook = caught
    threading.excepthook = lambda args: report(notices, args.exc_value or RuntimeError(args.exc_type.__name__))


def trace_crashes() -> None:
    """Let a crash of this process write where each of its threads was: no values, nothing of the shop.

    In a thread: the folder is to be found and its disk may be slow. Who has faulthandler on already keeps it.
    """
    if not faulthandler.is_enabled():
        threading.Thread(target=_open_crashes, name="crashes", daemon=True).start()


def _open_crashes() -> None:
    from datetime import datetime

    path = log_folder() / _CRASHES
    with suppress(OSError):  # without it a desk runs as well
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _CRASHES_FULL:
            with suppress(OSError):  # another desk has it open (Windows): it grows by a line a start
                path.replace(path.with_name(_CRASHES + ".1"))
        file = path.open("a", encoding="utf-8")
        _kept_open.append(file)
        now = datetime.now().astimezone().isoformat(" ", "seconds")
        print(f"{now} Liveshop Desk {__version__}, process {os.getpid()}", file=file, flush=True)
        faulthandler.enable(file)


def report(notices: Notices, error: BaseException) -> None:
    """Tell the user of an error: a UserError in its own words, anything else as a fault of the program."""
    if isinstance(error, UserError):
        notices.error(error)
        return
    import traceback

    _forget_running(error)
    text = "".join(traceback.format_exception(error))
    sys.stderr.write(text)
    _logger().error("%s", text)
    notices.error(
        lambda: _(
            "Something went wrong inside the program ({kind}). What was saved is safe; go on, and please report it."
        ).format(kind=type(error).__name__)
    )


def _forget_running(error: BaseException) -> None:
    """Cut what ``outlive_faults`` handles off the end of the chain: it has nothing to do with the error."""
    while error.__context__ is not None:
        if isinstance(error.__context__, _Running):
            error.__context__ = None
            return
        error = error.__context__


def _logger() -> Logger:
    """Return the log of this machine, opened on its first use."""
    from logging import Formatter
    from logging.handlers import RotatingFileHandler  # here: sockets and pickles have no place before the first paint

    if not _log.handlers:
        try:
            log_folder().mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(
                log_folder() / "desk.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
            )
        except OSError:
            _log.addHandler(NullHandler())
        else:
            handler.setFormatter(Formatter("%(asctime)s %(message)s"))
            _log.addHandler(handler)
    return _log
