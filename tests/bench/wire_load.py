"""The wire under load: feed records over a real WebSocket from another process, into an Inlet's place.

``python3 -m tests.bench.wire_load [rate] [seconds]``
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from liveshop_desk.model.clock import SystemClock
from liveshop_desk.wire.config import default
from liveshop_desk.wire.thread import WireThread
from liveshop_desk.wire.wire import Hands, Setup, Wire

TOKEN = "b" * 32
SLICE = 0.02  # seconds between the sender's batches
DEADLINE = 120.0


def wire_load(
    rate: int = 5_000,
    seconds: float = 5.0,
    receive: Callable[[object], object] | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> dict[str, float]:
    """Send ``rate`` records a second for ``seconds`` and return what came of it.

    Keys: records_per_second, sent, received, lost, loop_delay_p50_ms, loop_delay_p99_ms. ``receive`` takes the
    records on the wire thread (default: they are counted); ``meanwhile`` is called again and again on the caller's
    thread while the load runs (default: it waits), so that a window's work can stand beside it.
    """
    count = [0]

    def take(records: object) -> None:
        count[0] += len(records)  # type: ignore[arg-type]
        if receive is not None:
            receive(records)

    thread, sent = WireThread(), round(rate * seconds)
    wire = Wire(thread, Hands(take), SystemClock(), "salt")
    try:
        wire.apply(Setup((replace(default("ingest"), on=True),), TOKEN, port=0))
        _until(wire, lambda: "server" in wire.ports)
        thread.delay.bins[:] = [0] * len(thread.delay.bins)
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.wire_load", "send", str(wire.ports["server"]), str(rate), str(sent)],
            cwd=Path(__file__).parents[2],
        )
        began = 0.0
        end = time.monotonic() + DEADLINE + seconds
        while count[0] < sent and time.monotonic() < end:
            began = began or (time.monotonic() if count[0] else 0.0)
            if meanwhile is not None:
                meanwhile()
            else:
                with wire.changed:
                    wire.changed.wait(0.05)
            if child.poll() not in (None, 0):
                break
        took = time.monotonic() - (began or time.monotonic() - 1)
        child.wait(DEADLINE)
        bins = list(thread.delay.bins)
        return {
            "records_per_second": round(count[0] / took),
            "sent": sent,
            "received": count[0],
            "lost": sent - count[0],
            "loop_delay_p50_ms": percentile(bins, 0.5) or 0.0,
            "loop_delay_p99_ms": percentile(bins, 0.99) or 0.0,
        }
    finally:
        wire.stop(wait=5)
        thread.stop(wait=5)


def percentile(bins: list[int], share: float) -> float | None:
    """Return the delay in ms that ``share`` (0.99) of the ticks did not exceed; ``None`` before the first tick.

    ``bins`` are of 1 ms each; the last holds all that is longer.
    """
    wanted = sum(bins) * share
    if not wanted:
        return None
    seen = 0
    for late, count in enumerate(bins):
        seen += count
        if seen >= wanted:
            return late + 1.0
    return float(len(bins))


def _until(wire: Wire, right: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE
    with wire.changed:
        while not right():
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError
            wire.changed.wait(left)


def send(
    port: int, token: str, due: Callable[[float], int], total: int, line: Callable[[int, int], str] | None = None
) -> None:
    """Be the sender of ``total`` records: ``due(seconds)`` so many by then, ``line(now, number)`` each."""
    asyncio.run(_send(f"ws://127.0.0.1:{port}/api/v1/ingest?token={token}", due, total, line or _line))


async def _send(url: str, due: Callable[[float], int], total: int, line: Callable[[int, int], str]) -> None:
    """Send batches every 20 ms, so many records a frame as are due."""
    import aiohttp

    async with aiohttp.ClientSession() as session, session.ws_connect(url) as ws:
        began, sent = time.monotonic(), 0
        while sent < total:
            wanted = min(total, max(1, due(time.monotonic() - began + SLICE)))
            now = time.time_ns() // 1_000_000
            for start in range(sent, wanted, 200):  # frames stay under 64 KB
                await ws.send_str("\n".join(line(now, number) for number in range(start, min(wanted, start + 200))))
            sent = wanted
            await asyncio.sleep(SLICE)


def _line(now: int, number: int) -> str:
    """Write one record as a room gives them: mostly comments and likes, some figures, some orders."""
    kind = ("comment", "like", "enter", "sample", "comment", "like", "order", "enter", "comment", "like")[number % 10]
    record = {"t": now, "kind": kind, "source": "douyin", "viewer": f"v{number % 900}", "id": str(number)}
    if kind == "comment":
        record["text"] = "多高穿L?"
    elif kind == "sample":
        record |= {"metric": "online", "value": 1200 + number % 90}
    elif kind == "order":
        record |= {"sku": f"S{number % 30}", "quantity": 1, "amount": "369.00", "order": str(number)}
    return json.dumps(record, ensure_ascii=False)


if __name__ == "__main__":
    if sys.argv[1:2] == ["send"]:
        target, per_second, records = map(int, sys.argv[2:5])
        send(target, TOKEN, lambda seconds: int(seconds * per_second), records)
    else:
        print(json.dumps(wire_load(*(int(word) for word in sys.argv[1:]))))
