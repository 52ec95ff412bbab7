"""While a thread makes much, nothing is looked through but what is young; afterwards all is as it was."""

import gc
import weakref

import pytest

from ui import garbage


class Ring:
    """Something only the collector can take away."""

    def __init__(self):
        self.me = self


@pytest.fixture(autouse=True)
def policy():
    before = gc.get_threshold()
    gc.set_threshold(*garbage.USUAL)
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_a_thread_that_makes_much_is_not_looked_through_widely():
    looks = []
    gc.callbacks.append(lambda phase, info: looks.append(info["generation"]) if phase == "start" else None)
    try:
        with garbage.of_much():
            made = [[n] for n in range(garbage.USUAL[0] * (garbage.USUAL[1] + 5))]
    finally:
        gc.callbacks.pop()
    assert len(looks) >= garbage.USUAL[1]
    assert set(looks) == {0}
    assert gc.get_freeze_count() >= len(made)  # and it is left out of what comes
    assert gc.get_threshold() == garbage.USUAL


def test_a_little_work_leaves_nothing_out():
    gc.collect()
    frozen = gc.get_freeze_count()
    with garbage.of_much(), garbage.of_much():
        ring = weakref.ref(Ring())
        assert gc.get_threshold() != garbage.USUAL
    assert gc.get_threshold() == garbage.USUAL
    assert gc.get_freeze_count() == frozen
    gc.collect()
    assert ring() is None
