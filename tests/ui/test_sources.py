"""The sources in the window: they run on air and for a look, and their page says how each stands."""

import asyncio
import json
import shlex
import socket
from contextlib import suppress
from dataclasses import replace
from threading import Event, Thread

import aiohttp
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from liveshop_desk.feeds.decoders import Decoded
from liveshop_desk.feeds.record import encode
from liveshop_desk.model.clock import SystemClock, iso_text
from liveshop_desk.model.record import Record, pace_note
from liveshop_desk.ops import show
from liveshop_desk.store import inflow
from liveshop_desk.wire import config
from liveshop_desk.wire.meter import Health, Meter, SourceState
from liveshop_desk.wire.ports import our_host
from liveshop_desk.wire.thread import WireThread
from tests.ui.numbers import on_air, shown
from tests.wire.sources import Peer, client, free_port
from ui.panels.source_texts import came_text, health_text, kinds_text, trouble_lines
from ui.panels.sources_page import SourcesPage
from ui.wiring import Wiring

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def thread():
    made = WireThread()
    yield made
    made.stop(wait=5)


@pytest.fixture
def relay():
    """A relay that says one comment to whoever connects."""

    async def serve(ws, number):
        data = {"MsgId": number, "User": {"Id": 7, "Nickname": "小美美"}, "Content": "有L码吗", "RoomId": "1"}
        await ws.send_str(json.dumps({"Type": 1, "Data": json.dumps(data)}))

    made = Peer(serve)
    yield made
    made.close()


@pytest.fixture
def wiring(context, thread, live):
    yield from _wiring(context, thread, live)


def _wiring(context, thread, evening, **parts):
    def remember(**fields):
        context.desk.settings = replace(context.desk.settings, **fields)

    made = Wiring(context, evening, lambda: thread, remember, port=0, **parts)
    made.start()
    yield made
    made.close()


def left_by_replay(context, *records):
    """Leave records as ``replay`` does that another process runs."""
    inflow.post(context.desk.store, context.chosen.id, [encode(record) for record in records])


def listening(wiring, **of):
    """Switch one source on."""
    ((kind, parts),) = of.items()
    wiring.change([replace(one, on=one.kind == kind, **(parts if one.kind == kind else {})) for one in wiring.configs])


def test_on_air_what_a_relay_says_is_in_the_figures(qtbot, wiring, live, relay):
    listening(wiring, barragegrab={"address": relay.address})
    qtbot.waitUntil(lambda: live.figures.total("comments") == 1)
    assert wiring.live


def test_before_the_show_it_is_only_looked_at(qtbot, context, thread, relay):
    from ui.evening import Evening

    evening = Evening(context, moves_stock=False)
    steps = _wiring(context, thread, evening)
    wiring = next(steps)
    listening(wiring, barragegrab={"address": relay.address})
    assert relay.connections == 0  # nobody looks and nothing is on air
    wiring.test(on=True)
    qtbot.waitUntil(lambda: bool(wiring.states) and wiring.states["barragegrab"].records == 1)
    assert evening.figures is None  # a draft has none to mix them with
    wiring.test(on=False)
    assert wiring.states == {}
    for _end in steps:
        pass
    evening.close()


def test_a_demo_never_mixes_with_real_figures(context, thread, live, relay):
    steps = _wiring(context, thread, live, demo=True)
    wiring = next(steps)
    listening(wiring, barragegrab={"address": relay.address})
    assert not wiring.live
    assert wiring.states == {}
    for _end in steps:
        pass


def test_real_sources_stay_out_of_a_rehearsal_that_plays(qtbot, context, thread, relay, tmp_path):
    """Money of a real room beside a simulated one's buyers would make no rate that means anything."""
    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    evening = on_air(context, rehearsal=True)
    steps = _wiring(context, thread, evening)
    wiring = next(steps)

    def another_comment(heard):  # the relay says one to whoever connects
        listening(wiring, oba={})
        listening(wiring, barragegrab={"address": relay.address})
        qtbot.waitUntil(lambda: wiring.states["barragegrab"].records == heard)

    another_comment(1)
    qtbot.waitUntil(lambda: evening.figures.total("comments") == 1)
    evening.start_simulation()
    assert "goes into no figure" in said[-1]
    page = shown(qtbot, SourcesPage(context, wiring), 1120, 640)
    assert "goes nowhere until it is stopped" in page.note.text()
    another_comment(2)  # heard, and shown on its page
    evening.stop_source()
    assert said[-1] == "What the sources tell counts again, on top of what was played."
    page.refresh()
    assert page.note.text() == "What comes goes to the show on air."
    another_comment(3)
    qtbot.waitUntil(lambda: evening.figures.total("comments") == 2)
    page.close()
    record = tmp_path / "show.jsonl"
    record.write_text('{"t":"2026-11-21T20:12:43+08:00","kind":"comment","source":"dycast","id":"1"}\n', "utf-8")
    evening.start_replay(record, 60)
    qtbot.waitUntil(lambda: not evening.source_name)
    assert said[-1] == "show.jsonl has ended."
    assert wiring.live
    for _end in steps:
        pass
    evening.close()


def test_real_sources_stay_out_of_a_rehearsal_the_command_line_plays_into(qtbot, context, thread, relay, clock):
    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    evening = on_air(context, rehearsal=True)
    steps = _wiring(context, thread, evening)
    wiring = next(steps)
    listening(wiring, barragegrab={"address": relay.address})
    qtbot.waitUntil(lambda: evening.figures.total("comments") == 1)
    now = context.desk.clock.now()
    for ends in (lambda: clock.advance(61), lambda: left_by_replay(context, pace_note(now, 1))):
        left_by_replay(context, Record(now, "sample", "douyin", "online", 4321))
        qtbot.waitUntil(lambda: evening.plays_alone and not wiring.live)
        assert said[-1].startswith("While “replay of the command line” plays, what the sources tell is counted")
        ends()
        qtbot.waitUntil(lambda: wiring.live)
        assert said[-1] == "What the sources tell counts again, on top of what was played."
    for _end in steps:
        pass
    evening.close()


def test_a_recording_the_command_line_plays_into_a_real_show_puts_no_source_aside(qtbot, context, wiring, live, relay):
    listening(wiring, barragegrab={"address": relay.address})
    left_by_replay(context, Record(context.desk.clock.now(), "sample", "douyin", "online", 4321))
    qtbot.waitUntil(lambda: live.figures.total("online") == 4321)
    assert wiring.live


def test_what_is_accepted_while_the_window_closes_counts(qtbot, wiring, live, context):
    context.desk.store.clock.instant = SystemClock().now()
    listening(wiring, ingest={})
    qtbot.waitUntil(lambda: "server" in wiring.ports)
    url = f"http://127.0.0.1:{wiring.ports['server']}/api/v1/ingest?token={wiring.token()}"
    order = json.dumps({"t": context.desk.clock.now(), "kind": "order", "order": "7", "amount": "369.00"}).encode()
    begun, told = Event(), []

    async def send(session):
        async with session.ws_connect(url) as witness:

            async def body():
                yield order[:9]
                begun.set()
                await witness.receive()  # the desk hangs up
                yield order[9:]

            with suppress(aiohttp.ServerDisconnectedError):  # hung up on: nothing was promised
                async with session.post(url, data=body(), expect100=True) as answer:
                    told.append((await answer.json())["accepted"])

    sender = Thread(target=client, args=(send,))
    sender.start()
    begun.wait(10)
    wiring.close()
    sender.join()
    inlet = live.inlet
    live.close()
    assert inlet.figures.total("orders") == (1 if told == [1] else None)


def test_silent_sources_are_named(qtbot, wiring):
    listening(wiring, barragegrab={"address": f"ws://127.0.0.1:{free_port()}"})
    qtbot.waitUntil(lambda: wiring.silent() == ["DouyinBarrageGrab"])


@pytest.fixture
def page(qtbot, context, wiring):
    return shown(qtbot, SourcesPage(context, wiring), 1100, 640)


def choose(page, kind):
    page.table.setCurrentCell([one.kind for one in page._configs].index(kind), 1)


def row_of(page, kind):
    return next(n for n, one in enumerate(page._configs) if one.kind == kind)


def test_a_tick_switches_a_source_on_and_it_is_kept(qtbot, page, context, relay):
    choose(page, "barragegrab")
    page.detail.address.setText(relay.address)
    page.detail.address.editingFinished.emit()
    page.table.item(row_of(page, "barragegrab"), 0).setCheckState(Qt.CheckState.Checked)
    kept = {one.kind: one for one in config.load(context.desk.settings.sources)}
    assert kept["barragegrab"].on
    assert kept["barragegrab"].address == relay.address
    qtbot.waitUntil(lambda: "receiving" in page.table.item(row_of(page, "barragegrab"), 2).text())


def test_space_switches_the_chosen_row_wherever_it_was_clicked(page, wiring):
    name = page.table.visualItemRect(page.table.item(4, 1)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=name)
    QTest.keyClick(page.table, Qt.Key.Key_Up)
    for on in (True, False, True):
        QTest.keyClick(page.table, Qt.Key.Key_Space)
        assert [one.kind for one in wiring.configs if one.on] == ([page._configs[3].kind] if on else [])


def test_what_comes_in_is_shown_without_names(qtbot, page, wiring, relay):
    choose(page, "barragegrab")
    page.detail.address.setText(relay.address)
    page.detail.address.editingFinished.emit()
    page.detail.on.click()
    qtbot.waitUntil(lambda: "有L码吗" in page.detail.raw.toPlainText())
    assert "小美美" not in page.detail.raw.toPlainText()
    assert "receiving" in page.detail.state.text()


def test_the_order_of_belief_can_be_changed(page, context):
    second = page._configs[1].kind
    page.table.setCurrentCell(1, 1)
    page.up.click()
    assert page._configs[0].kind == second
    assert context.desk.settings.source_order[2] == second
    assert not page.up.isEnabled()


def test_the_token_is_hidden_and_a_new_one_needs_a_second_word(qtbot, page):
    choose(page, "ingest")
    box = page.ingest
    first = box.token.text()
    assert box.token.echoMode() == box.token.EchoMode.Password
    assert first not in box.example.text()
    box.rotate.click()
    assert page._token == first
    box.sure.click()
    assert page._token != first
    assert box.token.text() == page._token


def test_the_example_on_the_page_works(qtbot, page, wiring, live, context):
    clock = SystemClock()
    context.desk.store.clock.instant = clock.now()
    choose(page, "ingest")
    page.detail.on.click()
    qtbot.waitUntil(lambda: f":{wiring.ports.get('server')}/" in page.ingest.url.text())
    context.desk.store.clock.advance(3 * 3600)  # the page has long been open when it is copied
    page.ingest.copy_example.click()
    words = shlex.split(QGuiApplication.clipboard().text())
    body, url = words[words.index("--data-binary") + 1], words[-1]

    async def send():
        headers = {"Authorization": f"Bearer {page.ingest.token.text()}"}
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, data=body, headers=headers) as answer,
        ):
            return answer.status

    assert json.loads(body)["t"] == iso_text(context.desk.clock.now())
    assert asyncio.run(send()) == 200
    qtbot.waitUntil(lambda: live.online == 1284)


def test_ones_own_program_is_told_what_of_it_counts_for_nothing(qtbot, page, wiring, live, context):
    """Its records name the platform they are of, and that is what the figures know them by."""
    clock = context.desk.store.clock
    clock.instant = SystemClock().now()
    live.inlet.since = clock.instant - 60_000
    live.enter("900", "online")  # what a person typed rules
    choose(page, "ingest")
    page.detail.on.click()
    qtbot.waitUntil(lambda: "server" in wiring.ports)
    url = f"http://127.0.0.1:{wiring.ports['server']}/api/v1/ingest?token={wiring.token()}"
    told = {"kind": "sample", "source": "douyin", "value": 40}
    lines = [told | {"t": clock.instant, "metric": "online"}]
    lines.append(told | {"t": clock.instant - 7_200_000, "metric": "comments"})  # two hours: before the show

    async def send(session):
        async with session.post(url, data="\n".join(map(json.dumps, lines))) as answer:
            assert answer.status == 200

    client(send)
    said = "1 put aside: another source rules, 1 went back in time, 1 from before the show: counted at its start"
    qtbot.waitUntil(lambda: said in page.detail.counts[3][1].text())
    assert live.online == 900


def test_the_local_network_needs_a_second_word(page, context):
    page.lan.click()
    assert not context.desk.settings.lan
    page.lan_keep.click()
    assert not page.lan.isChecked()
    page.lan.click()
    page.lan_sure.click()
    assert context.desk.settings.lan
    page.lan.click()
    assert not context.desk.settings.lan


def test_another_computer_is_given_an_address_it_can_reach(page):
    choose(page, "ingest")
    assert page.ingest.url.text().startswith("http://127.0.0.1:")
    page.lan.click()
    page.lan_sure.click()
    ours = our_host(lan=True)
    assert page.ingest.url.text().startswith(f"http://{ours}:")
    assert ours in page.ingest.example.text()
    with socket.socket() as heard:
        heard.bind((ours, 0))  # it is this computer's own
    page.lan.click()
    assert page.ingest.url.text().startswith("http://127.0.0.1:")


def test_a_listener_is_told_where_to_send_from_another_computer(page):
    choose(page, "dycast")
    assert page.detail.other_address.isHidden()
    page.lan.click()
    page.lan_sure.click()
    assert not page.detail.other_address.isHidden()
    ours = our_host(lan=True)
    assert page.detail.other_address.text().startswith(f"ws://{ours}:")
    assert page.detail.other_address.text().endswith("/dycast?token=$TOKEN")  # the secret itself is not on the screen
    choose(page, "userscript")
    assert page.detail.other_address.text() == f"ws://{ours}:{page.detail.port.text()}/?token=$TOKEN"
    choose(page, "unibarrage")  # there we connect ourselves
    assert page.detail.other_address.isHidden()
    choose(page, "dycast")
    page.lan.click()
    assert page.detail.other_address.isHidden()


def test_the_watched_folder_is_called_a_folder(page):
    for kind, name in (("oba", "Address"), ("folder", "Folder"), ("oba", "Address")):
        choose(page, kind)
        assert page.detail.address.accessibleName() == name
        assert page.detail._form.labelForField(page.detail._address_row).text() == name


def test_the_page_speaks_of_every_source_and_has_names_for_its_fields(page):
    for number in range(page.table.rowCount()):
        page.table.setCurrentCell(number, 1)
        assert page.detail.hint.text()
    for field in (
        page.detail.on,
        page.detail.address,
        page.detail.port,
        page.detail.raw,
        page.ingest.token,
        page.table,
    ):
        assert field.accessibleName()


def test_states_in_words():
    assert came_text(SourceState("oba", messages=1)) == "1 message, 0 records"
    assert came_text(SourceState("oba", messages=1200, records=1)) == "1,200 messages, 1 record"
    on = replace(config.default("oba"), on=True)
    assert health_text(config.default("oba"), SourceState("oba", Health.DOWN, "why"), 0) == "off"
    assert health_text(on, SourceState("oba", Health.DOWN, "why"), 0) == "why"
    assert "40" in health_text(on, SourceState("oba", Health.STALE, last_tick=10.0), 50.0)
    ended = SourceState("oba", Health.STALE, last_tick=10.0, ended=True)
    assert health_text(on, ended, 50.0) == "the live room has ended"
    gone = SourceState("oba", Health.DOWN, "Nothing answers at 127.0.0.1:8888: is the program running?", ended=True)
    assert health_text(on, gone, 50.0) == (
        "its live room has ended. If the show goes on, start its program again. "
        "Nothing answers at 127.0.0.1:8888: is the program running?"
    )
    lines = trouble_lines(SourceState("oba", dropped=3, refused=1, reasons=("not JSON",)))
    assert lines == ["1 could not be read", "3 dropped in a flood", "not JSON"]
    assert trouble_lines(SourceState("oba", breaks=1)) == ["connection lost 1 time"]
    assert trouble_lines(SourceState("oba", breaks=4)) == ["connection lost 4 times"]


@pytest.mark.parametrize("health", [Health.STALE, Health.RECEIVING])
def test_the_list_says_like_the_source_itself_that_its_room_has_ended(page, monkeypatch, health):
    choose(page, "oba")
    page.table.item(row_of(page, "oba"), 0).setCheckState(Qt.CheckState.Checked)
    ended = SourceState("oba", health, last_at=1000, last_tick=10.0, ended=True)
    monkeypatch.setattr(Wiring, "states", {"oba": ended})
    page.refresh()
    assert page.detail.state.text().endswith("the live room has ended")
    listed = page.table.item(page.table.currentRow(), 2)
    assert listed.text().endswith("room has ended")
    assert page.fontMetrics().horizontalAdvance(listed.text()) < page.table.columnWidth(2)


def test_only_who_speaks_all_the_time_is_missed(qtbot, wiring, monkeypatch):
    listening(wiring, ingest={})
    once = SourceState("ingest", Health.STALE, last_at=1000, last_tick=10.0)
    for state, missed in (
        (once, False),  # a single POST, long ago
        (replace(once, steady=True), True),
        (replace(once, peers=1), True),  # a WebSocket that is held open
        (replace(once, steady=True, ended=True), False),
    ):
        monkeypatch.setattr(Wiring, "states", {"ingest": state})
        assert bool(wiring.heard()) is missed
        assert bool(wiring.silent()) is missed


@pytest.fixture
def hangs_up():
    """A relay that hangs up at once on whoever connects."""

    async def serve(ws, number):
        await ws.close()

    made = Peer(serve)
    yield made
    made.close()


def test_a_relay_that_hung_up_is_missed_on_air_and_no_more_after_the_end(qtbot, context, wiring, hangs_up):
    heard = []
    wiring.looked.connect(lambda: heard.append(wiring.silent()))
    listening(wiring, barragegrab={"address": hangs_up.address})
    qtbot.waitUntil(lambda: bool(heard and heard[-1]))
    assert wiring.states["barragegrab"].why.endswith("the desk tries again by itself.")
    context.desk.run(show.end_show, context.chosen.id)
    assert heard[-1] == []  # told, so that the top bar shows nothing of it
    assert wiring.heard() == {}  # and no alarm counts its silence


def test_a_new_order_file_is_announced(qtbot, context, wiring, tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    listening(wiring, folder={"address": str(folder)})
    qtbot.waitUntil(lambda: bool(wiring.states) and wiring.states["folder"].health == Health.WAITING)
    with qtbot.waitSignal(context.notices.posted, timeout=10_000) as told:
        (folder / "orders.csv").write_text("x")
    notice = told.args[0]
    assert "orders.csv" in notice.text
    with qtbot.waitSignal(wiring.order_file) as wanted:
        notice.on_yes()
    assert wanted.args[0] == folder / "orders.csv"


def test_a_page_left_open_starts_nothing_once_the_window_has_closed(page, wiring, relay):
    listening(wiring, barragegrab={"address": relay.address})
    wiring.close()
    page.hide()
    page.show()
    assert wiring.states == {}
    assert not wiring.live


def test_what_comes_of_an_order_is_not_called_the_number_of_orders():
    meter = Meter("oba")
    steps = [Record(0, "order", "oba", order="1", status=status) for status in ("ordered", "paid", "paid")]
    meter.content(Decoded([*steps, Record(0, "sample", "oba", metric="orders", value=7)]))
    said = kinds_text(meter.state(0, 15, raw=False))
    assert said == "Paid-order messages 2, Unpaid-order messages 1, Orders 1"
