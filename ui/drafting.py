"""The acts on the script that is being read, whichever room is shown: edit, publish, mend live, time a reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _
from liveshop_desk.model.session import Segment
from liveshop_desk.ops import scripts
from liveshop_desk.store import queries
from ui.context import Context
from ui.theme import Theme

if TYPE_CHECKING:  # with the room it is in
    from ui.panels.script_panel import ScriptPanel


class Drafting(QObject):
    """Knows the script panels; a command means the one in sight, else what is on air."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host)
        self._context = context
        self._host = host
        self._panels: list[ScriptPanel] = []  # the rooms'
        self._sheet: QDialog | None = None
        self._writing: ScriptPanel | None = None  # the sheet's
        self.read_line: Callable[[], int] = int  # which line of the script she reads, from 0
        self._on_air = queries.script_on_air(context.desk.store)
        for command, act in {
            "edit_script": self.edit,
            "edit_live": self.edit_live,
            "publish_script": self.publish,
            "read_through": self.read_through,
        }.items():
            context.actions.on(command, act)
        context.bridge.changed.connect(self._on_changed)

    def join(self, panel: ScriptPanel) -> None:
        """Take a room's panel in; rooms are built one after another, and a sheet may be open before."""
        self._panels.append(panel)

    def flush(self) -> None:
        """Save what is typed in the sheet; the other panels are their rooms'."""
        if self._writing is not None:
            self._writing.flush()

    def waits(self) -> bool:
        """Tell whether what was typed in the sheet could not be saved."""
        return self._writing is not None and self._writing.waits()

    def retranslate(self) -> None:
        """Put the sheet into the language in use."""
        if self._sheet is not None and self._writing is not None:
            self._sheet.setWindowTitle(_("Script"))
            self._writing.retranslate()

    def restyle(self, look: Theme) -> None:
        """Put the sheet into another theme."""
        if self._writing is not None:
            self._writing.restyle(look)

    def edit(self) -> None:
        """Open the script on air beside the prompter."""
        segment = self._segment()
        if segment is None:
            self._context.notices.info(lambda: _("Nothing is on air yet."))
            return
        opened = self._writing is None
        panel = self._open_sheet() if self._writing is None else self._writing
        if self._sheet is not None:  # it may stand open behind the desk, which has the keyboard
            self._sheet.showNormal()
            self._sheet.activateWindow()
        panel.show_segment(segment.id)
        if opened:
            panel.go_to_line(self.read_line())
        panel.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_live(self) -> None:
        """Mend what she reads; where no editor of it is in sight, one is opened."""
        panel = self._in_sight()
        if panel is None or not panel.writing.on_air:
            self.edit()
            panel = self._in_sight()
        if panel is not None and panel.writing.on_air:
            panel.set_live_edit(not panel.writing.live_edit)

    def publish(self) -> None:
        """Publish the draft in sight; without one, that of what is on air."""
        panel = self._in_sight()
        if panel is not None and not panel.flush():
            return  # what is typed could not be saved, and the desk has said why
        if panel is not None and panel.writing.texts.draft is not None:
            panel.publish()
        elif not self._publish_on_air():
            self._context.notices.info(lambda: _("There is no draft to publish."))

    def read_through(self) -> None:
        """Time a reading of the script in sight; without one, of the segment on air or the next one."""
        from ui.dialogs.read_through import ReadThroughDialog

        panel = self._in_sight()
        if panel is not None:
            panel.flush()
        segment = panel.segment if panel is not None else self._segment()
        if segment is None:
            self._context.notices.info(lambda: _("Choose a row of the queue first: its script is what is read."))
            return
        dialog = ReadThroughDialog(self._context, segment, self._host)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)  # Space is hers while it is timed
        dialog.show()
        dialog.activateWindow()

    def _in_sight(self) -> ScriptPanel | None:
        """Return the panel the user sees: the sheet first, for it lies above."""
        panels = self._panels if self._writing is None else (self._writing, *self._panels)
        return next((panel for panel in panels if panel.isVisible() and panel.script_id), None)

    def _segment(self) -> Segment | None:
        """Return the segment on air; before the first, the one that comes."""
        session = self._context.on_air()
        if session is None:
            return None
        store = self._context.desk.store
        segments = queries.segments(store, session.id)
        pitches = queries.pitches(store, session.id)
        on_air = next((pitch.segment_id for pitch in pitches if pitch.ended_at is None), None)
        waiting = [segment for segment in segments if not segment.skipped] if on_air is None else segments
        return next((segment for segment in waiting if on_air in (None, segment.id)), None)

    def _open_sheet(self) -> ScriptPanel:
        from ui.panels.script_panel import ScriptPanel

        dialog = self._sheet = QDialog(self._host)
        dialog.setWindowTitle(_("Script"))
        dialog.resize(540, 560)
        panel = self._writing = ScriptPanel(self._context)
        layout = QVBoxLayout(dialog)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(panel)
        dialog.finished.connect(self._close_sheet)
        corner = self._host.mapToGlobal(self._host.rect().topLeft())
        dialog.move(corner.x() + 72, corner.y() + 72)  # over the queue: the prompter stays in sight
        return panel

    def _close_sheet(self) -> None:
        """Let the sheet go once its words are on disk; till then it stays open, for they are nowhere else."""
        if self._sheet is None or self._writing is None:
            return
        if self._writing.flush():
            self._sheet.deleteLater()
            self._sheet = self._writing = None
        else:
            self._sheet.show()

    def _publish_on_air(self) -> bool:
        script_id = queries.script_on_air(self._context.desk.store)
        segment = self._segment()
        title = segment.title if segment else ""
        return bool(script_id) and bool(self._context.attempt(scripts.publish_script, script_id, title=title))

    def _on_changed(self, changes: Changes) -> None:
        if not changes.touches("pitches", "sessions"):
            return
        before, self._on_air = self._on_air, queries.script_on_air(self._context.desk.store)
        if self._on_air and self._on_air != before:
            self._tell()

    def _tell(self) -> None:
        """A segment with a draft has gone on air: she reads what was published."""
        segment = self._segment()
        if segment is None or queries.script_texts(self._context.desk.store, self._on_air).draft is None:
            return
        self._context.notices.info(
            lambda: _unpublished(segment.title),
            action=lambda: _("Publish"),
            on_action=self._publish_on_air,
        )


def _unpublished(title: str) -> str:
    return _("{title} has a draft that is not published; she reads the text before it.").format(title=title)
