"""One connection to one OBS by obs-websocket 5: asking, hearing events, and learning at once that it is gone.

simpleobsws answers a call on a dead connection only after its time-out, and waits the full time-out where the
password is wrong: everything here races against the connection's own end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar, cast

import simpleobsws  # pyright: ignore[reportMissingTypeStubs]
import websockets
from websockets.asyncio.client import connect

from liveshop_desk.wire.obs_address import Address

Json = dict[str, Any]
OnEvent = Callable[[str, Json], None]
T = TypeVar("T")

ANSWER_SECONDS = 5.0
OPEN_SECONDS = 5.0
READY_SECONDS = 0.25  # between two questions whether OBS has started
NOT_READY = 207  # obs-websocket's RequestStatus: OBS is starting or changes its scene collection
WRONG_PASSWORD, OLD_PROTOCOL, KICKED = 4009, 4010, 4011  # obs-websocket's WebSocketCloseCode
EVENTS = 1 | 2 | 4 | 8 | 64  # General, Config, Scenes, Inputs, Outputs: none of the ones that come many times a second


class ObsGone(Exception):  # noqa: N818 - it is what has happened, not a fault
    """The connection is over or never came about. ``code`` is the WebSocket's close code, 0 where there was none."""

    def __init__(self, code: int = 0, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class ObsRefused(Exception):  # noqa: N818
    """OBS has heard the request and will not do it. ``code`` is its RequestStatus, ``comment`` its own words."""

    def __init__(self, request: str, code: int, comment: str) -> None:
        super().__init__(request, code, comment)
        self.code = code
        self.comment = comment


class _Client(simpleobsws.WebSocketClient):
    """Connects past any system-wide proxy: OBS is on this machine or beside it."""

    async def connect(self) -> bool:
        """Open the socket as simpleobsws does, but directly and within a time."""
        self.ws = await connect(
            self.url,
            subprotocols=[websockets.Subprotocol("obswebsocket.msgpack")],
            max_size=2**24,
            proxy=None,
            open_timeout=OPEN_SECONDS,
            close_timeout=1,
        )
        self.ws_open = True
        self.recv_task = asyncio.create_task(self._ws_recv_task())
        return True


class ObsSession:
    """An open, identified connection. Make it with ``open_session``."""

    def __init__(self, client: Any, version: Json) -> None:
        self._client = client
        self.version = str(version.get("obsVersion", ""))
        self.can = frozenset(map(str, version.get("availableRequests", ())))

    async def ask(self, request: str, **data: Any) -> Json:
        """Ask for one thing and return its answer. Raises ObsRefused, ObsGone (also where it does not answer)."""
        return _given(await _answer(self._client, self._client.call(_request(request, data), TIME)))

    async def ask_all(self, requests: Sequence[tuple[str, Json]]) -> list[Json | ObsRefused]:
        """Ask for several things in one message; each has its answer or its refusal. Raises ObsGone."""
        if not requests:
            return []
        batch = [_request(name, data) for name, data in requests]
        answers = await _answer(self._client, self._client.call_batch(batch, TIME))
        return [_given_or_refused(answer) for answer in answers]

    async def gone(self) -> None:
        """Wait for the end of the connection and raise ObsGone then."""
        await asyncio.wait({_receiving(self._client)})
        raise _end_of(self._client)

    async def close(self) -> None:
        """Hang up."""
        await _close(self._client)


TIME = cast("int", ANSWER_SECONDS)  # simpleobsws says int and hands it to asyncio, which takes any number


async def open_session(address: Address, on_event: OnEvent) -> ObsSession:
    """Connect and give the password. ``on_event(type, data)`` is called in order, on this loop. Raises ObsGone."""
    wanted = simpleobsws.IdentificationParameters(eventSubscriptions=EVENTS)
    client: Any = _Client(address.url, address.password, wanted)

    async def heard(kind: str, data: Json | None) -> None:
        on_event(kind, data or {})

    client.register_event_callback(heard)
    try:
        await client.connect()
    except (OSError, TimeoutError, ValueError, websockets.WebSocketException) as error:
        raise ObsGone(0, str(error)) from error
    try:
        await _answer(client, client.wait_until_identified(TIME))  # where that takes too long the next call says so
        version = await _version(client)
    except BaseException:
        await _close(client)
        raise
    return ObsSession(client, version)


async def _version(client: Any) -> Json:
    """Ask which OBS this is as soon as it answers: seen with OBS 30.2, it listens some seconds before it is ready."""
    while True:
        given = _given_or_refused(await _answer(client, client.call(_request("GetVersion", {}), TIME)))
        if not isinstance(given, ObsRefused):
            return given
        if given.code != NOT_READY:
            raise ObsGone(0, given.comment or str(given.code))
        await asyncio.sleep(READY_SECONDS)


async def _answer(client: Any, asked: Awaitable[T]) -> T:
    """Wait for an answer or for the end of the connection, whichever comes first."""
    answer = asyncio.ensure_future(asked)
    try:
        await asyncio.wait({answer, _receiving(client)}, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done() or _receiving(client).done():
            raise _end_of(client)
        return answer.result()
    except (simpleobsws.MessageTimeout, simpleobsws.NotIdentifiedError, websockets.WebSocketException) as error:
        raise ObsGone(0, str(error)) from error
    except (KeyError, TypeError, AttributeError) as error:  # an answer not of obs-websocket's form
        raise ObsGone(0, repr(error)) from error
    finally:
        answer.cancel()
        await asyncio.gather(answer, return_exceptions=True)


def _receiving(client: Any) -> asyncio.Task[None]:
    return client.recv_task


def _end_of(client: Any) -> ObsGone:
    """Return how the connection ended. A frame that makes no sense ends it too: its error is told, not raised."""
    task = _receiving(client)
    error = task.exception() if task.done() and not task.cancelled() else None
    return ObsGone(client.ws.close_code or 0, str(error or client.ws.close_reason or ""))


async def _close(client: Any) -> None:
    """Hang up; what the receiving task still has to say is no longer of interest."""
    task = _receiving(client)
    task.cancel()
    await asyncio.gather(task, client.ws.close(), return_exceptions=True)


def _request(name: str, data: Json) -> Any:
    return simpleobsws.Request(name, data or None)  # pyright: ignore[reportArgumentType] - it is written without its None


def _given(answer: Any) -> Json:
    given = _given_or_refused(answer)
    if isinstance(given, ObsRefused):
        raise given
    return given


def _given_or_refused(answer: Any) -> Json | ObsRefused:
    status = answer.requestStatus
    if not status.result:
        return ObsRefused(str(answer.requestType), int(status.code), str(status.comment or ""))
    return answer.responseData or {}
