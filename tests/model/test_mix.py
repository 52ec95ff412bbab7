"""The role mix of a queue."""

from liveshop_desk.model.mix import TARGET, role_mix
from liveshop_desk.model.product import Role
from liveshop_desk.model.session import Kind, Segment


def pitch(number, product, role, *, skipped=False):
    return Segment(str(number), "s", number, Kind.PITCH, product, product, role, skipped=skipped)


def test_the_target_is_whole():
    assert sum(TARGET.values()) == 100
    assert set(TARGET) == set(Role)


def test_every_product_counts_once_and_skipped_ones_do_not():
    rows = [
        pitch(1, "a", Role.HIT),
        pitch(2, "a", Role.HIT),
        pitch(3, "b", Role.REGULAR),
        pitch(4, "c", Role.NEW, skipped=True),
        Segment("5", "s", 5, Kind.OPENING, "Opening"),
    ]
    shares = {share.role: share for share in role_mix(rows)}
    assert (shares[Role.HIT].count, shares[Role.HIT].now) == (1, 0.5)
    assert shares[Role.REGULAR].now == 0.5
    assert shares[Role.NEW].count == 0


def test_a_flash_sale_leaves_its_product_the_role_of_its_pitch():
    rows = [pitch(1, "a", Role.HIT), Segment("2", "s", 2, Kind.FLASH_SALE, "a", "a"), pitch(3, "a", Role.HIT)]
    assert {share.role: share.count for share in role_mix(rows)}[Role.HIT] == 1
    assert {share.role: share.count for share in role_mix(rows[:2])}[Role.HIT] == 1


def test_without_products_there_is_no_share():
    assert all(share.now is None for share in role_mix([]))
