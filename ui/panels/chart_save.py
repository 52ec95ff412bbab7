"""The live chart as a picture file: drawn twice as sharp, with a heading, and written off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _, day_text
from liveshop_desk.model.clock import clock_text, to_local
from liveshop_desk.model.session import Session
from liveshop_desk.model.session_words import file_theme, marked
from liveshop_desk.paths import free_export
from ui.theme import Theme, font
from ui.widgets.live_chart import LiveChart

SHARP = 2  # pixels of the file per pixel of the screen
_HEAD, _EDGE = 56, 12  # px


def picture(chart: LiveChart, title: str, theme: Theme) -> QImage:
    """Return chart and heading as they are on the screen, ``SHARP`` times as fine; without the crosshair."""
    chart.hover_at(None)
    width, height = chart.width() + 2 * _EDGE, chart.height() + _HEAD + _EDGE
    image = QImage(width * SHARP, height * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    image.fill(theme.color("panel"))
    painter = QPainter(image)
    painter.setPen(theme.color("text"))
    painter.setFont(font(16, bold=True))
    painter.drawText(QRectF(_EDGE, 6, width - 2 * _EDGE, 26), Qt.AlignmentFlag.AlignVCenter, title)
    _write_lines(painter, chart, theme)
    chart.render(painter, QPoint(_EDGE, _HEAD))
    painter.end()
    return image


def save_task(image: QImage, path: Path) -> Callable[[Callable[[int, int], None]], Path]:
    """Return the work that writes ``image``; raises UserError where the disk does not take it."""

    def write(_report: Callable[[int, int], None]) -> Path:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _failed(path) from error
        if not image.save(str(path)):
            with suppress(OSError):  # a medium that takes nothing lets nothing go either
                path.unlink(missing_ok=True)
            raise _failed(path)
        return path

    return write


def chart_path(shop: Path, session: Session, now: int) -> Path:
    """Return a free path for the picture, named by date, time and theme."""
    at = to_local(session.ended_at or now)
    return free_export(shop, f"{at:%Y-%m-%d %H%M} {file_theme(session)}", ".png")


def chart_title(session: Session, now: int) -> str:
    """Return the picture's heading: day, theme and up to when it goes; a rehearsal says so first, as in a workbook."""
    begin = session.started_at or now
    span = f"{clock_text(begin)}–{clock_text(session.ended_at or now)}"
    title = f"{day_text(to_local(begin).date(), to_local(now).date())}  {session.theme}  {span}"
    return marked(session, title)


def _write_lines(painter: QPainter, chart: LiveChart, theme: Theme) -> None:
    painter.setFont(font(12))
    x = _EDGE
    for line in chart.picture.lines:
        text = ("┅ " if line.dashed else "● ") + line.label
        painter.setPen(theme.color(line.color))
        painter.drawText(QPoint(x, 48), text)
        x += painter.fontMetrics().horizontalAdvance(text) + 16


def _failed(path: Path) -> UserError:
    return UserError(
        _("The picture {name} could not be written.").format(name=path.name),
        kept=_("The numbers are untouched."),
        todo=_("Make room on the disk, or check the folder's permissions."),
    )
