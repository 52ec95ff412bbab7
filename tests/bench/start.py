"""From the process's start to the first paint and to the desk at work, against a bare QMainWindow of the same run.

Ready: the room in front is complete and painted, and every other room opens by a click, which ``first_visit`` measures.
Complete: all rooms stand, the chart's library and the dialogs are loaded too.

Each figure comes from processes of its own, bare and desk in turn (A B A B …), so that a busy machine slows both.
The children are this very module (``python -m tests.bench.start bare|desk BEGIN [SHOP [ROOM]]``); its top imports only
what a bare interpreter has loaded anyhow, or the bare window would pay for the bench.
"""

import sys
import time

SIZE = (1440, 900)  # px, both windows
PRODUCTS = 2_000  # a shop of usual size, beside the sample evening
TICK_MS = 5
RUNS = 9


def run(runs: int = RUNS, *, products: int = PRODUCTS, platforms: tuple[str, ...] = ()) -> dict[str, float]:
    """Return start_ratio, ready_ratio, complete_ratio and start_stall_ms of a filled shop on the first platform.

    ``platforms`` are Qt's names; empty means offscreen, and xcb under Xvfb where that is installed. Keys of a later
    platform carry its name (xcb_start_ratio), those of a start into a show on air air_ (as after a crash: the Live room
    stands in front instead of Prepare), those of an empty shop empty_. Ratios are medians of the pairs' ratios;
    the stall is the median run's longest gap of a 5 ms timer between first paint and complete, less the timer's own
    5 ms. first_visit_ms is the slowest room's median from a click at ready to the room painted, first_visit_stall_ms
    the longest gap meanwhile, of the room that has the longest.
    """
    import tempfile
    from pathlib import Path

    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled, on_air, empty = (folder / kind / "shop.liveshop" for kind in ("filled", "on_air", "empty"))
        _fill(filled, products)
        _fill(on_air, products, live=True)
        _fill(empty, 0)
        for number, platform in enumerate(platforms or _platforms()):
            prefix = f"{platform}_" if number else ""
            found |= {prefix + key: value for key, value in _compare(platform, filled, runs).items()}
            found |= {f"air_{prefix}{key}": value for key, value in _compare(platform, on_air, runs).items()}
        found |= _visit("offscreen", filled, max(1, runs // 3))
        found |= {f"empty_{key}": value for key, value in _compare("offscreen", empty, max(1, runs // 2)).items()}
    return found


def _platforms() -> tuple[str, ...]:
    import shutil

    return ("offscreen", "xcb") if shutil.which("Xvfb") else ("offscreen",)


def _compare(platform: str, shop: object, runs: int) -> dict[str, float]:
    """Run bare and desk in turn; the first pair only warms the disk's cache and is dropped."""
    from statistics import median

    with _screen(platform) as env:
        pairs = [(_child(env, "bare"), _child(env, "desk", str(shop))) for _ in range(runs + 1)][1:]
    return {
        "start_ratio": round(median(desk["painted"] / bare["painted"] for bare, desk in pairs), 2),
        "ready_ratio": round(median(desk["ready"] / bare["painted"] for bare, desk in pairs), 2),
        "start_stall_ms": round(median(desk["stall"] for _bare, desk in pairs) * 1000, 1),
        "start_worst_stall_ms": round(max(desk["stall"] for _bare, desk in pairs) * 1000, 1),
        "start_bare_ms": round(median(bare["painted"] for bare, _desk in pairs) * 1000, 1),
        "start_painted_ms": round(median(desk["painted"] for _bare, desk in pairs) * 1000, 1),
        "complete_ratio": round(median(desk["complete"] / bare["painted"] for bare, desk in pairs), 2),
        "start_ready_ms": round(median(desk["ready"] for _bare, desk in pairs) * 1000, 1),
        "start_complete_ms": round(median(desk["complete"] for _bare, desk in pairs) * 1000, 1),
    }


def _visit(platform: str, shop: object, runs: int) -> dict[str, float]:
    """Click on each other room the moment the desk is ready; the shop's draft opens in Prepare."""
    from statistics import median

    rooms = ("live", "review", "catalogue")
    with _screen(platform) as env:
        marks = {room: [_child(env, "desk", str(shop), room) for _ in range(runs)] for room in rooms}
    return {
        "first_visit_ms": round(max(median(run["visit"] for run in marks[room]) for room in rooms) * 1000, 1),
        "first_visit_stall_ms": round(
            max(median(run["visit_stall"] for run in marks[room]) for room in rooms) * 1000, 1
        ),
    }


def _screen(platform: str):
    """Give the environment of a Qt platform; for xcb an X server of our own stands as long as it is used."""
    import os
    import subprocess
    from contextlib import contextmanager

    @contextmanager
    def screen():
        env = os.environ | {"QT_QPA_PLATFORM": platform}
        if platform != "xcb":
            yield env
            return
        reading, writing = os.pipe()
        words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
        server = subprocess.Popen(words, pass_fds=(writing,), stderr=subprocess.DEVNULL)
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                env["DISPLAY"] = ":" + told.readline().strip()
            yield env
        finally:
            server.terminate()
            server.wait()

    return screen()


def _child(env: dict[str, str], *words: str) -> dict[str, float]:
    """Start a child and return its seconds: painted, ready, complete, stall, visit, visit_stall."""
    import json
    import subprocess
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    kind, *rest = words
    env = {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if rest:
        env = {name: value for name, value in env.items() if name not in ("LIVESHOP_HOME", "XDG_CONFIG_HOME")}
        env["HOME"] = str(Path(rest[0]).parent)
    begin = time.perf_counter()  # the system's monotonic clock: the child's reads the same
    argv = [sys.executable, "-m", "tests.bench.start", kind, repr(begin), *rest]
    done = subprocess.run(argv, cwd=root, env=env, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise RuntimeError(f"the {kind} window ended with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def _fill(path, products: int, *, live: bool = False) -> None:
    """Write a shop file: the sample evening and ``products`` more, with today's backup; nothing in it for 0.

    ``live``: the evening is on air, at its second segment.
    """
    from liveshop_desk.model.clock import SystemClock
    from liveshop_desk.ops import show
    from liveshop_desk.ops.sample import make_sample
    from liveshop_desk.store import queries
    from liveshop_desk.store.backup import take_backup
    from liveshop_desk.store.store import Store

    path.parent.mkdir(parents=True, exist_ok=True)
    store = Store.open(path, SystemClock())
    if products:
        session = make_sample(store)
        with store.step("Import products") as step:
            for number in range(products):
                row = {
                    "id": f"P{number}",
                    "title": f"加绒加厚连帽卫衣 {number}",
                    "code": f"B{number}",
                    "rank": 1_000 + number,
                }
                step.insert("products", row)
                sku = {"id": f"S{number}", "product_id": f"P{number}", "code": f"B{number}", "rank": 1_000 + number}
                step.insert("skus", sku | {"list_price": 19_900, "live_price": 9_900, "stock": number % 300})
        if live:
            show.go_live(store, session)
            for segment in queries.segments(store, session)[:2]:
                show.take(store, session, segment.id)
    take_backup(store.db, store.path, store.clock, reason="daily")
    store.close()


def _bare(begin: float) -> None:
    """Paint a bare QMainWindow of the same size and say when it was painted."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Bare(QMainWindow):
        first = True

        def paintEvent(self, event):  # noqa: N802
            super().paintEvent(event)
            if self.first:
                self.first = False
                QTimer.singleShot(0, painted)

    def painted() -> None:
        at = time.perf_counter() - begin
        print(f'{{"painted": {at}, "ready": {at}, "stall": 0.0}}', flush=True)
        app.quit()

    app = QApplication(sys.argv[:1])
    window = Bare()
    window.resize(*SIZE)
    window.show()
    app.exec()


def _desk(begin: float, shop: str, room: str = "") -> None:
    """Start the real desk on ``shop`` and say when it was painted, ready and complete, and the longest stall.

    Where a ``room`` is given its place in the rail is clicked at once when the desk is ready.
    """
    import gc
    from pathlib import Path

    gc.disable()  # as main does
    from PySide6.QtCore import QTimer

    from ui import app as desk

    def failed(why: str) -> None:
        sys.stderr.write(f"the desk did not start: {why}\n")
        application.exit(1)

    ticker = QTimer()
    application, starter = desk.build(Path(shop))
    watch = _Watch(begin, starter, room, ticker)
    starter.shell.painted.connect(watch.painted)
    starter.ready.connect(watch.ready)
    starter.complete.connect(watch.complete)
    starter.complete.connect(lambda: QTimer.singleShot(0, starter.shell.close))
    starter.refused.connect(lambda: failed("refused"))
    starter.shell.notices.posted.connect(lambda notice: failed(notice.text) if notice.tone == "error" else None)
    starter.begin()
    status = application.exec()
    if not status:
        print("{" + ", ".join(f'"{name}": {value}' for name, value in watch.marks.items()) + "}", flush=True)
    desk.leave(status)


class _Watch:
    """Notes when what happens, and the longest gaps of a ticker."""

    def __init__(self, begin: float, starter, room: str, ticker) -> None:
        self.marks = dict.fromkeys(("painted", "ready", "complete", "stall", "visit", "visit_stall"), 0.0)
        self._begin, self._starter, self._room, self._ticker = begin, starter, room, ticker
        self._last = self._clicked = 0.0
        ticker.setInterval(TICK_MS)
        ticker.timeout.connect(self.tick)

    def tick(self) -> None:
        now = time.perf_counter()
        gap = now - self._last - TICK_MS / 1000
        self._last = now
        self.marks["stall"] = max(self.marks["stall"], gap)
        if not self._clicked:
            return
        self.marks["visit_stall"] = max(self.marks["visit_stall"], gap)
        if self.marks["visit"]:
            self._clicked = 0.0
        elif self._starter.window.rooms.get(self._room) is self._starter.shell.stack.currentWidget():
            self.marks["visit"] = now - self._clicked  # painted too: that goes before a timer

    def painted(self) -> None:
        self._last = time.perf_counter()
        self.marks["painted"] = self._last - self._begin
        self._ticker.start()  # below 20 ms every timer is a precise one; to say so would load Qt's enumerations

    def ready(self) -> None:
        self.marks["ready"] = time.perf_counter() - self._begin
        if self._room:
            self.tick()
            self._clicked = time.perf_counter()
            self._starter.shell.rail.room_wanted.emit(self._room)

    def complete(self) -> None:
        self.marks["complete"] = time.perf_counter() - self._begin
        self.tick()
        self._ticker.stop()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        _bare(float(sys.argv[2]))
    else:
        _desk(float(sys.argv[2]), *sys.argv[3:])
