"""The chosen session's facts, edited in place: theme, time, people, platforms, goal."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from liveshop_desk.changes import Changes
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.names import platform_name
from liveshop_desk.model.session import PLATFORMS, Session, State
from liveshop_desk.model.session_words import session_line
from liveshop_desk.ops import drafts, show
from liveshop_desk.store import queries
from ui.context import Context
from ui.panels.session_facts import FIELDS, fact_names, fact_texts, read_fact
from ui.theme import font
from ui.widgets.basics import Panel, button, label, plain_caption, row
from ui.widgets.chooser import Chooser
from ui.widgets.fact_edit import FactEdit
from ui.widgets.flow import Chips
from ui.widgets.unsaved import Unsaved

_LINES = (("theme",), ("day", "start", "end"), ("anchor", "operator"), (), ("goal",))
_SLOT = ("day", "start", "end")  # what is refused in one of them may be right beside another
_PLATFORM_LINE = 3
FOLD_BELOW = 800  # px of the window
_WIDEST = {"day": "2026-12-28", "start": "20:00", "end": "20:00"}
_FRAME = 22  # px: a line's padding, border and cursor


class SessionPanel(Panel):
    """Facts of the chosen session. Each edit is one step, saved on Enter and when the focus leaves."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._session_id = ""
        self._seen = False
        self._was_low = False
        self._make_header()
        self._fill_header()
        self.fields = {name: self._field(name) for name in FIELDS}
        self._unsaved = Unsaved(self.fields)
        self.chips = {platform: self._chip() for platform in PLATFORMS}
        self._captions = [label(size=12, tone="faint") for _line in _LINES]
        self._reasons = [_reason() for _line in _LINES]
        self._body = self._lay_out()
        self.add_body(self._body, 0)
        self._keep_tab_order()
        self.fold(False)
        self.retranslate()
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(self._show_chosen)
        context.actions.on("new_session", self.new_session)
        self._show_chosen()

    def _make_header(self) -> None:
        self.chooser = Chooser()
        self.chooser.setFont(font(13))
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chooser.setMinimumContentsLength(4)
        self.chooser.activated.connect(self._choose)
        self.new_button = button("＋", kind="small")
        self.new_button.setFixedWidth(32)
        self.new_button.clicked.connect(self.new_session)
        self.fold_button = button(kind="fold")
        self.fold_button.setFixedWidth(32)
        self.fold_button.setCheckable(True)
        self.fold_button.toggled.connect(self.fold)

    def flush(self) -> bool:
        """Save what is typed, of sessions shown before too; tell whether nothing is left unsaved.

        A refused text stays, with its reason.
        """
        results = [field.flush() for field in self.fields.values()]  # every one, also behind a refused one
        self._unsaved.try_again(self._save_kept)
        return all(results) and not self._unsaved

    def waits(self) -> bool:
        """Tell whether something was to be saved and is not, of sessions shown before too."""
        return bool(self._unsaved) or any(field.waits for field in self.fields.values())

    def focus_fact(self, name: str) -> None:
        """Put the cursor into a fact (one of FIELDS), all of it selected."""
        self.fold(False)
        field = self.fields[name]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def fold(self, folded: bool) -> None:
        """Show the header alone (the top bar has the facts to read), or the facts to edit."""
        if folded:
            self.flush()
        self._body.setHidden(folded)
        self.fold_button.setChecked(folded)
        self.fold_button.setText("▸" if folded else "▾")

    def new_session(self) -> None:
        """Make a draft with the usual facts and put the cursor on its theme."""
        self.flush()
        made = self._context.attempt(drafts.new_draft, origin=self)
        if made:
            self._context.chosen.choose(made)
            self._fill_chooser()
            self.focus_fact("theme")

    def retranslate(self) -> None:
        """Put all texts into the language in use."""
        self.title.setText(_("Session"))
        self.setAccessibleName(_("Session"))
        self.chooser.setAccessibleName(_("Choose a session"))
        self.new_button.setAccessibleName(_("New session"))
        self.new_button.setToolTip(_("New session"))
        self.fold_button.setAccessibleName(_("Fold the session's facts"))
        self.fold_button.setToolTip(_("Fold the session's facts"))
        for caption, text in zip(self._captions, _captions(), strict=True):
            caption.setText(text)
        for name, text in fact_names().items():
            self.fields[name].setAccessibleName(text)
            self.fields[name].setPlaceholderText(text)
        for platform, chip in self.chips.items():
            chip.setText(plain_caption(platform_name(platform)))
            chip.setAccessibleName(platform_name(platform))
        self._fill_chooser()
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin folded in a low window: the checks below are worth more there."""
        super().showEvent(event)
        if not self._seen:
            self._seen = True
            self.fold(self.window().height() < FOLD_BELOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold where the window has become too low for facts and checks both."""
        super().resizeEvent(event)
        if self._seen and self.window().height() < FOLD_BELOW and not self._body.isHidden() and not self._was_low:
            self.fold(folded=True)
        self._was_low = self.window().height() < FOLD_BELOW

    def hideEvent(self, event: QHideEvent) -> None:
        """Save what is typed before another room is shown."""
        super().hideEvent(event)
        self.flush()

    def _field(self, name: str) -> FactEdit:
        field = FactEdit(lambda text, which=name: self._save(which, text))
        field.reason_changed.connect(lambda _reason: self._show_reasons())
        return field

    def _fill_header(self) -> None:
        """Let the chooser take the room between title and button."""
        layout = self.header.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setStretch(2, 0)
        self.subtitle.hide()
        layout.addWidget(self.chooser, 1)
        layout.addWidget(self.new_button)
        layout.addWidget(self.fold_button)

    def _chip(self) -> QPushButton:
        chip = button(kind="chip")
        chip.setFont(font(12))
        chip.setCheckable(True)
        chip.clicked.connect(self._save_platforms)
        return chip

    def _lay_out(self) -> QFrame:
        body = QFrame()
        grid = QGridLayout(body)
        grid.setContentsMargins(12, 10, 12, 12)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for number, (caption, names) in enumerate(zip(self._captions, _LINES, strict=True)):
            place = Qt.AlignmentFlag.AlignVCenter if names else Qt.AlignmentFlag.AlignTop
            grid.addWidget(caption, 2 * number, 0, place)
            if names:
                grid.addLayout(self._line(names), 2 * number, 1)
            grid.addWidget(self._reasons[number], 2 * number + 1, 1)
        grid.addWidget(Chips(self.chips.values()), 2 * _PLATFORM_LINE, 1)
        grid.setColumnStretch(1, 1)
        return body

    def _line(self, names: tuple[str, ...]) -> QHBoxLayout:
        line = row(spacing=4)
        for name in names:
            if name == "end":
                line.addWidget(label("–", tone="faint"))
            line.addWidget(self.fields[name], 5 if name == "day" else 3)
            if name in _WIDEST:  # a date or an hour is read whole, however narrow the column
                widest = self.fields[name].fontMetrics().horizontalAdvance(_WIDEST[name])
                self.fields[name].setMinimumWidth(widest + _FRAME)
        return line

    def _keep_tab_order(self) -> None:
        order: list[QWidget] = [self.chooser, self.new_button, self.fold_button]
        order += [self.fields[name] for name in FIELDS if name != "goal"]
        order += [*self.chips.values(), self.fields["goal"]]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("sessions"):
            self._fill_chooser()
            self._refresh()

    def _show_chosen(self) -> None:
        """Show the chosen session; what was typed for the one before is saved to that one first.

        What is refused there comes back with that session, and its reason with it.
        """
        other = self._session_id != self._context.chosen.id
        if self._session_id and other:
            self.flush()
            self._unsaved.put_by(self._session_id)
        self._session_id = self._context.chosen.id
        self._fill_chooser()
        self._refresh(force=other)
        for name in self._unsaved.take_up(self._session_id):
            self.fields[name].flush()

    def _session(self) -> Session | None:
        return queries.session(self._context.desk.store, self._session_id) if self._session_id else None

    def _refresh(self, *, force: bool = False) -> None:
        session = self._session()
        self._body.setEnabled(session is not None)
        for name, text in fact_texts(session).items():
            self.fields[name].show_fact(text, force=force)
        for platform, chip in self.chips.items():
            chip.setChecked(session is not None and platform in session.platforms)

    def _show_reasons(self) -> None:
        """Put each refusal under the line it belongs to."""
        for said, names in zip(self._reasons, _LINES, strict=True):
            reasons = [self.fields[name].reason for name in names if self.fields[name].reason]
            said.setText("\n".join(reasons))
            said.setVisible(bool(reasons))

    def _save(self, name: str, text: str) -> None:
        """Save one fact as one step. Raises ValueError with the reason where it cannot be."""
        session = self._session()
        if session is None:
            return
        try:
            self._save_to(session, name, text)
        except UserError as error:
            raise ValueError(str(error)) from error
        self._refresh_one(name)
        self._try_again(name)

    def _save_to(self, session: Session, name: str, text: str) -> None:
        fields = read_fact(session, name, text, self._context.desk.clock.now())
        self._context.desk.run_from(self, show.edit_session, session.id, **fields)

    def _save_kept(self, session_id: str, name: str, text: str) -> bool:
        """Save what was kept of a session shown before; tell whether nothing more is to be done with it."""
        session = queries.session(self._context.desk.store, session_id)
        try:
            if session is not None:  # else it is gone, and its facts with it
                self._save_to(session, name, text)
        except (UserError, ValueError):
            return False  # its reason is said where it is shown again
        return True

    def _try_again(self, name: str) -> None:
        """Save what was refused beside a part of the slot that is another now: an end at the start that has moved."""
        for other in _SLOT if name in _SLOT else ():
            if other != name and self.fields[other].reason:
                self.fields[other].flush()

    def _refresh_one(self, name: str) -> None:
        """Show the fact as it was understood: 7pm typed as 19 reads 19:00."""
        self.fields[name].show_fact(fact_texts(self._session())[name], force=True)

    def _save_platforms(self) -> None:
        session = self._session()
        if session is None:
            return
        unknown = tuple(name for name in session.platforms if name not in self.chips)  # from a file: kept
        chosen = tuple(platform for platform, chip in self.chips.items() if chip.isChecked())
        self._context.attempt(show.edit_session, session.id, origin=self, platforms=chosen + unknown)
        self._refresh()

    def _fill_chooser(self) -> None:
        """List the sessions: what is prepared or on air first, then the past, newest first."""
        sessions = queries.sessions(self._context.desk.store)
        sessions.sort(key=lambda session: session.state is State.ENDED)  # stable: newest first within
        self.chooser.clear()
        if not sessions:
            self.chooser.setPlaceholderText(_("No session yet"))
        now = self._context.desk.clock.now()
        for session in sessions:
            self.chooser.addItem(session_line(session, now), session.id)
        self.chooser.setCurrentIndex(self.chooser.findData(self._session_id))

    def _choose(self, index: int) -> None:
        self.flush()
        self._context.chosen.choose(self.chooser.itemData(index))
        self.chooser.setCurrentIndex(self.chooser.findData(self._session_id))


def _captions() -> tuple[str, ...]:
    return (_("Theme"), _("Slot"), _("People"), _("Platforms"), _("GMV goal"))


def _reason() -> QLabel:
    made = label(size=12, tone="on_air")
    made.setWordWrap(True)
    made.hide()
    return made
