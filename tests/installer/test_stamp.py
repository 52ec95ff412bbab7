"""When a set-up has something to do and when not."""

from dataclasses import replace
from pathlib import Path

import pytest

from installer import stamp
from installer.layout import Layout
from tests.installer.conftest import PROJECT

WANTED = stamp.Stamp(python="3.11", run="r1", test="t1", system="s1")


def test_nothing_done_covers_nothing():
    assert not stamp.Stamp().covers(WANTED, "run")
    assert not stamp.Stamp().covers(stamp.Stamp(), "run")


def test_a_set_up_for_tests_serves_to_run_but_not_the_reverse():
    base = stamp.Stamp(system="s1")
    tested, ran = stamp.after_install(base, WANTED, "test"), stamp.after_install(base, WANTED, "run")
    assert tested.covers(WANTED, "test")
    assert tested.covers(WANTED, "run")
    assert ran.covers(WANTED, "run")
    assert not ran.covers(WANTED, "test")


@pytest.mark.parametrize("field", ["python", "run", "system"])
def test_any_change_makes_work(field):
    done = stamp.after_install(stamp.Stamp(system="s1"), WANTED, "run")
    assert not done.covers(replace(WANTED, **{field: "changed"}), "run")


def test_a_changed_run_lock_may_have_changed_what_the_tests_had():
    done = replace(WANTED, run="r0")
    assert stamp.after_install(done, WANTED, "run").test == ""


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"other": 1}', b"\xff\xfe", b"null"])
def test_a_torn_or_foreign_stamp_counts_as_nothing(tmp_path, content):
    layout = Layout(tmp_path)
    layout.environment.mkdir()
    layout.stamp.write_bytes(content)
    assert stamp.read(layout) == stamp.Stamp()


def test_a_stamp_is_read_as_written(tmp_path):
    layout = Layout(tmp_path)
    layout.environment.mkdir()
    stamp.write(layout, WANTED)
    assert stamp.read(layout) == WANTED
    assert [file.name for file in layout.environment.iterdir()] == [layout.stamp.name]


def test_a_moved_project_or_an_edited_lock_is_noticed(copy):
    before = stamp.wanted(copy.layout)
    moved = Layout(copy.layout.root.rename(copy.layout.root.with_name("moved")))
    assert stamp.wanted(moved).python != before.python
    with moved.lock("run").open("a") as lock:
        lock.write("# edited\n")
    after = stamp.wanted(moved)
    assert after.run != before.run
    assert after.test == before.test


def test_the_test_lock_holds_all_of_the_run_lock():
    run, test = _pins(Layout(PROJECT).lock("run")), _pins(Layout(PROJECT).lock("test"))
    assert run
    assert run <= test


def _pins(lock: Path) -> set[str]:
    """Return name==version of each package; for which systems it is differs where the tests need it everywhere."""
    lines = lock.read_text("utf-8").splitlines()
    return {line.rstrip(" \\").partition(" ;")[0] for line in lines if line[:1].isalnum()}
