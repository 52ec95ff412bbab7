"""A price that stands in every paragraph of a long script, changed while she reads: no gap between frames is long."""

import itertools

import pytest

from liveshop_desk.ops import catalogue, scripts, shelf, show
from liveshop_desk.store import queries
from ui.prompter.frames import Frames
from ui.prompting import Prompting

LONG = "\n".join(f"第{n}段，今天直播间 {{直播价}}，快去拍。" for n in range(120))


@pytest.fixture
def row(context, live):
    """The first pitch, on air with a long script."""
    session = context.session()
    found = next(row for row in queries.queue(context.desk.store, session.id) if row.product is not None)
    scripts.save_script(context.desk.store, queries.script_id(found.segment), LONG, title=found.segment.title)
    show.take(context.desk.store, session.id, found.segment.id)
    return found


@pytest.fixture
def prompting(context, row):
    made = Prompting(context, None)
    made._timer.stop()
    yield made
    made.close()


@pytest.fixture
def frames(prompting, context, qtbot):
    """Frames whose beat is given by hand, and a clock that passes a millisecond each time it is asked."""
    made = Frames(prompting)
    made.hold(prompting, 60.0)
    context.gaps.follow(made)
    asked = itertools.count()
    prompting._changing._ticks = lambda: next(asked) / 1000
    yield made
    made.stop()


def reprice(context, row, fen):
    shelf.set_price(context.desk.store, [row.product.skus[0].id], fen, confirmed=True)


def prices(prompting):
    return {paragraph.text.partition("¥")[2].partition("，")[0] for paragraph in prompting.reader.paragraphs}


def test_a_price_in_many_paragraphs_comes_after_some_gaps_and_in_all_at_once(context, row, prompting, frames):
    assert prices(prompting) == {"369"}
    reprice(context, row, 34_900)
    gaps = 0
    while prices(prompting) == {"369"}:
        frames.gap.emit()
        gaps += 1
        assert len(prices(prompting)) == 1
        assert gaps < 200
    assert prices(prompting) == {"349"}
    assert gaps > 5


def test_of_two_prices_the_later_is_shown(context, row, prompting, frames):
    reprice(context, row, 34_900)
    for _ in range(5):
        frames.gap.emit()
    reprice(context, row, 33_900)
    seen = []
    prompting.reader.turned.connect(lambda _turn: seen.append(prices(prompting)))
    for _ in range(100):
        frames.gap.emit()
    assert seen == [{"339"}]


def test_a_take_meanwhile_shows_the_next_text_and_keeps_it(context, row, prompting, frames):
    reprice(context, row, 34_900)
    for _ in range(5):
        frames.gap.emit()
    show.take_next(context.desk.store, context.session().id)
    for _ in range(100):
        frames.gap.emit()
    assert prompting.row.segment.id != row.segment.id
    assert len(prompting.reader.paragraphs) != 120


def test_with_no_frames_a_price_is_there_at_once(context, row, prompting):
    reprice(context, row, 34_900)
    assert prices(prompting) == {"349"}


def test_what_is_taken_has_been_measured_before(context, row, prompting):
    show.take(
        context.desk.store, context.session().id, queries.queue(context.desk.store, context.session().id)[0].segment.id
    )
    coming = prompting.upcoming[2:]
    show.take_next(context.desk.store, context.session().id)
    assert prompting.reader.paragraphs[: len(coming)] == coming
    assert all(one is two for one, two in zip(prompting.reader.paragraphs, coming, strict=False))


def test_without_a_script_a_price_that_is_not_known_has_no_brackets(context, row, prompting):
    scripts.save_script(context.desk.store, queries.script_id(row.segment), "", title=row.segment.title)
    assert prompting.reader.paragraphs[1].text == "¥369  (¥599)  × 100"
    sku = row.product.skus[0].id
    catalogue.edit_sku(context.desk.store, sku, list_price=None)
    assert prompting.reader.paragraphs[1].text == "¥369  × 100"


def test_a_wrong_take_taken_back_reads_on_where_she_was(context, row, prompting, frames, clock):
    prompting.reader.load(prompting.reader.paragraphs, 40.0)
    session = context.session()
    for act in (show.take_next, show.take_previous):
        act(context.desk.store, session.id)
        frames.gap.emit()
        prompting.follow()
    assert prompting.row.segment.id == row.segment.id
    assert prompting.reader.position == 40.0


def test_a_show_ended_by_a_wrong_key_reads_on_where_she_was(context, row, prompting, frames, clock):
    prompting.reader.load(prompting.reader.paragraphs, 40.0)
    session = context.session()
    for act in (show.end_show, show.resume_session):
        act(context.desk.store, session.id)
        frames.gap.emit()
        prompting.follow()
        prompting.follow()  # told twice, as by the session's row and the pitch's
        clock.advance(5)
    assert prompting.row.segment.id == row.segment.id
    assert prompting.reader.position == 40.0
    assert not prompting.reader.playing


def test_a_segment_taken_anew_begins_at_its_start(context, row, prompting, frames, clock):
    prompting.reader.load(prompting.reader.paragraphs, 40.0)
    session = context.session()
    show.take_next(context.desk.store, session.id)
    prompting.follow()
    clock.advance(60)
    show.take_previous(context.desk.store, session.id)
    prompting.follow()
    assert prompting.row.segment.id == row.segment.id
    assert prompting.reader.position == 0.0
