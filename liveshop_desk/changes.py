"""Facts travel here: what changed, and the one small synchronous signal that says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Changes:
    """What one committed step changed.

    ``rows`` holds (table, id) pairs; ``origin`` is whoever asked, so that it can tell its own echo.
    A change that came from another process has ``everything`` set: re-read all.
    """

    label: str
    rows: frozenset[tuple[str, str]] = frozenset()
    origin: object | None = None
    everything: bool = False
    tables: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", frozenset(table for table, _ in self.rows))

    def touches(self, *tables: str) -> bool:
        """Tell whether any of ``tables`` changed."""
        return self.everything or not self.tables.isdisjoint(tables)

    def ids(self, table: str) -> set[str]:
        """Return the ids that changed in ``table``."""
        return {row for name, row in self.rows if name == table}


class Signal:
    """A list of receivers called in order. Every receiver runs; errors are raised together at the end."""

    def __init__(self) -> None:
        self._receivers: list[Callable[..., Any]] = []

    def connect(self, receiver: Callable[..., Any]) -> Callable[[], None]:
        """Add ``receiver`` and return a function that removes it."""
        self._receivers.append(receiver)
        return lambda: self.disconnect(receiver)

    def disconnect(self, receiver: Callable[..., Any]) -> None:
        """Remove ``receiver``; a second time does nothing."""
        if receiver in self._receivers:
            self._receivers.remove(receiver)

    def emit(self, *args: Any) -> None:
        """Call every receiver with ``args``; raise an ExceptionGroup of what they raised."""
        errors: list[Exception] = []
        for receiver in tuple(self._receivers):
            try:
                receiver(*args)
            except Exception as error:  # noqa: BLE001 - collected and raised below, none is lost
                errors.append(error)
        if errors:
            raise ExceptionGroup("receivers failed", errors)
