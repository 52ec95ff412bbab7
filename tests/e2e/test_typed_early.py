"""What is typed before the desk stands is done in its order once it does, and never goes where it was not meant."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from liveshop_desk.store import queries, review
from tests.e2e.hands import live_on, wait_until
from tests.e2e.shops import make_on_air, make_shop, read
from tests.e2e.test_damage import back_up, damage
from ui import typeahead


def keys(h, *names):
    """Press keys as the system hands them to the window, before anything in it has been asked."""
    for name in names:
        combination = QKeySequence(name)[0]
        QTest.keyClick(h.shell.windowHandle(), combination.key(), combination.keyboardModifiers())


def words(h, text):
    for character in text:
        QTest.keyClick(h.shell.windowHandle(), character)


@pytest.fixture
def on_air(shop_file):
    """Leave a show on air behind; return its id."""
    return make_on_air(shop_file)


def opened_typing(open_desk, *typed):
    """Open a desk and type before its first paint: keys by name in tuples, words as they are."""
    h = open_desk(ready=False)
    assert h.starter.window is None
    for what in typed:
        keys(h, *what) if isinstance(what, tuple) else words(h, what)
    return h


def whole(h):
    wait_until(lambda: h.starter.window is not None and not h.starter.window.unbuilt and not h.starter._ahead.holding)


def incidents(path, session):
    return [incident.text for incident in read(path, lambda store: review.incidents(store, session))]


def taken(path, session):
    return read(path, lambda store: len(queries.pitches(store, session)))


def test_an_incident_typed_while_the_file_opens_has_its_words(open_desk, shop_file, on_air):
    h = opened_typing(open_desk, ("F9",), "mic 2 dead", ("Return",))
    whole(h)
    assert incidents(shop_file, on_air) == ["mic 2 dead"]
    assert taken(shop_file, on_air) == 1  # its 2 was no jump, its Enter took nothing
    assert h.focus() is h.table()  # the keyboard is at home again


def test_a_number_typed_while_the_room_is_built_is_that_number(open_desk, shop_file, on_air):
    h = opened_typing(open_desk, ("Ctrl+E",), "online ")
    wait_until(lambda: h.starter.window is not None)
    assert h.starter.window.unbuilt
    words(h, "1284")
    keys(h, "Return")
    whole(h)
    assert h.starter.window.evening.online == 1284
    assert taken(shop_file, on_air) == 1


def test_two_acts_typed_early_are_two_acts_in_their_order(open_desk, shop_file, on_air):
    h = opened_typing(open_desk, ("Ctrl+Return", "Ctrl+T"), "slow down", ("Return",))
    whole(h)
    assert taken(shop_file, on_air) == 2
    assert [cue.text for cue in read(shop_file, lambda store: queries.cues(store, on_air))] == ["slow down"]


def test_an_alarm_answered_early_does_not_hold_the_keys_till_other_rooms_stand(open_desk, shop_file, on_air):
    h = opened_typing(open_desk, ("Ctrl+.", "Ctrl+Return"))
    wait_until(lambda: h.starter.window is not None)
    window, unbuilt = h.starter.window, []
    window.context.actions["alarm_seen"].triggered.connect(lambda: unbuilt.append(window.unbuilt))
    whole(h)
    assert "prepare" in unbuilt[0]  # the alarms stand before it
    assert taken(shop_file, on_air) == 2


def test_what_an_alarm_proposes_is_done_though_its_key_came_early(open_desk, shop_file, on_air):
    h = open_desk(ready=False)
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(h.shell.windowHandle(), Qt.Key.Key_Greater, shift)  # so a system tells of Ctrl+Shift+.
    wait_until(lambda: h.starter.window is not None)
    given = []
    h.starter.window.context.actions["alarm_act"].triggered.connect(lambda: given.append(True))
    whole(h)
    assert given == [True]


def test_what_is_typed_behind_a_room_that_is_not_built_is_typed_in_it(open_desk, shop_file):
    h = open_desk(whole=False)  # an empty shop begins in the catalogue: sessions are made in Prepare
    assert "prepare" in h.starter.window.unbuilt
    keys(h, "Ctrl+N")
    words(h, "Sunday")
    keys(h, "Return")
    whole(h)
    assert [each.theme for each in read(shop_file, queries.sessions)] == ["Sunday"]


def test_a_question_is_not_answered_by_what_was_typed_before_it(open_desk, shop_file, on_air):
    h = opened_typing(open_desk, ("Ctrl+Shift+E", "Return", "Return"))
    whole(h)
    h.wait_for("End ")
    assert read(shop_file, queries.live_session) is not None


def test_what_waited_too_long_is_not_done_unseen(open_desk, shop_file, on_air, monkeypatch):
    monkeypatch.setattr(typeahead, "STALE", -1.0)
    h = opened_typing(open_desk, ("Ctrl+Return",))
    whole(h)
    assert taken(shop_file, on_air) == 1
    assert "took too long" in h.notice()


def test_an_enter_meant_for_the_desk_does_not_answer_for_a_damaged_file(open_desk, shop_file):
    make_shop(shop_file)
    back_up(shop_file)
    content = damage(shop_file)
    h = opened_typing(open_desk, ("Return",))
    wait_until(lambda: h.shows("The shop file is damaged"), lambda: str(h.texts()))
    live_on(300)
    assert shop_file.read_bytes() == content  # nothing was restored over it
    keys(h, "Return")  # what is pressed now is meant
    wait_until(lambda: h.shows("秋冬羽绒专场"), lambda: str(h.texts()))
