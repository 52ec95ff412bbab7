"""In the Review room the key writes the workbook of the show on its board, whatever the top bar has chosen."""

from liveshop_desk.model.clock import SystemClock
from liveshop_desk.ops import show
from liveshop_desk.store.store import Store
from tests.e2e.hands import wait_until
from tests.e2e.shops import make_shop


def make_two_shows(path):
    """Leave two shows that are over; return the ids of the first and the last."""
    first = make_shop(path, theme="First night")
    store = Store.open(path, SystemClock())
    show.go_live(store, first)
    show.end_show(store, first)
    last = show.create_session(store, "Last night", anchor="小林")
    show.go_live(store, last)
    show.end_show(store, last)
    store.close()
    return first, last


def test_the_key_exports_the_show_on_the_board(open_desk, shop_file):
    first, last = make_two_shows(shop_file)
    h = open_desk()
    window = h.starter.window
    window.context.chosen.choose(last)
    h.room("Review")
    room = window.rooms["review"]
    wait_until(lambda: room.session_id == last)
    room.show_session(first)
    h.press("Ctrl+S")
    wait_until(lambda: any(text.startswith("Saved ") for text in h.said), lambda: str(h.said))
    [written] = (shop_file.parent / "exports").glob("*.xlsx")
    assert "First night" in written.name
    h.room("Prepare")  # anywhere else it is the chosen one
    h.press("Ctrl+S")
    wait_until(lambda: len(list((shop_file.parent / "exports").glob("*Last night*.xlsx"))) == 1, lambda: str(h.said))
