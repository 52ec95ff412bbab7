"""Colours in a script while it is typed: live values raised, unknown ones underlined, directions dim, marks bold."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from liveshop_desk.prompter.marks import Style
from liveshop_desk.prompter.script import Paragraph, Template, is_unclosed, parse
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
        at = 0
        for piece in _pieces(script.lines[0]):
            length = _units16(piece[0])
            if piece[1] in self._formats:
                self.setFormat(at, length, self._formats[piece[1]])
            at += length
        for unknown in script.unknown:
            self._underline(text, unknown)

    def _follow_cast(self) -> None:
        """Colour every line anew when another name has become a speaker's: that depends on the whole script."""
        cast = parse(self.document().toPlainText(), self._anchors).cast
        if cast != self._cast:
            self._cast = cast
            self.rehighlight()

    def _underline(self, text: str, unknown: str) -> None:
        start = text.find(unknown)
        while start >= 0:
            end = start + len(unknown)
            if not (is_unclosed(unknown) and text[end:].lstrip().startswith(("}", "｝"))):  # elsewhere it is closed
                self.setFormat(_units16(text[:start]), _units16(unknown), self._unknown)
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


def _units16(text: str) -> int:
    """Return the length as Qt counts it: an emoji is two."""
    return len(text) + sum(1 for char in text if char > "\uffff")
