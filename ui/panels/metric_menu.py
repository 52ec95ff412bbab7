"""The menu of all metrics: those watched from minute to minute first, the rest one step further."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.metrics_catalogue import METRICS
from ui.widgets.basics import plain_caption

# What operators watch from minute to minute (KPI.md).
WATCHED = (
    "online", "gmv", "orders", "units", "buyers", "entered", "left", "comments", "new_followers", "fan_joins",
    "negative_feedback", "stay_seconds", "interact_rate", "gpm", "click_rate", "click_pay_rate", "uv_value",
    "enter_rate", "ad_spend",
)  # fmt: skip


def metric_menu(
    parent: QWidget, chosen: Collection[str], turn: Callable[[str, bool], None], *, full: bool = False
) -> QMenu:
    """Return the menu; ``turn(key, on)`` is called for the one that was clicked. ``full``: no other can be added."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    more = QMenu(_("More"), menu)
    for key in (*WATCHED, *(key for key in METRICS if key not in WATCHED)):
        metric = METRICS[key]
        basis = metric.basis_text()
        name = f"{_(metric.label)} ({basis})" if basis else _(metric.label)
        act = (menu if key in WATCHED else more).addAction(plain_caption(name))
        act.setCheckable(True)
        act.setChecked(key in chosen)
        act.setEnabled(key in chosen or not full)
        act.triggered.connect(lambda on, key=key: turn(key, on))
    menu.addMenu(more)
    return menu
