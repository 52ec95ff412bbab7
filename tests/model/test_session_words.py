"""What a session is called in a list."""

from dataclasses import replace

import pytest

from liveshop_desk.model.session import Session, State
from liveshop_desk.model.session_words import session_line, session_name, session_title, state_text

NOON = 1_795_233_600_000  # 2026-11-21 12:00 in Shanghai
DAY = 86_400_000
SHOW = Session("s", "秋冬羽绒专场", planned_start=NOON)


def test_the_day_is_the_one_it_began_and_else_the_planned_one():
    assert session_title(SHOW) == "Nov 21 · 秋冬羽绒专场"
    assert session_title(replace(SHOW, started_at=NOON + DAY)) == "Nov 22 · 秋冬羽绒专场"
    assert session_title(replace(SHOW, planned_start=None)) == "秋冬羽绒专场"


def test_where_room_is_short_the_theme_comes_first():
    assert session_line(SHOW) == "秋冬羽绒专场 · Nov 21 · Draft"


def test_the_anchor_and_a_rehearsal_are_named():
    assert session_name(replace(SHOW, anchor="小林")) == "Nov 21 · 秋冬羽绒专场 · 小林"
    assert session_name(replace(SHOW, rehearsal=True)) == "[Rehearsal] Nov 21 · 秋冬羽绒专场"


@pytest.mark.parametrize(
    ("state", "rehearsal", "text"),
    [
        (State.DRAFT, False, "Draft"),
        (State.LIVE, False, "On air"),
        (State.LIVE, True, "Rehearsal"),
        (State.ENDED, False, "Ended"),
        (State.ENDED, True, "Ended"),
    ],
)
def test_where_it_stands(state, rehearsal, text):
    assert state_text(replace(SHOW, state=state, rehearsal=rehearsal)) == text
