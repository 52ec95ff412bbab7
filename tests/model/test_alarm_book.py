"""Each thing is said once; seen it is quiet; gone and back it is said again."""

from liveshop_desk.model.alarm_book import REST_MS, AlarmBook
from liveshop_desk.model.alarms import Alarm

NOW = 1_795_262_400_000
STOCK, GOAL = Alarm("stock_out", "stock", about="sku-1"), Alarm("goal_behind", "goal")


def said(book):
    return book.current.alarm.key if book.current else None


def test_the_gravest_is_said_and_the_others_are_counted():
    book = AlarmBook()
    found = book.look([STOCK, GOAL], NOW)
    assert [each.alarm.key for each in found.began] == ["stock_out", "goal_behind"]
    assert (said(book), book.waiting) == ("stock_out", 1)
    assert book.look([STOCK, GOAL], NOW + 1000).began == ()


def test_what_was_seen_makes_room_for_the_next_and_stays_quiet():
    book = AlarmBook()
    book.look([STOCK, GOAL], NOW)
    assert book.acknowledge(NOW).alarm == STOCK
    assert (said(book), book.waiting) == ("goal_behind", 0)
    book.look([STOCK], NOW + 2000)
    assert said(book) is None
    assert book.acknowledge(NOW + 2000) is None


def test_what_flickers_is_one_alarm_and_what_comes_back_later_a_new_one():
    book = AlarmBook()
    book.look([GOAL], NOW)
    book.acknowledge(NOW)
    book.look([], NOW + 5000)
    assert book.look([GOAL], NOW + 10_000).began == ()
    assert said(book) is None
    ended = book.look([], NOW + 10_000 + REST_MS).ended
    assert [each.held_at for each in ended] == [NOW + 10_000]
    assert len(book.look([GOAL], NOW + 20_000 + REST_MS).began) == 1
    assert said(book) == "goal_behind"


def test_two_products_are_two_alarms():
    book = AlarmBook()
    book.look([STOCK, Alarm("stock_out", "stock", about="sku-2")], NOW)
    book.acknowledge(NOW)
    assert book.current.alarm.about == "sku-2"


def test_a_clock_set_back_ends_what_was_open():
    book = AlarmBook()
    book.look([GOAL], NOW)
    assert [each.alarm for each in book.look([], NOW - 5000).ended] == [GOAL]
