"""The window: PySide6 only, no SQL, no Excel, no rules."""

import builtins
import importlib

# PySide puts an import function of its own in place, which reads the source of every module imported from then on, and
# keeps it, in case one asks for its `__feature__`. None of ours does: that costs a tenth of a second until the desk is
# complete, and 20 MB for good.
importlib.import_module("PySide6.QtCore")
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
