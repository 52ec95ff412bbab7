"""What stands over the rooms is in the language in use, though it was said before the language was switched."""

import sys

import pytest
from PySide6.QtCore import QProcess

from liveshop_desk import i18n
from liveshop_desk.ops import scripts, shelf, show
from liveshop_desk.store import queries
from ui import exporting
from ui.acts import Acts
from ui.exporting import Exporting
from ui.prompting import Prompting
from ui.reading import Readings
from ui.widgets.notice_bar import NoticeBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def bar(qtbot, context, window):
    """The notice bar over an open window."""
    made = NoticeBar(context.notices, window)
    window.resize(1000, 300)
    with qtbot.waitExposed(window):
        window.show()
    return made


@pytest.fixture
def in_chinese(bar):
    """Switch to Chinese and return what stands then: the text and its button."""

    def switch():
        i18n.set_language("zh_CN")
        bar.retranslate()
        return bar.shown.text, bar._yes.text()

    yield switch
    i18n.set_language("en")


def test_what_was_undone(context, live, shop, bar, in_chinese):
    Acts(context, live, lambda _room: None, lambda: None, lambda: None)
    shelf.set_price(context.desk.store, ["down-1"], 35900)
    context.actions.set_state(undo=True)
    context.actions.give("undo")
    assert bar.shown.text == "Undone: 长款鹅绒羽绒服 Y9981 price ¥369 → ¥359"
    assert in_chinese()[0] == "已撤销：长款鹅绒羽绒服 Y9981 价格 ¥369→¥359"


def test_what_was_exported(qtbot, context, shop, bar, in_chinese):
    writing = Exporting(context)
    with qtbot.waitSignal(writing.finished, timeout=30_000):
        writing.export(queries.session(context.desk.store, shop.session))
    assert bar.shown.text.startswith("Saved 2026-11-21 秋冬羽绒专场.xlsx in ")
    text, button = in_chinese()
    assert text.startswith("已保存 2026-11-21 秋冬羽绒专场.xlsx，在 ")
    assert button == "打开"


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in ignores a signal")
def test_an_export_cancelled_too_late_is_written_and_said_to_be(qtbot, context, shop, bar, monkeypatch):
    deaf = "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('{}', file=sys.stderr, flush=True)"
    work = "; sys.stdin.read(); open(sys.argv[sys.argv.index('--out') + 1], 'w').close()"
    monkeypatch.setattr(exporting, "verb_command", lambda *words: [sys.executable, "-c", deaf + work, *words])
    writing = Exporting(context)
    with qtbot.waitSignal(writing.finished, timeout=30_000):
        writing.export(queries.session(context.desk.store, shop.session))
        process = writing.findChild(QProcess)
        with qtbot.waitSignal(process.readyReadStandardError, timeout=30_000):
            pass  # it is at work, and hears no signal
        writing.cancel()
        process.closeWriteChannel()
    assert bar.shown.text.startswith("Saved 2026-11-21 ")


@pytest.mark.parametrize("closing", [False, True], ids=["cancelled", "desk closed"])
def test_an_export_that_hears_nothing_is_ended_and_leaves_nothing_half_written(
    qtbot, context, shop, bar, monkeypatch, closing
):
    """So is every process without a window on Windows."""
    deaf = "import pathlib, signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    half = "; out = pathlib.Path(sys.argv[sys.argv.index('--out') + 1]); (out.parent / f'.{out.name}.7.part').touch()"
    wait = "; print('{}', file=sys.stderr, flush=True); sys.stdin.read()"
    monkeypatch.setattr(exporting, "verb_command", lambda *words: [sys.executable, "-c", deaf + half + wait, *words])
    monkeypatch.setattr(exporting, "PATIENCE_MS", 100)
    writing = Exporting(context)
    with qtbot.waitSignal(writing.finished, timeout=30_000):
        writing.export(queries.session(context.desk.store, shop.session))
        with qtbot.waitSignal(writing.findChild(QProcess).readyReadStandardError, timeout=30_000):
            pass  # it is at work
        (writing.wait if closing else writing.cancel)()
    assert bar.shown.text == "The export was cancelled; no file was written."
    assert list((context.desk.store.path.parent / "exports").iterdir()) == []


def test_that_the_export_did_not_start(qtbot, context, shop, bar, in_chinese, monkeypatch, tmp_path):
    monkeypatch.setattr(exporting, "verb_command", lambda *words: [str(tmp_path / "none"), *words])
    writing = Exporting(context)
    with qtbot.waitSignal(writing.finished):
        writing.export(queries.session(context.desk.store, shop.session))
    assert bar.shown.text == "The summary was not written: the program for it did not start"
    assert in_chinese()[0].endswith("导出程序没有启动")


def test_why_an_export_failed_is_not_put_into_a_sentence_of_another_language(
    qtbot, context, shop, bar, in_chinese, monkeypatch
):
    failing = [sys.executable, "-c", "import sys; sys.exit('The disk is full.')"]
    monkeypatch.setattr(exporting, "verb_command", lambda *_words: failing)
    writing = Exporting(context)
    with qtbot.waitSignal(writing.finished):
        writing.export(queries.session(context.desk.store, shop.session))
    said = "The summary was not written: The disk is full."
    assert bar.shown.text == said
    assert in_chinese()[0] == said


def test_the_pace_that_is_proposed_after_a_show(context, store, clock, live, shop, bar, in_chinese):
    scripts.save_script(store, "product:down", "字" * 80)
    prompting = Prompting(context, live)
    watch = Readings(context, live, prompting)
    show.take(store, shop.session, shop.segments[1])
    prompting.reader.set_pace(300)
    prompting.reader.play()
    for _quarter in range(80):
        clock.advance(0.25)
        watch._tick()
    show.end_show(store, shop.session)
    for _beat in range(3):
        live.inlet.write_beside(lambda _store: None).result()
        watch._tick()
    assert "小林 read " in bar.shown.text
    text, button = in_chinese()
    assert text.startswith("小林 最近几场语速 ")
    assert button.startswith("按 ")
    watch.close()
    prompting.close()
