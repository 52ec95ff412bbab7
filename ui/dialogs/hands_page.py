"""Which key does what on the anchor's screen: a row an act, its keys as chips; every one can be another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liveshop_desk.commands import COMMANDS
from liveshop_desk.i18n import _
from liveshop_desk.prompter.hands import TITLES, Act, Hands
from liveshop_desk.settings import Settings
from ui.dialogs.form import check
from ui.dialogs.slices import Slices
from ui.prompter.keys import SCAN, is_modifier, key_names, key_title
from ui.theme import ROW, font
from ui.widgets.basics import button, label, plain_caption, row


def desk_command(key: str, chosen: Mapping[str, str]) -> str:
    """Return the title of the desk's command that has a key, or empty."""
    if key.startswith(SCAN):
        return ""
    wanted = QKeySequence(key)
    return next((_(c.title) for c in COMMANDS if QKeySequence(chosen.get(c.id, c.keys)) == wanted), "")


def bound_words(key: str, before: Act, now: Act, command: str) -> str:
    """Say in words what a key did, does now, and what else it does in the desk's window."""
    shown = key_title(key)
    if not now:
        return _("{key} does nothing on the anchor's screen now.").format(key=shown)
    told = {"key": shown, "now": _(TITLES[now]), "before": _(TITLES[before]), "command": command}
    words = _("{key} is “{now}” now.").format(**told)
    if before and before is not now:
        words = _("{key} was “{before}” and is “{now}” now.").format(**told)
    if command:
        words += " " + _("In the desk's window it stays “{command}”.").format(**told)
    return words


class Catch(QPushButton):
    """A button that, once pressed, takes the next key instead. ``caught(name)``."""

    caught = Signal(str)

    _armed = False  # of the class: Qt sends events while the button is still being made

    def __init__(self, name: str) -> None:
        super().__init__("＋")
        self.setProperty("kind", "chip")
        self.setFont(font(13))
        self.setAutoDefault(False)
        self.setAccessibleName(name)
        self.clicked.connect(lambda _checked: self.arm(not self._armed))

    def arm(self, armed: bool) -> None:
        """Wait for a key, or no longer."""
        self._armed = armed
        self.setText(_("Press a key …") if armed else "＋")
        if armed:
            self.setFocus()

    def event(self, event: QEvent) -> bool:
        """While it waits every key is the one waited for, Tab and Esc too."""
        if self._armed and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and not is_modifier(event):
                self.arm(False)
                self.caught.emit(key_names(event)[0])
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Wait no longer."""
        super().focusOutEvent(event)
        self.arm(False)


class HandsPage(QWidget):
    """The table of hands. ``practice_wanted`` opens what shows a device's keys."""

    edited = Signal()
    practice_wanted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.hands = Hands(settings.hands)
        self._commands = settings.keys
        self._acts = [act for act in Act if act]
        self.table = QTableWidget(len(self._acts), 2)
        self.in_desk = check(
            _("Clicker keys work in the desk's window too, unless words are typed"), on=settings.clicker_in_desk
        )
        self.words = label(size=13, tone="next")
        self.words.setWordWrap(True)
        self.practice_button = button(_("Try a device …"))
        self.reset_button = button(_("Usual keys"))
        self.practice_button.clicked.connect(self.practice_wanted)
        self.reset_button.clicked.connect(self.reset)
        self._lay_out()
        self._slices = Slices(self, self._first())

    def taken(self, settings: Settings) -> Settings:
        """Return the settings with what this page says."""
        return replace(settings, hands=dict(self.hands.changes), clicker_in_desk=self.in_desk.isChecked())

    def problems(self) -> list[str]:
        """Return nothing: a key does one thing, so there is nothing that could not be saved."""
        return []

    def bind(self, key: str, act: str) -> None:
        """Let a key do an act, and say what it did before."""
        wanted = Act(act)
        before = self.hands.act(key)
        self.hands = self.hands.bound(key, wanted)
        self.words.setText(bound_words(key, before, wanted, desk_command(key, self._commands)))
        self._fill()
        self.edited.emit()

    def reset(self) -> None:
        """Give every act its usual keys."""
        self.hands = Hands({})
        self.words.setText("")
        self._fill()
        self.edited.emit()

    def _lay_out(self) -> None:
        table = self.table
        table.setAccessibleName(_("Keys on the anchor's screen"))
        table.setFont(font(13))
        table.setShowGrid(False)
        table.setHorizontalHeaderLabels([_("On the anchor's screen"), _("Keys; press one to take it away")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW + 2)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, 220)
        for number, act in enumerate(self._acts):
            item = QTableWidgetItem(_(TITLES[act]))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            table.setItem(number, 0, item)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(table, 1)
        layout.addWidget(self.words)
        layout.addLayout(row(self.in_desk, None, self.practice_button, self.reset_button))

    def _first(self) -> Iterator[None]:
        for number, act in enumerate(self._acts):
            self.table.setCellWidget(number, 1, self._cell(act, self.hands.keys(act)))
            if number % 2:
                yield

    def _fill(self) -> None:
        """Put the chips in; only of acts whose keys are others than before, so that the focus stays."""
        self._slices.finish()
        for number, act in enumerate(self._acts):
            keys = self.hands.keys(act)
            held = self.table.cellWidget(number, 1)
            if held is None or held.property("keys") != keys:
                if held is not None:
                    held.hide()  # it goes with the next turn of the loop
                self.table.setCellWidget(number, 1, self._cell(act, keys))

    def _cell(self, act: Act, keys: list[str]) -> QWidget:
        cell = QWidget()
        cell.setProperty("keys", keys)
        layout = QHBoxLayout(cell)
        layout.setContentsMargins(4, 2, 4, 2)
        layout.setSpacing(6)
        catch = Catch(_("Another key for {act}").format(act=_(TITLES[act])))
        catch.caught.connect(lambda name: self.bind(name, act.value))
        layout.addWidget(catch)
        for key in keys:
            layout.addWidget(self._chip(key, act))
        layout.addStretch(1)
        return cell

    def _chip(self, key: str, act: Act) -> QPushButton:
        name = _("Take {key} away from {act}").format(key=key_title(key), act=_(TITLES[act]))
        made = button(plain_caption(f"{key_title(key)}  ✕"), kind="chip", name=name, tip=name)
        made.setMinimumWidth(made.sizeHint().width())
        taking: Callable[[], None] = lambda: self.bind(key, Act.NONE.value)  # noqa: E731
        made.clicked.connect(taking)
        return made
