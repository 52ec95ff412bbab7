"""What numbers pouring in cost: 5 000 records a second for ten minutes and bursts of 20 000, through the Inlet to disk.

``run`` starts a process of its own, so that its memory is only this. The ten minutes are the show's, played as fast as
the machine can; ``ingest`` is then measured by the real clock: from the moment a thread hands a record over to the
moment the fold that takes it in is done, with the window's own beat of 200 ms in between.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RATE, BURST = 5_000, 20_000  # records a second
TICK = 0.2  # seconds between two beats of the window
_MIX = ("comment", "like", "enter", "comment", "like", "comment", "enter", "click", "like", "sample")
_ORDER_EVERY = 50


def run(seconds: int = 600, live: float = 10.0) -> dict[str, float]:
    """Measure in a process of its own: ``seconds`` of show, then ``live`` seconds by the clock.

    Keys: records_per_second (one core, fold and write), record_us, cpu_percent (of a core at 5 000 a second), lost,
    ingest_p50_ms, ingest_p99_ms, rss_mb, rss_growth_mb (from the first minute to the last), recording_mb, and
    replay_speed (how many times faster than it happened a recording of it is read and folded).
    """
    argv = [sys.executable, "-m", "tests.bench.numbers", str(seconds), str(live)]
    done = subprocess.run(argv, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


class Source:
    """Makes records: mostly chatter, one in fifty an order, every tenth a sample."""

    def __init__(self) -> None:
        self.made = 0

    def take(self, n: int, start: int, span_ms: int):
        """Return ``n`` records spread over ``span_ms`` from ``start``."""
        from liveshop_desk.model.record import Record

        records = []
        for place in range(n):
            self.made += 1
            number, at = self.made, start + place * span_ms // n
            if number % _ORDER_EVERY == 0:
                named = str(number)
                records.append(Record(at, "order", "relay", sku="s1", quantity=1, amount=36_900, order=named, id=named))
                continue
            kind = _MIX[number % len(_MIX)]
            if kind == "sample":
                records.append(Record(at, "sample", "relay", "online", 900 + number % 97, id=f"s{number}"))
            else:
                sku = "s1" if kind == "click" else ""
                records.append(Record(at, kind, "relay", sku=sku, viewer=f"{number:016x}", id=f"r{number}"))
        return records


def _measure(seconds: int, live: float) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        from liveshop_desk.feeds.inlet import Inlet
        from liveshop_desk.model.clock import ManualClock
        from liveshop_desk.ops import show
        from liveshop_desk.store.store import Store

        clock = ManualClock()
        store = Store.open(Path(folder) / "bench.liveshop", clock)
        with store.step("Sample") as step:
            step.insert("products", {"id": "p1", "title": "鹅绒", "code": "Y9981"})
            step.insert("skus", {"id": "s1", "product_id": "p1", "live_price": 36_900, "stock": 10_000_000})
        session = show.create_session(store, "Bench")
        show.go_live(store, session)
        inlet, source = Inlet(store, session, moves_stock=True), Source()
        found = _evening(inlet, source, clock, seconds)
        found |= _arrivals(inlet, source, clock, live)
        inlet.close()
        store.close()
        found["lost"] = float(inlet.lost + source.made - _folded(inlet))
        found["rss_mb"] = _rss()
        found |= _recording(Path(folder) / "bench.liveshop", session, found.pop("_span"))
        return found


def _evening(inlet, source: Source, clock, seconds: int) -> dict[str, float]:
    """Play ``seconds`` of show: 5 000 a second, every minute one second of 20 000."""
    cpu, first, beats = 0.0, 0.0, round(1 / TICK)
    for second in range(seconds):
        rate = BURST if second % 60 == 30 else RATE
        for beat in range(beats):
            records = source.take(round(rate * TICK), clock.now(), round(TICK * 1000))
            clock.advance(TICK)
            begun = time.process_time()
            inlet.receive(records)
            inlet.pump()
            if beat % 2:
                inlet.flush(wait=True)
            cpu += time.process_time() - begun
        if second == min(60, seconds // 4):
            first = _rss()
    each = cpu / source.made
    return {
        "records_per_second": 1 / each, "record_us": each * 1e6, "cpu_percent": each * RATE * 100,
        "rss_growth_mb": _rss() - first, "_span": float(seconds),
    }  # fmt: skip


def _arrivals(inlet, source: Source, clock, seconds: float) -> dict[str, float]:
    """Let a thread send 5 000 a second and note how long each handful waits until it is in the figures."""
    came: list[tuple[float, int]] = []
    stop = threading.Event()
    sent = source.made

    def send() -> None:
        total = 0
        while not stop.is_set():
            begun = time.perf_counter()
            inlet.receive(source.take(50, clock.now(), 1))
            total += 50
            came.append((time.perf_counter(), total))
            stop.wait(max(0.01 - (time.perf_counter() - begun), 0))

    thread, waits, done = threading.Thread(target=send), [], 0
    thread.start()
    until, folded = time.perf_counter() + seconds, 0
    while time.perf_counter() < until:
        time.sleep(TICK)
        clock.advance(TICK)
        there = inlet.waiting
        inlet.pump(there)
        inlet.flush()
        now, folded = time.perf_counter(), folded + there
        while done < len(came) and came[done][1] <= folded:
            waits.append((now - came[done][0]) * 1000)
            done += 1
    stop.set()
    thread.join()
    waits.sort()
    assert source.made > sent
    return {"ingest_p50_ms": waits[len(waits) // 2], "ingest_p99_ms": waits[int(len(waits) * 0.99)]}


def _folded(inlet) -> int:
    """Return how many records reached the figures, by what they counted."""
    figures = inlet.figures
    counted = sum(figures.total(metric) or 0 for metric in ("comments", "likes", "entered", "clicks", "orders"))
    return round(counted) + sum(n for kind, n in _samples(figures) if kind == "online")


def _samples(figures):
    """Yield (metric, samples taken) of the gauges."""
    for name, track in figures._tracks.items():
        yield name, sum(track.rollup(start).n for start in track.starts)


def _recording(path: Path, session: str, span: float) -> dict[str, float]:
    """Return the recording's size, and how fast it is read and folded again."""
    from liveshop_desk.feeds.record import decode_line
    from liveshop_desk.model.clock import SystemClock
    from liveshop_desk.model.live import LiveFigures
    from liveshop_desk.store import tape
    from liveshop_desk.store.store import Store

    store = Store.open(path, SystemClock())
    size = store.row("SELECT sum(length(lines)) AS n, sum(n) AS lines FROM recordings")
    assert size is not None
    live, n, begun = LiveFigures(), 0, time.process_time()
    for chunk in tape.recorded(store, session):
        for line in chunk.splitlines():
            live.absorb(decode_line(line, "salt"))
            n += 1
        if n > 100_000:
            break
    took = (time.process_time() - begun) / n
    store.close()
    return {"recording_mb": size["n"] / 2**20, "replay_speed": span / (took * size["lines"])}


def _rss() -> float:
    """Return this process's memory in MB."""
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]), float(sys.argv[2]))))
