"""The anchor's window: product strip, cue banners, the text, progress. All of it mirrors."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMoveEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from liveshop_desk.i18n import _
from liveshop_desk.prompter.hands import REPEATS, Act, Hands
from liveshop_desk.prompter.reader import Reader
from ui.prompter.bar_looks import inks_of
from ui.prompter.bars import CueBanner, ProductStrip, ProgressLine, StripState
from ui.prompter.keys import key_names
from ui.prompter.look import USUAL_WIDTH
from ui.prompter.surface import PrompterSurface
from ui.prompter.wear import Wear, put_on

__all__ = ["AnchorWindow", "StripState"]

_PACE_STEP = 10.0  # units a minute


class AnchorWindow(QWidget):
    """Shows a reader's text. Closing only hides it; the reader goes on.

    ``wanted(Act)``: a hand asked for what is not the window's own to do; ``left()``: it was closed; ``moved()``: it
    stands elsewhere; ``digit_typed(str)``: a number is begun that the desk's queue is to jump to.
    """

    cue_acknowledged = Signal()
    wanted = Signal(str)
    left = Signal()
    digit_typed = Signal(str)
    moved = Signal()

    def __init__(self, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._reader = reader
        self._hands = Hands({})
        self._wear: Wear | None = None
        self._blank = False
        self._auto_id = ""
        self.surface = PrompterSurface(reader, self)
        self._strip = ProductStrip(self)
        self._progress = ProgressLine(self)
        self._banner = CueBanner(self)
        self._auto = CueBanner(self, auto=True)
        self._bars = (self._strip, self._progress, self._banner, self._auto)
        for banner in (self._banner, self._auto):
            banner.acknowledged.connect(self._acknowledge)
        self.surface.frame_painted.connect(self._show_progress)
        self.retranslate()

    def retranslate(self) -> None:
        """Put all words into the language in use."""
        self.setWindowTitle(_("Prompter"))
        self.setAccessibleName(_("Prompter"))
        self.surface.setAccessibleName(_("Prompter text"))
        for bar in self._bars:  # their words are painted
            bar.update()

    # --- what it shows
    def set_strip(self, state: StripState) -> None:
        """Show the product on air."""
        self._strip.set_state(state)

    def show_cue(self, text: str) -> None:
        """Show the operator's message over the top of the text, blinking."""
        self._banner.show_text(text)
        self._arrange()

    def clear_cue(self) -> None:
        """Take the operator's message away."""
        self._banner.clear()
        self._arrange()

    def show_auto_cue(self, text: str, cue_id: str = "") -> None:
        """Show the desk's own message, below the operator's where there is one; another figure in it does not blink."""
        if text == self._auto.text:
            return
        if not text:
            self._auto.clear()
        elif self._auto.text and cue_id and cue_id == self._auto_id:
            self._auto.amend(text)
        else:
            self._auto.show_text(text)
        self._auto_id = cue_id
        self._arrange()

    @property
    def cue(self) -> str:
        """Return the operator's message shown, empty when there is none."""
        return self._banner.text

    def set_mirror(self, horizontal: bool, vertical: bool = False) -> None:
        """Mirror all of it for the glass."""
        self.surface.set_mirror(horizontal, vertical)
        for bar in self._bars:
            bar.set_mirror((horizontal, vertical))
        self._arrange()

    def put_on(self, wear: Wear) -> None:
        """Set it up as the user chose."""
        before, self._wear = self._wear, wear
        put_on(self.surface, wear, before)
        if before is None or wear.theme != before.theme:
            for bar in self._bars:
                bar.set_inks(inks_of(wear.theme))
        if before is None or wear.mirror != before.mirror:
            self.set_mirror(*wear.mirror)

    @property
    def blank(self) -> bool:
        """Tell whether the screen is black."""
        return self._blank

    def set_blank(self, blank: bool) -> None:
        """Be black but for cues; the reader goes on."""
        self._blank = blank
        self.surface.set_blank(blank)
        self._strip.set_blank(blank)
        self._progress.set_blank(blank)

    # --- where it is
    def fill(self, screen: QScreen, *, keyboard: bool = True) -> None:
        """Fill a screen; without the ``keyboard`` that stays at the desk, unless the window had it before."""
        self.retranslate()  # the language may be another by now
        quiet = not keyboard and not self.isActiveWindow()
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, quiet)
        if self.isFullScreen() and self.screen() is not screen:
            self.showNormal()  # else some window managers keep it on the screen it fills
        self._belong_to(None)
        self.surface.set_reference_width(None)
        self.setGeometry(screen.geometry())
        self.setScreen(screen)
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()  # showFullScreen would take the keyboard whatever the attribute says
        if not quiet:
            self.activateWindow()

    def stand(self, box: QRect, desk: QWidget | None = None) -> None:
        """Be a window of its own over the ``desk``, which keeps the keyboard: a small picture of the usual screen."""
        self.retranslate()
        self.surface.set_reference_width(USUAL_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._belong_to(desk)
        self.showNormal()
        self.setGeometry(box)

    def _belong_to(self, desk: QWidget | None) -> None:
        """Stay above the desk's window but not above its dialogs; full screen it belongs to nobody."""
        if desk is not None:
            self.winId()  # makes the window's handle
        kind = Qt.WindowType.Window if desk is None else Qt.WindowType.Dialog  # X11 keeps no plain window above another
        if self.windowFlags() & Qt.WindowType.WindowType_Mask != kind:
            self.setWindowFlags(kind)  # hides it; X11 is told whose window it is when it is shown
        handle, owner = self.windowHandle(), desk.windowHandle() if desk is not None else None
        if handle is not None:
            handle.setTransientParent(owner)  # pyright: ignore[reportArgumentType] (the stub knows no None)

    # --- hands
    def set_hands(self, hands: Hands) -> None:
        """Say which key does what here."""
        self._hands = hands

    def do(self, act: Act) -> None:
        """Do what a hand asked for."""
        reader, surface = self._reader, self.surface
        own = {
            Act.PLAY: reader.toggle,
            Act.FASTER: lambda: reader.set_pace(reader.pace + _PACE_STEP),
            Act.SLOWER: lambda: reader.set_pace(reader.pace - _PACE_STEP),
            Act.LINE_BACK: lambda: surface.nudge_lines(-1),
            Act.LINE_ON: lambda: surface.nudge_lines(1),
            Act.PAGE_BACK: lambda: surface.nudge_lines(-surface.page_lines()),
            Act.PAGE_ON: lambda: surface.nudge_lines(surface.page_lines()),
            Act.START: reader.to_start,
            Act.REVERSE: reader.reverse,
            Act.ACKNOWLEDGE: self._acknowledge,
            Act.LEAVE: self.close,
        }.get(act)
        if own is not None:
            own()
        elif act:
            self.wanted.emit(act.value)

    # --- inside
    def _arrange(self) -> None:
        """Place the parts by the window's height; banners lie over the text, so that no line moves for them."""
        width, height = self.width(), self.height()
        tall = min(height, round(width * 0.8))  # an upright screen has no room for bars that high
        strip, banner, progress = round(tall * 0.114), round(tall * 0.081), round(tall * 0.033)
        if tall < height:
            strip = round(strip * 1.7)  # two lines
        below = strip + (banner if self._banner.text else 0)
        boxes = [
            (self._strip, QRect(0, 0, width, strip)),
            (self.surface, QRect(0, strip, width, height - strip - progress)),
            (self._banner, QRect(0, strip, width, banner)),
            (self._auto, QRect(0, below, width, banner if below == strip else round(banner * 0.8))),
            (self._progress, QRect(0, height - progress, width, progress)),
        ]
        for widget, box in boxes:
            if self.surface.mirror[1]:
                box.moveTop(height - box.top() - box.height())
            widget.setGeometry(box)
        self._banner.raise_()
        self._auto.raise_()

    def _show_progress(self, units: float) -> None:
        self._progress.set_share(units / self._reader.total if self._reader.total else 0.0)

    def _acknowledge(self) -> None:
        """Tell the desk that the anchor has seen what is shown."""
        if self._banner.text or self._auto.text:
            self._banner.clear()
            self._auto.clear()
            self.cue_acknowledged.emit()

    # --- Qt's own
    def event(self, event: QEvent) -> bool:
        """Take the hands' keys before the desk's commands do: on the anchor's screen they are hers."""
        if isinstance(event, QKeyEvent) and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def _takes(self, event: QKeyEvent) -> bool:
        """Tell whether Qt asks if a key is the window's own, and it is."""
        return event.type() == QEvent.Type.ShortcutOverride and bool(self._hands.act(*key_names(event)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the table of hands says; a key held down repeats what may repeat."""
        act = self._hands.act(*key_names(event))
        if not act and event.text().isascii() and event.text().isdigit():
            event.accept()
            self.digit_typed.emit(event.text())  # a number + Enter jumps from here too: it is the desk's to read
            return
        if not act:
            super().keyPressEvent(event)
            return
        event.accept()
        if act in REPEATS or not event.isAutoRepeat():
            self.do(act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts anew."""
        super().resizeEvent(event)
        self._arrange()
        self.moved.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Say that it stands elsewhere."""
        super().moveEvent(event)
        self.moved.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide, and say so."""
        super().closeEvent(event)
        self.hide()  # Qt would hide it only behind this: whoever hears of it asks whether it is on
        self.left.emit()
