"""Room for the kinds of Qt object that are still to come, made while nobody else looks.

Below Python 3.12 Shiboken keeps what it knows of each kind in one table (``PepType_SOTP``, an ``unordered_map``), in
which Qt looks without the interpreter's lock: whenever a widget of Python's is asked what it is. Nothing guards it.
A thread that imports a panel defines kinds; where that makes the table grow, the window that paints at that moment
finds its own kind missing, and the process ends (``MetaObjectBuilder::update`` of nothing, PySide 6.11): about one
start in a thousand, and any start of a program that defines a hundred thousand. A table never gets smaller, and what
is added without growth harms no reader: so it is made to grow beforehand, in the thread that paints.
"""

from __future__ import annotations

import gc
import sys

from shiboken6 import Shiboken

# How many the desk brings: up to the room in front, and all of them; `tests/e2e/test_kinds.py` counts.
FRONT = 300
ALL = 1_000


def make_room(count: int) -> None:
    """Let the table hold ``count`` kinds more than it does without growing.

    In the window's thread, while the desk is built: what has been made by then is left out of looks for garbage.
    """
    if sys.version_info >= (3, 12):  # each kind carries its own there
        return
    gc.freeze()  # or the look below would go through all of it
    spare = [type("Spare", (Shiboken.Object,), {}) for _number in range(count)]
    spare.clear()
    gc.collect(0)  # kinds are rings: nobody else would look for them while the desk is built
