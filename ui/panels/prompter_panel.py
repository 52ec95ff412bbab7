"""The prompter seen by the operator: what the anchor reads, where she is, and the hands on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import timer_text
from liveshop_desk.prompter.pace_words import pace_text
from ui.anchor import Anchor
from ui.context import Context
from ui.panels.cue_bar import CueBar
from ui.panels.prompter_more import PrompterMore, finish_text
from ui.prompter.surface import PrompterSurface
from ui.prompting import Prompting
from ui.widgets.basics import Panel, button, label, plain_tip, set_look
from ui.widgets.giving_way import GivingWay, hiding

PACE_STEP = 10  # 字/分钟
FONT_STEP = 4  # px
TICK_MS = 250
_LEAST = 300  # px


class PrompterPanel(Panel):
    """The preview breaks its lines as the anchor's screen does and shares its reader."""

    def __init__(self, context: Context, prompting: Prompting, anchor: Anchor) -> None:
        super().__init__(_("Prompter"))
        self._context = context
        self._anchor = anchor
        self._plain_screen = False
        self._prompting = prompting
        self._sheet: PrompterMore | None = None
        self.reader = prompting.reader
        frames = anchor.window.surface.frames
        context.gaps.follow(frames)
        frames.started.connect(context.bridge.be_brief)
        frames.stopped.connect(context.bridge.be_patient)
        self.surface = PrompterSurface(self.reader, frames=frames)
        self.surface.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.surface.installEventFilter(self)
        self._left = label(kind="pill", size=13)
        self._pace = label(kind="pill", size=13)
        self.add_header(self._left, self._pace)
        self._header_room = GivingWay(self.header, hiding(self.subtitle), hiding(self._pace))
        self.add_body(self.surface)
        self._make_back()
        anchor.nook = self.surface
        self._controls()
        self.cues = CueBar(context, anchor)
        self.add_body(self.cues, 0)
        self._bind()
        anchor.changed.connect(self._refresh)
        prompting.upcoming_changed.connect(self._show_upcoming)
        self._forget = [
            self.reader.changed.connect(self._refresh), prompting.finisher.changed.connect(self._refresh),
        ]  # fmt: skip
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: context.gaps.soon(self._refresh))
        self._timer.start(TICK_MS)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self.title.setText(_("Prompter"))
        self.setAccessibleName(_("Prompter"))
        self.surface.setAccessibleName(_("Prompter text"))
        self._mirror.setText(_("Mirror"))
        for command, name in _step_names().items():
            self._steps[command].setAccessibleName(name)
            self._steps[command].setToolTip(plain_tip(f"{name}  {self._context.actions.keys_text(command)}"))
        self._name_screen()
        self._back.setText(_("Back to the reader") + "  Esc")
        self._place_back()
        self._more.setAccessibleName(_("More of the prompter"))
        self._more.setToolTip(
            plain_tip(f"{_('More of the prompter')}  {self._context.actions.keys_text('prompter_finish')}")
        )
        self.cues.retranslate()
        self._refresh()

    def minimumSizeHint(self) -> QSize:
        """Return the size with the controls at their fewest: they must not hold the window wide."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def close_panel(self) -> None:
        """Stop following the reader."""
        self._timer.stop()
        for forget in self._forget:
            forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space plays and pauses while the preview has the keyboard; its arrows look ahead once that has begun."""
        if watched is self.surface and event.type() == QEvent.Type.Resize:
            self._place_back()
        if watched is self.surface and isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        surface, page = self.surface, self.surface.page_lines()
        move = surface.look_ahead if surface.ahead.active else surface.nudge_lines
        acts = {
            Qt.Key.Key_Space: self.reader.toggle,
            Qt.Key.Key_Up: lambda: move(-1),
            Qt.Key.Key_Down: lambda: move(1),
            Qt.Key.Key_PageUp: lambda: move(-page),
            Qt.Key.Key_PageDown: lambda: move(page),
            Qt.Key.Key_Home: self.reader.to_start,
        }
        if surface.ahead.active:
            acts[Qt.Key.Key_Escape] = surface.ahead.leave
        act = acts.get(Qt.Key(event.key()))
        if act is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        act()
        return True

    def _controls(self) -> None:
        actions = self._context.actions
        self._play = button()
        self._narrow_play(False)
        self._play.clicked.connect(actions["prompter_play"].trigger)
        self._speed = label(size=12, tone="dim")
        self._size = label(size=12, tone="dim")
        self._mirror = button(_("Mirror"))
        self._mirror.setCheckable(True)
        self._mirror.clicked.connect(actions["prompter_mirror"].trigger)
        signs = {"prompter_slower": "−", "prompter_faster": "＋", "prompter_smaller": "A−", "prompter_larger": "A＋"}
        made = self._steps = {command: self._small(command, sign) for command, sign in signs.items()}
        self._screen = button()
        self._screen.clicked.connect(actions["prompter_screen"].trigger)
        actions["prompter_screen"].changed.connect(self._name_screen)  # another key
        self._more = button("⋯", kind="small")
        self._more.setFixedWidth(36)
        self._more.clicked.connect(self.open_more)
        self.footer = self.add_footer(
            self._play,
            made["prompter_slower"],
            self._speed,
            made["prompter_faster"],
            made["prompter_smaller"],
            self._size,
            made["prompter_larger"],
            None,
            self._more,
            self._mirror,
            self._screen,
        )
        layout = self.footer.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setSpacing(6)
        sizes = hiding(made["prompter_smaller"], self._size, made["prompter_larger"])
        GivingWay(
            self.footer, sizes, self._shorten_screen, hiding(self._mirror), self._narrow_play, hiding(self._speed)
        )

    def _narrow_play(self, narrower: bool) -> None:
        self._play.setMinimumWidth(40 if narrower else 64)

    def _shorten_screen(self, shorter: bool) -> None:
        self._plain_screen = shorter
        self._name_screen()

    def _name_screen(self) -> None:
        title, keys = _("Anchor's screen"), self._context.actions.keys_text("prompter_screen")
        whole = f"{title}  {keys}".rstrip()
        self._screen.setText(title if self._plain_screen else whole)
        self._screen.setToolTip(plain_tip(whole))
        self._screen.setAccessibleName(title)

    def _small(self, command: str, text: str) -> QPushButton:
        made = button(text, kind="small")
        made.setFixedWidth(36)
        made.clicked.connect(self._context.actions[command].trigger)
        return made

    def _bind(self) -> None:
        acts = self._context.actions
        acts.on("prompter_play", self.reader.toggle)
        acts.on("prompter_restart", self.reader.to_start)
        acts.on("prompter_stop", self.reader.halt)
        acts.on("prompter_reverse", self.reader.reverse)
        acts.on("prompter_blank", lambda: self._anchor.set_blank(not self._anchor.blank))
        acts.on("prompter_finish", self.open_more)
        acts.on("prompter_ahead", self._look_ahead)
        acts.on("prompter_jump", self._open_jump)
        acts.on("prompter_mark_next", lambda: self._step(1))
        acts.on("prompter_mark_previous", lambda: self._step(-1))
        acts.on("prompter_back", lambda: self.surface.nudge_lines(-1))
        acts.on("prompter_forward", lambda: self.surface.nudge_lines(1))
        acts.on("prompter_slower", lambda: self.reader.set_pace(self.reader.pace - PACE_STEP))
        acts.on("prompter_faster", lambda: self.reader.set_pace(self.reader.pace + PACE_STEP))
        acts.on("prompter_smaller", lambda: self._anchor.set_font(self._anchor.window.surface.font_size - FONT_STEP))
        acts.on("prompter_larger", lambda: self._anchor.set_font(self._anchor.window.surface.font_size + FONT_STEP))
        acts.on("prompter_mirror", lambda: self._anchor.set_mirrored(not self._anchor.mirrored))
        acts.on("prompter_screen", self._anchor.toggle)

    def _refresh(self) -> None:
        reader = self.reader
        font = self._anchor.window.surface.font_size
        self._left.setText(_("left {time}").format(time=timer_text(reader.remaining_seconds())))
        aim, tone = finish_text(self._prompting.finisher, brief=True)
        said = self._pace.text(), self.subtitle.text()
        self._pace.setText(aim or pace_text(reader.pace, reader.text.unit))
        set_look(self._pace, tone=tone if aim else "")
        self._play.setText("◀◀" if reader.backing else "❚❚" if reader.playing else "▶")
        self._play.setAccessibleName(_("Pause") if reader.playing or reader.backing else _("Play"))
        self._play.setToolTip(plain_tip(self._context.actions.keys_text("prompter_play")))
        self._speed.setText(str(round(reader.pace)))
        self._size.setText(str(font))
        self._mirror.setChecked(self._anchor.mirrored)
        self._anchor.dress(self.surface)
        self.surface.set_every(2 if self._anchor.window.isVisible() else 1)
        self.subtitle.setText(self._where())
        set_look(self.subtitle, tone="next" if self._anchor.blank else "faint")
        if said != (self._pace.text(), self.subtitle.text()):  # what is hidden tells nobody that it would fit again
            self._header_room.fit()

    def _make_back(self) -> None:
        self._back = button(kind="chosen")
        self._back.setParent(self.surface)
        self._back.clicked.connect(self.surface.ahead.leave)
        self._back.hide()
        self.surface.ahead.changed.connect(self._show_back)
        self._show_upcoming()

    def _show_back(self) -> None:
        self._back.setVisible(self.surface.ahead.active)
        self._place_back()

    def _place_back(self) -> None:
        self._back.adjustSize()
        room = self.surface.rect().adjusted(10, 10, -10, -10)
        self._back.move(room.right() - self._back.width(), room.top())

    def _look_ahead(self) -> None:
        """Begin to look ahead, or go on by a page; the arrows, the wheel and Esc are at hand."""
        self.surface.look_ahead(self.surface.page_lines())
        self.surface.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_upcoming(self) -> None:
        self.surface.set_upcoming(self._prompting.upcoming)

    def open_more(self) -> None:
        """Open the sheet with what is wanted less often."""
        if self._sheet is None:
            self._sheet = PrompterMore(self.window(), self._context, self._prompting.finisher)
            self._sheet.closed.connect(self._forget_sheet)
        self._sheet.open_here(self._more)

    def _forget_sheet(self) -> None:
        self._sheet = None
        self.surface.setFocus(Qt.FocusReason.PopupFocusReason)

    def _step(self, way: int) -> None:
        from ui.panels.prompter_jump import step

        step(self.reader, way)

    def _open_jump(self) -> None:
        from ui.panels.prompter_jump import jump_menu

        menu = jump_menu(self, self.reader)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.surface.mapToGlobal(self.surface.rect().topLeft()))

    def _where(self) -> str:
        window = self._anchor.window
        if not window.isVisible():
            return _("screen off")
        if self._anchor.blank:
            return _("screen is blank")
        size = f"{window.width()}×{window.height()}"
        mirror = _("mirrored") if self._anchor.mirrored else _("not mirrored")
        return _("anchor's screen {size} • {mirror}").format(size=size, mirror=mirror)


def _step_names() -> dict[str, str]:
    """Return what the small buttons are called, by their commands."""
    return {
        "prompter_slower": _("Slower"),
        "prompter_faster": _("Faster"),
        "prompter_smaller": _("Smaller text"),
        "prompter_larger": _("Larger text"),
    }
