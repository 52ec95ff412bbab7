"""``sessions`` and ``export``: what is on file, and the owner's workbook of it."""

import json

from liveshop_desk.model.session import Kind
from liveshop_desk.ops import queue, show

FIELDS = ["id", "theme", "state", "rehearsal", "start", "end", "anchor", "gmv", "source"]


def test_sessions_are_listed_with_state_anchor_and_sales(program, live, recording):
    program("replay", recording(), "--speed", "0")
    [row] = program("sessions", "--json").json
    assert list(row) == FIELDS
    assert (row["id"], row["theme"], row["state"], row["anchor"]) == (live, "秋冬羽绒专场", "live", "小林")
    assert row["gmv"] == "4788.00"
    line = program("sessions").out
    for part in (live, "秋冬羽绒专场", "小林", "On air", "¥4,788.00"):
        assert part in line


def test_a_rehearsal_is_listed_as_one_when_it_is_over_too(program, desk, live):
    store = desk().store
    show.end_show(store, live)
    held = show.create_session(store, "彩排一次")
    show.go_live(store, held, rehearsal=True)
    show.end_show(store, held)
    lines = {line.split()[0]: line for line in program("sessions").out.splitlines()}
    assert "Ended · Rehearsal" in lines[held]
    assert "Rehearsal" not in lines[live]


def test_unknown_figures_are_blank_not_zero(program, live):
    [row] = program("sessions", "--json").json
    assert (row["gmv"], row["end"]) == (None, None)


def test_a_shop_without_sessions_says_so(program, desk):
    desk()
    assert program("sessions", "--json").json == []
    assert "no session" in program("sessions").out


def test_a_queue_for_no_session_says_which_are_meant(program, desk, live, tmp_path):
    _evening(desk, live)
    (tmp_path / "q.csv").write_text("品名,直播价\n围巾,129\n", encoding="utf-8")
    said = program("import", "queue", str(tmp_path / "q.csv"))
    assert "No session is being prepared or on air.\nNothing was changed.\n" in said.err


def _evening(desk, live):
    store = desk().store
    segment = queue.add_segment(store, live, Kind.OPENING, "开场")
    show.take(store, live, segment)
    show.end_show(store, live)


def test_the_workbook_of_a_session_is_written(program, desk, live, tmp_path):
    _evening(desk, live)
    out = tmp_path / "复盘.xlsx"
    done = program("export", "session", live, "--out", out, "--json")
    assert done.status == 0
    assert done.json == {"session": live, "file": str(out), "bytes": out.stat().st_size}
    assert out.read_bytes()[:2] == b"PK"
    assert "秋冬羽绒专场" in program("export", "session", "last", "--out", tmp_path / "2.xlsx").out
    assert program("export", "session", "--out", tmp_path / "3.xlsx").status == 0


def test_progress_is_a_line_of_json_each_on_stderr(program, desk, live, tmp_path):
    _evening(desk, live)
    done = program("export", "session", "--out", tmp_path / "a.xlsx", "--progress")
    lines = [json.loads(line) for line in done.err.splitlines()]
    assert [list(line) for line in lines] == [["done", "total"]] * len(lines)
    assert lines[-1]["done"] == lines[-1]["total"]


def test_nothing_to_export_is_refused(program, desk, live, tmp_path):
    out = tmp_path / "a.xlsx"
    assert program("export", "session", "nobody", "--out", out).status == 1
    assert program("export", "session", live, "--out", tmp_path / "no" / "such" / "folder.xlsx").status == 1
    assert not out.exists()


def test_a_workbook_is_not_written_under_a_name_nothing_would_open_it_by(program, desk, live, tmp_path):
    _evening(desk, live)
    done = program("export", "session", "--out", tmp_path / "book.csv")
    assert done.status == 1
    assert "book.csv: the name of a workbook ends in .xlsx" in done.err
    assert not (tmp_path / "book.csv").exists()
