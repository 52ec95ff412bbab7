"""Drafts: the live text stands while one is written; publishing, discarding and undoing lose nothing."""

import subprocess
import sys

import pytest

from liveshop_desk.errors import UserError
from liveshop_desk.model.clock import ManualClock
from liveshop_desk.model.session import Kind
from liveshop_desk.ops import importing, scripts, show
from liveshop_desk.sheets.queue_row import QueueRow
from liveshop_desk.sheets.report import Reading
from liveshop_desk.store import journal, queries
from liveshop_desk.store.store import Store

KEY = "product:p1"
LIVE = "开场\n今天三百六十九\n包邮"


@pytest.fixture
def written(shop):
    scripts.save_script(shop, KEY, LIVE, title="羽绒服")
    return shop


def texts(store):
    found = queries.script_texts(store, KEY)
    return found.text, found.draft


def test_a_draft_stands_beside_the_live_text_until_it_is_published(written):
    scripts.save_draft(written, KEY, LIVE + "\n晚了就没有")
    assert texts(written) == (LIVE, LIVE + "\n晚了就没有")
    assert queries.script(written, KEY) == LIVE
    assert scripts.publish_script(written, KEY, title="羽绒服")
    assert texts(written) == (LIVE + "\n晚了就没有", None)
    assert journal.entries(written)[0].label == "Publish script 羽绒服"
    assert not scripts.publish_script(written, KEY)


def test_undo_of_publishing_brings_text_and_draft_back_and_redo_publishes_again(written):
    scripts.save_draft(written, KEY, "neu")
    scripts.publish_script(written, KEY)
    journal.undo(written)
    assert texts(written) == (LIVE, "neu")
    journal.redo(written)
    assert texts(written) == ("neu", None)


def test_discarding_can_be_undone(written):
    scripts.save_draft(written, KEY, "neu")
    assert scripts.discard_draft(written, KEY)
    assert texts(written) == (LIVE, None)
    assert not scripts.discard_draft(written, KEY)
    journal.undo(written)
    assert texts(written) == (LIVE, "neu")


def test_the_newest_draft_is_published_whoever_wrote_it(written):
    """Another desk's words may land between the key and the step."""
    scripts.save_draft(written, KEY, "alt")
    other = written.sibling()

    class Busy:
        def __init__(self, store):
            self.store = store

        def __getattr__(self, name):
            return getattr(self.store, name)

        def step(self, *args, **kwargs):
            scripts.save_draft(other, KEY, "neu")
            return self.store.step(*args, **kwargs)

    scripts.publish_script(Busy(written), KEY)
    other.close()
    assert texts(written) == ("neu", None)


def test_typing_back_to_the_live_text_leaves_no_draft(written):
    scripts.save_draft(written, KEY, "neu")
    scripts.save_draft(written, KEY, LIVE)
    assert texts(written) == (LIVE, None)


def test_a_live_fix_stays_when_the_draft_is_published(written):
    scripts.save_draft(written, KEY, LIVE + "\n晚了就没有")
    scripts.save_script(written, KEY, LIVE.replace("六", "五"))
    scripts.publish_script(written, KEY)
    assert texts(written) == (LIVE.replace("六", "五") + "\n晚了就没有", None)


def test_a_script_begun_as_a_draft_has_no_live_text(shop):
    scripts.save_draft(shop, KEY, "erst")
    assert texts(shop) == ("", "erst")
    scripts.save_draft(shop, KEY, "")
    assert texts(shop) == ("", None)


def test_too_long_a_draft_is_refused_and_the_one_before_kept(written, monkeypatch):
    monkeypatch.setattr(scripts, "LONGEST_SCRIPT", 20)
    scripts.save_draft(written, KEY, "kurz")
    with pytest.raises(UserError, match="holds at most 20"):
        scripts.save_draft(written, KEY, "x" * 21)
    assert texts(written)[1] == "kurz"


def test_a_draft_survives_a_restart_and_another_desk_sees_it(written):
    scripts.save_draft(written, KEY, "neu")
    other = Store.open(written.path, ManualClock())
    assert texts(other) == (LIVE, "neu")
    scripts.publish_script(other, KEY)
    other.close()
    assert texts(written) == ("neu", None)


def test_the_script_on_air_is_that_of_the_open_pitch(written, session):
    first, second = queries.segments(written, session)[:2]
    assert queries.script_on_air(written) == ""
    show.go_live(written, session)
    assert queries.script_on_air(written) == ""
    show.take(written, session, first.id)
    assert queries.script_on_air(written) == f"segment:{first.id}"
    show.take(written, session, second.id)
    assert queries.script_on_air(written) == KEY
    show.end_show(written, session)
    assert queries.script_on_air(written) == ""


def test_a_file_imported_while_she_reads_becomes_a_draft(written, session):
    show.go_live(written, session)
    show.take(written, session, queries.segments(written, session)[1].id)
    with written.step("Import") as step:
        scripts.put_imported(written, step, KEY, "aus der Datei")
        scripts.put_imported(written, step, "product:p2", "anderes")
    assert texts(written) == (LIVE, "aus der Datei")
    assert queries.script(written, "product:p2") == "anderes"


def test_a_draft_somebody_is_at_is_not_taken_by_a_file_whose_text_follows_it(written, session):
    show.go_live(written, session)
    show.take(written, session, queries.segments(written, session)[1].id)
    scripts.save_draft(written, KEY, "mein Entwurf")
    with written.step("Import") as step:
        scripts.put_imported(written, step, KEY, "aus der Datei")
    assert texts(written) == (LIVE, "mein Entwurf")
    scripts.publish_script(written, KEY)
    assert texts(written) == ("mein Entwurf", "aus der Datei")
    journal.undo(written)
    scripts.discard_draft(written, KEY)
    assert texts(written) == (LIVE, "aus der Datei")
    scripts.discard_draft(written, KEY)
    assert texts(written) == (LIVE, None)


def test_the_preview_counts_the_drafts_a_list_leaves_alone(written, session):
    show.go_live(written, session)
    segment = queries.segments(written, session)[1]
    show.take(written, session, segment.id)
    row = QueueRow(Kind.PITCH, segment.title, script="aus der Datei")
    reading = Reading("queue", "", [(1, row)], [], 1, 0, [], "排品表.xlsx")
    assert not importing.plan_queue(written, session, reading).extra
    scripts.save_draft(written, KEY, "mein Entwurf")
    plan = importing.plan_queue(written, session, reading)
    assert plan.extra == {"drafts_kept": 1}
    assert "has a draft, which stays" in plan.notes[0]
    importing.apply(written, plan)
    assert texts(written) == (LIVE, "mein Entwurf")


def test_an_import_beside_a_draft_keeps_the_draft(written):
    scripts.save_draft(written, KEY, LIVE + "\n晚了就没有")
    with written.step("Import") as step:
        scripts.put_imported(written, step, KEY, "大家好\n" + LIVE)
    assert texts(written) == ("大家好\n" + LIVE, "大家好\n" + LIVE + "\n晚了就没有")


TYPIST = """
import sys
from pathlib import Path
from liveshop_desk.model.clock import SystemClock
from liveshop_desk.ops import scripts
from liveshop_desk.store.store import Store
store = Store.open(Path(sys.argv[1]), SystemClock())
for n in range(1, 10**9):
    scripts.save_draft(store, "product:p1", f"draft {n}")
    print(n, flush=True)
"""


def test_a_draft_is_there_after_kill_9(written):
    path = written.path
    written.close()
    with subprocess.Popen([sys.executable, "-c", TYPIST, str(path)], stdout=subprocess.PIPE, text=True) as process:
        for _line in range(40):
            process.stdout.readline()
        process.kill()
        told = 40 + len(process.stdout.read().split("\n")[:-1])
    again = Store.open(path, ManualClock())
    assert texts(again) in ((LIVE, f"draft {told}"), (LIVE, f"draft {told + 1}"))
    again.close()
