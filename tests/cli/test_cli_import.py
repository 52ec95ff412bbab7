"""``import``: every kind of file, counts and refusals, dry runs, the same file twice."""

import re
from datetime import timedelta

import pytest

from liveshop_desk import i18n
from liveshop_desk.model.clock import to_local
from liveshop_desk.store import journal, queries
from tests.cli.conftest import BAD, COAT, VEST

COUNTS = ("read", "added", "changed", "unchanged")


def counts(report):
    return tuple(report[key] for key in COUNTS), len(report["refused"])


def test_products_come_in_with_their_counts(program, desk, own_table):
    done = program("import", "products", own_table(COAT, VEST), "--json")
    assert done.status == 0
    assert done.json == {"read": 2, "added": 2, "changed": 0, "unchanged": 0, "refused": []}
    assert [product.title for product in queries.products(desk().store)] == ["长款鹅绒羽绒服", "轻薄羽绒马甲"]


def test_a_refused_row_is_named_and_the_rest_is_written(program, desk, own_table):
    path = own_table(COAT, BAD)
    done = program("import", "products", path, "--json")
    assert done.status == 1
    assert list(done.json) == [*COUNTS, "refused"]
    assert counts(done.json) == ((2, 1, 0, 0), 1)
    [refusal] = done.json["refused"]
    assert (refusal["row"], refusal["column"]) == (3, "直播价")
    assert "一百多" in refusal["why"]
    assert len(queries.products(desk().store)) == 1


def test_people_read_file_row_column_and_reason(program, own_table):
    done = program("import", "products", own_table(COAT, BAD))
    assert done.status == 1
    assert "排品表.csv, row 3, column 直播价: " in done.out
    assert "2 read: 1 new, 0 changed, 0 unchanged, 1 refused" in done.out


def test_the_same_file_twice_changes_nothing(program, desk, own_table):
    path = own_table(COAT, VEST)
    program("import", "products", path)
    steps = len(journal.entries(desk().store))
    again = program("import", "products", path, "--json")
    assert again.status == 0
    assert counts(again.json) == ((2, 0, 0, 2), 0)
    assert len(journal.entries(desk().store)) == steps


def test_one_undo_takes_a_whole_import_back(program, desk, own_table):
    program("import", "products", own_table(COAT, VEST))
    opened = desk()
    opened.undo()
    assert queries.products(opened.store) == []


def test_a_dry_run_writes_nothing(program, shop, own_table):
    program("import", "products", own_table(COAT))
    before = shop.read_bytes()
    changed = own_table([*COAT[:5], "369", *COAT[6:]], VEST, name="neu.csv")
    done = program("import", "products", changed, "--dry-run", "--json")
    assert counts(done.json) == ((2, 1, 1, 0), 0)
    assert shop.read_bytes() == before
    assert "dry run" in program("import", "products", changed, "--dry-run").out


def test_a_dry_run_does_not_even_make_the_shop(program, shop, own_table):
    done = program("import", "products", own_table(COAT), "--dry-run", "--json")
    assert (done.status, done.json["added"]) == (0, 1)
    assert not shop.exists()


def test_a_column_can_be_mapped_by_hand(program, tmp_path, desk):
    path = tmp_path / "a.csv"
    path.write_text("什么东西,编号,多少钱\n羽绒服,Y1,399\n", "utf-8")
    done = program("import", "products", path, "--map", "什么东西=title", "--map", "多少钱=live_price", "--json")
    assert (done.status, done.json["added"]) == (0, 1)
    [product] = queries.products(desk().store)
    assert (product.title, product.skus[0].live_price) == ("羽绒服", 39_900)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_what_a_refusal_calls_a_field_points_a_column_at_it(program, tmp_path, language):
    path = tmp_path / "a.csv"
    path.write_text("什么东西,多少钱\n羽绒服,399\n", "utf-8")
    refused = program("--language", language, "import", "products", path)
    assert refused.status == 1
    (named,) = re.findall(r'--map ".+=(.+)"', refused.err)
    done = program("--language", language, "import", "products", path, "--map", f"什么东西={named}", "--json")
    assert (done.status, done.json["added"]) == (0, 1)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_dates_without_a_year_name_the_option(program, tmp_path, language):
    path = tmp_path / "past.csv"
    path.write_text("主播昵称,直播开始时间,直播间观看人数\n小林,08-31 20:00,1000\n", "utf-8")
    done = program("--language", language, "import", "sessions", path)
    assert (done.status, done.out.count("--year")) == (1, 1)


@pytest.mark.parametrize("content", ["", "甲,乙\n1,2\n", "\x00\x01\x02"])
def test_a_file_that_is_no_table_is_refused_as_a_whole(program, shop, tmp_path, content):
    path = tmp_path / "odd.csv"
    path.write_text(content, "utf-8")
    done = program("import", "products", path, "--json")
    assert done.status == 1
    assert "odd.csv" in done.err
    assert "Nothing was imported." in done.err
    assert (done.json["read"], done.json["refused"][0]["row"]) == (0, 0)


def test_a_missing_file_is_refused(program, tmp_path):
    done = program("import", "products", tmp_path / "nirgends.xlsx")
    assert (done.status, done.out) == (1, "")
    assert "nirgends.xlsx" in done.err


def test_the_json_of_a_refused_file_reads_as_sentences(program, tmp_path):
    odd = tmp_path / "odd.csv"
    odd.write_text("啥,多少钱\n帽子,99\n", "utf-8")
    (refusal,) = program("import", "products", odd, "--json").json["refused"]
    assert "It has: 啥, 多少钱. Nothing was imported. If a column" in refusal["why"]


def test_nothing_in_a_file_reaches_the_terminal_as_a_command(program, own_table):
    done = program("import", "products", own_table([*COAT[:5], "\x1b[2J坏", *COAT[6:]]))
    assert done.status == 1
    assert "\x1b" not in done.out + done.err


def test_stock_and_queue_come_in_too(program, desk, own_table, tmp_path):
    from liveshop_desk.ops import show

    table = own_table(COAT, VEST)
    program("import", "products", table)
    session = show.create_session(desk().store, "今晚")
    assert program("import", "queue", table, "--session", session, "--json").json["added"] == 2
    assert [s.title for s in queries.segments(desk().store, session)] == ["长款鹅绒羽绒服", "轻薄羽绒马甲"]
    counted = tmp_path / "盘点.csv"
    counted.write_text("商家编码,实盘数量\nY9981,188\n", "utf-8")
    assert program("import", "stock", counted, "--json").json["changed"] == 1
    assert queries.products(desk().store)[0].stock == 188


def test_a_queue_needs_a_session(program, own_table):
    table = own_table(COAT)
    program("import", "products", table)
    done = program("import", "queue", table)
    assert done.status == 1
    assert "session" in done.err
    assert program("import", "queue", table, "--session", "nobody").status == 1


def test_samples_of_a_session_come_in(program, live, desk, tmp_path):
    from liveshop_desk.ops import show

    start = to_local(queries.session(desk().store, live).started_at).replace(microsecond=0)
    rows = [(start + timedelta(minutes=5 * n), 1200 + n, 100 * n) for n in (1, 2)]
    path = tmp_path / "分时.csv"
    lines = [f"{at:%Y-%m-%d %H:%M:%S},{online},¥{gmv}.00" for at, online, gmv in rows]
    path.write_text("\n".join(["时间,在线人数,成交金额", *lines]), "utf-8")
    early = program("import", "samples", path, "--session", live)  # the show has not come that far
    assert (early.status, "outside the session" in early.out) == (1, True)
    show.end_show(desk().store, live)
    done = program("import", "samples", path, "--json")
    assert (done.status, done.json["added"]) == (0, 2)
    assert program("import", "samples", path, "--json").json["unchanged"] == 2
    assert program("sessions", "--json").json[0]["gmv"] == "200.00"


def test_figures_for_the_show_on_air_do_not_promise_an_undo(program, live, desk, tmp_path):
    at = to_local(desk().store.clock.now())
    path = tmp_path / "分时.csv"
    path.write_text(f"时间,在线人数\n{at:%Y-%m-%d %H:%M:%S},1284\n", "utf-8")
    before = desk().store.newest_step()
    done = program("import", "samples", path)
    assert (done.status, "1 new" in done.out) == (0, True)
    assert "0 new, 0 changed, 1 unchanged" in program("import", "samples", path).out  # told already
    assert desk().store.newest_step() == before  # Ctrl+Z would take back the act before
    assert "one undo" not in done.out
    assert "an undo does not take them back" in done.out


@pytest.mark.needs_shared
def test_the_history_of_five_anchors(program, shared):
    path = shared / "data" / "real" / "livestreams.xlsx"
    without = program("import", "sessions", path, "--dry-run", "--json")
    assert without.status == 1
    assert all(refusal["why"] for refusal in without.json["refused"])
    done = program("import", "sessions", path, "--year", "2021", "--json")
    report = done.json
    assert done.status == 1
    assert report["added"] + len(report["refused"]) == report["read"]
    assert report["added"] > 280
    assert all(r["row"] > 1 and r["why"] for r in report["refused"])
    again = program("import", "sessions", path, "--year", "2021", "--json").json
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, report["added"])
    listed = program("sessions", "--json").json
    assert len(listed) == report["added"]
    assert all(row["start"].startswith("2021-") and row["state"] == "ended" for row in listed)


@pytest.mark.needs_shared
def test_real_products_in_and_nameless_ones_refused(program, shared):
    done = program("import", "products", shared / "data" / "real" / "shopify_products.csv", "--json")
    assert (done.status, done.json["added"]) == (0, done.json["read"])
    nameless = program("import", "products", shared / "data" / "real" / "products_sold.xlsx")
    assert (nameless.status, nameless.out) == (1, "")
    assert "products_sold.xlsx" in nameless.err
