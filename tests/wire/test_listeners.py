"""What others send us: who may, how much, and what the sender is told."""

import asyncio
import contextlib
import errno
import gzip
import io
import json
import os
import socket
import zlib
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from liveshop_desk import i18n
from liveshop_desk.wire import ports, server
from tests.wire.sources import QUICK, TOKEN, Desk, client, free_port, listener

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "feeds"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def desk():
    made = Desk()
    yield made
    made.close()


def line(desk, number=0, **more):
    return json.dumps({"t": desk.wire._clock.now(), "kind": "comment", "text": f"多高穿L? {number}", **more})


def post(url, data=None, headers=None, method="POST"):
    """Send one request and return (status, parsed body)."""

    async def send(session):
        async with session.request(method, url, data=data, headers=headers) as answer:
            return answer.status, await answer.json()

    return client(send)


# -- ingest --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [True, False])
def test_ingest_takes_json_lines_and_arrays(desk, whole):
    desk.run(listener("ingest"))
    lines = [line(desk, number, source="douyin", viewer="小美") for number in range(3)]
    body = f"[{','.join(lines)}]" if whole else "\n".join(lines) + "\n"
    assert post(desk.url("/api/v1/ingest"), body.encode(), BEARER) == (200, {"ok": True, "accepted": 3})
    assert [record.source for record in desk.records] == ["douyin"] * 3
    assert "小美" not in repr(desk.records)


def test_nobody_outside_is_the_desk_itself(desk):
    """What was typed is believed before everything; a room or a cut of the desk's own would move its figures."""
    desk.run(listener("ingest"))
    names = ("manual", "file", "desk", "simulated", "douyin")
    lines = [line(desk, number, source=name) for number, name in enumerate(names)]
    lines += [json.dumps({"t": desk.wire._clock.now(), "kind": kind, "id": "r"}) for kind in ("room", "cut")]
    status, told = post(desk.url("/api/v1/ingest"), "\n".join(lines).encode(), BEARER)
    assert (status, told["accepted"], told["unknown"]) == (200, 5, {"room": 1, "cut": 1})
    assert [record.source for record in desk.records] == ["ingest"] * 4 + ["douyin"]


def test_the_token_may_be_in_the_address(desk):
    desk.run(listener("ingest"))
    assert post(desk.url(f"/api/v1/ingest?token={TOKEN}"), line(desk).encode())[0] == 200


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}])
def test_without_the_token_nothing_is_taken_and_it_is_counted(desk, headers):
    desk.run(listener("ingest"))
    assert post(desk.url("/api/v1/ingest"), line(desk).encode(), headers)[0] == 401
    state = desk.until(lambda states: states["ingest"].refused)["ingest"]
    assert state.reasons == ("wrong token",)
    assert desk.records == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "192.0.2.1:17870"},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://taobao.com.evil.example"},
    ],
)
def test_a_strange_host_or_page_is_turned_away(desk, headers):
    desk.run(listener("ingest"))
    assert post(desk.url("/api/v1/ingest"), line(desk).encode(), BEARER | headers)[0] == 403
    assert desk.until(lambda states: states["ingest"].refused)["ingest"].reasons
    assert desk.records == []


def test_a_pages_name_the_operator_allowed(desk):
    desk.run(listener("ingest", origins=("shop.example",)))
    headers = BEARER | {"Origin": "https://tools.shop.example"}
    assert post(desk.url("/api/v1/ingest"), line(desk).encode(), headers)[0] == 200


def test_a_bad_line_is_named_and_the_good_ones_are_taken(desk):
    desk.run(listener("ingest"))
    body = f"{line(desk)}\nnot json\n{line(desk, 1, kind='dance')}\n"
    status, told = post(desk.url("/api/v1/ingest"), body.encode(), BEARER)
    assert status == 200
    assert (told["accepted"], told["refused"], told["unknown"]) == (1, 1, {"dance": 1})
    assert told["reasons"] == ["not a line of JSON"]


def test_a_body_that_never_ends_is_not_waited_for():
    desk = Desk(limits=replace(QUICK, slow=0.05))
    desk.run(listener("ingest"))
    desk.url("/")
    with socket.create_connection(("127.0.0.1", desk.wire.ports["server"]), timeout=10) as slow:
        head = f"POST /api/v1/ingest HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n"
        slow.sendall(f"{head}Content-Length: 100\r\n\r\nhalf".encode())
        assert slow.recv(1000).startswith(b"HTTP/1.1 408")
    desk.close()


def test_only_garbage_is_an_error(desk):
    desk.run(listener("ingest"))
    assert post(desk.url("/api/v1/ingest"), b"\xff\x00garbage", BEARER)[0] == 400


def test_a_body_over_the_limit_is_refused(desk):
    desk.run(listener("ingest"))
    assert post(desk.url("/api/v1/ingest"), io.BytesIO(b" " * (QUICK.body + 1)), BEARER)[0] == 413
    assert desk.until(lambda states: states["ingest"].oversize)["ingest"].oversize == 1


def test_a_burst_of_20_000_by_websocket_none_lost(desk):
    desk.run(listener("ingest"))
    now = desk.wire._clock.now()

    async def send(session):
        async with session.ws_connect(desk.url("/api/v1/ingest", "ws"), headers=BEARER) as ws:
            for start in range(0, 20_000, 100):
                numbers = range(start, start + 100)
                await ws.send_str("\n".join(f'{{"t":{now},"kind":"like","id":"{number}"}}' for number in numbers))

    client(send)
    state = desk.until(lambda states: states["ingest"].records == 20_000)["ingest"]
    assert (state.dropped, state.refused) == (0, 0)
    assert [record.id for record in desk.records] == [str(number) for number in range(20_000)]


def test_a_sender_waits_while_the_desk_is_behind_and_loses_nothing():
    behind = [True]
    desk = Desk(waiting=lambda: 10**9 if behind[0] else 0)
    desk.run(listener("ingest"))
    assert post(desk.url("/api/v1/ingest"), line(desk).encode(), BEARER)[0] == 503

    async def send(session):
        async with session.ws_connect(desk.url("/api/v1/ingest", "ws"), headers=BEARER) as ws:
            await ws.send_str(line(desk))
            await asyncio.to_thread(desk.until, lambda states: states["ingest"].messages == 1)
            behind[0] = False
            await asyncio.to_thread(desk.until, lambda states: states["ingest"].records == 1)

    client(send)
    desk.close()
    assert desk.state("ingest").dropped == 0


def test_the_websocket_says_what_it_refused_and_a_long_frame_does_not_end_it(desk):
    desk.run(listener("ingest"))

    async def send(session):
        async with session.ws_connect(desk.url("/api/v1/ingest", "ws"), headers=BEARER) as ws:
            await ws.send_str("x" * 65 * 1024)
            told = json.loads((await ws.receive()).data)
            await ws.send_str(line(desk))
            await asyncio.to_thread(desk.until, lambda states: states["ingest"].records == 1)
            return told

    told = client(send)
    assert told["refused"] == 1
    assert "64 KB" in told["reasons"][0]
    assert desk.state("ingest").oversize == 1


def test_a_new_token_shuts_the_old_one_out(desk):
    desk.run(listener("ingest"))

    async def send(session):
        async with session.ws_connect(desk.url("/api/v1/ingest", "ws"), headers=BEARER) as ws:
            desk.run(listener("ingest"), token="n" * 32)
            return (await ws.receive()).type

    assert client(send) in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
    assert post(desk.url("/api/v1/ingest"), line(desk).encode(), BEARER)[0] == 401


def test_a_new_token_shuts_out_whoever_came_with_the_old_one_from_the_network(desk):
    desk.run(listener("dycast"), lan=True)
    host = ports.our_host(lan=True)
    if host == ports.LOOPBACK:
        pytest.skip("this machine is in no network")
    url = desk.url("/dycast", "ws").replace(ports.LOOPBACK, host)

    async def send(session):
        async with session.ws_connect(f"{url}?token={TOKEN}") as ws:
            desk.run(listener("dycast"), token="n" * 32, lan=True)
            return (await ws.receive()).type

    assert client(send) in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)


def test_a_source_that_is_off_takes_nothing(desk):
    desk.run(listener("dycast"))
    assert post(desk.url("/api/v1/ingest"), line(desk).encode(), BEARER)[0] == 404


# -- wxlivespy -----------------------------------------------------------------------------------------------


def forwarded():
    return (GOLDEN / "wxlivespy.jsonl").read_bytes()


@pytest.mark.parametrize("packed", [False, True])
def test_wxlivespy_forwards_plain_or_packed_and_resends_are_counted(desk, packed):
    desk.run(listener("wxlivespy"))
    body = gzip.compress(forwarded()) if packed else forwarded()
    headers = {"Content-Encoding": "gzip"} if packed else {}
    for _again in range(2):
        assert post(desk.url("/forward"), body, headers)[0] == 200
    state = desk.until(lambda states: states["wxlivespy"].messages == 2)["wxlivespy"]
    assert state.duplicates == 3
    assert {"comment", "gift", "online"} <= {name for name, _count in state.kinds}


def ask_for_status(desk, serve, enough):
    """Let the desk ask a real HTTP server of its own, answered by ``serve``, until ``enough(states)``."""

    async def run(_session):
        app = web.Application()
        app.router.add_get("/getLiveStatus", serve)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
        await asyncio.to_thread(desk.run, listener("wxlivespy", address=f"http://127.0.0.1:{port}/getLiveStatus"))
        await asyncio.to_thread(desk.until, enough)
        await runner.cleanup()

    client(run)


def test_the_status_is_asked_for_unpacked_and_a_bomb_stays_packed(desk):
    asked = []

    async def serve(request):
        asked.append(request.headers["Accept-Encoding"])
        body = gzip.compress(b'{"live_id":"1","online_count":87}')
        return web.Response(body=body, headers={"Content-Encoding": "gzip"})

    ask_for_status(desk, serve, lambda states: states["wxlivespy"].refused)
    assert set(asked) == {"identity"}
    assert desk.records == []


def test_a_bomb_is_not_unpacked(desk):
    desk.run(listener("wxlivespy"))
    pack = zlib.compressobj(9, wbits=31)
    bomb = b"".join(pack.compress(bytes(1 << 20)) for _ in range(64)) + pack.flush()
    assert len(bomb) < QUICK.forward
    assert post(desk.url("/forward"), bomb, {"Content-Encoding": "gzip"})[0] == 413
    assert desk.until(lambda states: states["wxlivespy"].oversize)["wxlivespy"].records == 0


@pytest.mark.parametrize(
    ("encoding", "body"), [("gzip", b"not packed"), ("gzip", gzip.compress(b"{}")[:-4]), ("br", b"{}")]
)
def test_a_body_packed_wrongly_is_refused(desk, encoding, body):
    desk.run(listener("wxlivespy"))
    assert post(desk.url("/forward"), body, {"Content-Encoding": encoding})[0] == 415


def test_a_web_page_cannot_forward(desk):
    desk.run(listener("wxlivespy"))
    assert post(desk.url("/forward"), forwarded(), {"Origin": "https://evil.example"})[0] == 403


def test_wxlivespy_is_asked_for_the_number_in_the_room(desk):
    """A real HTTP server of its own answers, first wrongly."""
    answers = ["oops", "{}", '{"live_id":"1","online_count":87}']

    async def serve(_request):
        return web.Response(text=answers.pop(0) if len(answers) > 1 else answers[0])

    ask_for_status(desk, serve, lambda states: states["wxlivespy"].records >= 1)
    assert ("online", 87) in {(record.metric, record.value) for record in desk.records}


# -- scripts in a browser ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["userscript", "dycast"])
def test_a_script_connects_and_is_heard(desk, kind):
    port = free_port() if kind == "userscript" else 0
    desk.run(listener(kind, port=port))
    url = f"ws://127.0.0.1:{port}/" if port else desk.url("/dycast", "ws")
    origin = "https://live.kuaishou.com" if port else "http://localhost:5173"
    desk.until(lambda states: states[kind].health == "waiting")

    async def send(session):
        async with session.ws_connect(url, headers={"Origin": origin}) as ws:
            for text in (GOLDEN / f"{kind}.jsonl").read_text("utf-8").splitlines():
                await ws.send_str(text)
            await asyncio.to_thread(desk.until, lambda states: states[kind].unknown)
            assert desk.state(kind).peers == 1

    client(send)
    assert len(desk.records) >= 3
    desk.until(lambda states: states[kind].peers == 0)


def test_a_sender_that_waits_in_a_flood_while_its_source_is_switched_off_and_on_is_counted_once():
    waiting = [0]
    desk = Desk(waiting=lambda: waiting[0])
    desk.run(listener("ingest"))

    async def send(session):
        async with session.ws_connect(desk.url("/api/v1/ingest", "ws"), headers=BEARER) as waits:
            waiting[0] = QUICK.waiting  # nothing is folded: what comes is waited with
            await waits.send_str(line(desk))
            await asyncio.to_thread(desk.until, lambda states: states["ingest"].messages == 1)
            await asyncio.to_thread(desk.run, listener("dycast"))
            await asyncio.to_thread(desk.until, lambda states: states["ingest"].health == "off")
            waiting[0] = 0
            await asyncio.to_thread(desk.until, lambda states: states["ingest"].records == 1)
            await asyncio.to_thread(desk.run, listener("ingest"))
            async with session.ws_connect(desk.url("/api/v1/ingest", "ws"), headers=BEARER) as speaks:
                await speaks.send_str(line(desk))
                await asyncio.to_thread(desk.until, lambda states: states["ingest"].records == 2)
                assert desk.state("ingest").peers == 1

    try:
        client(send)
    finally:
        desk.close()


def test_a_strange_page_does_not_reach_the_scripts_port(desk):
    port = free_port()
    desk.run(listener("userscript", port=port))
    desk.until(lambda states: states["userscript"].health == "waiting")

    async def send(session):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"ws://127.0.0.1:{port}/", headers={"Origin": "https://evil.example"})
        return refused.value.status

    assert client(send) == 403


def test_a_port_that_is_taken_is_said_and_tried_again(desk):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        desk.run(listener("userscript", port=port))
        state = desk.until(lambda states: states["userscript"].health == "down")["userscript"]
        assert str(port) in state.why
    desk.until(lambda states: states["userscript"].health == "waiting")


@pytest.mark.parametrize("turns", range(8))
def test_a_source_switched_off_while_its_port_opens_gives_the_port_back(turns):
    port = free_port()

    async def switch():
        site = server.Site(web.Application(), "127.0.0.1", port, QUICK)
        opening = asyncio.ensure_future(site.open())
        for _turn in range(turns):
            await asyncio.sleep(0)
        opening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await opening
        await site.close()
        with socket.socket() as another:
            another.bind(("127.0.0.1", port))
            another.listen()

    asyncio.run(switch())


# -- limits --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"), [("en", f"cannot be opened: {os.strerror(errno.EACCES)}"), ("zh_CN", "没有权限")]
)
def test_a_port_that_may_not_be_opened_is_not_said_to_be_taken(desk, monkeypatch, language, said):
    i18n.set_language(language)

    async def forbidden(_site):
        raise PermissionError(errno.EACCES, "error while attempting to bind on address")

    monkeypatch.setattr(server.Site, "open", forbidden)
    desk.run(listener("ingest"))
    why = desk.until(lambda states: states["ingest"].why)["ingest"].why
    assert said in why


def test_a_header_over_the_limit_is_refused(desk):
    desk.run(listener("ingest"))
    desk.url("/")

    async def send(_session):
        reader, writer = await asyncio.open_connection("127.0.0.1", desk.wire.ports["server"])
        writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n")
        answer = await reader.read(64)
        writer.close()
        return answer

    assert b" 400 " in client(send)


def test_nothing_of_a_wrong_request_is_logged(desk, caplog):
    desk.run(listener("ingest"))
    desk.url("/")
    with socket.create_connection(("127.0.0.1", desk.wire.ports["server"]), 5) as peer:
        peer.sendall(b"POST /api/v1/ingest HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"secret" * 3000 + b"\r\n\r\n")
        assert b" 400 " in peer.recv(200)
    assert post(desk.url("/api/v1/ingest"), line(desk).encode(), BEARER)[0] == 200
    assert "secret" not in caplog.text
    assert "Traceback" not in caplog.text


def test_more_connections_than_the_limit_are_hung_up_and_the_others_go_on():
    desk = Desk(limits=replace(QUICK, connections=2))
    desk.run(listener("ingest"))
    desk.url("/")

    async def send(_session):
        held = [await asyncio.open_connection("127.0.0.1", desk.wire.ports["server"]) for _ in range(2)]
        for _reader, writer in held:
            writer.write(b"GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        first = [await reader.readuntil(b"\r\n") for reader, _writer in held]
        late, writer = await asyncio.open_connection("127.0.0.1", desk.wire.ports["server"])
        with contextlib.suppress(ConnectionError):
            assert await late.read() == b""
        for one in (writer, *(writer for _reader, writer in held)):
            one.close()
        return first

    assert all(b"404" in answer for answer in client(send))
    desk.close()


def test_who_connects_and_says_nothing_is_hung_up():
    desk = Desk(limits=replace(QUICK, connections=3, first=0.05))
    desk.run(listener("ingest"))
    desk.url("/")
    at = ("127.0.0.1", desk.wire.ports["server"])
    silent = [socket.create_connection(at, timeout=10) for _number in range(3)]
    silent[0].sendall(b"POST /api/v1/in")  # half a line is no request either
    for one in silent:
        with one, contextlib.suppress(ConnectionError):
            assert one.recv(100) == b""
    assert post(desk.url("/api/v1/ingest"), line(desk).encode(), BEARER)[0] == 200  # nobody is in the way any more
    desk.close()


def test_a_connection_that_spoke_is_kept():
    desk = Desk(limits=replace(QUICK, first=0.05))
    desk.run(listener("ingest"))
    desk.url("/")
    ask = b"GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with (
        socket.create_connection(("127.0.0.1", desk.wire.ports["server"]), timeout=10) as kept,
        socket.create_connection(("127.0.0.1", desk.wire.ports["server"]), timeout=10) as silent,
    ):
        kept.sendall(ask)
        assert b" 404 " in kept.recv(500)
        with contextlib.suppress(ConnectionError):
            assert silent.recv(100) == b""  # by now the time is up for both
        kept.sendall(ask)
        assert b" 404 " in kept.recv(500)
    desk.close()


def test_on_this_computer_only(desk):
    desk.run(listener("ingest"))
    desk.url("/")
    running = desk.wire._running
    assert running is not None
    assert all(key[3] == "127.0.0.1" for key in running._tasks if key[0] == "port")
