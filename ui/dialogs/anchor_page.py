"""The anchor's screen in the settings: which one, and how it looks. A sample shows what every choice does."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import ManualClock
from liveshop_desk.prompter.pace import FASTEST, SLOWEST
from liveshop_desk.prompter.reader import Reader
from liveshop_desk.prompter.screens import best, screen_id
from liveshop_desk.prompter.script import render
from liveshop_desk.settings import Settings
from ui.dialogs.form import Stepper, check, choice, form, number, whole
from ui.prompter.look import USUAL_WIDTH
from ui.prompter.placing import id_of
from ui.prompter.surface import PrompterSurface
from ui.prompter.wear import FONTS, MARGINS, MARKS, SPACINGS, THEMES, Wear, put_on, wear_of
from ui.widgets.basics import label, set_look

PACES = (round(SLOWEST), round(FASTEST))


class AnchorPage(QWidget):
    """``edited`` after every change, for its effect to be seen at once."""

    edited = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        wear = wear_of(settings)
        self.screen_choice = choice(_screens(settings.prompter_screen), _chosen_screen(settings.prompter_screen))
        self.pace = number(settings.prompter_pace, *PACES)
        self.font_size = Stepper(wear.font, FONTS, 4, _("px"))
        self.spacing = Stepper(wear.spacing, SPACINGS, 10, "%")
        self.margin = Stepper(wear.margin, MARGINS, 1, "%")
        self.mark = Stepper(wear.mark, MARKS, 2, "%")
        self.mirror = check(_("Left to right, for the glass"), on=wear.mirror[0])
        self.mirror_v = check(_("Upside down"), on=wear.mirror[1])
        self.theme = choice(_themes(), wear.theme)
        self.preview_theme = choice([("", _("As the anchor's screen")), *_themes()], settings.preview_theme)
        self._sample = PrompterSurface(_sample_reader())
        self._sample.setFixedSize(320, 180)
        self._sample.set_reference_width(USUAL_WIDTH)
        self._worn: Wear | None = None
        self._lay_out()
        self._connect()
        self._show_sample()

    def taken(self, settings: Settings) -> Settings:
        """Return the settings with what this page says."""
        wear = Wear().changed(
            font=self.font_size.value,
            spacing=self.spacing.value,
            margin=self.margin.value,
            mark=self.mark.value,
            mirror=(self.mirror.isChecked(), self.mirror_v.isChecked()),
            theme=self.theme.currentData(),
        )
        chosen = str(self.screen_choice.currentData())
        return replace(
            settings,
            **wear.fields(),  # pyright: ignore[reportArgumentType]
            prompter_pace=whole(self.pace, settings.prompter_pace),
            prompter_screen=chosen,
            preview_theme=self.preview_theme.currentData(),
        )

    def problems(self) -> list[str]:
        """Return what cannot be saved, in words."""
        good = self.pace.hasAcceptableInput()
        set_look(self.pace, tone="" if good else "error")
        words = _("The pace is from {low} to {high} characters/min.").format(low=PACES[0], high=PACES[1])
        return [] if good else [words]

    def _lay_out(self) -> None:
        fields = form([
            (_("Screen"), self.screen_choice),
            (_("Prompter pace, characters/min"), self.pace),
            (_("Text size"), self.font_size),
            (_("Line to line"), self.spacing),
            (_("Margins"), self.margin),
            (_("Reading line from the top"), self.mark),
            (_("Mirror"), self.mirror),
            ("", self.mirror_v),
            (_("Colours of the prompter"), self.theme),
            (_("Colours of the preview"), self.preview_theme),
        ])  # fmt: skip
        self.mirror_v.setAccessibleName(_("Upside down"))
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self._sample)
        words = label(
            _("The anchor's screen shows every choice at once; Cancel brings the old look back."), size=12, tone="faint"
        )
        words.setWordWrap(True)
        words.setFixedWidth(320)
        side.addWidget(words)
        side.addStretch(1)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(24)
        both.addLayout(fields, 1)
        both.addLayout(side)

    def _connect(self) -> None:
        self.pace.textChanged.connect(self.edited)
        for stepper in (self.font_size, self.spacing, self.margin, self.mark):
            stepper.changed.connect(lambda _value: self._edit())
        for box in (self.mirror, self.mirror_v):
            box.toggled.connect(lambda _on: self._edit())
        for chooser in (self.theme, self.preview_theme, self.screen_choice):
            chooser.currentIndexChanged.connect(lambda _index: self._edit())

    def _edit(self) -> None:
        self._show_sample()
        self.edited.emit()

    def _show_sample(self) -> None:
        wear = wear_of(self.taken(Settings()))
        put_on(self._sample, wear, self._worn)
        self._worn = wear


def _themes() -> list[tuple[str, str]]:
    texts = (_("White on black"), _("Yellow on black"), _("High contrast"))
    return list(zip(THEMES, texts, strict=True))


def _screens(chosen: str) -> list[tuple[str, str]]:
    """Return the screens to choose among: those connected, and the one chosen where it is not."""
    found = [id_of(screen) for screen in QGuiApplication.screens()]
    sizes = [screen.size() for screen in QGuiApplication.screens()]
    lines = [("", _("Any the desk is not on"))]
    lines += [(i.text, f"{i.title}  {size.width()}×{size.height()}") for i, size in zip(found, sizes, strict=True)]
    if chosen and best(screen_id(chosen), found) is None:
        lines.append((chosen, _("{screen} (not connected)").format(screen=screen_id(chosen).title)))
    return lines


def _chosen_screen(chosen: str) -> str:
    """Return the identity as the list has it: the same monitor may be in another socket now."""
    found = [id_of(screen) for screen in QGuiApplication.screens()]
    at = best(screen_id(chosen), found) if chosen else None
    return chosen if at is None else found[at].text


def _sample_reader() -> Reader:
    """Return a reader that stands in the middle of a few words."""
    reader = Reader(ManualClock())
    lines = (_("Feel how light it is."), _("Today {live_price} instead of {list_price},"), _("and only {stock} left."))
    reader.load(render("\n".join(lines * 4), {"live_price": "¥369", "list_price": "¥899", "stock": "18"}))
    reader.seek(reader.total / 3)
    return reader
