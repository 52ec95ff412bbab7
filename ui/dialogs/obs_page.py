"""The page of OBS: connect, see how it is, choose the incident scene and the sources that show price and countdown."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _, mark
from liveshop_desk.wire.obs_address import Address
from liveshop_desk.wire.obs_state import ObsState, Recording
from ui.context import Context
from ui.dialogs.obs_connect import ObsConnect
from ui.obs import ObsDesk
from ui.obs_words import link_text, number_lines, tone
from ui.theme import font
from ui.widgets.basics import Panel, action_button, button, label, row, set_look


class ObsPage(QDialog):
    """Follows ``obs`` while it is open. Choices are kept at once."""

    def __init__(self, context: Context, obs: ObsDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._obs = obs
        self.setWindowTitle("OBS")
        self.link = label(size=15, bold=True)
        self.problems = label(size=13, tone="next")
        self.problems.setWordWrap(True)
        self.connect_form = ObsConnect()
        self.connect_form.connect_wanted.connect(self._connect)
        self.connect_form.leave_wanted.connect(obs.hang_up)
        self.numbers = [(label(size=13, tone="dim"), label(size=13)) for _line in number_lines(obs.state)]
        self.choices = {name: _combo() for name, _title, _empty in _choices()}
        self.record = button()
        self.record.clicked.connect(self._record)
        self.incident = action_button(context.actions["obs_incident"], text=mark("Incident scene and back"))
        self.mute = action_button(context.actions["obs_mute"], text=mark("Mute / unmute"))
        self._lay_out()
        for name, combo in self.choices.items():
            combo.activated.connect(lambda _index, n=name, c=combo: obs.choose(**{n: str(c.currentData() or "")}))
        obs.changed.connect(self.refresh)
        self.refresh(obs.state)
        self.resize(960, 520)
        (self.connect_form.find_button if not obs.state.connected else self.choices["obs_incident_scene"]).setFocus()

    def refresh(self, state: ObsState) -> None:
        """Show a state."""
        self.link.setText(("● " if state.connected else "○ ") + link_text(state))
        set_look(self.link, tone="good" if state.connected else tone(state))
        problems = state.problems()
        self.problems.setText("\n".join(problem.text for problem in problems))
        self.problems.setVisible(bool(problems))
        set_look(self.problems, tone="on_air" if problems and problems[0].grave else "next")
        self.connect_form.show_state(state)
        for (title, value), (name, text) in zip(self.numbers, number_lines(state), strict=True):
            title.setText(name)
            value.setText(text)
        self._fill_choices(state)
        on = state.recording is not Recording.OFF
        self.record.setText(_("Stop recording") if on else _("Start recording"))
        for widget in (self.record, self.incident, self.mute):
            widget.setEnabled(state.connected)

    def _lay_out(self) -> None:
        left = Panel(_("Connection"))
        left.add_body(_padded(self.connect_form, self.problems))
        middle = Panel(_("How it is"))
        middle.add_body(self._number_grid())
        right = Panel(_("What the desk may do"))
        right.add_body(self._choice_form())
        columns = QHBoxLayout()
        columns.setSpacing(10)
        columns.addWidget(left, 4)
        columns.addWidget(middle, 5)
        columns.addWidget(right, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 14, 14, 14)
        whole.setSpacing(10)
        whole.addWidget(self.link)
        whole.addLayout(columns, 1)

    def _number_grid(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(14, 12, 14, 12)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(12)
        for number, (title, value) in enumerate(self.numbers):
            grid.addWidget(title, number, 0)
            grid.addWidget(value, number, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(self.numbers), 1)
        return holder

    def _choice_form(self) -> QWidget:
        holder = QWidget()
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for name, title, _empty in _choices():
            self.choices[name].setAccessibleName(title)
            form.addRow(label(title, size=13, tone="dim"), self.choices[name])
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(10)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addWidget(self.incident)
        layout.addLayout(row(self.mute, self.record))
        return holder

    def _fill_choices(self, state: ObsState) -> None:
        settings = self._context.desk.settings
        offered = {
            "obs_incident_scene": state.scenes,
            "obs_price_input": state.text_inputs,
            "obs_countdown_input": state.text_inputs,
            "obs_mic": tuple(state.muted),
        }
        for name, _title, empty in _choices():
            chosen = getattr(settings, name)
            lacks = state.connected and chosen not in offered[name]  # an OBS that is not heard may well have it
            named = _("{name} (not in OBS)").format(name=chosen) if lacks else chosen
            _fill(self.choices[name], [("", empty), *((each, each) for each in offered[name])], (chosen, named))

    def _connect(self, address: Address) -> None:
        try:
            self._obs.connect_to(address)
        except UserError as error:
            self._context.notices.error(error)

    def _record(self) -> None:
        self._obs.record(self._obs.state.recording is Recording.OFF)


def _choices() -> list[tuple[str, str, str]]:
    """Return setting, title and what stands for none of OBS's."""
    return [
        ("obs_incident_scene", _("Incident scene"), _("none")),
        ("obs_price_input", _("Text source for the price"), _("none")),
        ("obs_countdown_input", _("Text source for the countdown"), _("none")),
        ("obs_mic", _("Microphone"), _("OBS's own microphones")),
    ]


def _combo() -> QComboBox:
    made = QComboBox()
    made.setFont(font(13))
    made.setMinimumContentsLength(10)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


def _fill(combo: QComboBox, items: list[tuple[str, str]], chosen: tuple[str, str]) -> None:
    """Offer names, and the chosen one (name, words) even where it is not offered; untouched while nothing is new."""
    if chosen[0] not in dict(items):
        items = [*items, chosen]
    if items != [(combo.itemData(n), combo.itemText(n)) for n in range(combo.count())]:
        combo.clear()
        for data, text in items:
            combo.addItem(text, data)
    if combo.currentData() != chosen[0]:
        combo.setCurrentIndex(max(0, combo.findData(chosen[0])))


def _padded(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(14, 12, 14, 12)
    layout.setSpacing(10)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return holder
