"""A key that is held: what it gives again and again, and what it does once."""

from liveshop_desk.commands import BY_ID


def repeated(context):
    return {name for name in BY_ID if context.actions[name].autoRepeat()}


def test_a_key_held_too_long_takes_one_segment_sends_one_cue_and_undoes_one_act(context):
    once = {"take_next", "take_previous", "push_rest", "prompter_play", "cue_1", "cue_4", "undo", "redo", "remove_row"}
    assert not once & repeated(context)


def test_what_goes_little_by_little_goes_on_while_its_key_is_held(context):
    steps = {"prompter_back", "prompter_forward", "prompter_slower", "prompter_faster", "prompter_larger", "move_up"}
    assert steps <= repeated(context)
