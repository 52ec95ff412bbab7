"""What is known of OBS at one moment. Immutable: the wire thread replaces it, anyone may read it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from liveshop_desk.i18n import _, mark
from liveshop_desk.model.alarms import Part, phrase, worded

SKIPPED_SHARE = 0.01  # of the frames of the last ten seconds: what a viewer begins to see
SLOW_SHARE = 0.9  # of the frame rate set in OBS
CONGESTED = 0.5  # of OBS's own 0–1, where it is about to drop frames
LOW_DISK_MB = 2_048  # some 40 minutes at 6 Mbit/s
BUSY_CPU = 90  # per cent, OBS's own use of all cores


class Link(StrEnum):
    """How the connection stands."""

    OFF = "off"
    CONNECTING = "connecting"
    ON = "on"
    LOST = "lost"  # it is tried again by itself
    REFUSED = "refused"  # wrong password, kicked, too old: waits for the operator


class Stream(StrEnum):
    """How the stream stands. ``FAILED``: it ended without anyone having stopped it."""

    OFF = "off"
    STARTING = "starting"
    LIVE = "live"
    RECONNECTING = "reconnecting"
    STOPPING = "stopping"
    FAILED = "failed"


class Recording(StrEnum):
    """How the recording stands."""

    OFF = "off"
    ON = "on"
    PAUSED = "paused"


class Figures(NamedTuple):
    """One look at OBS's numbers (GetStats, GetStreamStatus, GetRecordStatus).

    Shares 0–1 are of the last ten seconds, ``None`` while nothing ran; totals since OBS or the stream began.
    ``skipped``: this PC was too slow, rendering or encoding; ``dropped``: the network was. ``cpu`` in per cent,
    ``disk_mb`` free on the recording's disk, ``kbits`` per second, ``stream_ms`` and ``record_ms`` running times.
    """

    fps: float
    fps_wanted: float | None
    cpu: float
    disk_mb: float
    skipped: int
    skipped_share: float | None
    dropped: int
    dropped_share: float | None
    congestion: float
    kbits: float | None
    stream_ms: int
    record_ms: int


class Problem(NamedTuple):
    """Something wrong. ``key`` is the same while it is the same trouble; ``grave``: viewers notice.

    ``what`` is worded where it is read: the record of the show keeps it.
    """

    key: str
    what: Part
    grave: bool = False

    @property
    def text(self) -> str:
        """Return it in the user's words."""
        return worded(self.what)


class ObsState(NamedTuple):
    """All that is known. ``figures`` and what follows are of the last connection while ``link`` is not ``ON``."""

    link: Link = Link.OFF
    why: Part = ""  # while not connected
    version: str = ""
    figures: Figures | None = None
    stream: Stream = Stream.OFF
    recording: Recording = Recording.OFF
    chapters: int = 0  # of the recording under way
    chapter_file: str = ""  # ours, where OBS writes none
    scene: str = ""
    scenes: tuple[str, ...] = ()
    back_to: str = ""  # the scene that was on before the incident scene
    text_inputs: tuple[str, ...] = ()
    missing_texts: tuple[str, ...] = ()  # inputs a text was meant for that OBS does not have
    muted: Mapping[str, bool] = MappingProxyType({})  # inputs with sound
    mics: tuple[str, ...] = ()  # those OBS itself calls microphones

    @property
    def connected(self) -> bool:
        """Tell whether OBS is there now."""
        return self.link is Link.ON

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong, the gravest first; nothing while OBS is not in use."""
        if self.link is Link.OFF:
            return ()
        if self.link is not Link.ON:
            return () if self.link is Link.CONNECTING and not self.why else (Problem("link", self.why, grave=True),)
        found = [*_of_stream(self), *_of_figures(self), *_of_texts(self)]
        return tuple(sorted(found, key=lambda problem: not problem.grave))


def _of_stream(state: ObsState) -> list[Problem]:
    if state.stream is Stream.RECONNECTING:
        return [Problem("stream", phrase(mark("The stream is cut off: OBS is reconnecting")), grave=True)]
    if state.stream is Stream.FAILED:
        return [Problem("stream", phrase(mark("The stream has stopped by itself")), grave=True)]
    return []


def _of_figures(state: ObsState) -> list[Problem]:
    figures = state.figures
    if figures is None:
        return []
    found: list[Problem] = []
    streaming = state.stream is Stream.LIVE
    if streaming and figures.dropped_share is not None and figures.dropped_share > SKIPPED_SHARE:
        text = mark("{percent}% of frames dropped: the upload is too slow")
        found.append(Problem("dropped", phrase(text, percent=_percent(figures.dropped_share)), grave=True))
    elif streaming and figures.congestion > CONGESTED:
        text = mark("The upload is {percent}% congested")
        found.append(Problem("congestion", phrase(text, percent=_percent(figures.congestion))))
    if figures.skipped_share is not None and figures.skipped_share > SKIPPED_SHARE:
        text = mark("{percent}% of frames skipped: this PC is too slow for the scene")
        found.append(Problem("skipped", phrase(text, percent=_percent(figures.skipped_share))))
    if figures.fps_wanted is not None and figures.fps < SLOW_SHARE * figures.fps_wanted:
        text = mark("{fps} instead of {wanted} frames a second")
        found.append(Problem("fps", phrase(text, fps=f"{figures.fps:.0f}", wanted=f"{figures.fps_wanted:.0f}")))
    if figures.cpu > BUSY_CPU:
        text = mark("OBS uses {percent}% of the processor")
        found.append(Problem("cpu", phrase(text, percent=str(round(figures.cpu)))))
    if state.recording is not Recording.OFF and figures.disk_mb < LOW_DISK_MB:
        text = mark("{gigabytes} GB left on the recording's disk")
        found.append(Problem("disk", phrase(text, gigabytes=f"{figures.disk_mb / 1024:.1f}"), grave=True))
    return found


def _of_texts(state: ObsState) -> list[Problem]:
    if not state.missing_texts:
        return []
    text = mark("Text sources OBS does not have: {names}")
    return [Problem("texts", phrase(text, names=_(", ").join(state.missing_texts)))]


def _percent(share: float) -> str:
    return f"{share * 100:.0f}" if share >= 0.095 else f"{share * 100:.1f}"
