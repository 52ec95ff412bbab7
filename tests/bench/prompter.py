"""How evenly the anchor's window scrolls at 1920×1080, and what it costs.

``run`` starts a process of its own (``python -m tests.bench.prompter``) on the Qt platform given by QT_QPA_PLATFORM,
offscreen by default; under Xvfb call it with ``QT_QPA_PLATFORM=xcb``. Pixels are checked, because a setting that
looks 200 times faster draws nothing.

Measured on two shared cores (72 px, 50 000 characters, PySide6 6.11.3); drawing the layout directly took 36–41 ms a
frame. An edit here changes a value in each of some 200 paragraphs at once; one paragraph takes 5 ms, a value in a
usual script of 2 000 characters 2.6 ms, repainting included.

| platform, case        | fps  | p50 ms | p99 ms | max ms | paint p50 | CPU % | speed error % |
| offscreen             | 62.5 | 16.0   | 17.5   | 18.4   | 1.5       | 12    | 0.01          |
| offscreen, edit 1/s   | 63.0 | 16.0   | 20.7   | 27.7   | 1.8       | 16    | –             |
| Xvfb                  | 62.5 | 16.1   | 19.6   | 22.0   | 1.7       | 14    | 0.01          |
| Xvfb, mirrored        | 62.5 | 16.1   | 17.9   | 18.4   | 1.6       | 14    | 0.00          |
| Xvfb, edit 1/s        | 62.5 | 16.1   | 20.4   | 31.8   | 1.6       | 15    | –             |
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACE = 220.0
CHARACTERS = 50_000


def run(seconds: float = 10.0, *, mirror: bool = False, edit_every: float = 0.0) -> dict[str, float | str]:
    """Measure for ``seconds`` in a process of its own, optionally with a live value changing every so often.

    Keys: fps, p50_ms, p95_ms, p99_ms, max_ms (frame intervals), paint_p50_ms, paint_p99_ms, cpu_percent (of one core),
    speed_error_percent, edit_p50_ms and edit_max_ms (edit to painted, 0 without edits), open_ms, lit_pixels, platform.
    """
    argv = [sys.executable, "-m", "tests.bench.prompter", str(seconds), str(int(mirror)), str(edit_every)]
    env = dict(os.environ)
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=seconds + 60, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


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


class _Frames:
    """Notes when each frame was painted and at which units."""

    def __init__(self) -> None:
        self.at: list[float] = []
        self.units: list[float] = []

    def note(self, units: float, _lines: float) -> None:
        self.at.append(time.perf_counter())
        self.units.append(units)


def _measure(seconds: float, *, mirror: bool, edit_every: float) -> dict[str, float | str]:
    """Scroll for ``seconds`` in this process."""
    import psutil
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from liveshop_desk.model.clock import SystemClock
    from liveshop_desk.prompter.reader import Reader
    from liveshop_desk.prompter.script import render
    from ui.prompter.window import AnchorWindow, StripState

    app = QApplication([])
    text = script_text()
    values = {"live_price": "¥369", "list_price": "¥899", "stock": "100", "name": "羽绒服"}
    reader = Reader(SystemClock())
    reader.set_pace(PACE)
    window = AnchorWindow(reader)
    window.resize(1920, 1080)
    window.set_mirror(mirror)
    window.set_strip(StripState("长款鹅绒羽绒服", "¥369", "¥899", "100", next_name="围巾", remaining_seconds=283))
    window.show()
    app.processEvents()
    opened = time.perf_counter()
    reader.load(render(text, values), 60)
    window.surface.repaint()
    open_ms = (time.perf_counter() - opened) * 1000

    frames, edits, paints = _Frames(), [], []
    surface_paint = window.surface.paintEvent

    def timed_paint(event: object) -> None:
        begun = time.perf_counter()
        surface_paint(event)
        paints.append((time.perf_counter() - begun) * 1000)

    window.surface.paintEvent = timed_paint
    loop = QEventLoop()

    def edit() -> None:
        begun = time.perf_counter()
        values["stock"] = str(100 + (len(edits) * 7) % 900) if len(edits) % 2 else str(len(edits) % 10)
        reader.set_script(render(text, values))
        window.surface.repaint()
        edits.append((time.perf_counter() - begun) * 1000)

    editor = QTimer()
    editor.timeout.connect(edit)
    reader.play()
    QTimer.singleShot(1500, loop.quit)  # the ease-in and the first strips
    loop.exec()
    window.surface.frame_painted.connect(frames.note)
    if edit_every:
        editor.start(int(edit_every * 1000))
    process = psutil.Process()
    process.cpu_percent()
    paints.clear()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
    cpu = process.cpu_percent()
    editor.stop()
    intervals = [(b - a) * 1000 for a, b in zip(frames.at, frames.at[1:], strict=False)]
    span = frames.at[-1] - frames.at[0]
    speed = (frames.units[-1] - frames.units[0]) / span * 60
    result = {
        "fps": len(intervals) / span,
        "p50_ms": percentile(intervals, 0.5),
        "p95_ms": percentile(intervals, 0.95),
        "p99_ms": percentile(intervals, 0.99),
        "max_ms": max(intervals),
        "paint_p50_ms": percentile(paints, 0.5),
        "paint_p99_ms": percentile(paints, 0.99),
        "cpu_percent": cpu,
        "speed_error_percent": 0.0 if edit_every else abs(speed / PACE - 1) * 100,
        "edit_p50_ms": percentile(edits, 0.5),
        "edit_max_ms": max(edits, default=0.0),
        "open_ms": open_ms,
        "lit_pixels": _lit_pixels(window),
    }
    window.close()
    return {key: round(value, 2) for key, value in result.items()} | {"platform": app.platformName()}


def _lit_pixels(window: object) -> int:
    """Count what is not black on the text's surface, of every fourth pixel each way; refuse a blank one."""
    picture = window.surface.grab().toImage()
    width, height = picture.width(), picture.height()
    lit = sum(picture.pixel(x, y) & 0xFFFFFF != 0 for y in range(0, height, 4) for x in range(0, width, 4))
    if lit < width * height // 16 // 100:
        raise RuntimeError("the prompter's surface is blank: whatever was measured was not text")
    return lit


if __name__ == "__main__":
    _seconds, _mirror, _edit = sys.argv[1:4]
    print(json.dumps(_measure(float(_seconds), mirror=_mirror == "1", edit_every=float(_edit))))
