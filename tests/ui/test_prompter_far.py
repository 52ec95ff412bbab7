"""A long text is broken where it is read, the rest in the gaps: nobody must see any of that."""

import itertools
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from liveshop_desk.prompter.reader import Reader
from liveshop_desk.prompter.script import parse, render
from tests.ui.prompter_tools import line_top
from ui.prompter.layout import Span, TextLayout
from ui.prompter.lines import Line
from ui.prompter.surface import PrompterSurface

VALUES = {"live_price": "¥369", "list_price": "¥899", "stock": "18"}
_chance = random.Random(7)
LONG = "\n".join(
    _chance.choice(("", "【转一圈】", f"第{n}段，今天 {{直播价}}，" + "说不完的话，" * _chance.randrange(12)))
    if n % 3
    else f"第{n}段：只要 {{直播价}}，size M to XXL, free returns。"
    for n in range(240)
)


@pytest.fixture
def reader(clock):
    return Reader(clock)


@pytest.fixture
def surface(qtbot, reader):
    return shown(qtbot, reader, 640, 520)


def shown(qtbot, reader, width, height, **others):
    made = PrompterSurface(reader, **others)
    qtbot.addWidget(made)
    made.set_reference_width(1280)
    made.resize(width, height)
    made.show()
    QApplication.processEvents()
    made._filling.timer.stop()
    return made


def after(turns):
    """Return a clock's word that it is late: after so many times of asking."""
    asked = itertools.count()
    return lambda: next(asked) >= turns


def fill(surface, turns=10**6):
    surface._filling.timer.stop()
    return surface.follower.layout.fill(after(turns))


def at_mark(surface):
    """The line at the mark, its text and its top on the widget."""
    layout = surface.follower.layout
    line_top(surface, 0)
    line = min(len(layout.lines) - 1, max(0, int(surface.follower.height_at(surface.reader.position) + 1e-6)))
    return text_of(surface, line), line_top(surface, line)


def text_of(surface, line):
    layout = surface.follower.layout
    found = layout.lines[line]
    assert isinstance(found, Line), "a guess in sight"
    return layout.paragraphs[layout.paragraph_at(line)].text[found.start : found.end]


def in_sight(surface):
    """All lines in sight by their words and tops."""
    first = line_top(surface, 0)
    pitch = line_top(surface, 1) - first
    low = max(0, int(-first / pitch))
    count = len(surface.follower.layout.lines)
    return [
        (text_of(surface, line), line_top(surface, line))
        for line in range(low, min(count, low + int(surface.height() / pitch) + 1))
    ]


def test_only_what_is_near_the_mark_is_broken_at_once(surface, reader):
    reader.load(render(LONG, VALUES))
    layout = surface.follower.layout
    broken = [line for line in layout.lines if not isinstance(line, Span)]
    assert 0 < len(broken) < len(layout.lines) / 2
    assert not layout.settled
    assert not fill(surface, 5)
    assert fill(surface)
    surface.grab()
    assert layout.settled
    assert not any(isinstance(line, Span) for line in layout.lines)


def test_filled_bit_by_bit_it_is_what_breaking_it_at_once_gives(surface, reader):
    text = render(LONG, VALUES)
    reader.load(text)
    while not fill(surface, 7):
        surface.grab()
    surface.grab()
    layout, whole = surface.follower.layout, TextLayout(surface.font_size, surface.follower.layout.width)
    for n in range(0, len(text), 20):  # so few at a time are never guessed
        whole.set_text(text[: n + 20])
    assert [(line.start, line.end, line.before) for line in layout.lines] == [
        (line.start, line.end, line.before) for line in whole.lines
    ]
    assert [layout.travel.height_at(at) for at in range(0, 3000, 17)] == [
        whole.travel.height_at(at) for at in range(0, 3000, 17)
    ]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.floats(0, 1),
    prices=st.lists(st.integers(1, 99_999_999), min_size=1, max_size=3),
    turns=st.lists(st.integers(0, 120), min_size=1, max_size=6),
    font=st.integers(40, 90),
)
def test_no_price_and_no_filling_moves_the_reading_line(surface, reader, at, prices, turns, font):
    reader.load(render(LONG, VALUES))
    reader.seek(reader.total * at)
    surface.grab()
    for price in prices:
        for change in (
            lambda price=price: surface.set_script(render(LONG, VALUES | {"live_price": f"¥{price}"})),
            *(lambda each=each: fill(surface, each) for each in turns),
            lambda: surface.set_font_size(font),
            *(lambda each=each: fill(surface, each) for each in turns),
            lambda: fill(surface),
        ):
            (_, top), pitch = at_mark(surface), surface._canvas.pitch
            mark = surface._canvas.mark
            share = (mark - top) / pitch
            change()
            surface.grab()
            _, now = at_mark(surface)
            assert (mark - now) / surface._canvas.pitch == pytest.approx(share, abs=0.51 / min(pitch, 40))
            if surface._canvas.pitch == pitch:
                assert now == top


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1), turns=st.lists(st.integers(0, 90), min_size=1, max_size=8))
def test_filling_changes_nothing_in_sight(surface, reader, at, turns):
    reader.load(render(LONG, VALUES))
    reader.seek(reader.total * at)
    seen = in_sight(surface)
    picture = surface.grab().toImage()
    for each in turns:
        fill(surface, each)
        assert in_sight(surface) == seen
        assert surface.grab().toImage() == picture
    fill(surface)
    assert in_sight(surface) == seen
    assert surface.grab().toImage() == picture


def test_a_leap_to_where_nothing_is_broken_yet_shows_words(surface, reader):
    reader.load(render(LONG, VALUES))
    reader.seek(reader.total * 0.8)
    there = reader.paragraphs[reader.place.paragraph].text
    assert at_mark(surface)[0] in there
    assert in_sight(surface)


def test_looking_ahead_into_guesses_shows_words_and_filling_does_not_move_them(surface, reader, clock):
    reader.load(render(LONG, VALUES))
    reader.seek(30)
    surface.look_ahead(150)
    clock.advance(1)
    surface.grab()
    seen = in_sight(surface)
    assert len(seen) > 2
    for turns in (0, 3, 50, 10**6):
        fill(surface, turns)
        surface.grab()
        assert in_sight(surface) == seen
    surface.ahead.leave()
    assert at_mark(surface)[0] in reader.paragraphs[reader.place.paragraph].text


def test_both_windows_stand_at_the_same_place_while_it_is_filled(qtbot, reader, clock):
    anchor = shown(qtbot, reader, 1280, 720)
    preview = shown(qtbot, reader, 320, 200)
    seen = {}
    anchor.frame_painted.connect(lambda units, lines: seen.update(anchor=(units, lines)))
    preview.frame_painted.connect(lambda units, lines: seen.update(preview=(units, lines)))
    reader.load(parse(LONG).render(VALUES))
    reader.seek(reader.total / 2)
    for turns in (0, 20, 10, 10**6):
        for surface in (anchor, preview):
            surface._filling.timer.stop()
            surface.repaint()
        assert seen["anchor"] == seen["preview"]
        assert at_mark(anchor)[0] == at_mark(preview)[0]
        fill(anchor, turns)
    assert anchor.follower.layout.lines is preview.follower.layout.lines


def test_with_no_frames_it_is_filled_all_the_same(qtbot, surface, reader):
    reader.load(render(LONG, VALUES))
    assert not surface.running
    assert not surface.follower.layout.filled
    qtbot.waitUntil(lambda: surface.follower.layout.filled)
    assert not surface._filling.timer.isActive()


def test_frames_fill_it_in_their_rest(surface, reader, clock):
    reader.load(render(LONG, VALUES))
    reader.play()
    for _ in range(5):
        clock.advance(0.1)
        surface._tick()
    assert surface.follower.layout.filled
