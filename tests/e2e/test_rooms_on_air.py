"""Rooms change while the prompter runs: panel after panel between its frames, and all of them in the end."""

from PySide6.QtWidgets import QApplication, QDialog

from liveshop_desk.model.session import Kind
from liveshop_desk.ops import queue, show
from tests.e2e.hands import wait_until
from tests.e2e.shops import make_shop, read
from ui.rooms import pieces


def panels(h, room):
    return pieces(h.starter.window.rooms[room])


def painted(h, room):
    """Tell whether every panel of a room is painted again."""
    return all(panel.isVisible() and panel.updatesEnabled() for panel in panels(h, room))


def on_air(h):
    """Go live, take two segments and let the prompter run in the anchor's window."""
    h.press("Ctrl+L", "Return")
    wait_until(lambda: h.shows("ON AIR"))
    h.press("Ctrl+Return", "Ctrl+Return")
    h.starter.window.anchor.toggle(keyboard=False)
    h.starter.window.prompting.reader.play()
    wait_until(lambda: h.starter.window.context.gaps.running)


def test_each_panel_of_a_room_is_painted_in_a_gap_of_its_own(shop_file, open_desk):
    make_shop(shop_file)
    h = open_desk()
    on_air(h)
    for room, key in (("prepare", "Prepare"), ("live", "Live")):
        h.room(key)
        assert not any(panel.updatesEnabled() for panel in panels(h, room))
        wait_until(lambda room=room: painted(h, room))
        assert h.titles()[0] == "开场"
    h.room("Prepare")
    h.starter.window.prompting.reader.pause()  # no more gaps: nothing stays unpainted
    wait_until(lambda: painted(h, "prepare"))


def test_the_panels_of_the_review_are_painted_one_by_one_too(shop_file, open_desk):
    make_shop(shop_file)
    h = open_desk()
    on_air(h)
    for _time in range(2):
        h.room("Review")
        assert len(panels(h, "review")) == 4
        assert not any(panel.updatesEnabled() for panel in panels(h, "review"))
        wait_until(lambda: painted(h, "review"))
        assert h.shows("What went wrong, what was changed")
        h.room("Live")
        wait_until(lambda: painted(h, "live"))


def test_rooms_changed_faster_than_they_are_painted(shop_file, open_desk):
    make_shop(shop_file)
    h = open_desk()
    on_air(h)
    for _time in range(3):
        h.room("Prepare")
        h.room("Live")
    wait_until(lambda: painted(h, "live"))
    h.room("Prepare")
    wait_until(lambda: painted(h, "prepare"))


def test_back_from_another_session_the_live_room_holds_the_show_as_it_was(shop_file, open_desk):
    session = make_shop(shop_file)

    def tomorrow(store):
        made = show.create_session(store, "Tomorrow")
        queue.add_segment(store, made, Kind.OPENING, "Tomorrow's opening")
        return made

    other = read(shop_file, tomorrow)
    h = open_desk()
    h.starter.window.context.chosen.choose(session)
    on_air(h)
    before = h.titles()
    h.room("Prepare")
    h.starter.window.context.chosen.choose(other)
    assert h.titles() == ["Tomorrow's opening"]
    h.room("Live")
    wait_until(lambda: painted(h, "live"))
    assert h.titles() == before
    assert h.starter.window.context.chosen.id == session
    h.room("Prepare")
    wait_until(lambda: h.titles() == before)


def test_what_opens_over_a_running_show_has_the_keyboard_and_gives_it_back(shop_file, open_desk):
    make_shop(shop_file)
    h = open_desk()
    on_air(h)
    for command, name, text in (("history", "What was changed", "What was changed"), ("key_sheet", "Keys", "Undo")):
        h.starter.window.context.actions.give(command)
        wait_until(lambda name=name: any(each.windowTitle() == name for each in h.seen(QDialog)))
        wait_until(lambda: isinstance(QApplication.activeWindow(), QDialog))
        assert h.shows(text, within=h.seen(QDialog)[0])
        h.press("Esc")
        wait_until(lambda: not h.seen(QDialog))
    h.press("Ctrl+Return")
    wait_until(lambda: h.shows("3 / 6 segments • 4 products"))
