"""The notice bar: one message over the lower edge of the rooms, with its answer. Nothing below it moves."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.notices import Notice, Notices, in_language
from ui.widgets.basics import button, label, set_look

GOES_AFTER_MS = 6_000
WIDEST = 980  # px
MARGIN = 14  # px from the edges
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoticeBar(QFrame):
    """Shows notices one after another. An error waits until it is read, a question until it is answered.

    An info goes by itself, unless it keeps: then it goes when it is closed or something else went well, and
    comes back after an error or a question. One that lasts comes back after anything until it is closed, and so does
    an error a question was asked over.
    """

    def __init__(self, notices: Notices, host: QWidget) -> None:
        super().__init__(host)
        host.installEventFilter(self)
        self.setProperty("kind", "notice")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click on it leaves the keyboard where it is
        self._text = label(size=14)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._yes = button(kind="on_air")
        self._no = button()
        self._yes.clicked.connect(self._say_yes)
        self._no.clicked.connect(self._dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(12)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._yes)
        layout.addWidget(self._no)
        self._waiting: deque[Notice] = deque()
        self._shown: Notice | None = None
        self._before: list[QWidget] = []  # who had the keyboard before a question: in this window, and in all
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._dismiss)
        notices.posted.connect(self._post)
        notices.withdrawn.connect(self._withdraw)
        notices.reworded.connect(self._reword)
        self.hide()

    @property
    def shown(self) -> Notice | None:
        """Return the notice that is shown."""
        return self._shown

    def _post(self, notice: Notice) -> None:
        """Show a notice now, or behind an error or question that waits; a new question replaces an old one.

        A new error is shown before one that nobody has read: it may be the answer to the key just pressed.
        """
        shown = self._shown
        replaces = shown is None or shown.text == notice.text or notice.tone == "ask"
        if shown is not None and shown.tone == notice.tone == "error":
            replaces = True
            self._waiting = deque(waiting for waiting in self._waiting if waiting.text != notice.text)
        if shown is not None and shown.tone == "info":
            replaces = replaces or not (shown.keeps and notice.lasts)  # the button under the hand stays what it is
        if replaces:
            self._put_back(notice)
            self._show(notice)
        elif (notice.tone != "info" or notice.keeps) and all(waiting.text != notice.text for waiting in self._waiting):
            self._waiting.append(notice)  # any other info is worth nothing later

    def _put_back(self, notice: Notice) -> None:
        """Have what nobody has read or closed come back after what is said over it."""
        shown = self._shown
        if shown is None or shown.text == notice.text:
            return
        if shown.tone == "error" or shown.lasts or (shown.keeps and notice.tone != "info"):
            self._waiting.appendleft(shown)

    def _withdraw(self, text: str) -> None:
        """Say no more what is no longer so."""
        self._waiting = deque(waiting for waiting in self._waiting if not waiting.is_said(text))
        if self._shown is not None and self._shown.is_said(text):
            self._dismiss()

    def _reword(self, text: str, words: str) -> None:
        """Let what stands or waits with ``text`` say ``words``."""
        self._waiting = deque(each.saying(words) if each.is_said(text) else each for each in self._waiting)
        if self._shown is not None and self._shown.is_said(text):
            self._shown = self._shown.saying(words)
            self._show_words(self._shown)

    def _show(self, notice: Notice) -> None:
        self._shown = notice
        self.window().installEventFilter(self)  # it may have come to another window; installed twice it is once
        set_look(self, tone=notice.tone)
        self._show_words(notice)
        self.show()
        self.raise_()
        if notice.tone == "ask":
            self._take_keyboard()
        self._timer.stop()
        if notice.tone == "info" and not notice.keeps:
            self._timer.start(GOES_AFTER_MS)

    def retranslate(self) -> None:
        """Put what stands and what waits into the language in use: an order file may be announced for hours."""
        self._waiting = deque(in_language(waiting) for waiting in self._waiting)
        if self._shown is not None:
            self._shown = in_language(self._shown)
            self._show_words(self._shown)

    def _show_words(self, notice: Notice) -> None:
        self._text.setText(notice.text)
        self.setAccessibleName(notice.text)
        self._show_answers(notice)
        self._place()

    def _show_answers(self, notice: Notice) -> None:
        asks = notice.tone == "ask"
        self._yes.setVisible(bool(notice.yes))
        self._yes.setText(notice.yes + ("  ↵" if asks and not notice.stay else ""))
        set_look(self._yes, kind="on_air" if asks else "chosen")
        self._no.setText(notice.no)
        self._no.setAccessibleName(notice.close)
        set_look(self._no, kind="chosen" if notice.stay else "")

    def _place(self) -> None:
        """Lie over the lower edge of the host, as wide as it needs."""
        host = self.parentWidget()
        assert host is not None
        width = min(WIDEST, host.width() - 2 * MARGIN)
        layout = self.layout()
        assert layout is not None
        height = max(48, layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height())
        self.setGeometry((host.width() - width) // 2, host.height() - height - MARGIN, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the host changes its size; take an Escape nobody in the window had a use for."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.window() and self._shown is not None and _is_escape(event):
            self._dismiss()
            return True
        return False

    def _say_yes(self) -> None:
        notice = self._shown
        self._dismiss()
        if notice is not None and notice.on_yes is not None:
            notice.on_yes()

    def _dismiss(self) -> None:
        had_focus = self._has_keyboard()
        self._shown = None
        if had_focus:
            self._give_focus_back()
        self.hide()
        if self._waiting:
            self._show(self._waiting.popleft())

    def _take_keyboard(self) -> None:
        """Have Enter and Escape answer here, where a window of its own (the script's sheet) has asked too."""
        if not self._has_keyboard():
            self._before = [who for who in (self.window().focusWidget(), QApplication.focusWidget()) if who is not None]
        if QApplication.activeWindow() not in (None, self.window()) and QApplication.activeModalWidget() is None:
            self.window().activateWindow()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_keyboard(self) -> bool:
        return self.window().focusWidget() in (self, self._yes, self._no)

    def _give_focus_back(self) -> None:
        """Return the keyboard to where it was before the question.

        Before the bar is hidden: Qt would hand it to whatever comes next, the button that ends the show.
        """
        self.clearFocus()
        for who in self._before:
            try:
                if who.window() is not self.window():
                    who.window().activateWindow()
                who.setFocus(Qt.FocusReason.OtherFocusReason)
            except RuntimeError:
                continue  # that control is gone meanwhile
        self._before = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter alone answers yes, or no where that is the usual answer; Escape no.

        With Ctrl or Shift it is another act's key, or a text's; held down it was meant for what came before.
        """
        alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and alone and self._shown and self._shown.yes:
            if not event.isAutoRepeat():
                (self._dismiss if self._shown.stay else self._say_yes)()
        elif event.key() == Qt.Key.Key_Escape:
            self._dismiss()
        else:
            super().keyPressEvent(event)


def _is_escape(event: QEvent) -> bool:
    """Tell whether Escape alone was pressed."""
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyPress
        and event.key() == Qt.Key.Key_Escape
        and event.modifiers() == Qt.KeyboardModifier.NoModifier
    )
