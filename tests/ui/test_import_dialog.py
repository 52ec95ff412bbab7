"""The import dialog: preview, choices about the file, one step, one undo, and what is said when it cannot be."""

import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog, QFileDialog

from liveshop_desk import i18n
from liveshop_desk.errors import UserError
from liveshop_desk.ops import shelf
from liveshop_desk.ops.importing import LineState, PlanLine
from liveshop_desk.store import queries
from ui.dialogs import import_dialog
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.import_lines import LinesModel
from ui.dialogs.import_reading import mapping_of, year_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window

GOODS = """品名,货号,直播价,库存
长款鹅绒羽绒服 Y9981,DOWN,359,90
轻薄羽绒马甲 W2103,VEST,59,300
围巾,S207,129,30
坏价,S208,cheap,1
"""


@pytest.fixture
def goods(tmp_path):
    path = tmp_path / "goods.csv"
    path.write_text(GOODS, encoding="utf-8")
    return path


def shown(dialog):
    model = dialog.lines.lines
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def test_the_preview_says_what_becomes_of_every_row(opened, goods):
    dialog = opened("products", goods)
    chips = [dialog.chips.button(place).text() for place in range(5)]
    assert chips == ["All 4", "New 1", "Changed 1", "Unchanged 1", "Refused 1"]
    rows = shown(dialog)
    assert rows[0] == ["2", "△ changed", "长款鹅绒羽绒服 Y9981", "live price ¥369 → ¥359, stock 100 → 90"]
    assert rows[2][:3] == ["4", "＋ new", "围巾"]
    assert rows[3][3].startswith("直播价: ")
    assert dialog._as.text() == "read as the shop's own table"
    assert dialog._confirm.text() == "Import 2 rows"


def test_the_chips_filter_the_rows(qtbot, opened, goods):
    dialog = opened("products", goods)
    qtbot.mouseClick(dialog.chips.button(4), Qt.MouseButton.LeftButton)
    assert [row[0] for row in shown(dialog)] == ["5"]
    qtbot.mouseClick(dialog.chips.button(0), Qt.MouseButton.LeftButton)
    assert len(shown(dialog)) == 4


def test_confirmed_it_is_one_step_that_the_notice_takes_back(qtbot, context, store, opened, goods):
    said = []
    context.notices.posted.connect(said.append)
    dialog = opened("products", goods)
    step = store.newest_step()
    with qtbot.waitSignal(dialog.imported):
        qtbot.mouseClick(dialog._confirm, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert store.newest_step() == step + 1
    assert queries.sku(store, "down-1").live_price == 35_900
    assert said[0].text == "Imported 2 rows from goods.csv. 1 row was refused."
    assert said[0].keeps
    said[0].on_yes()
    assert queries.sku(store, "down-1").live_price == 36_900
    assert queries.product_count(store) == 3


def test_the_notice_does_not_undo_what_came_after(qtbot, context, store, opened, goods):
    said = []
    context.notices.posted.connect(said.append)
    opened("products", goods).confirm()
    shelf.set_stock(store, "vest-1", 250)
    said[0].on_yes()
    assert said[-1].tone == "error"
    assert queries.sku(store, "vest-1").stock == 250


def test_a_large_import_runs_beside_the_window_and_is_undone_there(qtbot, context, store, opened, tmp_path):
    said = []
    context.notices.posted.connect(said.append)
    path = tmp_path / "big.csv"
    path.write_text("品名,货号,直播价\n" + "".join(f"商品{n},C{n},{n + 1}\n" for n in range(1200)), encoding="utf-8")
    dialog = opened("products", path)
    with qtbot.waitSignal(dialog.imported, timeout=20_000):
        dialog.confirm()
        assert dialog.progress.isVisible()
        assert not dialog.progress.isTextVisible()  # a percentage would be cut by the low bar
        assert not dialog._confirm.isEnabled()
    assert queries.product_count(store) == 1203
    assert (said[0].text, said[0].keeps) == ("Imported 1200 rows from big.csv.", False)
    said[0].on_yes()
    qtbot.waitUntil(lambda: queries.product_count(store) == 3, timeout=20_000)


def test_cancelled_nothing_is_imported(qtbot, store, opened, tmp_path):
    path = tmp_path / "big.csv"
    path.write_text("品名,货号,直播价\n" + "".join(f"商品{n},C{n},{n + 1}\n" for n in range(1200)), encoding="utf-8")
    dialog = opened("products", path)
    dialog.confirm()
    dialog.stop()
    qtbot.waitUntil(lambda: dialog._work is None, timeout=20_000)
    assert queries.product_count(store) == 3
    assert dialog.isVisible()
    assert "Nothing was imported" in dialog.notes.text()
    with qtbot.waitSignal(dialog.imported, timeout=20_000):
        dialog.confirm()


def test_the_same_file_again_has_nothing_to_do(opened, goods):
    opened("products", goods).confirm()
    dialog = opened("products", goods)
    assert not dialog._confirm.isEnabled()
    assert dialog.chips.button(3).text() == "Unchanged 3"


def test_a_file_of_another_kind_names_the_act_that_takes_it(qtbot, opened, tmp_path):
    path = tmp_path / "sessions.csv"
    path.write_text("主播昵称,直播开始时间,直播间观看次数\n小红,2026/09/07 20:00,1200\n", encoding="utf-8")
    dialog = opened("products", path)
    qtbot.waitUntil(lambda: "columns are missing" in dialog.message.text())
    assert "“Import past sessions”" in dialog.message.text()
    assert "column=" not in dialog.message.text()


def test_missing_columns_are_named_and_a_mapping_helps(qtbot, opened, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("啥,多少钱\n帽子,99\n", encoding="utf-8")
    dialog = opened("products", path)
    assert dialog._pages.currentIndex() == 1
    assert "columns are missing" in dialog.message.text()
    assert "It has: 啥, 多少钱" in dialog.message.text()  # what there is to choose from
    assert "say so below: column=product name" in dialog.message.text()
    assert dialog.focusWidget() is dialog.mapping
    assert not dialog._confirm.isEnabled()
    dialog.mapping.setText("啥=帽子")
    with qtbot.waitSignal(dialog.failed):
        dialog.mapping.editingFinished.emit()
    assert "odd.csv: there is no field “帽子”" in dialog.message.text()
    assert "7-day lowest price" in dialog.message.text()
    assert "floor_price" not in dialog.message.text()
    assert dialog.focusWidget() is dialog.mapping  # to be put right there
    dialog.mapping.setText("啥=product name；多少钱=直播价")
    with qtbot.waitSignal(dialog.planned):
        dialog.mapping.editingFinished.emit()
    assert dialog._confirm.text() == "Import 1 row"


def test_the_format_can_be_overruled(qtbot, opened, goods):
    dialog = opened("products", goods)
    assert dialog.kind.count() == 6
    dialog.kind.setCurrentIndex(dialog.kind.findData("own"))
    with qtbot.waitSignal(dialog.planned):
        dialog.kind.activated.emit(dialog.kind.currentIndex())
    assert dialog.job.kind == "own"


def test_past_sessions_ask_for_the_year(qtbot, store, opened, tmp_path):
    path = tmp_path / "past.csv"
    path.write_text(
        "主播昵称,直播开始时间,直播间观看人数,直播间成交金额\n小林,08-31 20:00,1000,5000\n", encoding="utf-8"
    )
    dialog = opened("sessions", path)
    assert shown(dialog)[0][3].endswith("“08-31 20:00” has no year: say which it is")
    assert dialog.focusWidget() is dialog.year  # not Close
    dialog.year.setText("2021")
    with qtbot.waitSignal(dialog.planned):
        dialog.year.editingFinished.emit()
    assert shown(dialog)[0][1] == "＋ new"
    dialog.confirm()
    assert [session.anchor for session in queries.sessions(store)].count("小林") == 2


def test_a_running_order_goes_into_the_chosen_session(store, context, opened, tmp_path):
    path = tmp_path / "tonight.csv"
    path.write_text("顺序,品名,直播价,讲解时长\n1,开场互动,,5\n2,围巾,129,8\n", encoding="utf-8")
    before = len(queries.segments(store, context.chosen.id))
    opened("queue", path, session_id=context.chosen.id).confirm()
    assert len(queries.segments(store, context.chosen.id)) == before + 2


def test_another_file_is_chosen_by_the_button(qtbot, opened, goods, tmp_path, monkeypatch):
    dialog = opened("products", tmp_path / "gone.csv")
    assert "gone.csv" in dialog.message.text()
    monkeypatch.setattr(import_dialog, "choose_file", lambda _parent, _what, then, _folder: then(goods))
    with qtbot.waitSignal(dialog.planned):
        qtbot.mouseClick(dialog._other, Qt.MouseButton.LeftButton)
    assert dialog.file.text() == "goods.csv"


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_another_file_is_looked_for_where_this_one_lies(qtbot, opened, goods):
    dialog = opened("products", goods)
    qtbot.mouseClick(dialog._other, Qt.MouseButton.LeftButton)
    window = dialog.findChild(QFileDialog)
    assert window.directory().absolutePath() == str(goods.parent)
    window.reject()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("what", ["products", "sessions", "queue", "stock", "samples"])
def test_it_opens_in_every_language(opened, context, goods, language, what):
    i18n.set_language(language)
    dialog = opened(what, goods, session_id=context.chosen.id)
    assert dialog.windowTitle()
    for field in (dialog.kind, dialog.year, dialog.mapping, dialog.lines):
        assert field.accessibleName()


def test_the_lines_model(qtbot):
    model = LinesModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lines = (PlanLine(2, LineState.NEW, "A", "x"), PlanLine(3, LineState.REFUSED, "", "bad", "库存"))
    model.show(lines, None)
    assert model.rowCount() == 2
    model.show(lines, LineState.REFUSED)
    assert model.index(0, 3).data() == "库存: bad"
    del tester


def test_what_is_typed_about_columns_and_year():
    assert mapping_of("品 名=title; 价＝live_price；") == {"品 名": "title", "价": "live_price"}
    assert (year_of(" "), year_of("2021")) == (None, 2021)
    for read, text in ((mapping_of, "title"), (year_of, "21"), (year_of, "１２３４")):
        with pytest.raises(UserError):
            read(text)


def test_leaving_never_waits_for_what_is_being_read(qtbot, context, window, goods, monkeypatch):
    going, told = threading.Event(), []

    def slow(_store, _job, report):
        going.wait(10)
        told.append("read")
        report(1, 2)  # the dialog was left: this stops it
        told.append("planned")

    monkeypatch.setattr(import_dialog, "plan_file", slow)
    dialog = ImportDialog(context, "products", goods, parent=window)
    work = dialog._work
    with qtbot.waitSignal(work.cancelled):
        dialog.reject()
        assert told == []  # still reading, and the window is free
        assert work.isRunning()
        dialog.deleteLater()
        going.set()
    qtbot.waitUntil(lambda: told == ["read"])


@pytest.mark.parametrize("gone", [False, True])
def test_what_was_written_already_is_said_though_the_dialog_was_left(
    qtbot, context, window, store, goods, monkeypatch, gone
):
    monkeypatch.setattr(import_dialog, "is_large", lambda _plan: True)
    dialog = ImportDialog(context, "products", goods, parent=window)
    qtbot.waitUntil(lambda: dialog.plan is not None)
    heard, results = [], []
    context.notices.posted.connect(lambda notice: heard.append((notice, threading.current_thread())))
    dialog.finished.connect(results.append)
    dialog.confirm()
    assert dialog._work.wait(10_000)  # written; the window has not heard of it yet
    dialog.reject()
    if gone:
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: bool(heard))
    [(notice, thread)] = heard
    assert "goods.csv" in notice.text
    assert thread is threading.main_thread()
    assert results == [QDialog.DialogCode.Rejected]
    assert queries.product_count(store) == 4
    notice.on_yes()
    qtbot.waitUntil(lambda: queries.product_count(store) == 3)


def test_a_fault_of_the_program_is_said_and_logged(qtbot, context, opened, goods, monkeypatch):
    monkeypatch.setattr(import_dialog, "plan_file", lambda *_args, **_more: 1 / 0)
    logged, said = [], []
    monkeypatch.setattr("ui.faults._logger", lambda: SimpleNamespace(error=lambda _form, text: logged.append(text)))
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    dialog = opened("products", goods)
    assert "fault of the program" in dialog.message.text()
    assert "ZeroDivisionError" in said[-1]
    assert "Traceback" in logged[-1]


@pytest.mark.parametrize("large", [False, True])
def test_after_a_full_disk_enter_tries_again_in_the_same_window(qtbot, store, opened, goods, monkeypatch, large):
    monkeypatch.setattr(import_dialog, "is_large", lambda _plan: large)

    def full(*_args, **_kwargs):
        raise UserError("The disk is full.", kept="Nothing was imported.", todo="Make room, then try again.")

    dialog = opened("products", goods)
    with monkeypatch.context() as patched, qtbot.waitSignal(dialog.failed):
        patched.setattr(import_dialog, "write", full)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.message.text().startswith("The disk is full.")
    assert dialog._confirm.text() == "Try again"
    with qtbot.waitSignal(dialog.planned):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog._confirm.text() == "Import 2 rows"
    with qtbot.waitSignal(dialog.imported):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert queries.sku(store, "down-1").live_price == 35_900
