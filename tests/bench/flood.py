"""The whole desk in a flood: 5 000 records a second over a real WebSocket, while the anchor's text scrolls.

A process of its own opens the real window on a show that is on air (as much memory and as many panels as a user has),
with the anchor's window at 1920×1080 and all eight lines in the chart. Its frames are counted for a quiet stretch
first and then over the whole flood, which another process sends: 5 000 records a second, one second of every minute
20 000. Halfway through each minute somebody types a figure. A bare sleeper runs beside both stretches: frames cannot
come more evenly than it wakes.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.bench import prompter, wire_load

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer

    from liveshop_desk.store.store import Store
    from ui.window import DeskWindow

ROOT = Path(__file__).resolve().parents[2]
RATE, BURST = 5_000, 20_000  # records a second; in bursts
MINUTE = 60.0
BURST_AT = 30.0  # seconds into each minute
SETTLE = 180.0  # seconds the desk may need to fold the rest; what is not folded by then counts as lost
WARM_MS = 3_000
LOOK_MS = 250
LINES = ("online", "gmv", "orders", "units", "views", "viewers", "clicks", "comments")


def run(minutes: float = 10.0, quiet: float = 60.0) -> dict[str, float]:
    """Measure in a process of its own.

    Keys: fps, p50_ms, p99_ms, max_ms of the anchor's frames in the flood, the same with ``quiet_`` before it;
    busy_p99_ms, the processor time of the window's thread from one frame to the next, which a host that takes the cores
    away does not lengthen: above 16 ms frames would come late by the desk's own work;
    machine_p99_ms and quiet_machine_p99_ms (the sleeper); minute_p99_ms, the p99 of the median minute with its burst (a
    minute in which the host took the cores away does not count there), best_minute_p99_ms; sent, received, lost;
    typed_p50_ms and typed_max_ms (what a person's figure keeps the window busy for); rss_start_mb, rss_filled_mb (a
    minute later: by then everything that knows records again is full), rss_end_mb, rss_growth_mb (since that minute);
    cpu_percent and quiet_cpu_percent of one core.
    """
    env = dict(os.environ)
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    argv = [sys.executable, "-m", "tests.bench.flood", str(minutes), str(quiet)]
    limit = minutes * MINUTE + quiet + SETTLE + 120
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=limit, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def due(seconds: float) -> int:
    """Return how many records have been sent ``seconds`` after the first: one second of each minute is a burst."""
    minutes, rest = divmod(seconds, MINUTE)
    bursts = minutes + min(max(rest - BURST_AT, 0.0), 1.0)
    return int(seconds * RATE + bursts * (BURST - RATE))


def line(now: int, number: int, sku: str) -> str:
    """Write one record: mostly chatter as in a room, one in fifty an order, every tenth a figure."""
    kind = ("comment", "like", "enter", "sample", "comment", "like", "click", "enter", "comment", "like")[number % 10]
    record: dict[str, object] = {
        "t": now,
        "kind": kind,
        "source": "douyin",
        "viewer": f"v{number:x}",
        "id": f"{number}",
    }
    if number % 50 == 0:
        record |= {"kind": "order", "sku": sku, "quantity": 1, "amount": "369.00", "order": f"o{number}"}
    elif kind == "sample":
        record |= {"metric": "online", "value": 1200 + number % 90}
    elif kind == "click":
        record["sku"] = sku
    return json.dumps(record, ensure_ascii=False)


@dataclass(slots=True)
class Stretch:
    """A stretch of frames: when each was painted, how long the window's thread had worked by then (s), the process's
    CPU time, and what the sleeper said.
    """

    at: list[float] = field(default_factory=list[float])
    worked: list[float] = field(default_factory=list[float])
    cpu: float = 0.0
    machine: float = 0.0

    @property
    def gaps(self) -> list[float]:
        """Return the ms between two frames, the shortest first."""
        return sorted((b - a) * 1000 for a, b in pairwise(self.at))

    @property
    def busy(self) -> list[float]:
        """Return the ms the window's thread worked between two frames, the least first: what makes a frame late."""
        return sorted((b - a) * 1000 for a, b in pairwise(self.worked))

    @property
    def span(self) -> float:
        """Return the seconds from its first frame to its last."""
        return self.at[-1] - self.at[0]


def figures(stretches: list[Stretch]) -> dict[str, float]:
    """Return fps, p50_ms, p99_ms, max_ms, busy_p99_ms, cpu_percent, machine_p99_ms (its median) of all together."""
    gaps, span = sorted(gap for each in stretches for gap in each.gaps), sum(each.span for each in stretches)
    return {
        "fps": len(gaps) / span, "p50_ms": gaps[len(gaps) // 2], "p99_ms": _p99(gaps), "max_ms": gaps[-1],
        "busy_p99_ms": _p99(sorted(work for each in stretches for work in each.busy)),
        "cpu_percent": sum(each.cpu for each in stretches) / span * 100,
        "machine_p99_ms": median(each.machine for each in stretches),
    }  # fmt: skip


def _p99(gaps: list[float]) -> float:
    return gaps[int(len(gaps) * 0.99)]


def _shop(home: Path) -> tuple[Path, str]:
    """Make a shop whose show has just gone on air; return its file and a SKU's code with stock for all orders."""
    from liveshop_desk.model.clock import SystemClock
    from liveshop_desk.ops import sample, shelf, show
    from liveshop_desk.store import queries
    from liveshop_desk.store.store import Store

    path = home / "flood.liveshop"
    store = Store.open(path, SystemClock())
    session = sample.make_sample(store)
    show.go_live(store, session)
    show.take_next(store, session)
    product = next(row.product for row in queries.queue(store, session) if row.product is not None)
    sku = product.skus[0]
    shelf.set_stock(store, sku.id, 1_000_000, confirmed=True)
    _remember(store, session)
    store.close()
    return path, sku.code or sku.id


def _remember(store: Store, session: str) -> None:
    """Keep as many orders as are ever known again, as after a very long evening: from there memory is to stay flat."""
    from liveshop_desk.model.seen import WINDOW

    now = store.clock.now()
    rows = ((session, now, f"earlier-{number}", f"{number:032x}") for number in range(WINDOW))
    with store.db.conn as connection:
        connection.executemany(
            "INSERT INTO events (session_id, at, kind, source, order_no, key) VALUES (?, ?, 'order', 'earlier', ?, ?)",
            rows,
        )


def _prepare(home: Path) -> None:
    """Switch the source on, with a port of its own and eight lines in the chart."""
    from dataclasses import replace

    from liveshop_desk import settings
    from liveshop_desk.wire import config

    config.PORT = 0
    ingest = replace(config.default("ingest"), on=True)
    settings.save(replace(settings.Settings(), sources=config.dump((ingest,)), chart=LINES))


class Desk:
    """The window at work, its frames noted, with what runs beside it."""

    def __init__(self, desk: DeskWindow, minutes: float, sku: str) -> None:
        self._desk = desk
        self._seconds = minutes * MINUTE
        self._sku = sku
        self._frames = Stretch()
        self.typed: list[float] = []
        self._timer: QTimer | None = None

    def open(self) -> None:
        """Show the Live room and scroll a long script in the anchor's window."""
        from liveshop_desk.prompter.script import render
        from tests.bench.prompter_child import PACE, script_text

        desk = self._desk
        desk.show_room("live")
        window = desk.anchor.window  # pyright: ignore[reportOptionalMemberAccess]
        window.resize(1920, 1080)
        window.show()
        reader = window.surface.reader
        reader.set_pace(PACE)
        values = {"live_price": "¥369", "list_price": "¥899", "stock": "100", "name": "羽绒服"}
        reader.load(render(script_text(), values), 60)
        reader.play()
        window.surface.frame_painted.connect(lambda _units, _lines: self._note())

    def _note(self) -> None:
        self._frames.at.append(time.perf_counter())
        self._frames.worked.append(time.thread_time())

    def watch(self, seconds: float) -> list[Stretch]:
        """Count frames for ``seconds``, minute by minute, a sleeper beside them."""
        return [self._watch(min(MINUTE, seconds - past)) for past in range(0, math.ceil(seconds), round(MINUTE))]

    def _watch(self, seconds: float) -> Stretch:
        told = [0.0]
        sleeper = threading.Thread(target=lambda: told.__setitem__(0, prompter.machine(seconds)["machine_p99_ms"]))
        sleeper.start()
        stretch = self._frames = Stretch()
        begun = time.process_time()
        self.go_on(seconds)
        stretch.cpu = time.process_time() - begun
        self._frames = Stretch()
        sleeper.join()
        stretch.machine = told[0]
        return stretch

    def go_on(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Let the window work for ``seconds``, or until something has happened."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop, look = QEventLoop(), QTimer()
        look.timeout.connect(lambda: loop.quit() if until() else None)
        look.start(LOOK_MS)
        QTimer.singleShot(round(seconds * 1000), look, loop.quit)
        loop.exec()

    def send(self) -> subprocess.Popen[bytes]:
        """Start the sender, and somebody who types."""
        from PySide6.QtCore import QTimer

        wiring = self._desk.wiring
        token, port = wiring.token(), wiring.ports["server"]
        argv = [sys.executable, "-m", "tests.bench.flood", "send", str(port), str(self._seconds), self._sku]
        sender = subprocess.Popen(argv, cwd=ROOT, env=os.environ | {"FLOOD_TOKEN": token})
        self._timer = QTimer()
        self._timer.timeout.connect(self._type)
        self._timer.start(round(min(MINUTE, self._seconds) * 500))
        return sender

    def type_no_more(self) -> None:
        """Let nobody type any more."""
        if self._timer is not None:
            self._timer.stop()

    def _type(self) -> None:
        begun = time.perf_counter()
        self._desk.evening.enter("online 1284")
        self.typed.append((time.perf_counter() - begun) * 1000)

    def counted(self) -> int:
        """Return how many records came, counted in the figures themselves, as they are shown and kept.

        What a person typed rules for a while: figures of the relay that came meanwhile are among those put aside.
        """
        inlet = self._desk.evening.inlet
        assert inlet is not None
        figures = inlet.figures
        chatter = sum(figures.total(metric) or 0 for metric in ("comments", "likes", "entered", "clicks", "orders"))
        track = figures._tracks["online"]
        levels = sum(track.rollup(start).n for start in track.starts)
        return round(chatter) + levels + figures.waits.total() - len(self.typed)

    @property
    def folded(self) -> bool:
        """Tell whether nothing waits any more."""
        inlet = self._desk.evening.inlet
        return inlet is not None and not inlet.waiting


def _measure(minutes: float, quiet: float) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as home:
        os.environ["LIVESHOP_HOME"] = home
        _prepare(Path(home))
        path, sku = _shop(Path(home))
        return _in_the_window(path, sku, minutes, quiet)


def _in_the_window(path: Path, sku: str, minutes: float, quiet: float) -> dict[str, float]:
    from PySide6.QtCore import QEventLoop, QTimer

    from ui.app import build

    app, starter = build(path)
    loop = QEventLoop()
    starter.ready.connect(lambda: QTimer.singleShot(WARM_MS, loop.quit))
    starter.begin()
    loop.exec()
    assert starter.window is not None
    desk = Desk(starter.window, minutes, sku)
    desk.open()
    found: dict[str, float] = {}
    desk.go_on(WARM_MS / 1000)
    calm = desk.watch(quiet)
    before = _rss()
    sender = desk.send()
    filled: list[float] = []
    QTimer.singleShot(round(min(MINUTE, minutes * MINUTE / 4) * 1000), lambda: filled.append(_rss()))
    flood = desk.watch(minutes * MINUTE)
    desk.type_no_more()
    found |= figures(flood) | {f"quiet_{key}": value for key, value in figures(calm).items()}
    minutes_p99 = [_p99(minute.gaps) for minute in flood]
    found |= {"minute_p99_ms": median(minutes_p99), "best_minute_p99_ms": min(minutes_p99)}
    desk.go_on(SETTLE, lambda: sender.poll() is not None and desk.folded)
    if sender.wait(SETTLE):
        raise RuntimeError("the sender ended early")
    sent, received = due(minutes * MINUTE), desk.counted()
    found |= {"sent": sent, "received": received, "rss_start_mb": before, "rss_end_mb": _rss()}
    found["rss_filled_mb"] = filled[0]
    found["lost"] = sent - received
    found["rss_growth_mb"] = found["rss_end_mb"] - filled[0]
    found |= {"typed_p50_ms": sorted(desk.typed)[len(desk.typed) // 2], "typed_max_ms": max(desk.typed)}
    starter.shell.close()
    app.processEvents()
    return {key: round(value, 3) for key, value in found.items()}


def _rss() -> float:
    """Return this process's memory in MB."""
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def main(words: list[str]) -> None:
    """Be the desk, or the sender."""
    if words[0] == "send":
        port, seconds, sku = int(words[1]), float(words[2]), words[3]
        wire_load.send(port, os.environ["FLOOD_TOKEN"], due, due(seconds), lambda now, number: line(now, number, sku))
    else:
        print(json.dumps(_measure(float(words[0]), float(words[1]))))


if __name__ == "__main__":
    main(sys.argv[1:])
