"""What a session is called in a list."""

from dataclasses import replace
from datetime import datetime

import pytest

from liveshop_desk.i18n import set_language
from liveshop_desk.model.clock import from_datetime
from liveshop_desk.model.session import Session, State
from liveshop_desk.model.session_words import session_line, session_name, session_title, state_text

NOON = from_datetime(datetime(2026, 11, 21, 12))  # noqa: DTZ001 - local: a day is one in the shop's own zone
DAY = 86_400_000
SHOW = Session("s", "秋冬羽绒专场", planned_start=NOON)


def test_the_day_is_the_one_it_began_and_else_the_planned_one():
    assert session_title(SHOW, NOON) == "Nov 21 · 秋冬羽绒专场"
    assert session_title(replace(SHOW, started_at=NOON + DAY), NOON) == "Nov 22 · 秋冬羽绒专场"
    assert session_title(replace(SHOW, planned_start=None), NOON) == "秋冬羽绒专场"


def test_where_room_is_short_the_theme_comes_first():
    assert session_line(SHOW, NOON) == "秋冬羽绒专场 · Nov 21 · Draft"


def test_the_anchor_and_a_rehearsal_are_named():
    assert session_name(replace(SHOW, anchor="小林"), NOON) == "Nov 21 · 秋冬羽绒专场 · 小林"
    assert session_name(replace(SHOW, rehearsal=True), NOON) == "[Rehearsal] Nov 21 · 秋冬羽绒专场"


@pytest.mark.parametrize(("language", "day"), [("en", "Nov 21, 2026"), ("zh_CN", "2026年11月21日")])
def test_a_day_of_another_year_carries_its_year(language, day):
    set_language(language)
    try:
        for later in (NOON + 60 * DAY, NOON - 365 * DAY):
            assert session_title(SHOW, later) == f"{day} · 秋冬羽绒专场"
            assert session_line(SHOW, later).startswith(f"秋冬羽绒专场 · {day} · ")
            assert session_name(replace(SHOW, anchor="小林"), later) == f"{day} · 秋冬羽绒专场 · 小林"
    finally:
        set_language("en")


@pytest.mark.parametrize(
    ("state", "rehearsal", "text"),
    [
        (State.DRAFT, False, "Draft"),
        (State.LIVE, False, "On air"),
        (State.LIVE, True, "Rehearsal"),
        (State.ENDED, False, "Ended"),
        (State.ENDED, True, "Ended · Rehearsal"),
    ],
)
def test_where_it_stands(state, rehearsal, text):
    assert state_text(replace(SHOW, state=state, rehearsal=rehearsal)) == text
