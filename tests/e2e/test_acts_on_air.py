"""Acts while the prompter runs: what they show comes between its frames, and all of it in the end."""

from tests.e2e.hands import wait_until
from tests.e2e.shops import make_shop


def on_air(h):
    """Go live, take two segments and let the prompter run in the anchor's window."""
    h.press("Ctrl+L", "Return")
    wait_until(lambda: h.shows("ON AIR"))
    h.press("Ctrl+Return", "Ctrl+Return")
    run_prompter(h)


def run_prompter(h):
    window = h.starter.window
    window.anchor.toggle(keyboard=False)
    window.prompting.reader.play()
    wait_until(lambda: window.context.gaps.running)


def test_at_the_end_the_text_goes_first_and_the_review_is_shown_behind_it(shop_file, open_desk):
    make_shop(shop_file)
    h = open_desk()
    on_air(h)
    window = h.starter.window
    h.press("Ctrl+Shift+E", "Return")
    assert window.room == "live"
    wait_until(lambda: window.room == "review" and h.shows("Ended"))
    assert not window.prompting.reader.paragraphs
