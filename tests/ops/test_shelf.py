"""Prices, stock and shelf: guards, ticks, undo."""

import pytest

from liveshop_desk.errors import NeedsConfirm, Refused, UserError
from liveshop_desk.ops import catalogue, scripts, shelf, show
from liveshop_desk.store import journal, queries


def price(store, sku="s1"):
    return queries.sku(store, sku).live_price


def test_a_price_edit_is_undone_and_done_again_even_after_reopening(shop, clock):
    shelf.set_price(shop, ["s1"], 36900)
    shop.close()
    again = type(shop).open(shop.path, clock)
    assert journal.undo_target(again).label == "鹅绒羽绒服 price ¥399 → ¥369"
    journal.undo(again)
    assert price(again) == 39900
    journal.redo(again)
    assert price(again) == 36900
    again.close()


@pytest.mark.parametrize(
    ("fen", "guard"), [(19900, "below_cost"), (90000, "big_jump"), (20000, None), (41000, "above_floor")]
)
def test_guards_ask_once_and_then_obey(shop, fen, guard):
    if guard is None:
        shelf.set_price(shop, ["s1"], fen)
    else:
        with pytest.raises(NeedsConfirm) as asked:
            shelf.set_price(shop, ["s1"], fen)
        assert asked.value.guard == guard
        assert price(shop) == 39900
        shelf.set_price(shop, ["s1"], fen, confirmed=True)
    assert price(shop) == fen


def test_all_a_price_is_unusual_for_is_read_before_the_one_second_enter(shop):
    catalogue.edit_sku(shop, "s1", floor_price=15000)
    with pytest.raises(NeedsConfirm) as asked:
        shelf.set_price(shop, ["s1"], 15900)
    assert asked.value.guard == "below_cost"  # the gravest, and first of all that is read
    assert asked.value.what == "below cost ¥200.00, changes by -60% (was ¥399.00), above the 7-day lowest price ¥150.00"
    shelf.set_price(shop, ["s1"], 15900, confirmed=True)
    assert price(shop) == 15900


def test_a_price_of_a_few_cents_is_not_told_as_nothing(shop):
    with pytest.raises(NeedsConfirm, match=r"changes by -99% \(was ¥399.00\)"):
        shelf.set_price(shop, ["s1"], 2)


def test_one_price_for_several_specs_tells_of_each_guard_the_worst(shop):
    cheap = catalogue.add_sku(shop, "p1", "XS", live_price=20000, cost=5000, floor_price=18000)
    dear = catalogue.add_sku(shop, "p1", "XL", live_price=40000, cost=22000)
    with pytest.raises(NeedsConfirm) as asked:
        shelf.set_price(shop, [cheap, dear, "s1"], 19000)
    assert asked.value.what == "below cost ¥220.00, changes by -52% (was ¥400.00), above the 7-day lowest price ¥180.00"


@pytest.mark.parametrize("fen", [0, -100, 10**16])
def test_what_is_no_price_is_refused_and_nothing_changes(shop, fen):
    with pytest.raises(UserError):
        shelf.set_price(shop, ["s1"], fen, confirmed=True)
    assert price(shop) == 39900


def test_zero_stock_asks_and_differences_add(shop):
    shelf.add_stock(shop, "s1", -5)
    assert queries.sku(shop, "s1").stock == 15
    with pytest.raises(NeedsConfirm):
        shelf.set_stock(shop, "s1", 0)
    shelf.set_stock(shop, "s1", 0, confirmed=True)
    assert queries.sku(shop, "s1").stock == 0


def test_a_price_change_reopens_the_platform_ticks(shop, session):
    shelf.set_link(shop, session, "p1", "douyin", "12")
    shelf.set_done(shop, session, "p1", "douyin", True)
    shelf.set_done(shop, session, "p1", "taobao", True)
    shelf.set_price(shop, ["s1"], 36900)
    row = next(row for row in queries.queue(shop, session) if row.product and row.product.id == "p1")
    assert [(link.platform, link.link_no, link.done) for link in row.links] == [
        ("douyin", "12", False),
        ("taobao", "", False),
    ]
    journal.undo(shop)
    row = next(row for row in queries.queue(shop, session) if row.product and row.product.id == "p1")
    assert [link.done for link in row.links] == [True, True]


def test_list_and_unlist(shop, session):
    shelf.set_listed(shop, session, "p2", True)
    assert [row.listed for row in queries.queue(shop, session)] == [False, False, True, False, False]
    shelf.set_listed(shop, session, "p2", False)
    assert not any(row.listed for row in queries.queue(shop, session))


def test_listing_what_has_no_stock_asks_once_unknown_stock_and_unlisting_never(shop, session):
    held = queries.product(shop, "p1")
    for sku in held.skus:
        shelf.set_stock(shop, sku.id, 0, confirmed=True)
    with pytest.raises(NeedsConfirm) as asked:
        shelf.set_listed(shop, session, "p1", True)
    assert asked.value.guard == "zero_stock"
    assert held.title in asked.value.what
    shelf.set_listed(shop, session, "p1", True, confirmed=True)
    shelf.set_listed(shop, session, "p1", False)
    with shop.step("unknown") as step:
        for sku in held.skus:
            step.update("skus", sku.id, stock=None)
    shelf.set_listed(shop, session, "p1", True)


def test_undo_of_stock_keeps_what_was_sold_meanwhile(shop):
    shelf.set_stock(shop, "s1", 120)
    with shop.transaction():
        shop.db.conn.execute("UPDATE skus SET stock = stock - 7 WHERE id = 's1'")
    journal.undo(shop)
    assert queries.sku(shop, "s1").stock == 13  # 20 as before, less the 7 sold


def test_undo_is_refused_where_the_row_has_moved_on(shop):
    shelf.set_price(shop, ["s1"], 36900)
    with shop.transaction():
        shop.db.conn.execute("UPDATE skus SET live_price = 35000 WHERE id = 's1'")
    with pytest.raises(Refused):
        journal.undo(shop)
    assert price(shop) == 35000


def test_undo_then_a_new_edit_forgets_the_redo(shop):
    shelf.set_price(shop, ["s1"], 36900)
    journal.undo(shop)
    shelf.set_price(shop, ["s2"], 11900)
    assert journal.targets(shop).redo is None
    assert journal.undo_target(shop).label.startswith("羊毛围巾")


def test_several_undos_come_back_in_their_order(shop):
    for fen in (38000, 37000, 36000):
        shelf.set_price(shop, ["s1"], fen)
    for _time in range(3):
        journal.undo(shop)
    assert price(shop) == 39900
    seen = []
    for _time in range(3):
        journal.redo(shop)
        seen.append(price(shop))
    assert seen == [38000, 37000, 36000]
    with pytest.raises(Refused):
        journal.redo(shop)


def test_taking_a_segment_does_not_stand_in_the_way_of_undoing_a_price(shop, session):
    shelf.set_price(shop, ["s1"], 36900)
    show.go_live(shop, session)
    show.take_next(shop, session)
    assert journal.undo(shop).label.startswith("鹅绒羽绒服 price")
    assert price(shop) == 39900


def test_the_record_names_every_edit_and_what_was_undone(shop, clock):
    begin = clock.now()
    shop.who = "阿杰"
    shelf.set_price(shop, ["s1"], 36900)
    clock.advance(60)
    shelf.set_stock(shop, "s1", 18)
    journal.undo(shop)
    edits = journal.sku_edits(shop, begin, clock.now())
    assert [(e.field, e.before, e.after, e.who, e.kind, e.undone) for e in edits] == [
        ("live_price", 39900, 36900, "阿杰", "do", False),
        ("stock", 20, 18, "阿杰", "do", True),
        ("stock", 18, 20, "阿杰", "undo", False),
    ]


def test_what_is_done_on_air_is_the_operators_where_no_name_is_set(shop, session):
    """She is named in the session; the settings' own name goes first, and what is prepared has nobody's."""
    show.edit_session(shop, session, operator="阿明")
    show.go_live(shop, session)
    shelf.set_price(shop, ["s1"], 36900)
    journal.undo(shop)
    shop.who = "阿杰"
    shelf.set_stock(shop, "s1", 18)
    shop.who = ""
    show.end_show(shop, session)
    shelf.set_stock(shop, "s1", 19)
    assert [entry.who for entry in reversed(journal.entries(shop))][-6:] == ["阿明", "阿明", "阿明", "阿杰", "阿明", ""]


def test_what_the_desk_or_the_anchor_does_is_not_the_operators(shop, session):
    show.edit_session(shop, session, operator="阿明")
    show.go_live(shop, session)
    scripts.give_auto_cue(shop, session, "时间到", "over")
    scripts.acknowledge_cue(shop, scripts.send_cue(shop, session, "看镜头"))
    assert [entry.who for entry in reversed(journal.entries(shop))][-3:] == ["", "阿明", ""]
