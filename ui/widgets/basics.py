"""Labels, buttons and panels in the house style. They know nothing of the shop."""

from __future__ import annotations

import sys

from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from liveshop_desk.i18n import _
from ui.theme import font

_BREAK = "\u200b"


def label(text: str = "", *, size: int = 14, bold: bool = False, tone: str = "", kind: str = "") -> QLabel:
    """Make a plain-text label: nothing from outside is ever rich text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(font(size, bold=bold))
    if kind in ("pill", "on_air"):  # they keep their height where a bar would stretch them
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    set_look(made, tone=tone, kind=kind)
    return made


def set_look(widget: QWidget, **properties: str) -> None:
    """Set the dynamic properties the style sheet looks at, repolishing only where one is different.

    What was never shown is polished when it is: and asked for the style, PySide makes all its enumerations, 7 ms.
    """
    changed = False
    for name, value in properties.items():
        if (widget.property(name) or "") != value:
            widget.setProperty(name, value)
            changed = True
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def plain_tip(text: str) -> str:
    """Return ``text`` as a tooltip that shows it literally.

    Qt takes a tooltip for rich text where it looks like it, and would load its images: a break of no width after
    each sign that begins a tag or an entity stops that. Text without markup is returned as it is.
    """
    if not Qt.mightBeRichText(text):
        return text
    return text.replace("<", f"<{_BREAK}").replace("&", f"&{_BREAK}")


def plain_caption(text: str) -> str:
    """Return ``text`` for a button, box or menu line, where Qt would take ``&`` for the mark of a key."""
    return text.replace("&", "&&")


class Button(QPushButton):
    """A push button that Enter presses too: Qt leaves the key to a dialog's default, or to nobody.

    A dialog that names no default has none: Qt would take the next button in the chain, and Enter in a list beside it
    would switch OBS's scene.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it with Enter, once however long the key is held."""
        keys, keypad = Qt.Key, Qt.KeyboardModifier.KeypadModifier  # not at the module's top: the first paint waits
        if event.key() in (keys.Key_Return, keys.Key_Enter) and not event.modifiers() & ~keypad:
            event.accept()
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)


def button(text: str = "", *, kind: str = "", name: str = "", tip: str = "") -> QPushButton:
    """Make a push button that takes the keyboard's focus by Tab only."""
    made = Button(text)
    made.setFont(font(13))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if kind:
        made.setProperty("kind", kind)
    if name:
        made.setAccessibleName(name)
    if tip:
        made.setToolTip(plain_tip(tip))
    return made


def keys_label(action: QAction) -> str:
    """Return an action's key as a button shows it: ``Ctrl ↵``. A Mac's own signs are kept (⌘)."""
    forms = QKeySequence.SequenceFormat
    text = action.shortcut().toString(forms.NativeText if sys.platform == "darwin" else forms.PortableText)
    return text.replace("Return", "↵").replace("+", " ").replace("  ", " +").strip()


def action_button(
    action: QAction, *, kind: str = "", text: str = "", icon: str = "", show_keys: bool = True
) -> QPushButton:
    """Make a button of an action: its title (or ``text``, marked English) and key; enabled as the action is."""
    made = button(kind=kind)

    def refresh() -> None:
        if not isValid(made):  # in a window that was closed; the action lives on
            action.changed.disconnect(refresh)
            return
        keys = keys_label(action) if show_keys else ""
        title = _(text) if text else action.text()  # again each time: the language may have changed
        made.setText("  ".join(part for part in (" ".join(p for p in (icon, title) if p), keys) if part))
        made.setAccessibleName(title)
        made.setEnabled(action.isEnabled())

    refresh()
    action.changed.connect(refresh)
    made.clicked.connect(action.trigger)
    return made


def row(
    *items: QWidget | int | None, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Lay widgets out in a row; ``None`` stretches, a number is a gap in px."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        else:
            layout.addWidget(item)
    return layout


class Panel(QFrame):
    """A framed panel: ``header`` (title left, controls right), ``body`` and an optional footer."""

    def __init__(self, title: str = "", *, name: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.setAccessibleName(name or title)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.setSpacing(0)
        from ui.widgets.elided import ElidedLabel

        self.title = ElidedLabel(size=14, bold=True, least=80)  # a product's title can be longer than any panel
        self.title.setText(title)
        self.subtitle = ElidedLabel(size=13, tone="faint", least=0)
        self.header = _strip("header", 38)
        self.header_layout = self.header.layout()
        assert isinstance(self.header_layout, QHBoxLayout)
        self.header_layout.addWidget(self.title)
        self.header_layout.addWidget(self.subtitle)
        self.header_layout.addStretch(1)
        self._layout.addWidget(self.header)

    def add_header(self, *widgets: QWidget) -> None:
        """Add controls at the right of the header."""
        layout = self.header.layout()
        assert layout is not None
        for widget in widgets:
            layout.addWidget(widget)

    def add_body(self, widget: QWidget, stretch: int = 1) -> None:
        """Add what the panel is about."""
        self._layout.addWidget(widget, stretch)

    def add_footer(self, *items: QWidget | None, height: int = 52) -> QFrame:
        """Add a strip of controls below the body; ``None`` stretches."""
        strip = _strip("footer", height)
        layout = strip.layout()
        assert isinstance(layout, QHBoxLayout)
        for item in items:
            if item is None:
                layout.addStretch(1)
            else:
                layout.addWidget(item)
        self._layout.addWidget(strip)
        return strip


def _strip(kind: str, height: int) -> QFrame:
    strip = QFrame()
    strip.setProperty("kind", kind)
    strip.setFixedHeight(height)
    strip.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    layout = QHBoxLayout(strip)
    layout.setContentsMargins(12, 0, 12, 0)
    layout.setSpacing(8)
    return strip
