"""Liveshop Desk without its window: importable in a script, knows nothing of Qt."""

__version__ = "0.3.8"
