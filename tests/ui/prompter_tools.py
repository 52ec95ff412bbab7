"""Where the prompter's lines stand, for its tests."""

from ui.prompter.strips import PHASES


def line_top(surface, line):
    """Return the y of a line's top in logical pixels, at the reader's present place."""
    quarters = surface._canvas.line_quarters(line, surface._view(surface._reader.ticks).top)
    return quarters / PHASES / surface.devicePixelRatioF()
