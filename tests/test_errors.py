"""What an error says where all of it stands in one line."""

import errno
import os
import sqlite3

import pytest

from liveshop_desk import i18n
from liveshop_desk.errors import UserError, in_words


@pytest.mark.parametrize(("what", "kept", "todo", "said"), [
    ("a.csv: no name. It has: x", "Nothing was imported.", "", "a.csv: no name. It has: x. Nothing was imported."),
    ("缺少列：品名。现有：甲", "什么都没有导入。", "请另选。", "缺少列：品名。现有：甲。 什么都没有导入。 请另选。"),
    ("The file is gone.", "", "Choose “another.”", "The file is gone. Choose “another.”"),
    ("Too long: “x”", "", "Cut it.", "Too long: “x”. Cut it."),
    ("no stop here", "", "", "no stop here"),
])  # fmt: skip
def test_its_sentences_end_before_the_next_begins(what, kept, todo, said):
    assert str(UserError(what, kept=kept, todo=todo)) == said


def test_what_the_system_says_is_in_the_language_in_use():
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/secret/place")
    damaged = sqlite3.DatabaseError("file is not a database")
    assert (in_words(full), in_words(damaged)) == (os.strerror(errno.ENOSPC), "file is not a database")
    i18n.set_language("zh_CN")
    assert (in_words(full), in_words(damaged)) == ("磁盘空间不足", "文件不是数据库")
    assert in_words(ValueError("of no known words")) == "of no known words"
    assert in_words(ValueError()) == ""
