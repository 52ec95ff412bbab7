"""The places of a script to jump to: its markers and key moments, in order."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QMenu, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import timer_text
from liveshop_desk.prompter.landmarks import markers, moments
from liveshop_desk.prompter.pace import Place
from liveshop_desk.prompter.reader import Reader
from ui.widgets.basics import plain_caption

_NEAR = 0.5  # units: a marker the reader stands on is neither before nor after it


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place by its title; ``units`` is where the reader would be."""

    title: str
    units: float
    moment: bool = False


def landmarks(reader: Reader) -> list[Landmark]:
    """Return the markers and key moments of what is read, in order."""

    def units(place: Place) -> float:
        return reader.text.units_at(place)

    found = [(each.place, Landmark(each.title, units(each.place))) for each in markers(reader.paragraphs)]
    found += [(each.place, Landmark(each.text, units(each.place), moment=True)) for each in moments(reader.paragraphs)]
    # By their places: no unit lies between a key moment that ends a line and the marker of the next.
    return [each for _place, each in sorted(found, key=lambda pair: (pair[0].paragraph, pair[0].offset))]


def step(reader: Reader, way: int) -> bool:
    """Go to the landmark after (1) or before (-1) the reader; ``False`` where there is none."""
    here = reader.goal
    found = [each.units for each in landmarks(reader) if (each.units - here) * way > _NEAR]
    if found:
        reader.glide_to(found[0] if way > 0 else found[-1])
    return bool(found)


def jump_menu(parent: QWidget, reader: Reader) -> QMenu:
    """Make the menu of all landmarks, each with the time from the start; empty, it says how to make one."""
    menu = QMenu(parent)
    menu.setAccessibleName(_("Jump within the script"))
    found = landmarks(reader)
    for each in found:
        at = timer_text(reader.text.seconds_between(0.0, each.units, reader.pace))
        sign = "◆" if each.moment else "▸"
        act = menu.addAction(plain_caption(f"{sign} {each.title}\t{at}"))
        act.triggered.connect(lambda _checked=False, to=each.units: reader.glide_to(to))
    if not found:
        menu.addAction(_("No markers. A line “# Title” or 【上链接】 in the script makes one.")).setEnabled(False)
    return menu
