"""The quiet alarms: pure conditions. Thresholds are the shop's; whoever asks passes what it knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

from liveshop_desk.i18n import _, mark, percent_text, span_text
from liveshop_desk.model.bases import Number
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.goals import Pace

_DUE_FIRST = 0.05  # of the goal: nine minutes of a three-hour show


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When an alarm speaks. Lengths in seconds, shares as fractions."""

    stock_seconds: float = 120
    goal_ratio: float = 0.9
    silent_seconds: float = 900
    source_seconds: float = 15
    online_drop: float = 0.2
    online_seconds: float = 180
    click_pay_share: float = 0.5
    click_pay_clicks: float = 30  # fewer clicks than that in a pitch say nothing
    listed: float = 30


DEFAULTS = Thresholds()
STOCK_KEYS = frozenset({"stock_out", "sold_beyond"})  # these are about a SKU, and more of it helps
_OFF_AIR = mark("add stock, or unlist it")  # what helps where a product is sold that is not on air


def thresholds(chosen: Mapping[str, object]) -> Thresholds:
    """Return the shop's own thresholds by field name; what is no positive number stays as it is by default."""
    fits = {
        spec.name: float(value)
        for spec in fields(Thresholds)
        if isinstance(value := chosen.get(spec.name), int | float) and value > 0
    }
    return replace(DEFAULTS, **fits)


Phrase = tuple[str, tuple[tuple[str, str], ...]]
"""A message id and its placeholders."""
Part = str | tuple[str, float] | tuple[str, Phrase]
"""What stands in a placeholder: a name or a count; or a measure, or a phrase, which is worded when it is shown."""

_PHRASE = "words"  # in the place of a measure's name
_MEASURES: dict[str, Callable[[float], str]] = {
    "span": span_text,  # seconds
    "percent": lambda share: percent_text(share, 0),
    "percent.1": lambda share: percent_text(share, 1),
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm. ``text`` and ``act`` (what it proposes) are message ids, ``parts`` their placeholders.

    ``about`` is the id of what it is about, where there may be several of one ``key``. ``command`` is the command
    that does what it proposes, ``cue`` the message id of a cue that would; both may be empty.
    """

    key: str
    text: str
    parts: tuple[tuple[str, Part], ...] = ()
    about: str = ""
    act: str = ""
    command: str = ""
    cue: str = ""

    def message(self) -> str:
        """Return the alarm in the user's language."""
        return self._words(self.text)

    def name(self) -> str:
        """Return the name within its message: what may be cut where there is no room for all of it."""
        parts = dict(self.parts)
        return worded(parts.get("title") or parts.get("source") or parts.get("text", ""))

    def proposal(self) -> str:
        """Return what could be done, in the user's language; empty where nothing is proposed."""
        return self._words(self.act) if self.act else ""

    def cue_text(self) -> str:
        """Return the cue it proposes, in the user's language; empty where there is none."""
        return self._words(self.cue) if self.cue else ""

    def _words(self, text: str) -> str:
        return _(text).format(**{name: worded(part) for name, part in self.parts})


def phrase(text: str, **placeholders: str) -> Part:
    """Return words of ours, a message id, as a part: whoever reads it has it in a language of their own."""
    return _PHRASE, (text, tuple(placeholders.items()))


def worded(part: Part) -> str:
    """Return a part in the user's language."""
    if isinstance(part, str):
        return part
    measure, value = part
    if not isinstance(value, int | float):
        text, placeholders = value
        return _(text).format(**dict(placeholders))
    return _MEASURES[measure](value) if measure in _MEASURES else str(value)


def pitch_over_time(title: str, seconds_on_air: float, planned_seconds: float | None) -> Alarm | None:
    """Tell when the segment on air has passed its planned length, by a second at least: “0 s over” says nothing."""
    if planned_seconds is None or seconds_on_air < planned_seconds + 1:
        return None
    over = ("span", seconds_on_air - planned_seconds)
    return Alarm(
        "pitch_over",
        mark("{title} is {over} over its time"),
        (("title", title), ("over", over)),
        act=mark("take next"),
        command="take_next",
    )


def stock_running_out(
    title: str, stock: int | None, units: Number | None, seconds: float, limits: Thresholds = DEFAULTS, about: str = "",
    *, on_air: bool = True,
) -> Alarm | None:  # fmt: skip
    """Tell when ``stock`` would be gone soon at the rate of ``units`` sold in the last ``seconds``.

    Only of what is on air the anchor can be told how much is left: a cue does not name its product.
    """
    if stock is None or stock <= 0 or not units or units < 0 or seconds <= 0:
        return None
    left = stock * seconds / units
    if left >= limits.stock_seconds:
        return None
    parts = (("title", title), ("stock", str(stock)), ("left", ("span", left)))
    return Alarm(
        "stock_out",
        mark("{title}: {stock} left, gone in {left} at this rate"),
        parts,
        about,
        mark("add stock, or cue “{stock} left”") if on_air else _OFF_AIR,
        cue=mark("Only {stock} left") if on_air else "",
    )


def sold_beyond(title: str, units: int, about: str, *, on_air: bool = True) -> Alarm:
    """Tell that ``units`` were sold which are not there: until goods are added or orders are given back."""
    parts = (("title", title), ("n", str(units)))
    return Alarm(
        "sold_beyond",
        mark("{title}: {n} sold beyond the stock"),
        parts,
        about,
        mark("add stock, or cue “Sold out”") if on_air else _OFF_AIR,
        cue=mark("Sold out") if on_air else "",
    )


def goal_behind(pace: Pace, limits: Thresholds = DEFAULTS) -> Alarm | None:
    """Tell when the goal pace is under its threshold; not while next to nothing of it is due: a show begins with ¥0."""
    if pace.ratio is None or pace.ratio >= limits.goal_ratio or (pace.should_share or 0) < _DUE_FIRST:
        return None
    parts = (("ratio", ("percent", pace.ratio)),)
    return Alarm("goal_behind", mark("Goal pace {ratio}"), parts, act=mark("bring a hit forward"))


def no_figures(
    last_at: Instant | None, started_at: Instant, now: Instant, limits: Thresholds = DEFAULTS
) -> Alarm | None:
    """Tell when nobody entered a figure for a while, counted from the session's start at first."""
    since = (now - max(last_at or started_at, started_at)) / 1000
    if since < limits.silent_seconds:
        return None
    return Alarm(
        "no_figures",
        mark("No figure for {since}"),
        (("since", ("span", since)),),
        act=mark("type one in"),
        command="enter_numbers",
    )


def online_falling(now: Number | None, before: Number | None, limits: Thresholds = DEFAULTS) -> Alarm | None:
    """Tell when online fell by the threshold; ``before`` is the figure ``limits.online_seconds`` ago."""
    if now is None or not before or now > before * (1 - limits.online_drop):
        return None
    parts = (("drop", ("percent", 1 - now / before)), ("span", ("span", limits.online_seconds)))
    return Alarm(
        "online_drop",
        mark("Online fell {drop} in {span}"),
        parts,
        act=mark("cue an interaction"),
        cue=mark("Viewers are leaving: ask them something"),
    )


def source_silent(source: str, last_at: Instant, now: Instant, limits: Thresholds = DEFAULTS) -> Alarm | None:
    """Tell when a source that was talking has said nothing for a while. ``source`` is the message id of its name."""
    silent = (now - last_at) / 1000
    if silent <= limits.source_seconds:
        return None
    return Alarm(
        "source_silent",
        mark("{source}: nothing for {silent}"),
        (("source", phrase(source)), ("silent", ("span", silent))),
        source,
        mark("look at the sources"),
        command="sources",
    )


def click_pay_halved(
    title: str, clicks: int, orders: int, usual: float | None, limits: Thresholds = DEFAULTS, about: str = ""
) -> Alarm | None:
    """Tell when few of those who click in this pitch buy. ``usual`` is the product's own orders per click."""
    if usual is None or usual <= 0 or clicks < limits.click_pay_clicks:
        return None
    rate = orders / clicks
    if rate >= usual * limits.click_pay_share:
        return None
    parts = (("title", title), ("rate", ("percent.1", rate)), ("usual", ("percent.1", usual)))
    return Alarm(
        "click_pay_low",
        mark("{title}: click → pay {rate}, usually {usual}"),
        parts,
        about,
        mark("cue price and trust"),
        cue=mark("Say the price and the guarantee again"),
    )


def fault(kind: str, text: Part) -> Alarm:
    """Return what OBS is troubled by, in the words it comes with."""
    return Alarm("obs", mark("{text}"), (("text", text),), kind, mark("look at OBS"), command="obs")


def too_many_listed(listed: int, limits: Thresholds = DEFAULTS) -> Alarm | None:
    """Tell when more products are on the shelf than viewers look through."""
    if listed <= limits.listed:
        return None
    parts = (("n", str(listed)), ("most", str(round(limits.listed))))
    return Alarm("too_many_listed", mark("{n} products are listed, more than {most}"), parts, act=mark("unlist some"))
