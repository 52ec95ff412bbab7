"""Relays over real sockets: they flap, flood, send halves and garbage, and the desk goes on."""

import gc
import json
from dataclasses import replace
from pathlib import Path

import pytest

from liveshop_desk.wire.limits import Limits
from liveshop_desk.wire.wire import Setup
from tests.wire.sources import DEADLINE, QUICK, TOKEN, Desk, Peer, free_port, relay

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "feeds"


@pytest.fixture
def desk():
    made = Desk()
    yield made
    made.close()


@pytest.fixture
def peer():
    made = []

    def make(serve, port=0):
        made.append(Peer(serve, port))
        return made[-1]

    yield make
    for one in made:
        one.close()


def golden(kind):
    return (GOLDEN / f"{kind}.jsonl").read_text("utf-8").splitlines()


@pytest.mark.parametrize("kind", ["barragegrab", "oba", "unibarrage"])
def test_what_a_relay_says_arrives_and_nothing_is_ever_sent(desk, peer, kind):
    async def serve(ws, _number):
        for line in golden(kind):
            await ws.send_str(line)

    there = peer(serve)
    desk.run(relay(kind, there.address))
    states = desk.until(lambda states: states[kind].messages == len(golden(kind)))
    state = states[kind]
    assert state.health == "receiving"
    assert state.records == sum(record.kind != "room" for record in desk.records) > 0
    assert sum(count for _name, count in state.unknown) >= 1
    assert there.heard == []


def test_a_flapping_relay_comes_back_and_loses_nothing(desk, peer):
    async def serve(ws, number):
        await ws.send_str(json.dumps({"msg_type": "room_like", "msg_id": f"m{number}"}))
        await ws.close()

    there = peer(serve)
    desk.run(relay("oba", there.address))
    desk.until(lambda states: states["oba"].records >= 5)
    assert [record.id for record in desk.records[:5]] == ["m1", "m2", "m3", "m4", "m5"]
    assert desk.state("oba").why
    assert desk.state("oba").breaks >= 4


def test_a_relay_that_drops_again_and_again_is_tried_soon_as_long_as_it_talks(peer):
    slow = Desk(limits=replace(QUICK, first_retry=0.01, last_retry=3600))  # the waits would double to many minutes

    async def serve(ws, number):
        await ws.send_str(json.dumps({"msg_type": "room_like", "msg_id": f"m{number}"}))
        await ws.close()

    slow.run(relay("oba", peer(serve).address))
    slow.until(lambda states: states["oba"].records >= 16)
    slow.close()


def test_a_relay_that_hangs_up_because_its_room_is_over_has_not_broken_off(desk, peer):
    async def serve(ws, _number):
        await ws.send_str('{"rid":"1","platform":"douyin","type":"EndLive","data":{}}')
        await ws.close()

    there = peer(serve)
    desk.run(relay("unibarrage", there.address))
    desk.until(lambda states: states["unibarrage"].messages >= 3)
    assert desk.state("unibarrage").breaks == 0


def test_a_relay_started_later_is_found_and_its_absence_was_said_in_words(desk, peer):
    port = free_port()
    desk.run(relay("oba", f"ws://127.0.0.1:{port}"))
    desk.until(lambda states: states["oba"].health == "down")
    assert "is the program running" in desk.state("oba").why

    async def serve(ws, _number):
        await ws.send_str('{"msg_type":"room_like","msg_id":"1"}')

    peer(serve, port)
    desk.until(lambda states: states["oba"].health == "receiving")
    assert desk.state("oba").why == ""


def test_garbage_halves_and_long_frames_are_counted_and_the_line_is_kept(desk, peer):
    async def serve(ws, _number):
        await ws.send_str("not json")
        await ws.send_bytes(b"\xff\xfe\x00")
        await ws.send_str('{"Type": 1, "Data": "{\\"MsgId\\":')
        await ws.send_str(json.dumps({"Type": 1, "Data": "x" * 65 * 1024}))
        await ws.send_str(golden("barragegrab")[0])

    there = peer(serve)
    desk.run(relay("barragegrab", there.address))
    state = desk.until(lambda states: states["barragegrab"].records == 1)["barragegrab"]
    assert (state.messages, state.refused, state.oversize) == (5, 3, 1)
    assert there.connections == 1


def test_half_a_frame_of_the_protocol_itself_ends_only_that_connection(desk, peer):
    async def serve(ws, number):
        if number == 1:
            ws._req.transport.write(b"\x81\xfe\x10")  # a text frame that says 4 KB follow, and nothing does
            ws._req.transport.close()
            return
        await ws.send_str('{"msg_type":"room_like","msg_id":"1"}')

    there = peer(serve)
    desk.run(relay("oba", there.address))
    desk.until(lambda states: states["oba"].records == 1)
    assert there.connections == 2


def test_a_burst_of_20_000_is_counted_and_none_is_lost(desk, peer):
    async def serve(ws, _number):
        for number in range(20_000):
            await ws.send_str(f'{{"msg_type":"room_like","msg_id":"{number}"}}')

    desk.run(relay("oba", peer(serve).address))
    state = desk.until(lambda states: states["oba"].messages == 20_000)["oba"]
    assert (state.records, state.dropped) == (20_000, 0)
    assert [record.id for record in desk.records] == [str(number) for number in range(20_000)]


def test_where_the_desk_cannot_follow_a_flood_is_dropped_and_said_but_never_an_order(peer):
    full = Desk(waiting=lambda: 10**9)

    async def serve(ws, _number):
        for number in range(100):
            await ws.send_str(f'{{"msg_type":"room_like","msg_id":"{number}"}}')
        await ws.send_str(golden("oba")[6])

    full.run(relay("oba", peer(serve).address))
    state = full.until(lambda states: states["oba"].messages == 101)["oba"]
    full.close()
    assert state.dropped == 100
    assert [record.kind for record in full.records] == ["order"]


def test_a_relay_is_read_no_faster_than_the_desk_follows_and_nothing_is_lost(peer):
    """What waited here would keep its memory: the sender waits."""
    most, folded = [0], [0]
    slow = Desk(limits=replace(QUICK, behind=50, catch_up=60.0), waiting=lambda: len(slow.records) - folded[0])

    async def serve(ws, _number):
        for number in range(500):
            await ws.send_str(f'{{"msg_type":"room_like","msg_id":"{number}"}}')

    slow.run(relay("oba", peer(serve).address))
    while folded[0] < 500:
        slow.until(lambda _states: len(slow.records) >= min(folded[0] + 50, 500))
        most[0] = max(most[0], len(slow.records) - folded[0])
        folded[0] = len(slow.records)
    slow.close()
    assert most[0] <= 51
    assert [record.id for record in slow.records] == [str(number) for number in range(500)]


def test_a_desk_that_folds_slowly_is_waited_for_however_long_it_takes(peer):
    left, waited = [60], []

    def waiting():
        left[0] -= 1
        return left[0]

    class Slow(Desk):
        def receive(self, records):
            waited.append(left[0])
            super().receive(records)

    async def serve(ws, _number):
        await ws.send_str('{"msg_type":"room_like","msg_id":"1"}')

    slow = Slow(limits=replace(QUICK, behind=50), waiting=waiting)
    slow.run(relay("oba", peer(serve).address))
    slow.until(lambda states: states["oba"].records == 1)
    slow.close()
    assert waited[0] < 50


def test_a_desk_that_stands_still_does_not_end_the_line(peer):
    still = Desk(waiting=lambda: 100_000 + len(still.records))

    async def serve(ws, _number):
        for number in range(100):
            await ws.send_str(f'{{"msg_type":"room_like","msg_id":"{number}"}}')

    still.run(relay("oba", peer(serve).address))
    state = still.until(lambda states: states["oba"].records == 100)["oba"]
    still.close()
    assert state.dropped == 0


def test_a_desk_that_stood_still_for_a_while_is_waited_for_again(peer):
    """All that came meanwhile, and all that came after, would wait here for the rest of the evening."""
    folded, waited = [0], []

    def waiting():
        if len(desk.records) >= 300:  # it stood still until then
            folded[0] = min(folded[0] + 10, len(desk.records))
        return len(desk.records) - folded[0]

    class Behind(Desk):
        def receive(self, records):
            waited.append(len(self.records) - folded[0])
            super().receive(records)

    async def serve(ws, _number):
        for number in range(900):
            await ws.send_str(f'{{"msg_type":"room_like","msg_id":"{number}"}}')

    desk = Behind(limits=replace(QUICK, behind=50), waiting=waiting)
    desk.run(relay("oba", peer(serve).address))
    desk.until(lambda states: states["oba"].records == 900)
    desk.close()
    assert max(waited[:310]) >= 250
    assert max(waited[310:]) <= 50


def test_duplicates_skew_and_time_going_back_are_counted(desk, peer):
    now = desk.wire._clock.now()
    times = [now, now - 200_000, now + 6 * 3_600_000]

    async def serve(ws, _number):
        for number, at in enumerate(times):
            for _again in range(2):
                await ws.send_str(json.dumps({"msg_type": "room_like", "msg_id": str(number), "time": at}))

    desk.run(relay("oba", peer(serve).address))
    state = desk.until(lambda states: states["oba"].messages == 6)["oba"]
    assert (state.duplicates, state.skewed, state.backwards) == (3, 2, 2)
    assert len(desk.records) == 6  # the figures leave duplicates out; the wire only counts


def test_silence_is_shown_as_stale(peer):
    slow = Desk(limits=Limits(first_retry=0.02, report=0.02, stale=0.05))

    async def serve(ws, _number):
        await ws.send_str('{"msg_type":"room_like","msg_id":"1"}')

    slow.run(relay("oba", peer(serve).address))
    slow.until(lambda states: states["oba"].health == "stale")
    slow.close()


def test_another_computer_only_with_the_local_network(desk):
    desk.run(relay("oba", "ws://192.0.2.7:1"))
    desk.until(lambda states: states["oba"].health == "down")
    assert "another computer" in desk.state("oba").why


def test_what_did_not_change_goes_on_without_a_break(desk, peer):
    async def serve(ws, _number):
        await ws.send_str(golden("oba")[0])

    first, second = peer(serve), peer(serve)
    desk.run(relay("oba", first.address))
    desk.until(lambda states: states["oba"].records == 1)
    desk.run(relay("oba", first.address), relay("barragegrab", second.address))
    desk.until(lambda states: states["barragegrab"].messages == 1)
    assert first.connections == 1


def test_a_new_room_is_said_once_before_what_happens_in_it(desk, peer):
    def like(room, number):
        data = json.dumps({"MsgId": number, "RoomId": room, "Count": 1, "Total": 100 // number})
        return json.dumps({"Type": 2, "Data": data})

    async def serve(ws, _number):
        for number, room in enumerate("aab", 1):
            await ws.send_str(like(room, number))

    desk.run(relay("barragegrab", peer(serve).address))
    desk.until(lambda states: states["barragegrab"].messages == 3)
    assert [(record.kind, record.id) for record in desk.records if record.kind == "room"] == [
        ("room", "room a"),
        ("room", "room b"),
    ]
    assert desk.records[0].kind == "room"


def test_what_was_received_is_shown_without_names(desk, peer):
    async def serve(ws, _number):
        for line in golden("barragegrab") * 3:
            await ws.send_str(line)

    desk.wire.watch("barragegrab")
    desk.run(relay("barragegrab", peer(serve).address))
    states = desk.until(lambda states: states["barragegrab"].messages == 33 and states["barragegrab"].raw)
    raw = states["barragegrab"].raw
    assert len(raw) == 20
    assert "这件有L码吗" in "".join(line.text for line in raw)
    assert not any("小美" in line.text or "dy101" in line.text for line in raw)


def test_switched_off_it_is_off_and_the_peer_is_left(desk, peer):
    async def serve(ws, _number):
        await ws.send_str('{"msg_type":"room_like","msg_id":"1"}')

    desk.run(relay("oba", peer(serve).address))
    desk.until(lambda states: states["oba"].records == 1)
    desk.run()
    desk.until(lambda states: states["oba"].health == "off")


def test_a_relay_that_floods_and_never_says_goodbye_is_hung_up_at_once(desk, peer):
    """The window waits a second for the network when it closes: all must be let go by then."""

    async def talk_on(ws, _number):
        while not ws.closed:
            await ws.send_str('{"rid":"1","platform":"kuaishou","type":"Like","data":{"count":1}}')

    desk.run(relay("unibarrage", peer(talk_on).address))
    desk.until(lambda states: states["unibarrage"].messages > 500)
    desk.wire.stop(wait=5)
    assert desk.state("unibarrage").messages == 0


def test_a_source_switched_off_again_at_once_leaves_nothing_behind(desk):
    on = relay("unibarrage", f"ws://127.0.0.1:{free_port()}")
    for _turn in range(20):
        for config in (on, replace(on, on=False)):
            desk.wire.apply(Setup((config,), TOKEN, port=0, lan=False))
    desk.run(on)
    desk.close()
    gc.collect()  # work that was made and never begun would be said here


@pytest.mark.parametrize("told", [False, True])
def test_where_the_thread_ends_before_the_sources_were_stopped_no_line_stays_open(desk, peer, told):
    """A goodbye nobody answers takes as long as the window waits for its end."""

    async def serve(ws, _number):
        await ws.send_str(golden("oba")[0])

    desk.run(relay("oba", peer(serve).address))
    desk.until(lambda states: states["oba"].messages)
    running = desk.wire._running
    if told:
        desk.wire.stop()
    desk.thread.stop(wait=DEADLINE)
    assert running._client().closed
