"""Which key does what on the prompter."""

from liveshop_desk.commands import COMMANDS
from liveshop_desk.prompter.hands import CLICKER, TITLES, USUAL, Act, Hands


def test_a_clicker_works_as_it_comes():
    hands = Hands({})
    assert [hands.act(key) for key in ("PgDown", "PgUp", "B", ".", "F5", "Esc")] == [
        Act.PAGE_ON, Act.PAGE_BACK, Act.BLANK, Act.BLANK, Act.PLAY, Act.PLAY,
    ]  # fmt: skip


def test_every_act_has_a_name_and_the_segments_are_off_by_default():
    assert set(TITLES) == set(Act)
    without = {act for act in Act if act and not Hands({}).keys(act)}
    assert without == {Act.NEXT_SEGMENT, Act.PREVIOUS_SEGMENT}


def test_a_key_does_one_thing_and_can_be_given_back():
    hands = Hands({}).bound("PgDown", Act.NEXT_SEGMENT)
    assert hands.act("PgDown") is Act.NEXT_SEGMENT
    assert "PgDown" not in hands.keys(Act.PAGE_ON)
    assert hands.bound("PgDown", Act.PAGE_ON).changes == {}


def test_a_key_can_be_taken_away():
    hands = Hands({}).bound("B", Act.NONE)
    assert hands.act("B") is Act.NONE
    assert hands.changes == {"B": ""}
    assert hands.keys(Act.BLANK) == ["."]


def test_a_pedal_without_a_key_name_is_bound_by_its_scan_code():
    hands = Hands({}).bound("scan:193", Act.PLAY)
    assert hands.act("scan:193") is Act.PLAY
    assert hands.keys(Act.PLAY)[-1] == "scan:193"


def test_the_most_exact_name_counts():
    hands = Hands({}).bound("Shift+Down", Act.PAGE_ON)
    assert hands.act("Shift+Down", "Down") is Act.PAGE_ON
    assert hands.act("Shift+Home", "Home") is Act.START


def test_a_settings_file_of_another_version_does_nothing_strange():
    assert Hands({"B": "explode"}).act("B") is Act.NONE


def test_the_desk_gives_a_clicker_its_keys_and_keeps_its_own():
    hands = Hands({}).bound("Volume Up", Act.FASTER).bound("Up", Act.START).bound("F9", Act.BLANK)
    taken = {command.keys for command in COMMANDS}
    assert set(hands.in_desk(taken)) == {*CLICKER, "Volume Up"}
    assert "B" not in Hands({}).bound("B", Act.NONE).in_desk(taken)


def test_no_usual_key_of_a_clicker_is_a_command_of_the_desk():
    assert not {command.keys for command in COMMANDS} & set(CLICKER)
    assert {command.id for command in COMMANDS if command.keys in USUAL} == {"prompter_screen"}
