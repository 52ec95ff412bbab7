"""How long a text is and how long it takes, as the editor counts it."""

from liveshop_desk.prompter.pace import PACE, ParagraphMap, text_map


def units(text):
    """The reading units of a spoken text."""
    return ParagraphMap(text).total


def read_seconds(text, pace=PACE):
    """Seconds of a script as typed at so many units a minute, pauses and countdowns included."""
    found = text_map(text)
    return found.seconds_between(0.0, found.total, pace)
