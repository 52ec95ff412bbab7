"""What an error says where all of it stands in one line."""

import pytest

from liveshop_desk.errors import UserError


@pytest.mark.parametrize(("what", "kept", "todo", "said"), [
    ("a.csv: no name. It has: x", "Nothing was imported.", "", "a.csv: no name. It has: x. Nothing was imported."),
    ("缺少列：品名。现有：甲", "什么都没有导入。", "请另选。", "缺少列：品名。现有：甲。 什么都没有导入。 请另选。"),
    ("The file is gone.", "", "Choose “another.”", "The file is gone. Choose “another.”"),
    ("Too long: “x”", "", "Cut it.", "Too long: “x”. Cut it."),
    ("no stop here", "", "", "no stop here"),
])  # fmt: skip
def test_its_sentences_end_before_the_next_begins(what, kept, todo, said):
    assert str(UserError(what, kept=kept, todo=todo)) == said
