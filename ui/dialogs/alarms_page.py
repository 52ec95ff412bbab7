"""The page of the alarms' thresholds: when the quiet line below the queue speaks (KPI.md's alarms)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liveshop_desk.i18n import _, mark
from liveshop_desk.model.alarms import DEFAULTS, thresholds
from liveshop_desk.settings import Settings
from ui.dialogs.form import Stepper, form
from ui.widgets.basics import button, label, row


@dataclass(frozen=True, slots=True)
class Limit:
    """One threshold as it is shown: ``scale`` times the model's value, a whole number between ``ends``."""

    name: str
    title: str
    unit: str
    ends: tuple[int, int]
    step: int = 1
    scale: float = 1


_PERCENT, _SECONDS = mark("%"), mark("s")
LIMITS = (
    Limit("stock_seconds", mark("Stock would be gone within"), _SECONDS, (10, 3600), 10),
    Limit("online_drop", mark("Online falls by"), _PERCENT, (5, 90), 5, 100),
    Limit("online_seconds", mark("… within"), _SECONDS, (30, 1800), 30),
    Limit("source_seconds", mark("A source is silent for"), _SECONDS, (5, 3600), 5),
    Limit("click_pay_share", mark("Click → pay under this much of the usual"), _PERCENT, (5, 100), 5, 100),
    Limit("goal_ratio", mark("Goal pace under"), _PERCENT, (10, 100), 5, 100),
    Limit("silent_seconds", mark("No figure for"), mark("min"), (1, 240), 1, 1 / 60),
    Limit("listed", mark("More products listed than"), mark("products"), (1, 1000), 5),
)


class AlarmsPage(QWidget):
    """One line a threshold; what stands at its default is not saved."""

    edited = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        held = thresholds(settings.alarms)
        self.limits = {each.name: self._stepper(each, getattr(held, each.name)) for each in LIMITS}
        self.usual = button(_("Usual thresholds"))
        self.usual.clicked.connect(self.reset)
        words = label(
            _("One alarm is shown at a time, the gravest. Once seen it is quiet until it has gone and comes back."),
            size=12, tone="faint",
        )  # fmt: skip
        words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(form([(_(each.title), self.limits[each.name]) for each in LIMITS]))
        layout.addWidget(words)
        layout.addStretch(1)
        layout.addLayout(row(None, self.usual))

    def reset(self) -> None:
        """Put every threshold where it usually is."""
        for each in LIMITS:
            self.limits[each.name].set_value(_shown(each, getattr(DEFAULTS, each.name)))

    def taken(self, settings: Settings) -> Settings:
        """Return the settings with what this page says."""
        chosen: dict[str, float] = {}
        for each in LIMITS:
            value = self.limits[each.name].value
            if value != _shown(each, getattr(DEFAULTS, each.name)):
                chosen[each.name] = value / each.scale
        return replace(settings, alarms=chosen)

    def problems(self) -> list[str]:
        """Return what cannot be saved, in words: nothing, for a number outside its ends is not taken."""
        return []

    def _stepper(self, each: Limit, value: float) -> Stepper:
        made = Stepper(_shown(each, value), each.ends, each.step, _(each.unit))
        made.changed.connect(lambda _value: self.edited.emit())
        return made


def _shown(each: Limit, value: float) -> int:
    return round(value * each.scale)
