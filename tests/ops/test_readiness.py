"""Before going live: what the probes say of a shop."""

from datetime import datetime

import pytest

from liveshop_desk.model.clock import from_datetime
from liveshop_desk.model.session import Kind
from liveshop_desk.ops import catalogue, queue, scripts, shelf, show
from liveshop_desk.ops.readiness import ENOUGH_BYTES, Mark, look
from liveshop_desk.store import queries
from liveshop_desk.store.backup import take_backup

HOUR = 3_600_000


def check(store, session, key, *, second_screen=True, free_bytes=10 * ENOUGH_BYTES):
    found = look(store, session, second_screen=second_screen, free_bytes=free_bytes)
    return next(each for each in found if each.key == key)


@pytest.fixture
def session(store, clock):
    start = clock.now() + HOUR
    return show.create_session(
        store, "Tonight", anchor="Lin", platforms=("douyin",), goal_gmv=100_00, planned_start=start,
        planned_end=start + HOUR,
    )  # fmt: skip


@pytest.fixture
def pitch(store, session):
    """One product with one SKU that lacks price and stock, in the queue."""
    with store.step("Sample") as step:
        step.insert("products", {"id": "down", "title": "Down coat"})
        step.insert("skus", {"id": "down-1", "product_id": "down"})
    return queue.add_products(store, session, ["down"])[0]


def test_an_unknown_session_has_no_checks(store):
    assert look(store, "gone", second_screen=True) == []


def test_an_empty_queue_fails_and_promises_nothing_of_products(store, session):
    assert check(store, session, "queue").mark is Mark.FAIL
    assert check(store, session, "queue").command == "add_products"
    assert check(store, session, "prices").mark is Mark.OPEN
    assert check(store, session, "scripts").mark is Mark.OPEN


def test_missing_price_stock_and_script_lead_to_the_row(store, session, pitch):
    price = check(store, session, "prices")
    assert (price.mark, price.command, price.segment_id) == (Mark.FAIL, "edit_price", pitch)
    assert "Down coat" in price.text
    assert check(store, session, "stock_known").mark is Mark.OPEN
    assert check(store, session, "scripts").segment_id == pitch

    shelf.set_price(store, ["down-1"], 36900)
    shelf.set_stock(store, "down-1", 5)
    scripts.save_script(store, queries.script_id(queries.segments(store, session)[0]), "Only {库存} left")
    for key in ("prices", "stock_known", "stock_left", "scripts", "placeholders"):
        assert check(store, session, key).mark is Mark.OK, key


def test_a_long_name_is_cut(store, session, pitch):
    with store.step("rename") as step:
        step.update("segments", pitch, title="Coat " + "W" * 80)
    assert check(store, session, "scripts").text == "No script: Coat " + "W" * 19 + "…"


def test_sold_out_fails(store, session, pitch):
    shelf.set_stock(store, "down-1", 0, confirmed=True)
    assert check(store, session, "stock_left").mark is Mark.FAIL


def test_a_placeholder_nobody_can_fill_is_named(store, session, pitch):
    scripts.save_script(store, "product:down", "Now {直播加}!")
    found = check(store, session, "placeholders")
    assert found.mark is Mark.FAIL
    assert "{直播加}" in found.text
    assert found.segment_id == pitch


def test_a_placeholder_without_its_closing_brace_is_named(store, session, pitch):
    scripts.save_script(store, "product:down", "Only {stock left")
    found = check(store, session, "placeholders")
    assert (found.mark, found.segment_id) == (Mark.FAIL, pitch)
    assert found.text == "{stock lacks its closing brace: Down coat"


def test_a_placeholder_that_would_read_as_a_dash_is_named_before_the_show(store, session, pitch):
    opening = queue.add_segment(store, session, Kind.OPENING, "Opening")
    row = queries.segments(store, session)[-1]
    assert row.id == opening
    scripts.save_script(store, queries.script_id(row), "{品名}: all of it below {吊牌价}")
    found = check(store, session, "placeholders")
    assert (found.mark, found.command, found.segment_id) == (Mark.FAIL, "edit_script", opening)
    assert found.text == "{吊牌价} would read “—”: Opening"
    scripts.save_script(store, queries.script_id(row), "{品名}: all of it cheap")
    assert check(store, session, "placeholders").mark is Mark.OK

    scripts.save_script(store, "product:down", "Only {直播价}, {库存} left, not {吊牌价}")
    found = check(store, session, "placeholders")
    assert (found.text, found.segment_id) == ("{吊牌价} would read “—”: Down coat", pitch)
    catalogue.edit_sku(store, "down-1", list_price=89900)
    assert check(store, session, "placeholders").mark is Mark.OK  # price and stock are missed in lines of their own


def test_skipped_rows_are_not_asked(store, session, pitch):
    queue.add_segment(store, session, Kind.OPENING, "Opening")
    queue.set_skipped(store, session, pitch, True)
    assert check(store, session, "prices").mark is Mark.OPEN  # no product is left in the queue
    assert check(store, session, "queue").text == "Queue: 1 segment"


def test_the_plan_against_the_slot(store, session):
    queue.add_segment(store, session, Kind.OPENING, "Opening", planned_seconds=3600)
    assert check(store, session, "slot").mark is Mark.OK
    queue.add_segment(store, session, Kind.CLOSING, "Closing", planned_seconds=60)
    assert check(store, session, "slot").mark is Mark.FAIL
    show.edit_session(store, session, planned_end=None)
    assert check(store, session, "slot").text == "No planned time"


def test_goal_and_people(store, session):
    assert check(store, session, "goal").mark is Mark.OK
    show.edit_session(store, session, goal_gmv=None, anchor=" ")
    assert check(store, session, "goal").mark is Mark.OPEN
    assert check(store, session, "people").text == "No anchor named"
    show.edit_session(store, session, anchor="Lin", platforms=())
    assert check(store, session, "people").text == "No platform chosen"


def test_a_backup_counts_for_a_day(store, session, clock):
    assert check(store, session, "backup").text == "No backup yet"
    take_backup(store.db, store.path, clock)
    assert check(store, session, "backup").mark is Mark.OK
    clock.advance(25 * 3600)
    assert check(store, session, "backup").mark is Mark.FAIL


def test_a_backup_of_yesterday_says_so(store, session, clock):
    clock.instant = from_datetime(datetime(2026, 11, 21, 18))  # noqa: DTZ001 - local
    take_backup(store.db, store.path, clock)
    assert check(store, session, "backup").text == "Backed up at 18:00"
    clock.advance(23 * 3600)
    assert check(store, session, "backup").text == "Backed up at Nov 21 18:00"


def test_a_stranger_among_the_backups_is_passed_over(store, session, clock):
    newest = take_backup(store.db, store.path, clock)
    newest.with_name("zzz.liveshop").write_bytes(b"")
    assert check(store, session, "backup").mark is Mark.OK


def test_disk_and_screen(store, session):
    assert check(store, session, "disk", free_bytes=ENOUGH_BYTES - 1).mark is Mark.FAIL
    assert check(store, session, "screen", second_screen=False).command == "prompter_screen"
    assert check(store, session, "screen").mark is Mark.OK


def test_the_real_disk_is_asked_where_nothing_is_given(store, session):
    assert any(each.key == "disk" for each in look(store, session, second_screen=False))
