"""The script (话术) of the chosen row, typed in place and saved by itself.

An edit is saved when typing pauses, when the focus or the row changes and when the window closes: each of these
is one step of the journal, so undoing outside the editor goes back by pauses, inside it by keystrokes. What could
not be saved is kept with its row and tried again. While the anchor reads it, typing goes into a draft beside it.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QTextCursor
from PySide6.QtWidgets import QPushButton

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _, current_language, ngettext
from liveshop_desk.model.clock import timer_text
from liveshop_desk.model.session import Segment
from liveshop_desk.ops import scripts
from liveshop_desk.prompter.drafts import Difference
from liveshop_desk.prompter.marks import names_in
from liveshop_desk.prompter.pace import PaceUnit, TextMap, text_map
from liveshop_desk.prompter.script import PLACEHOLDERS, Script, is_unclosed, parse, placeholder
from liveshop_desk.prompter.values import values_of
from liveshop_desk.store import queries
from liveshop_desk.store.anchors import pace_of
from ui.context import Context
from ui.panels.draft_bar import DraftBar
from ui.panels.script_writing import Writing
from ui.theme import Theme, font
from ui.widgets.basics import Panel, button, label, plain_tip, set_look
from ui.widgets.flow import Chips
from ui.widgets.giving_way import GivingWay
from ui.widgets.script_colors import ScriptColors
from ui.widgets.script_editor import ScriptEditor

_LEAST = 240  # px
PAUSE_MS = 1_000  # a crash loses at most this much typing
_LIVE_PAUSE_MS = 400  # a mistake she is about to read is mended sooner
_MARK_MS = 120  # length and marks follow the typing: 50 000 characters are counted in 15 ms


class ScriptPanel(Panel):
    """The editor of one segment's script: ``show_segment`` chooses it, ``flush`` saves what is typed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._segment: Segment | None = None
        self.writing = Writing(context, self)
        self._brief = False  # the count without the time it takes
        self._pace = 0.0
        self._cast: tuple[str, ...] = ()
        self.editor = ScriptEditor()
        self.colors = ScriptColors(self.editor.document(), context.theme)
        self.count = label(size=12, kind="pill")
        self.warning = label(size=12, kind="pill", tone="on_air")
        for pill in (self.count, self.warning):
            pill.setFixedHeight(24)
        self.outline = button()
        self.read = self._read_button()
        self.chips = {key: self._chip(key) for key in dict.fromkeys(PLACEHOLDERS.values())}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._marking = QTimer(self, singleShot=True, interval=_MARK_MS)
        self._marking.timeout.connect(lambda: context.gaps.soon(self._follow_typing))
        self.drafts = DraftBar(context.actions)
        self.add_header(self.count, self.warning)
        self.subtitle.hide()
        GivingWay(self.header, self._shorten_count)
        self.add_body(self.drafts, 0)
        self.add_body(self.editor)
        self._tools = self._make_tools()
        self.add_body(self._tools, 0)
        self._listen()
        self.retranslate()
        self.show_segment(None)

    def show_segment(self, segment_id: str | None) -> None:
        """Show the script of a row of the chosen session; ``None`` shows none. What was typed before is saved."""
        self.flush()
        self._segment = self._find(segment_id)
        self.writing.open(queries.script_id(self._segment) if self._segment else "")
        self._take_pace()
        self._show_text()
        self.editor.setEnabled(self._segment is not None)
        self._tools.setEnabled(self._segment is not None)
        self._describe()
        self._tools.settle()

    def go_to_line(self, line: int) -> None:
        """Put the cursor before a line, from 0, and the line amid the view."""
        document = self.editor.document()
        self.editor.setTextCursor(QTextCursor(document.findBlockByNumber(min(line, document.blockCount() - 1))))
        self.editor.centerCursor()

    @property
    def segment(self) -> Segment | None:
        """Return the row whose script is shown."""
        return self._segment

    @property
    def script_id(self) -> str:
        """Return which script is shown; "" for none."""
        return self.writing.script_id

    def flush(self) -> bool:
        """Save what is typed; tell whether nothing is left unsaved. The reason of a failure is a notice."""
        self._pause.stop()
        document = self.editor.document()
        typed = self.editor.toPlainText() if self.script_id and document.isModified() else None
        if self.writing.save(typed, self._title) and typed is not None:
            document.setModified(False)
        if typed is not None:
            self._show_draft()
        return self.writing.all_saved

    def waits(self) -> bool:
        """Tell whether a text could not be saved, of scripts shown before too."""
        return not self.writing.all_saved

    def publish(self) -> None:
        """Make the draft what the anchor reads; her reading line does not move."""
        publish = scripts.publish_script
        if self.flush() and self._context.attempt(publish, self.script_id, title=self._title, origin=self):
            self._read_again()

    def discard(self) -> None:
        """Ask in place, then drop the draft."""
        script_id, title = self.script_id, self._title
        self._context.notices.ask(
            lambda: _("Discard the draft of {title}? The live text stays.").format(title=title),
            lambda: _("Discard"),
            lambda: self._discard(script_id, title),
        )

    def set_live_edit(self, live: bool) -> None:
        """Type straight into what the anchor reads, or beside it again."""
        self.flush()
        self.writing.live_edit = live and self.writing.on_air
        self._pause.setInterval(_LIVE_PAUSE_MS if self.writing.live_edit else PAUSE_MS)
        self._change_sheets()
        if live:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Put all texts into the language in use."""
        self.editor.setAccessibleName(_("Script"))
        self.outline.setText(_("Insert the five-part outline"))
        self.read.setText(_("Read-through") + " …")
        self.read.setAccessibleName(_("Read-through"))
        tip = _("Time a reading aloud and learn the anchor's own pace")
        self.read.setToolTip(plain_tip(f"{tip}  {self._context.actions.keys_text('read_through')}".rstrip()))
        for key, chip in self.chips.items():
            chip.setText("{" + _placeholder(key) + "}")
            chip.setAccessibleName(_("Insert {name}").format(name=_placeholder(key)))
        self.drafts.retranslate()
        self._describe()

    def restyle(self, look: Theme) -> None:
        """Use another theme's colours."""
        self.colors.set_theme(look)
        self._show_draft()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before another room is shown."""
        super().hideEvent(event)
        self.flush()

    @property
    def _title(self) -> str:
        return self._segment.title if self._segment else ""

    def _listen(self) -> None:
        self.editor.textChanged.connect(self._on_typed)
        self.editor.left.connect(self.flush)
        self.editor.entered.connect(self._on_entered)
        self.drafts.publish.clicked.connect(self.publish)
        self.drafts.discard.clicked.connect(self.discard)
        self.drafts.live.clicked.connect(self.set_live_edit)
        self.outline.clicked.connect(lambda: self._insert(outline()))
        self._context.bridge.changed.connect(self._on_changed)
        self._context.chosen.changed.connect(self._on_chosen)  # no lambda: it would outlive the sheet that was closed

    def _on_chosen(self, _session_id: str) -> None:
        self.show_segment(None)

    def _make_tools(self) -> Chips:
        tools = Chips([*self.chips.values(), self.outline, self.read], spacing=6, steady=True)
        tools.setProperty("kind", "footer")
        tools.flow.setContentsMargins(12, 8, 12, 8)
        return tools

    def _read_button(self) -> QPushButton:
        made = button(kind="quiet")
        made.setFont(font(12))
        made.clicked.connect(self._context.actions["read_through"].trigger)
        return made

    def _chip(self, key: str) -> QPushButton:
        chip = button(kind="chip")
        chip.setFont(font(12))
        chip.clicked.connect(lambda _checked=False, which=key: self._insert("{" + _placeholder(which) + "}"))
        return chip

    def minimumSizeHint(self) -> QSize:
        """Return the size with the header at its shortest."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def _shorten_count(self, shorter: bool) -> None:
        self._brief = shorter
        self._describe_length(self._segment, self.editor.toPlainText())

    def _insert(self, text: str) -> None:
        self.editor.textCursor().insertText(text)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self, segment_id: str | None) -> Segment | None:
        if segment_id is None:
            return None
        segments = queries.segments(self._context.desk.store, self._context.chosen.id)
        return next((segment for segment in segments if segment.id == segment_id), None)

    def _take_pace(self) -> None:
        """Count with the pace of the session's anchor, where it is known; the anchors' names are speakers."""
        session = self._context.session()
        self._cast = names_in(session.anchor) if session else ()
        self.colors.set_anchors(self._cast)
        own = pace_of(self._context.desk.store, session.anchor) if session and self._segment else None
        self._pace = own or self._context.desk.settings.prompter_pace

    def _show_text(self) -> None:
        """Put the text from disk, or what could not be saved of it, into the editor."""
        kept = self.writing.unsaved
        self._put(self.writing.text if kept is None else kept)
        self.editor.document().setModified(kept is not None)

    def _put(self, text: str) -> None:
        """Show a text that is not typed here, the cursor and the view where they were."""
        at, scrolled = self.editor.textCursor().position(), self.editor.verticalScrollBar().value()
        blocked = self.editor.blockSignals(True)
        self.editor.setPlainText(text)
        self.editor.blockSignals(blocked)
        cursor = self.editor.textCursor()
        cursor.setPosition(min(at, self.editor.document().characterCount() - 1))
        self.editor.setTextCursor(cursor)
        self.editor.verticalScrollBar().setValue(scrolled)
        self.editor.document().setModified(False)

    def _on_typed(self) -> None:
        if self.editor.document().isModified():
            self._pause.start()
        self._marking.start()

    def _follow_typing(self) -> None:
        """Say how long it is by now and what of it is not published."""
        self._describe_text()
        self._show_draft()

    def _on_entered(self) -> None:
        """Give a mended paragraph to the anchor at once."""
        if self.writing.live_edit:
            self.flush()

    def _on_changed(self, changes: Changes) -> None:
        if self._segment is None or changes.origin is self:
            return
        if changes.touches("sessions", "anchors"):
            self._take_pace()
            self._describe_text()
        if changes.touches("segments"):
            self._follow_segment(self._segment.id)
        if changes.touches("pitches", "sessions", "segments"):
            self._follow_air()
        if changes.everything or self.script_id in changes.ids("scripts"):
            self._read_again()

    def _follow_air(self) -> None:
        """The script may be read now, or no longer: what is typed is saved where it was meant to go."""
        on_air = queries.script_on_air(self._context.desk.store) == self.script_id
        if on_air != self.writing.on_air:
            self.flush()
            self.writing.look()
            self._change_sheets()

    def _change_sheets(self) -> None:
        """Show what is typed in now, script or draft; what could not be saved of the other waits there."""
        kept = self.writing.unsaved
        if (self.writing.text if kept is None else kept) != self.editor.toPlainText():
            self._show_text()
        self._describe()

    def _follow_segment(self, segment_id: str) -> None:
        """Take over a new title or length; a row that is gone takes its editor along, after saving."""
        segment = self._find(segment_id)
        if segment is None or queries.script_id(segment) != self.script_id:
            self.show_segment(None if segment is None else segment_id)
            return
        self._segment = segment
        self._describe()

    def _read_again(self) -> None:
        """Show what is on disk now, unless something is being typed here: that will be saved over it."""
        self.writing.look()
        if not self.editor.document().isModified() and self.writing.text != self.editor.toPlainText():
            self._put(self.writing.text)
        self._describe()

    def _discard(self, script_id: str, title: str) -> None:
        """Drop the draft with what is typed of it; an undo brings it back."""
        self.flush()
        if self._context.attempt(scripts.discard_draft, script_id, title=title, origin=self):
            self._read_again()

    def _show_draft(self) -> None:
        """Say what is not published, and mark it."""
        writing = self.writing
        difference = writing.difference(self.editor.toPlainText())
        self.drafts.say(
            on_air=writing.on_air, live_edit=writing.live_edit, draft=difference.count > 0, count=difference.count
        )
        marked = difference if writing.beside else Difference()
        self.editor.set_marks(marked, self._context.theme.color("next"))

    def _describe(self) -> None:
        title = _("Script • {title}").format(title=self._title) if self._segment else _("Script")
        self.title.setText(title)
        self.setAccessibleName(title)
        self._describe_text()
        self._show_draft()

    def _describe_text(self) -> None:
        segment, text = self._segment, self.editor.toPlainText()
        self._describe_length(segment, text)
        self._warn(parse(text, self._cast))  # as its length was told from: parsed once
        self.outline.setVisible(segment is not None and not text.strip())
        self.read.setVisible(segment is not None and bool(text.strip()))
        self.editor.setPlaceholderText(_hint(segment))

    def _warn(self, script: Script) -> None:
        """Name a placeholder nobody can fill, or one of a product in a row that has none."""
        segment, text, tip = self._segment, "", ""
        if script.unknown:
            name = script.unknown[0]
            text = (_("{name} is not closed") if is_unclosed(name) else _("unknown {name}")).format(name=name)
        elif segment is not None and not segment.product_id:
            dashes = script.lacking(values_of(None, segment.title))
            text = _("{name} reads “—”").format(name=dashes[0]) if dashes else ""
            tip = _("This row has no product whose figure could stand there.")
        self.warning.setText(text)
        self.warning.setToolTip(plain_tip(tip))
        self.warning.setVisible(bool(text))

    def _describe_length(self, segment: Segment | None, text: str) -> None:
        found = text_map(text, self._cast)
        seconds = found.seconds_between(0.0, found.total, self._pace or self._context.desk.settings.prompter_pace)
        words = _count(found)
        over = segment is not None and seconds > segment.planned_seconds
        spoken = _("{words} • about {time}") if not over else _("{words} • about {time}, longer than planned")
        whole = spoken.format(words=words, time=timer_text(round(seconds)))
        self.count.setText(words if self._brief else whole)
        self.count.setToolTip(plain_tip(whole if self._brief else ""))
        self.count.setVisible(segment is not None)
        set_look(self.count, tone="next" if over else "")


def _count(text: TextMap) -> str:
    """Return how much is read aloud, in what most of it is."""
    n = round(text.spoken)
    if text.unit is PaceUnit.WORDS:
        return ngettext("{n} word", "{n} words", n).format(n=n)
    return ngettext("{n} char", "{n} chars", n).format(n=n)


def _placeholder(key: str) -> str:
    """Return the name of a placeholder in the language in use."""
    return placeholder(key, current_language())


def outline() -> str:
    """Return the five-part outline of a product's script, with the placeholders of the language in use."""
    price, listed, stock = (_placeholder(key) for key in ("live_price", "list_price", "stock"))
    parts = (
        _("【Opening hook】"),
        _("【Pain point】"),
        _("【Selling points】"),
        _("【Price】The tag says {list_price}, in this room today {live_price}.").format(
            list_price="{" + listed + "}", live_price="{" + price + "}"
        ),
        _("【Call to buy】Only {stock} left — link number one, go!").format(stock="{" + stock + "}"),
    )
    return "\n\n".join(parts)


def _hint(segment: Segment | None) -> str:
    if segment is None:
        return _("Choose a row of the queue to write what the anchor says.")
    return _("Type what the anchor says. 【 】 is a stage direction; the buttons below insert live values.")
