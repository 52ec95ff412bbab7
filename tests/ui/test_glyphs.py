"""Characters no font of the machine can write: something to see stands where they are."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTextLayout

from ui.prompter.glyphs import Glyphs

SCRIPTS = ("न", "ကြ", "ᬅ", "ꦏ", "𑄌", "𞤀")  # Devanagari … Adlam; no machine has fonts for all of them
SIZE = 60  # px


def runs_of(text):
    font = QFont()
    font.setPixelSize(SIZE)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine().setLineWidth(1000)
    layout.endLayout()
    return layout, layout.glyphRuns()


def ink_height(run):
    """Return the height in px of what is drawn of a run."""
    image = QImage(200, 200, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    Glyphs().draw(painter, run, QPointF(10, 60), 1.0, QColor("white").rgba())
    painter.end()
    rows = [y for y in range(200) if any(QColor.fromRgba(image.pixel(x, y)).alpha() for x in range(0, 200, 2))]
    return rows[-1] - rows[0] + 1 if rows else 0


@pytest.mark.qt_log_ignore("OpenType support missing")
def test_a_character_without_a_font_is_a_box_of_the_texts_size(qapp):
    held = [runs_of(text) for text in SCRIPTS]
    fontless = [run for _layout, runs in held for run in runs if run.rawFont().fontTable("maxp").isEmpty()]
    if not fontless:
        pytest.skip("this machine has a font for every script tried")
    for run in fontless:
        assert 0.5 * SIZE < ink_height(run) < SIZE
