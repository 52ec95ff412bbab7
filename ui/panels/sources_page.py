"""The page of the sources: which are listened to, how they stand, what they say, and who is believed first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.wire.config import SourceConfig, Way
from liveshop_desk.wire.meter import SourceState
from ui.context import Context
from ui.panels.ingest_box import IngestBox
from ui.panels.source_detail import SourceDetail
from ui.panels.source_texts import short_health, sign, tone
from ui.theme import Theme, font
from ui.widgets.basics import Panel, button, label, plain_tip, row
from ui.widgets.tables import dress_header, dress_rows
from ui.wiring import Wiring


class SourcesPage(QWidget):
    """A list in the order of belief, one source beside it. While it is shown, sources run even with no show on air."""

    def __init__(self, context: Context, wiring: Wiring) -> None:
        super().__init__()
        self._context = context
        self._wiring = wiring
        self._configs = list(wiring.configs)
        self._token = ""
        self.table = QTableWidget(len(self._configs), 3)
        self.up, self.down = button(), button()
        self.lan = QCheckBox()
        self.lan.setFont(font(13))
        self.lan_sure, self.lan_keep = button(kind="on_air"), button()
        self.lan_warning = label(size=12, tone="next")
        self.note = label(size=13, tone="dim")
        self.detail = SourceDetail()
        self.ingest = IngestBox(context.desk.clock)
        self._list, self._right = Panel(), Panel()
        self._dress_table()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.table.setCurrentCell(self._first(), 0)

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self._list.title.setText(_("Sources of the numbers"))
        self._list.subtitle.setText(_("the first rules"))
        self._right.title.setText(_("This source"))
        self.table.setAccessibleName(_("Sources of the numbers"))
        self.table.setHorizontalHeaderLabels([_("On"), _("Source"), _("State")])
        self.up.setText(_("▲ Believe sooner"))
        self.down.setText(_("▼ Believe later"))
        self.lan.setText(_("Let in other computers of the local network"))
        self.lan_warning.setText(
            _("Anyone in this network then reaches the desk's ports. The token still guards them.")
        )
        self.lan_sure.setText(_("Let them in"))
        self.lan_keep.setText(_("Cancel"))
        self.detail.retranslate()
        self.ingest.retranslate()
        self._fill()

    def restyle(self, _look: Theme) -> None:
        """Write again in another theme's colours (the context has it)."""
        self._fill()

    def refresh(self) -> None:
        """Show how all of them stand now."""
        states = self._wiring.states
        for number, config in enumerate(self._configs):
            self._write_state(number, config, states.get(config.kind) or SourceState(config.kind))
        config = self._config()
        port = self._wiring.ports.get("server")
        state = states.get(config.kind) or SourceState(config.kind)
        odd = self._wiring.put_aside(config.kind), self._wiring.early(config.kind)
        lan = self._context.desk.settings.lan
        self.detail.show_state(state, self._context.desk.clock.ticks(), port, odd, lan=lan)
        if config.about.way is Way.INGEST:
            self.ingest.show_facts(self._token, port, lan=lan)
        if self._wiring.live:
            note = _("What comes goes to the show on air.")
        elif self._wiring.held_back:
            note = _("A rehearsal plays: what comes is counted here and goes nowhere until it is stopped.")
        else:
            note = _("A look: what comes is counted here and goes nowhere until a show is on air.")
        self.note.setText(note)

    def showEvent(self, event: QShowEvent) -> None:
        """Run the sources for a look."""
        super().showEvent(event)
        self._wiring.test(on=True)
        self._choose()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let them be as they were."""
        super().hideEvent(event)
        self._wiring.test(on=False)

    # -- inside ----------------------------------------------------------------------------------------------

    def _config(self) -> SourceConfig:
        return self._configs[max(0, self.table.currentRow())]

    def _first(self) -> int:
        return next((number for number, config in enumerate(self._configs) if config.on), 0)

    def _went(self, number: int, column: int, before: int, _column: int) -> None:
        """Follow to another row; Space switches the row's source on or off, wherever in it was clicked."""
        if column > 0:
            self.table.setCurrentCell(number, 0)
        if number != before:
            self._choose()

    def _choose(self) -> None:
        """Show another source."""
        config = self._config()
        own = config.about.way is Way.INGEST
        if own and not self._token:
            self._token = self._tried(self._wiring.token)
        self.ingest.setVisible(own)
        self.detail.show_config(config)
        self._wiring.watch(config.kind)
        self.up.setEnabled(self.table.currentRow() > 0)
        self.down.setEnabled(self.table.currentRow() < len(self._configs) - 1)
        self.refresh()

    def _tried(self, act: Callable[[], str]) -> str:
        try:
            return act()
        except UserError as error:
            self._context.notices.error(error)
            return ""

    def _take(self, config: SourceConfig) -> None:
        """Keep another set-up of one source."""
        number = next(place for place, one in enumerate(self._configs) if one.kind == config.kind)
        self._configs[number] = config
        self._keep()

    def _keep(self) -> None:
        self._wiring.change(self._configs)
        self._fill()
        self.detail.show_config(self._config())
        self.refresh()

    def _move(self, by: int) -> None:
        here = self.table.currentRow()
        there = here + by
        if not 0 <= there < len(self._configs):
            return
        self._configs[here], self._configs[there] = self._configs[there], self._configs[here]
        self.table.setCurrentCell(there, 0)
        self._keep()

    def _ticked(self, item: QTableWidgetItem) -> None:
        on = item.checkState() is Qt.CheckState.Checked
        if item.column() == 0 and self._configs[item.row()].on != on:
            self._take(replace(self._configs[item.row()], on=on))

    def _fill(self) -> None:
        """Write the list anew."""
        self.table.blockSignals(True)
        for number, config in enumerate(self._configs):
            box = QTableWidgetItem()
            box.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            box.setCheckState(Qt.CheckState.Checked if config.on else Qt.CheckState.Unchecked)
            box.setData(Qt.ItemDataRole.AccessibleTextRole, _("Listen to {name}").format(name=_(config.about.title)))
            self.table.setItem(number, 0, box)
            self.table.setItem(number, 1, QTableWidgetItem(_(config.about.title)))
            self.table.setItem(number, 2, QTableWidgetItem())
        self.table.blockSignals(False)
        self.lan.setChecked(self._context.desk.settings.lan)
        self._ask_lan(asking=False)
        self.refresh()

    def _write_state(self, number: int, config: SourceConfig, state: SourceState) -> None:
        item = self.table.item(number, 2)
        text = f"{sign(state) if config.on else '○'} {short_health(config, state)}"
        if item is None or item.text() == text:
            return
        self.table.blockSignals(True)
        item.setText(text)
        item.setToolTip(plain_tip(state.why))
        item.setForeground(QBrush(self._context.theme.color(tone(state) if config.on else "hint")))
        self.table.blockSignals(False)

    def _ask_lan(self, *, asking: bool) -> None:
        for widget in (self.lan_warning, self.lan_sure, self.lan_keep):
            widget.setVisible(asking)
        if asking:
            self.lan_keep.setFocus()
        else:
            self.lan.setChecked(self._context.desk.settings.lan)

    def _lan_clicked(self, on: bool) -> None:
        if on:
            self._ask_lan(asking=True)
        else:
            self._open_lan(on=False)

    def _open_lan(self, *, on: bool) -> None:
        self._wiring.open_to_network(on)
        self._ask_lan(asking=False)
        self.refresh()

    def _rotate(self) -> None:
        self._token = self._tried(self._wiring.rotate) or self._token  # one that could not be made leaves the old one
        self.refresh()

    def _dress_table(self) -> None:
        table = self.table
        table.setFont(font(14))
        dress_rows(table)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        dress_header(table.horizontalHeader(), stretched=1)
        table.setColumnWidth(0, 44)
        table.setColumnWidth(2, 130)

    def _lay_out(self) -> None:
        self._list.add_body(self.table)
        below = QWidget()
        stack = QVBoxLayout(below)
        stack.setContentsMargins(12, 8, 12, 8)
        stack.setSpacing(6)
        self.lan_warning.setWordWrap(True)
        stack.addLayout(row(self.up, self.down, None))
        stack.addWidget(self.lan)
        stack.addWidget(self.lan_warning)
        stack.addLayout(row(None, self.lan_keep, self.lan_sure))
        self._list.add_body(below, 0)
        self.detail.add_facts(self.ingest)
        self._right.add_body(self.detail)
        columns = QHBoxLayout()
        columns.setSpacing(10)
        columns.addWidget(self._list, 4)
        columns.addWidget(self._right, 7)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(columns, 1)
        whole.addWidget(self.note)

    def _connect(self) -> None:
        self.table.currentCellChanged.connect(self._went)
        self.table.itemChanged.connect(self._ticked)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.lan.clicked.connect(self._lan_clicked)
        self.lan_keep.clicked.connect(lambda: self._ask_lan(asking=False))
        self.lan_sure.clicked.connect(lambda: self._open_lan(on=True))
        self.detail.changed.connect(self._take)
        self.ingest.rotate_wanted.connect(self._rotate)
        self._wiring.looked.connect(self.refresh)
