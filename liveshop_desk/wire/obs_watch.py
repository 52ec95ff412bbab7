"""What OBS says, folded into ObsState: its events as they come, its numbers once a second. No network here.

Traps, seen with OBS 29 and obs-websocket 5.1: StartStream answers 100 and the stream fails after it (STARTING, then
STOPPED); while the stream reconnects the event says ``outputActive`` false and GetStreamStatus says true, and
``outputBytes`` begins again at 0; CurrentProgramSceneChanged comes at the end of the transition.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import isfinite
from typing import Any

from liveshop_desk.wire.obs_state import Figures, ObsState, Recording, Stream

Json = dict[str, Any]
WINDOW = 11  # polls: ten seconds between the first and the last
STREAM_EVENTS = {
    "OBS_WEBSOCKET_OUTPUT_STARTING": Stream.STARTING,
    "OBS_WEBSOCKET_OUTPUT_STARTED": Stream.LIVE,
    "OBS_WEBSOCKET_OUTPUT_RECONNECTED": Stream.LIVE,
    "OBS_WEBSOCKET_OUTPUT_RECONNECTING": Stream.RECONNECTING,
    "OBS_WEBSOCKET_OUTPUT_STOPPING": Stream.STOPPING,
}
RECORD_EVENTS = {
    "OBS_WEBSOCKET_OUTPUT_STARTED": Recording.ON,
    "OBS_WEBSOCKET_OUTPUT_RESUMED": Recording.ON,
    "OBS_WEBSOCKET_OUTPUT_PAUSED": Recording.PAUSED,
    "OBS_WEBSOCKET_OUTPUT_STOPPED": Recording.OFF,
}
STOPPED = "OBS_WEBSOCKET_OUTPUT_STOPPED"
RUNNING = (Stream.LIVE, Stream.RECONNECTING)


@dataclass(frozen=True, slots=True)
class Sample:
    """The counters of one poll. ``at`` in monotonic seconds."""

    at: float
    rendered: int
    render_skipped: int
    encoded: int
    encode_skipped: int
    sent: int
    dropped: int
    sent_bytes: int


class Samples:
    """The last ten seconds of counters, from which shares and rates are taken."""

    def __init__(self) -> None:
        self._kept: deque[Sample] = deque(maxlen=WINDOW)

    def figures(self, at: float, fps_wanted: float | None, stats: Json, stream: Json, record: Json) -> Figures:
        """Take one poll and return the figures of this moment."""
        new = Sample(
            at,
            _whole(stats, "renderTotalFrames"),
            _whole(stats, "renderSkippedFrames"),
            _whole(stats, "outputTotalFrames"),
            _whole(stats, "outputSkippedFrames"),
            _whole(stream, "outputTotalFrames"),
            _whole(stream, "outputSkippedFrames"),
            _whole(stream, "outputBytes"),
        )
        if self._kept and new.rendered < self._kept[-1].rendered:
            self._kept.clear()  # OBS was started anew
        before = self._kept[-1] if self._kept else None
        self._kept.append(new)
        old = self._kept[0]
        slow = [
            share
            for share in (
                _share(new.render_skipped - old.render_skipped, new.rendered - old.rendered),
                _share(new.encode_skipped - old.encode_skipped, new.encoded - old.encoded),
            )
            if share is not None
        ]
        return Figures(
            fps=_number(stats, "activeFps"),
            fps_wanted=fps_wanted,
            cpu=_number(stats, "cpuUsage"),
            disk_mb=_number(stats, "availableDiskSpace"),
            skipped=new.render_skipped + new.encode_skipped,
            skipped_share=max(slow, default=None),
            dropped=new.dropped,
            dropped_share=_share(new.dropped - old.dropped, new.sent - old.sent),
            congestion=_number(stream, "outputCongestion"),
            kbits=_rate(before, new) if stream.get("outputActive") else None,
            stream_ms=_whole(stream, "outputDuration"),
            record_ms=_whole(record, "outputDuration"),
        )


def polled(state: ObsState, figures: Figures, stream: Json, record: Json, *, outputs: bool) -> ObsState:
    """Return the state after a poll. Without ``outputs`` an event has overtaken it: only the numbers are new.

    A recording that began while nobody heard OBS is another one than was known: that one has ended, and the next poll
    tells of the new one.
    """
    if not outputs:
        return state._replace(figures=figures)
    recording, known = Recording.OFF, state.figures
    another = not state.connected and known is not None and figures.record_ms < known.record_ms
    if record.get("outputActive") and not another:
        recording = Recording.PAUSED if record.get("outputPaused") else Recording.ON
    return state._replace(figures=figures, stream=_stream_of(state.stream, stream), recording=recording)


def stream_event(state: ObsState, data: Json) -> ObsState:
    """Return the state after StreamStateChanged. ``outputState`` counts, ``outputActive`` misleads (see above)."""
    said = data.get("outputState")
    if said == STOPPED:
        return state._replace(stream=Stream.OFF if state.stream in (Stream.STOPPING, Stream.OFF) else Stream.FAILED)
    return state._replace(stream=STREAM_EVENTS.get(str(said), state.stream))


def record_event(state: ObsState, data: Json) -> ObsState:
    """Return the state after RecordStateChanged."""
    return state._replace(recording=RECORD_EVENTS.get(str(data.get("outputState")), state.recording))


def scene_event(state: ObsState, scene: str, incident: str) -> ObsState:
    """Return the state after the program scene is another. Whoever leaves the incident scene has taken it back."""
    left = state.scene == incident and scene != incident
    return state._replace(scene=scene, back_to="" if left else state.back_to)


def scenes_of(answer: Json) -> tuple[str, ...]:
    """Return the scenes as OBS shows them: it sends the lowest first."""
    scenes = [(int(each.get("sceneIndex", 0)), str(each.get("sceneName", ""))) for each in answer.get("scenes", ())]
    return tuple(name for _index, name in sorted(scenes, key=lambda scene: -scene[0]) if name)


def text_inputs_of(answer: Json) -> tuple[str, ...]:
    """Return the names of GetInputList's text sources (GDI+, FreeType 2, Pango)."""
    return tuple(
        str(each.get("inputName", ""))
        for each in answer.get("inputs", ())
        if str(each.get("unversionedInputKind") or each.get("inputKind") or "").startswith("text_")
    )


def _stream_of(known: Stream, status: Json) -> Stream:
    if status.get("outputReconnecting"):
        return Stream.RECONNECTING
    if status.get("outputActive"):
        return Stream.STOPPING if known is Stream.STOPPING else Stream.LIVE
    return Stream.FAILED if known in RUNNING else known  # STARTING waits for its event


def _share(part: int, whole: int) -> float | None:
    return min(1.0, max(0, part) / whole) if whole > 0 else None


def _rate(before: Sample | None, now: Sample) -> float | None:
    """Return kbit/s since the poll before; ``None`` where the count began again."""
    if before is None or now.sent_bytes < before.sent_bytes or now.at <= before.at:
        return None
    return (now.sent_bytes - before.sent_bytes) * 8 / 1000 / (now.at - before.at)


def _number(data: Json, name: str) -> float:
    value = data.get(name)
    return float(value) if isinstance(value, (int, float)) and isfinite(value) else 0.0


def _whole(data: Json, name: str) -> int:
    return int(_number(data, name))
