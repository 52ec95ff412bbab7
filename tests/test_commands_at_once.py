"""The table of acts that leave the keyboard where it is."""

from liveshop_desk.commands import AT_ONCE, BY_ID


def test_only_acts_that_exist_and_ask_nothing_leave_the_keyboard():
    assert set(BY_ID) >= AT_ONCE
    assert not any(BY_ID[name].confirm for name in AT_ONCE)
