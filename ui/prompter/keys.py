"""What a key press is called: by the name Qt has for it, else by its scan code."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from liveshop_desk.i18n import _

_FORM = QKeySequence.SequenceFormat.PortableText
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_MODIFIERS = _SHIFT | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ALL = _MODIFIERS | Qt.KeyboardModifier.MetaModifier  # the number pad's own mark is not among them
SCAN = "scan:"


def key_names(event: QKeyEvent) -> tuple[str, ...]:
    """Return the names a press may stand under in the table of hands, the most exact first.

    With Shift the key's plain name is the second.
    """
    key = event.key()
    if key in (0, Qt.Key.Key_unknown.value):
        return (f"{SCAN}{event.nativeScanCode()}",)
    held = event.modifiers() & _ALL
    if held == _SHIFT and _is_sign(key):  # Shift is how the keyboard makes it, no part of its name
        held = Qt.KeyboardModifier.NoModifier
    exact = _name(held, key)
    return (exact, _name(Qt.KeyboardModifier.NoModifier, key)) if held == _SHIFT else (exact,)


def key_title(name: str) -> str:
    """Return a key's name as it is shown."""
    if name.startswith(SCAN):
        return _("key {code}").format(code=name.removeprefix(SCAN))
    return QKeySequence(name).toString(QKeySequence.SequenceFormat.NativeText) or name


def is_modifier(event: QKeyEvent) -> bool:
    """Tell whether only Shift, Ctrl or the like went down: the key itself is still to come."""
    keys = Qt.Key
    return event.key() in (
        keys.Key_Shift.value, keys.Key_Control.value, keys.Key_Alt.value, keys.Key_Meta.value, keys.Key_AltGr.value,
        keys.Key_CapsLock.value, keys.Key_NumLock.value,
    )  # fmt: skip


def _is_sign(key: int) -> bool:
    """Tell whether a key is a printed sign that is no letter, like ``+`` or ``?``."""
    return 0x20 < key < 0x7F and not chr(key).isalnum()


def _name(held: Qt.KeyboardModifier, key: int) -> str:
    # By numbers: Qt.Key refuses letters it has no name for, which other keyboards send.
    return QKeySequence(held.value | key).toString(_FORM)
