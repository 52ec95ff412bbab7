"""When Python looks for rings of garbage: its walk through what lives holds every thread, the window's too."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock

# After so many objects more, and every so many looks more widely. Python's own 700 would be seven looks a second in a
# flood of records, which make no rings and are gone half a second later.
USUAL = (10_000, 20, 20)
_YOUNG_ONLY = (USUAL[0], 1_000_000, USUAL[2])
_lock = Lock()
_making: set[object] = set()  # threads' works under way


def hold() -> None:
    """Look for nothing while the desk is built: what is made then stays, and looking through it costs 100 ms."""
    gc.disable()


def settle() -> None:
    """Look again; what there is by now is left out, so that no look stalls the show."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*USUAL)
        gc.enable()


@contextmanager
def of_much() -> Generator[None]:
    """While a thread makes much (an import's rows, an evening's figures) look only at what is young: 4 ms, not 40.

    What it made is then left out of the looks that follow, where it would be due for a wide one. Nearly all of it
    goes without them, being in no ring.
    """
    mark = object()
    with _lock:
        _making.add(mark)
        gc.set_threshold(*_YOUNG_ONLY)
    try:
        yield
    finally:
        with _lock:
            _making.discard(mark)
            if not _making:
                _let_go()


def _let_go() -> None:
    if gc.get_count()[1] >= USUAL[1]:
        gc.freeze()
    gc.set_threshold(*USUAL)
