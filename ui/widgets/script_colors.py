"""Colours in a script while it is typed: live values raised, unknown ones underlined, directions dim."""

from __future__ import annotations

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from liveshop_desk.prompter.marks import Style
from liveshop_desk.prompter.script import Paragraph, Template, parse
from ui.theme import Theme


class ScriptColors(QSyntaxHighlighter):
    """Colours each line by the same parser that the prompter reads with."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats: dict[Style, QTextCharFormat] = {}
        self._unknown = QTextCharFormat()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        live = QTextCharFormat()
        live.setForeground(theme.color("next"))
        live.setBackground(theme.color("raised"))
        direction = QTextCharFormat()
        direction.setForeground(theme.color("faint"))
        self._formats = {Style.LIVE: live, Style.DIRECTION: direction}
        self._unknown = QTextCharFormat()
        self._unknown.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._unknown.setUnderlineColor(QColor(theme.on_air))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line (Qt calls this)."""
        script = parse(text)
        at = 0
        for piece in _pieces(script.lines[0]):
            length = _units16(piece[0])
            if piece[1] in self._formats:
                self.setFormat(at, length, self._formats[piece[1]])
            at += length
        for unknown in script.unknown:
            self._underline(text, unknown)

    def _underline(self, text: str, unknown: str) -> None:
        start = text.find(unknown)
        while start >= 0:
            self.setFormat(_units16(text[:start]), _units16(unknown), self._unknown)
            start = text.find(unknown, start + len(unknown))


def _pieces(line: Template | Paragraph) -> list[tuple[str, Style]]:
    if isinstance(line, Paragraph):
        return [(run.text, run.style) for run in line.runs]
    return [(token.text, token.style) for token in line.tokens]


def _units16(text: str) -> int:
    """Return the length as Qt counts it: an emoji is two."""
    return len(text) + sum(1 for char in text if char > "\uffff")
