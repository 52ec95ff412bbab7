"""The process that scrolls and measures itself: one case, printed as one flat JSON object (tests/bench/prompter.py)."""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.bench.prompter import Case

if TYPE_CHECKING:
    from ui.prompter.window import AnchorWindow
    from ui.window import DeskWindow

PACE = 220.0
CHARACTERS = 50_000
WARM_MS = 1500  # the ease-in and the first strips
POUR_MS = 50
CHART_MS = 100


def percentile(values: list[float], share: float) -> float:
    """Return the value below which ``share`` of ``values`` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def script_text() -> str:
    """Return a long script of the usual mix: sentences, live values, directions."""
    paragraph = (
        "【举起衣服，转一圈】来，姐妹们，今天这件长款鹅绒羽绒服，百分之九十的白鹅绒，蓬松度八百加。\n"
        "平时门店吊牌价 {吊牌价}，今天直播间 {直播价}，只有最后 {库存} 件。\n"
        "尺码从一百一到一百六十斤都能穿，袖口是防风的双层罗纹，size M to XXL, free returns within 7 days.\n"
    )
    return paragraph * (CHARACTERS // len(paragraph))


def all_different(text: str) -> str:
    """Return ``text`` with no two paragraphs alike, as in a real script: alike ones are broken and drawn once."""
    return "\n".join(f"{number}号，{line}" for number, line in enumerate(text.splitlines()))


@dataclass(slots=True)
class Seen:
    """What is noted of each frame: when it was painted, at which units, and how far from the clock's place (px)."""

    at: list[float] = field(default_factory=list)
    units: list[float] = field(default_factory=list)
    off: list[float] = field(default_factory=list)
    paints: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)
    records: int = 0

    def forget(self) -> None:
        """Begin to count."""
        for each in (self.at, self.units, self.off, self.paints):
            each.clear()


def scroll(case: Case, seconds: float, window: AnchorWindow, desk: DeskWindow | None) -> dict[str, float]:
    """Let the text run for ``seconds`` under the case's load and return the figures."""
    import psutil
    from PySide6.QtCore import QEventLoop, QTimer

    seen = Seen()
    reader = window.surface.reader
    reader.set_pace(PACE)
    open_ms = _open(window)
    gc.collect()  # of the text that was only opened: looking through it later would be a frame's delay
    reader.play()
    if case.fps:
        window.surface.frames.stop()
        window.surface.frames.hold(window.surface, 1 / case.fps)
    _watch(window, seen)
    timers = _load(case, window, desk, seen)
    loop = QEventLoop()
    QTimer.singleShot(WARM_MS, loop.quit)
    loop.exec()
    process = psutil.Process()
    process.cpu_percent()
    seen.forget()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
    cpu = process.cpu_percent()
    for timer in timers:
        timer.stop()
    return _figures(case, seen) | {"cpu_percent": cpu, "open_ms": open_ms, "lit_pixels": _lit_pixels(window)}


def _open(window: AnchorWindow) -> float:
    """Show the long script in both windows; return the ms from its plain text until both have painted it."""
    from PySide6.QtWidgets import QApplication

    from liveshop_desk.prompter.script import render
    from ui.prompter.surface import PrompterSurface

    anchor = window.surface
    text = all_different(script_text())
    preview = PrompterSurface(anchor.reader, frames=anchor.frames)
    preview.set_reference_width(window.width())
    preview.resize(480, 380)
    preview.show()
    QApplication.processEvents()
    opened = time.perf_counter()
    anchor.reader.load(render(text, _values("100")), 60)
    anchor.repaint()
    preview.repaint()
    took = (time.perf_counter() - opened) * 1000
    preview.close()
    preview.deleteLater()
    anchor.reader.load(render(script_text(), _values("100")), 60)
    anchor.repaint()
    return took


def _values(stock: str) -> dict[str, str]:
    return {"live_price": "¥369", "list_price": "¥899", "stock": stock, "name": "羽绒服"}


def _watch(window: AnchorWindow, seen: Seen) -> None:
    """Note every frame."""
    surface = window.surface
    reader, painted = surface.reader, surface.paintEvent

    def timed(event: Any) -> None:
        begun = time.perf_counter()
        painted(event)
        seen.paints.append((time.perf_counter() - begun) * 1000)

    def note(units: float, lines: float) -> None:
        seen.at.append(time.perf_counter())
        seen.units.append(units)
        now = surface.follower.height_at(reader.position)
        pitch = surface.font_size * 1.5
        seen.off.append(abs(now - lines) * pitch)

    surface.paintEvent = timed
    surface.frame_painted.connect(note)


def _load(case: Case, window: AnchorWindow, desk: DeskWindow | None, seen: Seen) -> list[Any]:
    """Start what is to happen meanwhile; return its timers."""
    from PySide6.QtCore import QTimer

    from ui.gaps import Gaps

    jobs: list[tuple[int, Callable[[], None]]] = []
    if case.edit:
        gaps = desk.context.gaps if desk is not None else Gaps(window)
        if desk is None:
            gaps.follow(window.surface.frames)
        jobs.append((1000, lambda: gaps.soon(lambda: _edit(window, seen), first=True)))
    if desk is not None and case.records:
        jobs.append((POUR_MS, lambda: _pour(desk, seen, case.records * POUR_MS // 1000)))
    if desk is not None and case.chart:
        from ui.panels.chart_panel import ChartPanel

        chart = desk.shell.findChild(ChartPanel)
        assert chart is not None
        jobs.append((CHART_MS, chart.refresh_soon))
    timers = []
    for ms, job in jobs:
        timer = QTimer(window)
        timer.timeout.connect(job)
        timer.start(ms)
        timers.append(timer)
    return timers


def _edit(window: AnchorWindow, seen: Seen) -> None:
    """Write one paragraph anew, some lines below the reader; the next frame shows it."""
    from liveshop_desk.prompter.script import render

    begun = time.perf_counter()
    surface = window.surface
    reader = surface.reader
    paragraphs = list(reader.paragraphs)
    at = min(len(paragraphs) - 1, reader.place.paragraph + 1)
    paragraphs[at] = render(f"第 {len(seen.edits)} 次改稿：今天直播间 {{直播价}}，手慢无。", _values("8"))[0]
    reader.set_script(tuple(paragraphs))
    seen.edits.append((time.perf_counter() - begun) * 1000)


def _pour(desk: DeskWindow, seen: Seen, count: int) -> None:
    """Let ``count`` records of an audience come in."""
    from liveshop_desk.model.record import Record

    inlet, now = desk.evening.inlet, desk.desk.clock.now()
    if inlet is None:
        return
    first = seen.records
    seen.records += count
    numbers = range(first, first + count)
    inlet.receive([
        Record(now, "like" if n % 2 else "enter", "bench", viewer=f"{n:x}", id=str(n)) for n in numbers
    ])  # fmt: skip


def _figures(case: Case, seen: Seen) -> dict[str, float]:
    intervals = [(b - a) * 1000 for a, b in pairwise(seen.at)]
    span = seen.at[-1] - seen.at[0]
    speed = (seen.units[-1] - seen.units[0]) / span * 60
    return {
        "fps": len(intervals) / span,
        "p50_ms": percentile(intervals, 0.5),
        "p95_ms": percentile(intervals, 0.95),
        "p99_ms": percentile(intervals, 0.99),
        "max_ms": max(intervals),
        "paint_p50_ms": percentile(seen.paints, 0.5),
        "paint_p99_ms": percentile(seen.paints, 0.99),
        "speed_error_percent": 0.0 if case.edit else abs(speed / PACE - 1) * 100,
        "clock_error_px": max(seen.off),
        "edit_took_p50_ms": percentile(seen.edits, 0.5),
        "edit_took_max_ms": max(seen.edits, default=0.0),
        "records": float(seen.records),
    }


def _lit_pixels(window: AnchorWindow) -> int:
    """Count what is not black on the text's surface, of every fourth pixel each way; refuse a blank one."""
    picture = window.surface.grab().toImage()
    width, height = picture.width(), picture.height()
    lit = sum(picture.pixel(x, y) & 0xFFFFFF != 0 for y in range(0, height, 4) for x in range(0, width, 4))
    if lit < width * height // 16 // 100:
        raise RuntimeError("the prompter's surface is blank: whatever was measured was not text")
    return lit


def alone(case: Case, seconds: float) -> dict[str, float]:
    """Measure the anchor's window by itself."""
    from PySide6.QtWidgets import QApplication

    from liveshop_desk.model.clock import SystemClock
    from liveshop_desk.prompter.reader import Reader
    from ui.prompter.window import AnchorWindow, StripState

    app = QApplication([])
    window = AnchorWindow(Reader(SystemClock()))
    window.resize(1920, 1080)
    window.set_mirror(case.mirror)
    window.set_strip(StripState("长款鹅绒羽绒服", "¥369", "¥899", "100", next_name="围巾", remaining_seconds=283))
    window.show()
    app.processEvents()
    found = scroll(case, seconds, window, None)
    window.close()
    return found


def beside_the_desk(case: Case, seconds: float) -> dict[str, float]:
    """Measure it while the whole desk shows the Live room of the sample shop: preview, queue, tiles, chart."""
    from PySide6.QtCore import QTimer

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["LIVESHOP_HOME"] = tempfile.tempdir = home  # the demo's shop goes with it
        from ui.app import build

        app, starter = build(None, demo=True)
        found: dict[str, float] = {}

        def measure() -> None:
            desk = starter.window
            assert desk is not None
            desk.show_room("live")
            desk.evening.stop_source()
            window = desk.anchor.window  # pyright: ignore[reportOptionalMemberAccess]
            window.resize(1920, 1080)
            window.set_mirror(case.mirror)
            window.show()
            app.processEvents()
            found.update(scroll(case, seconds, window, desk))
            starter.shell.close()
            app.quit()

        starter.ready.connect(lambda: QTimer.singleShot(500, measure))
        starter.begin()
        app.exec()
    return found


def main(asked: dict[str, Any]) -> None:
    """Measure what is asked for and print it."""
    seconds = float(asked.pop("seconds"))
    case = Case(**asked)
    found = beside_the_desk(case, seconds) if case.desk else alone(case, seconds)
    print(json.dumps({key: round(value, 3) for key, value in found.items()}))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
