"""Colours in a script while it is typed: live values raised, unknown ones underlined, directions dim, marks bold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from liveshop_desk.prompter.marks import Style
from liveshop_desk.prompter.script import Paragraph, Template, clean, is_unclosed, parse
from ui.theme import Theme


class ScriptColors(QSyntaxHighlighter):
    """Colours each line by the same parser that the prompter reads with."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats: dict[Style, QTextCharFormat] = {}
        self._unknown = QTextCharFormat()
        self._cast: tuple[str, ...] = ()
        self._anchors: tuple[str, ...] = ()
        self.set_theme(theme)
        document.contentsChanged.connect(self._follow_cast)

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self._formats = {
            Style.LIVE: _format(theme, "next", raised=True),
            Style.DIRECTION: _format(theme, "hint"),
            Style.SPEAKER: _format(theme, "chosen", bold=True),
            Style.COUNT: _format(theme, "text", bold=True, raised=True),
            Style.PAUSE: _format(theme, "dim", raised=True),
            Style.MOMENT: _format(theme, "good", bold=True, raised=True),
            Style.MARKER: _format(theme, "dim", bold=True),
        }
        self._unknown = QTextCharFormat()
        self._unknown.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._unknown.setUnderlineColor(QColor(theme.on_air))
        self.rehighlight()

    def set_anchors(self, names: tuple[str, ...]) -> None:
        """Take these for speakers too: the session's anchors."""
        self._anchors = names
        self._follow_cast()

    def highlightBlock(self, text: str) -> None:
        """Colour one line (Qt calls this)."""
        script = parse(text, self._cast)
        pieces = _pieces(script.lines[0])
        shown = "".join(piece for piece, _style in pieces)
        places = _places(text, shown)
        at = 0
        for piece, style in pieces:
            if style in self._formats:
                self.setFormat(places[at], places[at + len(piece)] - places[at], self._formats[style])
            at += len(piece)
        for unknown in script.unknown:
            self._underline(shown, unknown, places)

    def _follow_cast(self) -> None:
        """Colour every line anew when another name has become a speaker's: that depends on the whole script."""
        cast = parse(self.document().toPlainText(), self._anchors).cast
        if cast != self._cast:
            self._cast = cast
            self.rehighlight()

    def _underline(self, text: str, unknown: str, places: Sequence[int]) -> None:
        start = text.find(unknown)
        while start >= 0:
            end = start + len(unknown)
            if not (is_unclosed(unknown) and text[end:].lstrip().startswith(("}", "｝"))):  # elsewhere it is closed
                self.setFormat(places[start], places[end] - places[start], self._unknown)
            start = text.find(unknown, end)


def _format(theme: Theme, token: str, *, bold: bool = False, raised: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(theme.color(token))
    if bold:
        made.setFontWeight(QFont.Weight.Bold)
    if raised:
        made.setBackground(theme.color("raised"))
    return made


def _pieces(line: Template | Paragraph) -> list[tuple[str, Style]]:
    if isinstance(line, Paragraph):
        return [(run.text, run.style) for run in line.runs]
    return [(token.text, token.style) for token in line.tokens]


def _places(text: str, shown: str) -> Sequence[int]:
    """Return where in ``text``, as Qt counts, each character of ``shown`` stands, and where it ends.

    To Qt an emoji is two; what parsing left out of the text still stands there.
    """
    if len(shown) == len(text) and max(text, default="") <= "\uffff":
        return range(len(text) + 1)
    places: list[int] = []
    at = 0
    for char in text:
        if clean(char):
            places.append(at)
        at += 2 if char > "\uffff" else 1
    return [*places, at]
