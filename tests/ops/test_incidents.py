"""An incident: noted with its moment, put into words afterwards; both steps belong to its session."""

import pytest
from openpyxl import load_workbook

from liveshop_desk import i18n
from liveshop_desk.ops import scripts, show
from liveshop_desk.ops.report import session_report
from liveshop_desk.sheets.session_book import write_session_book
from liveshop_desk.store import journal


def test_putting_words_to_an_incident_belongs_to_its_session(store):
    session = show.create_session(store, "专场")
    show.go_live(store, session)
    incident = scripts.note_incident(store, session, "")
    scripts.describe_incident(store, incident, "  said 359   instead of 369 ")
    newest = store.row("SELECT session_id, label, args FROM journal ORDER BY id DESC LIMIT 1")
    assert newest["session_id"] == session
    assert "said 359 instead of 369" in newest["args"]


def test_the_workbook_says_who_noted_an_incident(store, tmp_path):
    session = show.create_session(store, "专场")
    show.go_live(store, session)
    for who, words in (("阿杰", "推流卡顿"), ("Mia", "报错价"), ("", "没人认领")):
        store.who = who
        scripts.note_incident(store, session, words)
        if who == "Mia":  # put into words by another, taken back and done again: she noted it
            store.who = "阿杰"
            scripts.describe_incident(
                store, store.row("SELECT id FROM incidents WHERE text = '报错价'")["id"], "报错了价"
            )
            for _time in range(2):
                journal.undo(store)
            for _time in range(2):
                journal.redo(store)
    report = session_report(store, session)
    noted = {each.text: each.who for each in report.incidents}
    assert noted == {"推流卡顿": "阿杰", "报错了价": "Mia", "没人认领": ""}
    write_session_book(report, tmp_path / "book.xlsx")
    said = [str(row[0]) for row in load_workbook(tmp_path / "book.xlsx").worksheets[0].iter_rows(values_only=True)]
    assert any(line.endswith("推流卡顿 · operator 阿杰") for line in said)
    assert any(line.endswith("报错了价 · operator Mia") for line in said)
    assert any(line.endswith("没人认领") for line in said)


@pytest.fixture(params=["en", "zh_CN"])
def noted_in(request):
    """The language an incident was noted in; in English again after the test."""
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language("en")


@pytest.mark.parametrize(("shown_in", "word"), [("en", "Incident"), ("zh_CN", "异常")])
def test_one_without_words_is_shown_in_the_language_in_use(store, tmp_path, noted_in, shown_in, word):
    session = show.create_session(store, "专场")
    show.go_live(store, session)
    scripts.note_incident(store, session, " ")
    given_up = scripts.note_incident(store, session, "推流")
    scripts.leave_undescribed(store, given_up)
    with store.step("as 0.3.3 wrote it") as step:
        at, text = store.clock.now(), "Incident" if noted_in == "en" else "异常"
        step.insert("incidents", {"id": "old", "session_id": session, "at": at, "text": text})
    i18n.set_language(shown_in)
    report = session_report(store, session)
    assert [each.said for each in report.incidents] == [word] * 3
    write_session_book(report, tmp_path / "book.xlsx")
    book = load_workbook(tmp_path / "book.xlsx")
    lines = [str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert sum(line.endswith(f" · {word}") for line in lines) == 3
