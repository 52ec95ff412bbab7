"""One whole evening through the operator's doors: import, queue, show, numbers, undo, end, the owner's workbook."""

from datetime import timedelta

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QAbstractButton, QDialog, QTableView, QWidget

from liveshop_desk.model.clock import SystemClock, to_local
from liveshop_desk.store import queries
from liveshop_desk.store.store import Store
from tests.e2e import files
from tests.e2e.files import BAG, DOWN, EVIL, SCARF, VEST
from tests.e2e.hands import Hands, wait_until
from tests.e2e.shops import STOCK, make_shop, read
from ui.prompter.surface import PrompterSurface
from ui.prompter.window import AnchorWindow
from ui.widgets.tile import TileView

THEME = "秋冬羽绒专场"
SCRIPT = "今天直播间{直播价}，平时{吊牌价}，只有{库存}件！\n【举起衣服】喜欢{品名}的姐妹快拍"


@pytest.fixture
def read_shop(shop_file):
    """Give a function that reads the file itself, past the window: what another program would find."""

    def read(question):
        store = Store.open(shop_file, SystemClock())
        try:
            return question(store)
        finally:
            store.close()

    return read


def confirm_import(h: Hands, count: str) -> None:
    """Wait for the preview, confirm by Enter."""
    wait_until(lambda: h.seen(QDialog) and h.shows(f"Import {count}"), lambda: str(h.texts()))
    h.press("Return")
    wait_until(lambda: not h.seen(QDialog), lambda: str(h.texts()))


def stock_the_catalogue(h: Hands, path) -> None:
    h.press("Ctrl+I")
    h.choose_file(files.shopify(path))
    confirm_import(h, "7 rows")


def make_session(h: Hands) -> None:
    """Make the draft of an evening that should have begun yesterday at seven."""
    h.press("Ctrl+N")
    yesterday = to_local(SystemClock().now()).date() - timedelta(days=1)
    h.type(THEME, "Return")
    h.put("Date", yesterday.isoformat(), "Return")
    h.put("Start", "19:00", "Return")
    h.put("End", "22:00", "Return")
    h.put("Anchor", "小林", "Return")
    h.put("GMV goal", "12万", "Return")
    h.click("Douyin")
    h.click("Taobao")


def pick(h: Hands, *titles: str) -> None:
    """Go to the catalogue for products, choose them (a click, then Ctrl for the others), Enter."""
    h.press("Ctrl+Shift+A")
    rows = [number for number, row in enumerate(h.rows("Catalogue")) if row["Product"] in titles]
    for number in rows:
        h.click_row(number, name="Catalogue", keys="Ctrl" if number != rows[0] else "")
    h.press("Return")


def build_queue(h: Hands, tmp_path) -> None:
    pick(h, DOWN, VEST)
    h.press("Ctrl+Shift+V")
    h.type(f"1 {BAG} ¥899 8分钟\n2 福袋 5分钟")
    h.wait_for("2 segments will be added.")
    h.click("Add", within=h.find("Paste a list"))
    h.menu("Add to the queue", "Import a running order")
    h.choose_file(files.running_order(tmp_path / "排品表.xlsx"))
    confirm_import(h, "2 rows")


def go_live(h: Hands) -> None:
    h.press("Ctrl+L")
    assert "Begin" in h.notice()
    h.press("Return")
    h.wait_for("ON AIR")


def prompter_text(h: Hands) -> str:
    """Return what the prompter's preview shows."""
    return "\n".join(paragraph.text for paragraph in h.seen(PrompterSurface)[0].reader.paragraphs)


def on_air(h: Hands) -> str:
    """Return the queue's own word of where the show is: ``2 / 6``."""
    words = next(text for text in h.texts() if " segments • " in text)
    return words.split(" segments")[0]


def price_of(h: Hands, title: str) -> str:
    return next(row["Live price"] for row in h.rows() if title in row["Segment / product"])


def choose(h: Hands, title: str) -> None:
    """Click the row of a title."""
    h.click_row(next(n for n, row in enumerate(h.rows()) if title in row["Segment / product"]), "Segment / product")


@pytest.fixture
def evening(open_desk, tmp_path):
    """A desk with a catalogue, a session on air and a queue: vest, down coat, bag, lucky bag, scarf."""
    h = open_desk()
    stock_the_catalogue(h, tmp_path / "products.csv")
    make_session(h)
    build_queue(h, tmp_path)
    return h


# -- before the show ---------------------------------------------------------------------------------------------


def test_import_is_one_batch_that_can_be_taken_back(open_desk, tmp_path):
    h = open_desk()
    assert h.shows("No products yet")
    h.press("Ctrl+I")
    h.choose_file(files.shopify(tmp_path / "products.csv"))
    wait_until(lambda: h.seen(QDialog) and h.shows("Import 7 rows"))
    preview = h.rows("Preview")
    assert [row["Row"] for row in preview] == ["2", "3", "4", "5", "6", "7", "8"]
    assert "live price ¥369, cost ¥240, stock 30" in preview[0]["What changes, or why not"]
    assert h.shows("read as Shopify products")
    h.press("Return")
    wait_until(lambda: not h.seen(QDialog))
    assert "Imported 7 rows from products.csv." in h.notice()
    shown = h.rows("Catalogue")
    assert [row["Product"] for row in shown] == [DOWN, VEST, SCARF, BAG, EVIL]
    assert (shown[0]["Specs"], shown[0]["Stock"], shown[0]["Live price"]) == ("3", "47", "¥369.00")
    h.press("Ctrl+Z")
    assert h.shows("No products yet")
    assert "Undone: Import products from products.csv" in h.notice()
    h.press("Ctrl+Shift+Z")
    assert h.rows("Catalogue") == shown


def test_the_same_file_again_changes_nothing(open_desk, tmp_path):
    h = open_desk()
    stock_the_catalogue(h, tmp_path / "products.csv")
    h.press("Ctrl+I")
    h.choose_file(tmp_path / "products.csv")
    wait_until(lambda: h.shows("Everything in this file is in the shop already."), lambda: str(h.texts()))
    assert not h.button("Import").isEnabled()
    h.press("Esc")
    wait_until(lambda: not h.seen(QDialog))


@pytest.mark.needs_shared
def test_a_real_export_is_imported(open_desk, shared):
    h = open_desk()
    h.press("Ctrl+I")
    h.choose_file(shared / "data" / "real" / "shopify_products.csv")
    wait_until(lambda: h.seen(QDialog) and h.shows("read as Shopify products"), lambda: str(h.texts()))
    h.press("Return")
    wait_until(lambda: not h.seen(QDialog), lambda: str(h.texts()))
    rows = h.rows("Catalogue")
    assert any("Bracelet" in row["Product"] and row["Live price"].startswith("¥42.99") for row in rows)


@pytest.mark.needs_shared
def test_a_file_without_names_is_refused_in_words(open_desk, shared):
    h = open_desk()
    h.press("Ctrl+I")
    h.choose_file(shared / "data" / "real" / "products_sold.xlsx")
    wait_until(lambda: h.seen(QDialog) and h.shows("these columns are missing: product name"), lambda: str(h.texts()))
    assert not h.button("Import").isEnabled()
    h.press("Esc")
    wait_until(lambda: not h.seen(QDialog))


def test_a_new_session_is_prepared_in_its_room(open_desk, tmp_path, read_shop):
    h = open_desk()
    stock_the_catalogue(h, tmp_path / "products.csv")
    make_session(h)
    assert h.shows("¥120,000")
    wait_until(lambda: h.shows("anchor 小林"))
    session = read_shop(queries.sessions)[0]
    assert (session.theme, session.anchor, session.goal_gmv) == (THEME, "小林", 12_000_000)
    assert set(session.platforms) == {"douyin", "taobao"}
    assert session.planned_end - session.planned_start == 3 * 3_600_000


def test_products_picked_one_after_another_stand_in_that_order(open_desk, tmp_path):
    h = open_desk()
    stock_the_catalogue(h, tmp_path / "products.csv")
    make_session(h)
    for title in (VEST, BAG, DOWN):
        h.press("Ctrl+Shift+A")
        assert h.shows("Choose products, then Enter")
        h.click_row([row["Product"] for row in h.rows("Catalogue")].index(title), name="Catalogue")
        h.press("Return")
        assert not h.shows("Choose products, then Enter"), "done, the advice is gone"
    assert [title.split(" ")[0] for title in h.titles()] == [VEST, BAG, DOWN]


def test_the_queue_is_built_moved_and_taken_back(evening, read_shop):
    h = evening
    assert [title.split(" ")[0] for title in h.titles()] == [DOWN, VEST, BAG, "福袋", SCARF]
    assert [row["Length"] for row in h.rows()] == ["5:00", "5:00", "8:00", "3:00", "4:00"]
    assert price_of(h, SCARF) == "¥119.00"  # the running order's price of tonight
    choose(h, VEST)
    h.press("Alt+Up")
    assert [title.split(" ")[0] for title in h.titles()][:2] == [VEST, DOWN]
    h.press("Alt+Down", "Alt+Down")
    assert [title.split(" ")[0] for title in h.titles()][:3] == [DOWN, BAG, VEST]
    h.drag_row(4, 0)
    assert h.titles()[0].split(" ")[0] == SCARF
    for _step in range(4):
        h.press("Ctrl+Z")
    assert [title.split(" ")[0] for title in h.titles()] == [DOWN, VEST, BAG, "福袋", SCARF]
    h.click_row(0)
    h.press("Ctrl+Shift+N")
    h.type("互动抽奖", "Return")
    assert h.titles()[1] == "互动抽奖"
    session = read_shop(queries.live_session) or read_shop(queries.sessions)[0]
    saved = read_shop(lambda store: queries.segments(store, session.id))
    assert [segment.title for segment in saved][1] == "互动抽奖"


# -- the show ----------------------------------------------------------------------------------------------------


def test_the_whole_evening(evening, tmp_path, shop_file, read_shop):
    h = evening
    _write_code(h, VEST)
    h.room("Prepare")
    choose(h, VEST)
    pick(h, EVIL)
    choose(h, VEST)
    h.write("Script", SCRIPT)
    wait_until(lambda: any("Script" in text and VEST in text for text in h.texts()))
    go_live(h)
    _take_segments(h)
    _edit(h, read_shop)
    _cue(h)
    _numbers(h, tmp_path)
    _look_back(h)
    _push_and_note(h)
    _end(h)
    _check_workbook(h, shop_file)


def _write_code(h: Hands, title: str) -> None:
    """Give a product a seller's code in the catalogue's own cell."""
    h.room("Catalogue")
    number = next(n for n, row in enumerate(h.rows("Catalogue")) if row["Product"] == title)
    h.click_row(number, "Code", name="Catalogue")
    h.press("F2")
    h.type(files.LONG_ID, "Return")
    assert h.rows("Catalogue")[number]["Code"] == files.LONG_ID


def _take_segments(h: Hands) -> None:
    h.press("Ctrl+Return")
    assert on_air(h).startswith("1 /")
    h.press("Ctrl+Return")
    assert on_air(h).startswith("2 /")
    h.press("4", "Return")
    assert on_air(h).startswith("4 /")
    h.press("Ctrl+Shift+Return")
    assert on_air(h).startswith("2 /")  # a wrong jump is taken back to where it began
    assert VEST in h.chosen_row()["Segment / product"]
    assert prompter_text(h) == f"今天直播间¥59，平时¥129，只有300件！\n【举起衣服】喜欢{VEST}的姐妹快拍"


def _edit(h: Hands, read_shop) -> None:
    """Price with its guard, stock by a difference, shelf: on the screen, on the prompter and in the file at once."""
    h.press("F2")
    h.type("69", "Return")
    assert price_of(h, VEST) == "¥69.00"
    assert "直播间¥69" in prompter_text(h)
    h.press("F2")
    h.type("9.9", "Return")
    assert h.shows("Enter again to save")
    assert price_of(h, VEST) == "¥69.00"
    h.press("Return")
    assert price_of(h, VEST) == "¥9.90"
    h.press("F2")
    h.type("55", "Esc")
    assert price_of(h, VEST) == "¥9.90"
    h.press("F3")
    h.type("+50", "Return")
    assert h.chosen_row()["Stock"] == "350"
    assert "只有350件" in prompter_text(h)
    h.press("F6")
    assert "Pitching" in h.chosen_row()["Shelf"]
    vest = next(p for p in read_shop(queries.products) if p.title == VEST)
    assert (vest.skus[0].live_price, vest.skus[0].stock) == (990, 350)


def _cue(h: Hands) -> None:
    """A preset reaches the anchor's window; her Enter is seen at the desk."""
    h.press("F11")
    anchor = h.seen(AnchorWindow)[0]
    h.shell.activateWindow()
    wait_until(h.shell.isActiveWindow)
    h.press("Ctrl+3")
    assert any("350" in word.accessibleName() for word in h.seen(QWidget, within=anchor))
    assert "Only 350 left" in anchor.cue
    assert h.shows("Cue ○")
    h.press("Return", on=anchor)
    assert anchor.cue == ""
    assert h.shows("Cue ✓")
    h.press("Ctrl+1")
    assert anchor.cue
    h.click("Take the cue back")
    assert anchor.cue == ""
    h.press("2", on=anchor)  # a number begun here is read by the queue
    h.press("Return")
    assert on_air(h).startswith("2 /")
    h.press("F11", on=anchor)
    assert not anchor.isVisible()
    h.shell.activateWindow()
    wait_until(h.shell.isActiveWindow)


def tile(h: Hands, name: str) -> str:
    """Return what a tile says."""
    return next(t.accessibleName() for t in h.seen(TileView) if t.accessibleName().startswith(name))


def _numbers(h: Hands, tmp_path) -> None:
    """Typed figures, then a recording: tiles and the queue's own columns show both."""
    h.press("Ctrl+E")
    h.type("1284", "Return")
    h.type("gmv 8640, orders 60, buyers 58", "Return", "Esc")
    wait_until(lambda: "1,284" in tile(h, "Online"), lambda: tile(h, "Online"))
    wait_until(lambda: "8,640" in tile(h, "GMV"), lambda: tile(h, "GMV"))
    assert h.chosen_row()["Sold"] == "—"  # 60 orders, but nobody told of what
    sold = [(files.LONG_ID, "9.90"), (files.LONG_ID, "9.90"), ("S207", "119.00")]
    h.click("Replay a recording")
    h.type(str(files.recording(tmp_path / "evening.jsonl", sold)), "Return")
    assert "This is a real show" in h.notice()
    h.press("Return")
    wait_until(lambda: any("evening.jsonl has ended." in text for text in h.said), lambda: str(h.said))
    wait_until(lambda: "8,778.80" in tile(h, "GMV") or "8,779" in tile(h, "GMV"), lambda: tile(h, "GMV"))
    # What somebody typed rules for 15 seconds; of a recording that is played 60 times as fast those are a moment.
    wait_until(lambda: "850" in tile(h, "Online"), lambda: tile(h, "Online"))
    choose(h, VEST)
    assert h.chosen_row()["Sold"] == "2"
    wait_until(lambda: h.chosen_row()["Stock"] == "348", lambda: str(h.chosen_row()))


def _look_back(h: Hands) -> None:
    """The button names what Ctrl+Z takes back."""
    choose(h, BAG)
    h.press("F2")
    h.type("799", "Return")
    assert price_of(h, BAG) == "¥799.00"
    assert any(text.startswith("Undo:") and "799" in text for text in _undo_names(h))
    h.press("Ctrl+Z")
    assert price_of(h, BAG) == "¥899.00"
    assert "¥899 → ¥799" in h.notice()


def _undo_names(h: Hands) -> list[str]:
    return [w.accessibleName() for w in h.seen(QAbstractButton) if w.accessibleName().startswith("Undo:")]


def _push_and_note(h: Hands) -> None:
    assert h.shows("behind ")
    h.press("Ctrl+P")
    wait_until(lambda: h.shows("on time"), lambda: str(h.texts()))
    h.press("F9")
    assert h.shows("Incident noted with its time.")
    h.type("stream froze 20 s", "Return")
    assert not h.shows("Incident noted with its time.")
    h.press("F9")  # a second one, and the keyboard is the queue's again after it
    assert h.shows("Incident noted with its time.")
    h.press("Esc")
    wait_until(lambda: h.table("Queue").hasFocus())


def _end(h: Hands) -> None:
    h.press("Ctrl+Shift+E")
    assert h.notice().startswith("End ")
    h.press("Esc")
    assert h.shows("ON AIR")
    h.press("Ctrl+Shift+E", "Return")
    wait_until(lambda: h.shows("Ended"))
    wait_until(lambda: any(VEST in str(row) for row in ledger(h)), lambda: str(h.texts()))


def ledger(h: Hands) -> list[dict[str, str]]:
    """Return the rows of the review room's pitch ledger."""
    tables = [t for t in h.seen(QTableView) if t.model().rowCount()]
    return [h.row(table, number) for table in tables for number in range(table.model().rowCount())]


def _check_workbook(h: Hands, shop_file) -> None:
    h.press("Ctrl+S")
    wait_until(lambda: any(text.startswith("Saved ") for text in h.said), lambda: str(h.said))
    written = next((shop_file.parent / "exports").glob(f"*{THEME}.xlsx"))
    book = load_workbook(written)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    everything = {cell.value for cell in cells}
    assert {VEST, DOWN, BAG, SCARF} <= everything
    assert files.LONG_ID in everything  # as text, every digit of it
    assert {9.9, 899, 119} <= everything
    assert any(cell.value == EVIL and cell.data_type == "s" for cell in cells)
    assert not any(cell.data_type == "f" and "HYPERLINK" in str(cell.value) for cell in cells)
    edits = next(sheet for sheet in book if "edit" in sheet.title.lower() or "change" in sheet.title.lower())
    lines = [[cell.value for cell in row] for row in edits.iter_rows()]
    bag = [line for line in lines if BAG in line]
    assert any("yes" in line and 899 in line and 799 in line for line in bag), bag
    assert any(VEST in line and 59 in line and 69 in line and "yes" not in line for line in lines), lines
    assert any(VEST in line and 300 in line and 350 in line for line in lines), lines
    pitched = [line for sheet in book for line in sheet.iter_rows(values_only=True) if VEST in line]
    assert len(pitched) >= 3
    book.close()


# -- a rehearsal, files dropped, commands by name ----------------------------------------------------------------


def test_a_rehearsal_has_an_audience_and_moves_no_stock(open_desk, shop_file):
    make_shop(shop_file)
    h = open_desk()
    h.press("Ctrl+Shift+L", "Return")
    h.wait_for("Rehearsal")
    h.press("Ctrl+Return", "Ctrl+Return")
    wait_until(lambda: any(c.isdigit() for c in tile(h, "Online")), lambda: tile(h, "Online"))
    assert h.shows("Simulated audience")
    h.press("Ctrl+Shift+E", "Return")
    wait_until(lambda: h.shows("Ended"))
    stocks = {sku.stock for product in read(shop_file, queries.products) for sku in product.skus}
    assert stocks == {STOCK}


def test_a_second_show_is_refused_before_anything_is_asked(open_desk, shop_file):
    make_shop(shop_file)
    h = open_desk()
    h.press("Ctrl+L", "Return")
    h.wait_for("ON AIR")
    h.press("Ctrl+N")
    h.type("明天", "Return")
    h.press("Ctrl+L")
    h.wait_for("is on air already")
    assert "Begin" not in h.notice()
    h.errors.clear()


def test_a_file_dropped_on_the_catalogue_is_previewed(open_desk, tmp_path):
    h = open_desk()
    h.drop_file(files.shopify(tmp_path / "products.csv"), "No products yet")
    confirm_import(h, "7 rows")
    assert len(h.rows("Catalogue")) == 5


def test_the_palette_gives_a_command_by_some_letters(open_desk, shop_file):
    make_shop(shop_file)
    h = open_desk()
    h.give("go live")
    h.press("Return")
    h.wait_for("ON AIR")
    h.give("take next")
    assert on_air(h).startswith("1 /")
