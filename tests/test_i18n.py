"""Two languages, both complete: a text without its Chinese is a bug."""

import ast
import re
import runpy

import pytest
from babel.messages.pofile import read_po

from liveshop_desk import i18n
from liveshop_desk.paths import resource

ROOT = resource("i18n").parent.parent
messages = runpy.run_path(str(resource("i18n", "update.py")))["messages"]
PLACEHOLDER = re.compile(r"\{(\w+)[^}]*\}")


@pytest.fixture(scope="module")
def chinese():
    with resource("i18n", "zh_CN.po").open("rb") as file:
        return {message.id: message for message in read_po(file, locale="zh_CN") if message.id}


def strings(value):
    return value if isinstance(value, tuple) else (value,)


def test_every_text_of_the_program_has_its_chinese(chinese):
    missing = [text for text in messages() if text not in chinese or not all(strings(chinese[text].string))]
    assert missing == []


def texts_in_f_strings():
    """Return the texts asked for inside f-strings: what collects the texts of the program does not look there."""
    sources = [path for folder in ("liveshop_desk", "ui") for path in (ROOT / folder).rglob("*.py")]
    strings = [node for path in sources for node in ast.walk(ast.parse(path.read_bytes())) if is_a(node, "JoinedStr")]
    calls = [node for string in strings for node in ast.walk(string) if is_a(node, "Call") and is_a(node.func, "Name")]
    asked = [call.args[0] for call in calls if call.func.id in {"_", "ngettext"} and call.args]
    return [text.value for text in asked if is_a(text, "Constant")]


def is_a(node, kind):
    return isinstance(node, getattr(ast, kind))


def test_no_text_hides_in_an_f_string(chinese):
    assert [text for text in texts_in_f_strings() if text not in chinese] == []


def test_no_text_is_fuzzy_or_left_over(chinese):
    assert [text for text, message in chinese.items() if message.fuzzy] == []
    assert set(chinese) - set(messages()) == set()


def test_placeholders_are_the_same_in_both_languages(chinese):
    wrong = []
    for text, message in chinese.items():
        wanted = set(PLACEHOLDER.findall(strings(text)[-1]))
        for translated in strings(message.string):
            found = set(PLACEHOLDER.findall(translated))
            if found - wanted or (wanted - found and not isinstance(text, tuple)):
                wrong.append((text, translated))
    assert wrong == []


def test_chinese_is_chinese(chinese):
    """A translation without a Chinese character is a copy of the English, but for names, signs and formats."""
    spoken = {
        text: message.string
        for text, message in chinese.items()
        if re.search(r"[a-z]{3,}", PLACEHOLDER.sub("", strings(text)[0]))
        and not re.search(r"[\u4e00-\u9fff]", "".join(strings(message.string)))
    }
    assert set(spoken) <= {"TikTok", "Liveshop Desk", "English", "Handle", "Python {version}", "Ctrl+Enter"}


def test_the_catalogue_is_used_and_can_be_left(monkeypatch):
    i18n.set_language("zh_CN")
    assert i18n._("Take next") == "下一环节"
    assert i18n.span_text(95) == "1分35秒"
    i18n.set_language("en")
    assert i18n._("Take next") == "Take next"
    assert i18n.span_text(95) == "1m 35s"
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    i18n.set_language("system")
    assert i18n.current_language() == "zh_CN"


def test_dates_and_numbers_follow_the_language():
    from datetime import date

    day = date(2026, 11, 21)
    i18n.set_language("zh_CN")
    assert (i18n.day_text(day), i18n.date_text(day)) == ("11月21日", "2026年11月21日")
    i18n.set_language("en")
    assert (i18n.day_text(day), i18n.date_text(day)) == ("Nov 21", "Nov 21, 2026")
    assert (i18n.number_text(1284), i18n.percent_text(0.068)) == ("1,284", "6.8%")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("whole", [0, 7, 999, 1_000, -1_284, 12_345_678, 10**12])
def test_whole_numbers_are_written_as_babel_writes_them(language, whole):
    from babel.numbers import format_decimal

    i18n.set_language(language)
    assert i18n.number_text(whole) == format_decimal(whole, format="#,##0", locale=language)
    assert i18n.number_text(float(whole)) == i18n.number_text(whole)


def test_a_half_is_rounded_as_the_workbook_rounds_it():
    i18n.set_language("en")
    assert (i18n.percent_text(0.0205), i18n.percent_text(82 / 4000), i18n.percent_text(-0.0205)) == (
        "2.1%", "2.1%", "-2.1%")  # fmt: skip
    assert (i18n.number_text(2.5), i18n.number_text(0.125, 2), i18n.number_text(1.005, 2)) == ("3", "0.13", "1.01")
    assert (i18n.number_text(10**30, 2), i18n.number_text(1.25e300), i18n.percent_text(-5e40)) == (
        "1E30", "1.25E300", "-5E42%")  # fmt: skip
    assert i18n.percent_text(0.9999, 0) == "100%"
