"""Help, usage errors and the window: what stands before any verb."""

import re

import pytest

from liveshop_desk import __version__, i18n

VERBS = ["demo", "import", "sessions", "export", "replay", "check", "backup", "restore"]
IMPORTS = ["products", "sessions", "orders", "samples", "queue", "stock"]
ENGLISH_SENTENCE = re.compile(r"[A-Z][a-z]+ [a-z]+ [a-z]+")


@pytest.fixture
def chinese():
    """Speak Chinese from the catalogue that ships; English again afterwards."""
    yield ("--language", "zh_CN")
    i18n.set_language("en")


def test_without_a_verb_the_desk_opens(program, tmp_path):
    assert program("--shop", tmp_path / "a.liveshop").status == 0
    assert program("--shop=b.liveshop", "--language", "en").status == 0
    assert [(str(shop), demo, language) for shop, demo, language in program.windows] == [
        (str(tmp_path / "a.liveshop"), False, ""),
        ("b.liveshop", False, "en"),
    ]


def test_demo_opens_the_window_on_a_shop_of_its_own(program):
    assert program("demo").status == 0
    assert program.windows == [(None, True, "")]
    refused = program("--shop", "mine.liveshop", "demo")
    assert refused.status == 2
    assert len(program.windows) == 1


@pytest.mark.parametrize("folder", ["", ".", "/"])
def test_a_folder_is_no_shop_file(program, folder):
    for words in (["--shop", folder, "check"], ["sessions", "--shop", folder]):
        done = program(*words)
        assert done.status == 2
        assert "this is not a file" in done.err


def test_help_lists_every_verb_that_is_there_and_none_that_is_not(program):
    done = program("--help")
    assert done.status == 0
    listed = re.findall(r"^  ([a-z]+)  ", done.out, re.MULTILINE)
    assert sorted(listed) == sorted(VERBS)
    assert "lint" not in done.out


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(program, verb):
    done = program(verb, "--help")
    assert done.status == 0
    assert "Usage:" in done.out


@pytest.mark.parametrize("what", IMPORTS)
def test_every_import_has_help(program, what):
    done = program("import", what, "--help")
    assert done.status == 0
    for option in ("--dry-run", "--year", "--map", "--json", "--shop"):
        assert option in done.out


@pytest.mark.parametrize(
    "words", [["--help"], ["import", "--help"], ["import", "queue", "--help"], ["replay", "--help"]]
)
def test_help_is_chinese_where_the_desk_is(program, chinese, words):
    done = program(*chinese, *words)
    assert done.status == 0
    assert "用法" in done.out
    assert not ENGLISH_SENTENCE.search(done.out), done.out


def test_usage_errors_are_chinese_too(program, chinese):
    for words in (["frobnicate"], ["--frob"], ["replay", "x", "--speed", "-3"], ["import", "products"], ["export"]):
        done = program(*chinese, *words)
        text = re.sub(r"[\[(].*?[\])]|-+[a-z-]+|'.*?'", "", done.out + done.err)
        assert done.status in (0, 2)
        assert not ENGLISH_SENTENCE.search(text), text


def test_the_language_of_the_settings_is_used(program):
    from liveshop_desk import settings

    settings.save(settings.Settings(language="zh_CN"))
    try:
        assert "用法" in program("check", "--help").out
    finally:
        i18n.set_language("en")


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        ["--nonsense"],
        ["--language", "fr"],
        ["import", "products"],
        ["import", "products", "a.csv", "--map", "列名"],
        ["import", "sessions", "a.csv", "--year", "21"],
        ["import", "products", "a.csv", "--kind", "ebay"],
        ["export", "session"],
        ["replay", "a.jsonl", "--speed", "-1"],
        ["replay", "a.jsonl", "--speed", "fast"],
        ["restore"],
        ["sessions", "surplus"],
    ],
)
def test_a_wrong_line_is_status_2_and_changes_nothing(program, words, shop):
    done = program(*words)
    assert (done.status, done.out) == (2, "")
    assert "Usage:" in done.err
    assert "Error:" in done.err
    assert not shop.exists()


@pytest.mark.parametrize("words", [["lint", "a.txt"], ["export", "day", "2026-11-21"], ["export", "month", "2026-11"]])
def test_what_is_not_there_yet_says_so(program, words):
    done = program(*words)
    assert (done.status, done.out) == (1, "")
    assert "later version" in done.err
    assert words[0] in done.err


def test_the_version_is_told(program):
    assert program("--version").out.strip() == __version__


@pytest.mark.parametrize(
    "verb", [["sessions"], ["backup"], ["export", "session", "--out", "a.xlsx"], ["replay", "a.jsonl"]]
)
def test_a_mistyped_shop_is_refused_and_not_made(program, tmp_path, verb):
    shop = tmp_path / "mistyped.liveshop"
    for words in ([*verb, "--shop", shop], ["--shop", shop, *verb]):
        done = program(*words)
        assert (done.status, done.out) == (1, "")
        assert "mistyped.liveshop" in done.err
    assert not shop.exists()
