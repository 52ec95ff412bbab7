"""What was typed for one thing and could not be saved before another was shown: it comes back with its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol


class Editor(Protocol):
    """A field that holds what is saved, and what is typed."""

    @property
    def dirty(self) -> bool:
        """Tell whether something typed has not been saved."""
        ...

    def text(self) -> str:
        """Return what stands there."""
        ...

    def setText(self, text: str, /) -> None:
        """Put a text there; what is held as saved stays as it was."""
        ...


class Unsaved:
    """Keeps what ``editors`` (by field) hold unsaved, by the id of what they showed."""

    def __init__(self, editors: Mapping[str, Editor]) -> None:
        self._editors = editors
        self._kept: dict[tuple[str, str], str] = {}

    def __bool__(self) -> bool:
        """Tell whether anything is kept."""
        return bool(self._kept)

    def put_by(self, owner: str) -> None:
        """Keep what is typed and not saved of what is shown, before another is."""
        for field, editor in self._editors.items():
            if owner and editor.dirty:
                self._kept[owner, field] = editor.text()

    def take_up(self, owner: str) -> list[str]:
        """Show again what was kept of this one, once its saved facts are shown; return the fields."""
        fields = [field for field in self._editors if (owner, field) in self._kept]
        for field in fields:
            self._editors[field].setText(self._kept.pop((owner, field)))
        return fields

    def try_again(self, save: Callable[[str, str, str], bool]) -> None:
        """Save what is kept by ``save(owner, field, text)``, which tells whether it is settled."""
        for (owner, field), typed in tuple(self._kept.items()):
            if save(owner, field, typed):
                self._kept.pop((owner, field), None)
