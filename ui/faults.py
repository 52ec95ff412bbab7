"""What nobody expected: written to the log, shown in the notice bar, never swallowed and never the end."""

from __future__ import annotations

import sys
import threading
from logging import Handler, Logger, LogRecord, NullHandler, getLogger
from types import TracebackType

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.paths import log_folder
from ui.notices import Notices

_log = getLogger("liveshop")
_core = getLogger("liveshop_desk")  # what the network's thread logs: nobody waits there who could be told


class _Late(Handler):
    """Hands on to this machine's log, which is opened with its first line."""

    def emit(self, record: LogRecord) -> None:
        """Write one record."""
        _logger().handle(record)


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


def report(notices: Notices, error: BaseException) -> None:
    """Tell the user of an error: a UserError in its own words, anything else as a fault of the program."""
    if isinstance(error, UserError):
        notices.error(error)
        return
    import traceback

    text = "".join(traceback.format_exception(error))
    sys.stderr.write(text)
    _logger().error("%s", text)
    notices.error(
        _(
            "Something went wrong inside the program ({kind}). What was saved is safe; go on, and please report it."
        ).format(kind=type(error).__name__)
    )


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
