"""The anchor's window seen from the desk: its screen, its look, its strip, its hands, the cues on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _
from liveshop_desk.model.session import Cue
from liveshop_desk.prompter.hands import Act, Hands
from liveshop_desk.prompter.values import values_of
from liveshop_desk.settings import Settings
from liveshop_desk.store.queries import QueueRow
from ui.anchor_cues import AnchorCues
from ui.anchor_strip import short_of
from ui.context import Context
from ui.desk_hands import DeskHands
from ui.prompter.bars import StripState
from ui.prompter.look import USUAL_WIDTH
from ui.prompter.placing import Placing
from ui.prompter.surface import PrompterSurface
from ui.prompter.wear import THEMES, Wear, put_on, wear_of
from ui.prompter.window import AnchorWindow
from ui.prompting import Prompting

TICK_MS = 500  # the strip's remaining time, automatic cues


class Anchor(QObject):
    """Holds the one anchor window. ``changed`` when it is shown, hidden, blanked, set up otherwise or moved.

    ``row_changed`` when ``row`` has been read anew, ``cue_changed`` when a cue was given or seen.
    """

    changed = Signal()
    row_changed = Signal()
    cue_changed = Signal()

    def __init__(self, context: Context, prompting: Prompting) -> None:
        super().__init__()
        self._context = context
        self._prompting = prompting
        self.window = AnchorWindow(prompting.reader)
        desk = context.actions.parent()
        self._desk = desk if isinstance(desk, QWidget) else None
        self.nook: QWidget | None = None  # what the small window may lie on: the preview
        self._worn: dict[PrompterSurface, Wear] = {}
        self._unplugged = ""  # what was said of a screen that went
        self._told_alone = False  # that there is no second screen has been said
        self.wear = wear_of(context.desk.settings)  # what is worn, be it only tried on
        self._chosen = self.wear  # … and what is remembered
        self.cues = AnchorCues(context, self.window)
        self.placing = Placing(self.window, self._desk, self._nook_box)
        self.placing.filled = context.desk.settings.prompter_filled
        self._desk_hands = DeskHands(self._desk, self.do) if self._desk is not None else None
        self._connect()
        self.apply_settings()
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: context.gaps.soon(self._tick))
        self._timer.start(TICK_MS)
        self._read_cues()
        self.refresh()

    def _connect(self) -> None:
        window, placing, context = self.window, self.placing, self._context
        window.left.connect(self.changed)
        window.cue_acknowledged.connect(self.cues.acknowledge)
        window.wanted.connect(lambda act: self.do(Act(act)))
        placing.lost.connect(self._on_lost)
        placing.back.connect(self._on_back)
        placing.alone.connect(self._on_alone)
        placing.offered.connect(self._on_offered)
        placing.moved.connect(self.changed)
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(lambda _id: self._read_cues())
        self._prompting.row_changed.connect(self.refresh)
        self._prompting.row_changed.connect(self.row_changed)
        self._prompting.upcoming_changed.connect(lambda: window.surface.expect(self._prompting.upcoming))
        window.surface.expect(self._prompting.upcoming)

    # --- what the panels ask
    @property
    def row(self) -> QueueRow | None:
        """Return the row of the queue the anchor is reading."""
        return self._prompting.row

    @property
    def cue(self) -> Cue | None:
        """Return the cue the desk tells of: what the operator waits for, else the last given."""
        return self.cues.newest

    @property
    def mirrored(self) -> bool:
        """Tell whether the anchor's text is mirrored left to right."""
        return self.wear.mirror[0]

    @property
    def blank(self) -> bool:
        """Tell whether the anchor's screen is black."""
        return self.window.blank

    def remembered(self) -> dict[str, object]:
        """Return what is to be kept of it, as fields of the settings."""
        return {
            **self._chosen.fields(),
            "prompter_screen": self.placing.wanted.text,
            "prompter_filled": self.placing.filled,
            "prompter_box": self.placing.box,
            "prompter_on": self.window.isVisible(),
        }

    def dress(self, preview: PrompterSurface) -> None:
        """Let a preview break its lines as the anchor's screen does; it is never mirrored."""
        preview.set_reference_width(self.window.width() if self.window.isFullScreen() else USUAL_WIDTH)
        theme = self._context.desk.settings.preview_theme or self.wear.theme
        wear = self.wear.changed(mirror=(False, False), theme=theme)
        if self._worn.get(preview) != wear:
            put_on(preview, wear, self._worn.get(preview))
            self._worn[preview] = wear

    # --- what it is told
    def apply_settings(self) -> None:
        """Take the settings."""
        settings = self._context.desk.settings
        self.window.retranslate()
        self.window.set_hands(Hands(settings.hands))
        self.placing.box = settings.prompter_box
        if settings.prompter_screen != self.placing.wanted.text:
            self.placing.want(settings.prompter_screen)
            if self.window.isVisible():
                self.placing.show()
        if self._desk_hands is not None:
            self._desk_hands.apply(settings)
        self.put_on(wear_of(settings))

    def try_on(self, settings: Settings) -> None:
        """Show how it would look, without keeping it."""
        self._show(wear_of(settings))

    def put_on(self, wear: Wear) -> None:
        """Look otherwise; place and pace stay."""
        self._chosen = wear
        self._show(wear)

    def _show(self, wear: Wear) -> None:
        self.wear = wear
        self.window.put_on(wear)

    def set_wear(self, **changes: object) -> None:
        """Change how it looks, to be remembered."""
        self.put_on(self.wear.changed(**changes))
        self.changed.emit()

    def set_mirrored(self, mirrored: bool) -> None:
        """Mirror the anchor's text for the glass."""
        self.set_wear(mirror=(mirrored, self.wear.mirror[1]))

    def set_font(self, pixels: int) -> None:
        """Set the text size in px of the anchor's screen."""
        self.set_wear(font=pixels)

    def set_blank(self, blank: bool) -> None:
        """Make the anchor's screen black, or bring it back."""
        self.window.set_blank(blank)
        self.changed.emit()

    def toggle(self, *, keyboard: bool = True) -> None:
        """Show the prompter on the anchor's screen, or take it away; what a hand switches on has the ``keyboard``."""
        if self.window.isVisible():
            self.window.close()
        else:
            filled = self.placing.filled
            self.placing.show(keyboard=keyboard)
            if len(QGuiApplication.screens()) < 2:
                self._say_alone(filled=filled, asked=keyboard)
        self.changed.emit()

    def move_to(self, identity: str) -> None:
        """Go to a screen (its identity as in the settings; empty: any the desk is not on)."""
        self.placing.want(identity)
        if self.window.isVisible():
            self.placing.show()
        self.changed.emit()

    def do(self, act: Act) -> None:
        """Do what a hand asked for, on the anchor's window or the desk's."""
        commands = {Act.NEXT_SEGMENT: "take_next", Act.PREVIOUS_SEGMENT: "take_previous"}
        if act in commands:
            self._context.actions.give(commands[act])
        elif act is Act.BLANK:
            self.set_blank(not self.blank)
        elif act in _looks(self.wear):
            self.set_wear(**_looks(self.wear)[act])
        else:
            self.window.do(act)

    def refresh(self) -> None:
        """Bring the strip up to date."""
        row = self._prompting.row
        if row is None:
            self.window.set_strip(StripState(next_name=self._prompting.next_title))
            return
        values = values_of(row.product, row.segment.title)
        short = short_of(row.product, self._context.desk.settings.low_stock)
        self.window.set_strip(
            StripState(
                values.get("name", row.segment.title),
                values.get("live_price", ""),
                values.get("list_price", ""),
                values.get("stock", ""),
                short.low,
                self._prompting.next_title,
                self._remaining(),
                short.note,
            )
        )

    def close(self) -> None:
        """Let the window go."""
        self._timer.stop()
        self.placing.forget()
        self.window.left.disconnect(self.changed)  # nobody switched it off: it is there again with the show
        self.window.close()
        self.window.deleteLater()

    # --- inside
    def _tick(self) -> None:
        self.refresh()
        self.cues.look(self._prompting.row, self._prompting.on_air_since, self._remaining())
        self.cues.show()

    def _remaining(self) -> float | None:
        """Return the seconds left of the segment on air, below zero when it is over."""
        row, started = self._prompting.row, self._prompting.on_air_since
        if row is None or started is None:
            return None
        return row.segment.planned_seconds - (self._context.desk.clock.now() - started) / 1000

    def _nook_box(self) -> QRect | None:
        nook = self.nook
        return QRect(nook.mapToGlobal(nook.rect().topLeft()), nook.size()) if nook and nook.isVisible() else None

    def _say_alone(self, *, filled: bool, asked: bool) -> None:
        """Say why it opens in a window where that is news: last time it filled a screen, or somebody asked for it."""
        name = self.placing.wanted.title
        if filled and name:
            self._context.notices.info(
                lambda: _("The anchor's screen {name} is not connected: the prompter opens in a window.").format(
                    name=name
                )
            )
        elif filled or (asked and not self._told_alone):
            self._context.notices.info(lambda: _("No second screen is connected: the prompter opens in a window."))
        self._told_alone = True

    def _on_lost(self, title: str) -> None:
        self._say_unplugged(
            lambda: _(
                "The anchor's screen {name} was unplugged. The prompter goes on in a window, and back when it is there."
            ).format(name=title)
        )

    def _say_unplugged(self, words: Callable[[], str]) -> None:
        self._context.notices.withdraw(self._unplugged)
        self._unplugged = words()
        self._context.notices.error(words)
        self.changed.emit()

    def _on_back(self, title: str) -> None:
        self._context.notices.withdraw(self._unplugged)
        self._context.notices.info(
            lambda: _("The anchor's screen {name} is back: the prompter is on it again.").format(name=title)
        )
        self.changed.emit()

    def _on_alone(self, title: str) -> None:
        self._say_unplugged(
            lambda: _(
                "The screen {name} was unplugged: the desk needs the anchor's, and the prompter goes on in a window."
            ).format(name=title)
        )

    def _on_offered(self, title: str) -> None:
        self._context.notices.info(
            lambda: _("Another screen is connected: {name}.").format(name=title),
            action=lambda: _("Show the prompter there"),
            on_action=lambda: self.move_to(""),
        )

    def _on_changed(self, changes: Changes) -> None:
        if changes.label == "settings":
            self.apply_settings()
        if changes.touches("cues", "sessions"):
            self._read_cues()

    def _read_cues(self) -> None:
        self.cues.read()
        self.cue_changed.emit()


def _looks(wear: Wear) -> dict[Act, dict[str, object]]:
    """Return what each act about looks changes."""
    horizontal, vertical = wear.mirror
    theme = THEMES[(THEMES.index(wear.theme) + 1) % len(THEMES)]
    return {
        Act.MIRROR: {"mirror": (not horizontal, vertical)},
        Act.MIRROR_V: {"mirror": (horizontal, not vertical)},
        Act.LARGER: {"font": wear.font + 4},
        Act.SMALLER: {"font": wear.font - 4},
        Act.LOOSER: {"spacing": wear.spacing + 10},
        Act.TIGHTER: {"spacing": wear.spacing - 10},
        Act.WIDER: {"margin": wear.margin + 1},
        Act.NARROWER: {"margin": wear.margin - 1},
        Act.MARK_UP: {"mark": wear.mark - 2},
        Act.MARK_DOWN: {"mark": wear.mark + 2},
        Act.THEME: {"theme": theme},
    }
