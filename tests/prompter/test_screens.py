"""Which screen is the anchor's, and where a small window may stand."""

import pytest

from liveshop_desk.prompter.screens import ScreenId, best, box_of, box_text, free_place, into_room, is_seen, screen_id

DELL = ScreenId("Dell", "U2723", "SN1", "HDMI-1")
TWIN = ScreenId("Dell", "U2723", "SN2", "HDMI-2")
LAPTOP = ScreenId("BOE", "0x0a", "", "eDP-1")
NAMELESS = ScreenId(name="GLASS")


@pytest.mark.parametrize("known", [DELL, LAPTOP, NAMELESS, ScreenId("A|B", "x", "", "HDMI")])
def test_what_is_kept_is_read_back(known):
    again = screen_id(known.text)
    assert best(again, [known]) == 0 or "|" in known.manufacturer
    assert screen_id(again.text) == again


def test_the_monitor_counts_not_the_socket():
    moved = ScreenId("Dell", "U2723", "SN1", "DP-3")
    assert best(DELL, [LAPTOP, TWIN, moved]) == 2


def test_its_twin_is_another():
    assert best(DELL, [LAPTOP, TWIN]) is None


def test_twins_without_serial_numbers_are_told_by_the_socket():
    left, right = ScreenId("AOC", "24", "", "HDMI-1"), ScreenId("AOC", "24", "", "HDMI-2")
    assert best(right, [left, right]) == 1
    assert best(right, [LAPTOP, left]) == 1  # the only one of its kind, in another socket


def test_another_monitor_in_the_same_socket_is_another():
    assert best(ScreenId("AOC", "24", "", "HDMI-1"), [ScreenId("Dell", "U2723", "SN1", "HDMI-1")]) is None


def test_a_screen_that_says_nothing_is_its_socket():
    assert best(NAMELESS, [LAPTOP, NAMELESS]) == 1
    assert best(screen_id("GLASS"), [LAPTOP, NAMELESS]) == 1  # as the first version kept it
    assert best(screen_id("HDMI-1"), [LAPTOP, DELL]) == 1
    assert best(screen_id(""), [LAPTOP, NAMELESS]) is None


ROOM = (0, 0, 1920, 1080)


def overlap(a, b):
    return min(a[0] + a[2], b[0] + b[2]) > max(a[0], b[0]) and min(a[1] + a[3], b[1] + b[3]) > max(a[1], b[1])


@pytest.mark.parametrize("desk", [(0, 0, 1300, 1080), (620, 0, 1300, 1080), (0, 0, 1920, 700), (0, 380, 1920, 700)])
def test_beside_the_desk_there_is_place(desk):
    place = free_place(ROOM, desk, None)
    assert not overlap(place, desk)
    assert is_seen(place, [ROOM])


def test_on_a_full_screen_it_stands_on_the_preview_and_nowhere_else():
    preview = (1200, 100, 700, 420)
    x, y, width, height = free_place(ROOM, ROOM, preview)
    assert x >= 1200
    assert x + width <= 1900
    assert y >= 100
    assert y + height <= 520
    assert width / height == pytest.approx(16 / 9, rel=0.02)


def test_a_place_on_a_screen_that_is_gone_is_not_seen():
    assert is_seen((2000, 100, 640, 360), [ROOM, (1920, 0, 1280, 720)])
    assert not is_seen((2000, 100, 640, 360), [ROOM])
    assert not is_seen((0, 1070, 640, 360), [ROOM])
    assert box_of(box_text((1, -2, 3, 4))) == (1, -2, 3, 4)
    assert box_of("nonsense") is None
    assert box_of("1,2,0,4") is None


def test_on_a_smaller_screen_the_window_comes_wholly_into_it():
    small = (0, 0, 1280, 720)
    assert into_room((1000, 600, 360, 202), [small]) == (920, 518, 360, 202)
    assert into_room((30, 40, 400, 225), [small]) == into_room((30, 40, 400, 225), []) == (30, 40, 400, 225)
    assert into_room((0, 0, 1920, 1080), [small]) == (0, 0, 1280, 720)
    assert into_room((1300, 100, 360, 202), [small, (1280, 0, 1920, 1080)]) == (1300, 100, 360, 202)
