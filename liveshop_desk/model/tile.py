"""What one KPI tile says: the figure, and below it how it moves or how it stands against its goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from liveshop_desk.i18n import _, mark, percent_text, share_text, span_text
from liveshop_desk.model.alarms import DEFAULTS
from liveshop_desk.model.bases import BASES, Course, Figures, Number
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.coverage import WHOLE, Coverage
from liveshop_desk.model.goals import Pace
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics import Metric, basis_of, delta_text, format_metric, is_good, value_of, why_blank
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.review_kpis import past_mean

STALE_MS = 60_000  # a machine tells a level every few seconds
AGO_MS = 5 * 60_000  # what a figure is compared with while nothing is known of past sessions

_AGAINST_AGO = mark("{delta} / 5 min")
_AGAINST_PAST = mark("{delta} vs avg")

# What the trade says for names too long for a tile.
_SHORT = {"aov": mark("AOV"), "aov_order": mark("AOV")}


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile, written in the user's language. ``basis`` says what a rate counts by.

    ``tone`` is that of ``second``: good, bad, late or nothing.
    """

    key: str
    label: str
    value: str
    basis: str = ""
    second: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Now:
    """What the tiles are made from: base counts now and five minutes ago, the goal's pace, the sessions before.

    ``coverage`` tells which counts may be set against which, ``behind`` from which pace on the goal is in danger,
    ``stale`` the levels nobody has told for long → seconds since.
    """

    figures: Figures = field(default_factory=dict[str, Number])
    ago: Figures = field(default_factory=dict[str, Number])
    pace: Pace | None = None
    past: Sequence[Figures] = ()
    coverage: Coverage = WHOLE
    behind: float = DEFAULTS.goal_ratio
    stale: Mapping[str, float] = field(default_factory=dict[str, float])


def figures_ago(
    live: LiveFigures, known: Mapping[str, Number], now: Instant, started_at: Instant | None
) -> dict[str, Number]:
    """Return what stood five minutes before ``now`` of the counts that are known now.

    A total began at 0 with the show; in a show older than that, one nobody had told yet is unknown, and so is a level
    of another source: two count viewers differently.
    """
    then = now - AGO_MS
    if started_at is not None and then < started_at:
        return {key: 0 for key in known if key in BASES and BASES[key].course is Course.TOTAL}
    stood = {key: live.at(key, then) for key in known if not _is_anothers(key, live, then)}
    return {key: value for key, value in stood.items() if value is not None}


def _is_anothers(key: str, live: LiveFigures, then: Instant) -> bool:
    """Tell whether a level was another source's at ``then`` than it is now."""
    turned = live.turned_at(key) if key in BASES and BASES[key].course is Course.GAUGE else None
    return turned is not None and turned > then


def stale_levels(live: LiveFigures, now: Instant, patience: float) -> dict[str, float]:
    """Return the levels (online) that are old → seconds: a machine's after a minute, a person's after ``patience``.

    A mean stay that is worked out of totals here is as old as these, whatever was told of it by itself.
    """
    found: dict[str, float] = {}
    for key, base in BASES.items():
        told = live.told_at(key) if base.course is Course.GAUGE else None
        if told is None or _is_worked_out(key, live):
            continue
        if now - told > (patience * 1000 if live.is_typed(key) else STALE_MS):
            found[key] = (now - told) / 1000
    return found


def _is_worked_out(key: str, live: LiveFigures) -> bool:
    needs = METRICS[key].needs if key in METRICS else (key,)
    return key not in needs and all(live.total(need) is not None for need in needs)


def tile(key: str, now: Now) -> Tile:
    """Write one tile. A figure nobody gave is a dash, never 0. Raises KeyError for a metric that is none."""
    metric = METRICS[key]
    value = value_of(metric, now.figures, now.coverage)
    label, shown = _label(metric, now.coverage), format_metric(metric, value)
    if value is None:  # what there would be to know about a figure says nothing of a dash
        why = why_blank(metric, now.figures, now.coverage, brief=True)
        return Tile(key, label, shown, why or metric.basis_text())
    basis = basis_of(metric, now.figures, now.coverage, brief=True)
    second, tone = _second(metric, value, now)
    return Tile(key, label, shown, basis, second, tone)


def short_name(metric: Metric) -> str:
    """Name a metric where there is little room, in the user's language."""
    return _(_SHORT.get(metric.key, metric.label))


def _label(metric: Metric, coverage: Coverage) -> str:
    """Name a tile's metric; money that is estimated, or lacks orders, says so beside its name, not on hover alone."""
    label = short_name(metric)
    if metric.key in coverage.estimated:
        return _("{label} (est.)").format(label=label)
    return _("{label} (in part)").format(label=label) if coverage.lacks(metric.key) else label


def _second(metric: Metric, value: Number, now: Now) -> tuple[str, str]:
    """Return the line below the figure and its tone."""
    if metric.key in now.stale:  # no trend of what nobody tells any more
        return _("{span} ago").format(span=span_text(now.stale[metric.key])), "late"
    if metric.key == "gmv" and now.pace is not None and now.pace.share is not None:
        return _against_goal(now.pace, now.behind)
    rate = METRICS["follow_rate"]
    if metric.key == "new_followers" and (share := value_of(rate, now.figures, now.coverage)) is not None:
        return _("{label} {value}").format(label=_(rate.label), value=format_metric(rate, share)), ""
    base = BASES.get(metric.key)
    if base is not None and base.course is Course.TOTAL:
        return _grown(metric, value, now.ago.get(metric.key)), ""
    return _moved(metric, value, now)


def _against_goal(pace: Pace, behind: float) -> tuple[str, str]:
    """Write ``72% • due 78%``; late where the pace is below ``behind`` of what is due."""
    share = share_text(pace.share or 0, 0)
    if pace.should_share is None:
        return _("{share} of the goal").format(share=share), ""
    late = pace.ratio is not None and pace.ratio < behind
    text = _("{share} • due {due}").format(share=share, due=percent_text(pace.should_share, 0))
    return text, "late" if late else ""


def _grown(metric: Metric, value: Number, before: Number | None) -> str:
    """Write how much a total grew in the last five minutes; nothing where it was not known then."""
    if before is None:
        return ""
    grown = value - before
    sign = "−" if grown < 0 else "+"
    return _(_AGAINST_AGO).format(delta=sign + format_metric(metric, abs(grown)))


def _moved(metric: Metric, value: Number, now: Now) -> tuple[str, str]:
    """Write a rate against the sessions before, a level against five minutes ago."""
    usual = None if metric.key == "online" else past_mean(metric, now.past)
    before = value_of(metric, now.ago, now.coverage) if usual is None else usual
    delta = delta_text(metric, value, before)
    if not delta:
        return "", ""
    # What is written without an arrow has not moved, whatever is behind the decimals.
    good = is_good(metric, value, before) if delta[0] in "▲▼" else None
    text = _(_AGAINST_AGO if usual is None else _AGAINST_PAST).format(delta=delta)
    return text, "" if good is None else "good" if good else "bad"
