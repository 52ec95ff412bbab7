"""OBS's state in words and numbers, for the top bar and the page of OBS."""

from __future__ import annotations

from liveshop_desk.i18n import _, mark
from liveshop_desk.model.bases import BLANK
from liveshop_desk.model.clock import timer_text
from liveshop_desk.wire.obs_state import Figures, Link, ObsState, Recording, Stream

LINKS = {
    Link.OFF: mark("Not connected"),
    Link.CONNECTING: mark("Connecting …"),
    Link.ON: mark("Connected"),
    Link.LOST: mark("Connection lost; trying again"),
    Link.REFUSED: mark("Not connected"),
}
STREAMS = {
    Stream.OFF: mark("not streaming"),
    Stream.STARTING: mark("stream is starting"),
    Stream.LIVE: mark("streaming"),
    Stream.RECONNECTING: mark("stream is reconnecting"),
    Stream.STOPPING: mark("stream is stopping"),
    Stream.FAILED: mark("stream has stopped by itself"),
}
RECORDINGS = {
    Recording.OFF: mark("not recording"),
    Recording.ON: mark("recording"),
    Recording.PAUSED: mark("recording paused"),
}
# What the top bar says of a trouble, by its key; the whole sentence is in its tooltip.
SHORT = {
    "link": mark("gone"),
    "dropped": mark("dropping frames"),
    "congestion": mark("upload congested"),
    "skipped": mark("skipping frames"),
    "fps": mark("too few frames"),
    "cpu": mark("processor busy"),
    "disk": mark("disk nearly full"),
    "texts": mark("text source missing"),
}
LONGEST_SCENE = 12


def link_text(state: ObsState) -> str:
    """Write how the connection stands: Connected · OBS 30.2.0."""
    text = _(LINKS[state.link])
    return f"{text} · OBS {state.version}" if state.connected and state.version else text


def pill_text(state: ObsState, *, brief: bool, muted: bool = False) -> str:
    """Write the top bar's word on OBS; the gravest trouble comes first. ``muted``: nobody hears the anchor."""
    problems = state.problems()
    sign = "○" if not state.connected or (problems and problems[0].grave) else "●"
    if state.back_to and not (problems and problems[0].grave):
        said = state.scene[:LONGEST_SCENE]  # the incident is on air: that must not be forgotten
    elif muted and not (problems and problems[0].grave):
        said = _("microphone muted")
    elif problems:
        said = _(SHORT.get(problems[0].key) or STREAMS[state.stream])
    else:
        said = "" if state.stream is Stream.OFF or not state.connected else _(STREAMS[state.stream])
    return f"{sign} OBS" if brief or not said else f"{sign} OBS · {said}"


def hint_text(state: ObsState, *, muted: bool) -> str:
    """Write the pill's tooltip: every trouble in whole sentences."""
    told = [problem.text for problem in state.problems()]
    return "\n".join([*told, _("The microphone is muted in OBS.")] if muted else told)


def tone(state: ObsState, *, muted: bool = False) -> str:
    """Return the tone of a pill: red where viewers notice, amber where they may soon."""
    problems = state.problems()
    if problems or state.back_to or muted:
        return "on_air" if problems and problems[0].grave else "next"
    return "good" if state.connected else ""


def number_lines(state: ObsState) -> list[tuple[str, str]]:
    """Return title and value of every number; a dash for what is not known."""
    figures = state.figures if state.connected else None
    return [
        (_("Stream"), _running(_(STREAMS[state.stream]), figures.stream_ms if figures else 0) if figures else BLANK),
        (_("Recording state"), _running(_(RECORDINGS[state.recording]), figures.record_ms) if figures else BLANK),
        (_("Frames a second"), _fps(figures)),
        (_("Skipped frames (PC)"), _skipped(figures.skipped, figures.skipped_share) if figures else BLANK),
        (_("Dropped frames (network)"), _skipped(figures.dropped, figures.dropped_share) if figures else BLANK),
        (_("Congestion"), f"{figures.congestion * 100:.0f}%" if figures else BLANK),
        (_("Upload"), f"{figures.kbits / 1000:.1f} Mbit/s" if figures and figures.kbits is not None else BLANK),
        (_("Processor"), f"{figures.cpu:.0f}%" if figures else BLANK),
        (_("Disk free"), f"{figures.disk_mb / 1024:.1f} GB" if figures else BLANK),
        (_("Chapters"), str(state.chapters) if figures and state.recording is not Recording.OFF else BLANK),
    ]


def _running(words: str, milliseconds: int) -> str:
    return f"{words} · {timer_text(milliseconds / 1000)}" if milliseconds else words


def _fps(figures: Figures | None) -> str:
    if figures is None:
        return BLANK
    return f"{figures.fps:.0f}" if figures.fps_wanted is None else f"{figures.fps:.0f} / {figures.fps_wanted:.0f}"


def _skipped(total: int, share: float | None) -> str:
    """Write all of them, and how many of the last ten seconds'."""
    return f"{total:,}" if share is None else f"{total:,} · {share * 100:.1f}%"
