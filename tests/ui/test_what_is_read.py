"""An act re-reads what it changed and no more: on a big shop everything else is what makes a window stall."""

import pytest

from liveshop_desk.ops import queue, scripts, shelf, show
from liveshop_desk.store import journal, queries
from tests.ui.numbers import on_air, say, shown
from tests.ui.queue_tools import at, open_panel
from tests.ui.reads import of_table, reads
from ui.models.queue_cells import Column
from ui.models.queue_model import QueueModel
from ui.panels.chart_panel import ChartPanel
from ui.panels.queue_panel import QueuePanel
from ui.prompting import Prompting

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def model(store, shop):
    made = QueueModel(store, mode="live", low_stock=20)
    made.show(shop.session)
    disconnect = store.changed.connect(made.apply)
    yield made
    disconnect()


@pytest.fixture
def prompting(context):
    evening = on_air(context)
    show.take(context.desk.store, context.chosen.id, queries.segments(context.desk.store, context.chosen.id)[1].id)
    made = Prompting(context, evening)
    yield made
    made.close()
    evening.close()


def said(prompting):
    return "".join(run.text for paragraph in prompting.reader.paragraphs for run in paragraph.runs)


def at_row(model, row, column):
    return model.index(row, model.columns.index(column)).data()


def as_read_anew(model, store, shop):
    return model.rows == queries.queue(store, shop.session)


def test_the_queue_reads_its_own_scripts_alone(store, shop):
    scripts.save_script(store, "product:elsewhere", "not of this queue")
    rows = queries.queue(store, shop.session)
    assert [bool(row.script) for row in rows] == [False, True, False, False, False, False]
    with reads(store) as found:
        queries.queue(store, shop.session)
    assert all("WHERE" in sql for sql in of_table(found, "scripts"))


def test_one_row_is_what_the_whole_queue_says_of_it(store, shop):
    shelf.set_done(store, shop.session, "down", "douyin", True)
    for row in queries.queue(store, shop.session):
        assert queries.queue_row(store, row.segment) == row


def test_a_price_edit_that_reopens_a_tick_reads_one_row(model, store, shop):
    shelf.set_done(store, shop.session, "down", "douyin", True)
    assert model.rows[1].links[0].done
    with reads(store) as found:
        shelf.set_price(store, ["down-1"], 35900)
    assert not of_table(found, "segments")
    assert model.rows[1].product.skus[0].live_price == 35900
    assert not model.rows[1].links[0].done
    assert as_read_anew(model, store, shop)


def test_a_skip_reads_the_segments_and_no_product(model, store, shop):
    with reads(store) as found:
        queue.set_skipped(store, shop.session, shop.segments[2], True)
    assert of_table(found, "segments")
    assert not of_table(found, "products")
    assert not of_table(found, "scripts")
    assert as_read_anew(model, store, shop)


def test_every_act_leaves_the_rows_as_they_are_in_the_shop(model, store, shop):
    added = queue.add_products(store, shop.session, ["coat"], at=1)
    assert as_read_anew(model, store, shop)
    queue.move(store, shop.session, added, 4)
    assert as_read_anew(model, store, shop)
    shelf.set_listed(store, shop.session, "vest", True)
    assert as_read_anew(model, store, shop)
    shelf.set_link(store, shop.session, "vest", "taobao", "7")
    assert as_read_anew(model, store, shop)
    journal.undo(store)
    journal.undo(store)
    assert as_read_anew(model, store, shop)
    queue.remove(store, shop.session, added)
    assert as_read_anew(model, store, shop)


def test_a_hidden_queue_reads_when_it_is_shown(qtbot, context, window, store, shop):
    panel = open_panel(qtbot, context, window, "prepare")
    panel.hide()
    with reads(store) as found:
        context.attempt(shelf.set_price, ["down-1"], 35900)
        panel.refresh_sales()
    shown_then = at(panel, 1, Column.PRICE)
    panel.show()
    assert (shown_then, at(panel, 1, Column.PRICE)) == ("¥369.00", "¥359.00")
    assert len(found) <= 6  # the act's own


def test_a_hidden_queue_asks_no_sales(qtbot, context, window, store, shop):
    asked = []
    panel = QueuePanel(context, "live")
    window.setCentralWidget(panel)
    panel.set_sales(asked.append)
    asked.clear()
    panel.refresh_sales()
    assert asked == []
    window.show()
    assert at(panel, 1, Column.SOLD) == "0"
    assert asked


def test_a_long_queue_asks_the_sales_of_the_rows_that_were_looked_at(model, store, shop):
    asked = []

    def sales(sku_id):
        asked.append(sku_id)

    model.set_sales(sales)
    at_row(model, 1, Column.SOLD)
    asked.clear()
    model.refresh_sales()
    assert asked == ["down-1"]
    model.redraw()
    queue.move(store, shop.session, [shop.segments[1]], 0)
    asked.clear()
    model.refresh_sales()
    assert asked == [], "nothing of it is on the screen yet"
    assert at_row(model, 0, Column.SOLD) == "0"
    assert asked == ["down-1"]


def test_the_prompter_follows_a_price_with_one_product(prompting, store, shop):
    shelf.set_done(store, shop.session, "down", "douyin", True)
    assert "¥369" in said(prompting)
    with reads(store) as found:
        shelf.set_price(store, ["down-1"], 35900)
    assert "¥359" in said(prompting)
    assert not of_table(found, "segments")


def test_the_prompter_reads_two_scripts_when_a_segment_is_taken(prompting, store, shop):
    with reads(store) as found:
        show.take(store, shop.session, shop.segments[2])
    assert prompting.row.segment.id == shop.segments[2]
    assert prompting.next_title == "断码清仓 毛呢大衣"
    assert len(of_table(found, "scripts")) == 2  # the one taken, and how the next begins


def test_another_segments_script_leaves_the_prompter_alone(prompting, store):
    with reads(store) as found:
        scripts.save_script(store, "product:vest", "later")
    assert len(of_table(found, "scripts")) <= 4  # the act's own three, and how the next begins
    assert "later" not in said(prompting)


@pytest.fixture
def chart(qtbot, context):
    evening = on_air(context)
    say(evening, context, gmv=50_000)
    yield shown(qtbot, ChartPanel(context, evening), 940, 250)
    evening.close()


def test_a_marker_is_added_without_reading_the_others(chart, store, shop):
    shelf.set_price(store, ["down-1"], 35900)
    with reads(store) as found:
        shelf.set_price(store, ["down-1"], 34900)
    assert [flag.text for flag in chart.chart.picture.flags if flag.kind == "price"] == [
        "price 369→359", "price 359→349",
    ]  # fmt: skip
    assert not of_table(found, "cues")
    assert not of_table(found, "pitches")
    steps = [sql for sql in of_table(found, "journal_rows") if "skus" in sql]
    assert len(steps) == 1
    assert f"j.id > {store.newest_step() - 1} " in steps[0]


def test_a_cue_reads_no_edits(chart, store, shop):
    with reads(store) as found:
        scripts.send_cue(store, shop.session, "加快节奏")
    assert [flag.detail for flag in chart.chart.picture.flags if flag.kind == "cue"] == ["Cue: 加快节奏"]
    assert not of_table(found, "journal_rows")
    assert not of_table(found, "pitches")
