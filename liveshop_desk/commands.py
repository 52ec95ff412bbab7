"""Every act of the operator, once: menus, palette, key sheet, buttons and remote keys are built from this table."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from liveshop_desk.i18n import mark


class Group(StrEnum):
    """Where a command stands in menus and key sheet."""

    SHOW = "show"
    QUEUE = "queue"
    EDIT = "edit"
    PROMPTER = "prompter"
    NUMBERS = "numbers"
    SHOP = "shop"
    VIEW = "view"


GROUP_TITLES = {
    Group.SHOW: mark("The show"),
    Group.QUEUE: mark("Queue"),
    Group.EDIT: mark("Edit"),
    Group.PROMPTER: mark("Prompter"),
    Group.NUMBERS: mark("Numbers"),
    Group.SHOP: mark("Shop"),
    Group.VIEW: mark("View"),
}


class When(StrEnum):
    """When a command can be given."""

    ALWAYS = "always"
    SESSION = "session"  # a session is chosen
    DRAFT = "draft"  # the chosen session is being prepared
    LIVE = "live"  # the chosen session is on air
    ENDED = "ended"  # the chosen session has ended
    ROW = "row"  # a row of the queue is chosen
    PRODUCT_ROW = "product_row"  # … and it has a product
    UNDO = "undo"
    REDO = "redo"


class Command(NamedTuple):
    """One act: ``title`` marked for translation, ``keys`` in Qt's portable form, ``icon`` one character."""

    id: str
    title: str
    group: Group
    keys: str = ""
    icon: str = ""
    when: When = When.ALWAYS
    confirm: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("take_next", mark("Take next"), Group.SHOW, "Ctrl+Return", "▶", When.LIVE),
    Command("take_previous", mark("Previous segment"), Group.SHOW, "Ctrl+Shift+Return", "◀", When.LIVE),
    Command("take_selected", mark("Take the chosen row"), Group.SHOW, "Ctrl+J", "", When.LIVE),
    Command("push_rest", mark("Push the rest"), Group.SHOW, "Ctrl+P", "↧", When.LIVE),
    Command("go_live", mark("Go live"), Group.SHOW, "Ctrl+L", "●", When.DRAFT, confirm=True),
    Command("rehearse", mark("Rehearse"), Group.SHOW, "Ctrl+Shift+L", "", When.DRAFT, confirm=True),
    Command("end_show", mark("End the show"), Group.SHOW, "Ctrl+Shift+E", "■", When.LIVE, confirm=True),
    Command("resume_show", mark("Resume the show"), Group.SHOW, "", "", When.ENDED, confirm=True),
    Command("incident", mark("Note an incident"), Group.SHOW, "F9", "⚠", When.LIVE),
    Command("obs_incident", mark("OBS: incident scene and back"), Group.SHOW, "Shift+F9"),
    Command("obs_mute", mark("OBS: mute / unmute the microphone"), Group.SHOW, "Ctrl+Shift+M"),
    Command("edit_price", mark("Edit price"), Group.QUEUE, "F2", "", When.PRODUCT_ROW),
    Command("edit_stock", mark("Edit stock"), Group.QUEUE, "F3", "", When.PRODUCT_ROW),
    Command("toggle_listed", mark("List / unlist"), Group.QUEUE, "F6", "", When.PRODUCT_ROW),
    Command("edit_ticks", mark("Platform links and ticks"), Group.QUEUE, "F4", "", When.PRODUCT_ROW),
    Command("skip_row", mark("Skip / bring back"), Group.QUEUE, "Ctrl+D", "", When.ROW),
    Command("move_up", mark("Move up"), Group.QUEUE, "Alt+Up", "", When.ROW),
    Command("move_down", mark("Move down"), Group.QUEUE, "Alt+Down", "", When.ROW),
    Command("remove_row", mark("Remove from the queue"), Group.QUEUE, "Delete", "", When.ROW),
    Command("add_products", mark("Add products"), Group.QUEUE, "Ctrl+Shift+A", "＋", When.SESSION),
    Command("add_segment", mark("Add a segment"), Group.QUEUE, "Ctrl+Shift+N", "", When.SESSION),
    Command("paste_list", mark("Paste a list"), Group.QUEUE, "Ctrl+Shift+V", "", When.SESSION),
    Command("import_queue", mark("Import a running order"), Group.QUEUE, "", "", When.SESSION),
    Command("copy_queue", mark("Copy another session's queue"), Group.QUEUE, "", "", When.SESSION),
    Command("undo", mark("Undo"), Group.EDIT, "Ctrl+Z", "↶", When.UNDO),
    Command("redo", mark("Redo"), Group.EDIT, "Ctrl+Shift+Z", "↷", When.REDO),
    Command("find", mark("Search"), Group.EDIT, "Ctrl+F", ""),
    Command("history", mark("What was changed"), Group.EDIT, "Ctrl+H"),
    Command("edit_script", mark("Edit the script on air"), Group.PROMPTER, "Ctrl+Shift+S", "", When.LIVE),
    Command("publish_script", mark("Publish the draft"), Group.PROMPTER, "Ctrl+Shift+P", "", When.SESSION),
    Command("edit_live", mark("Live edit"), Group.PROMPTER, "Ctrl+Shift+D", "", When.LIVE),
    Command("read_through", mark("Read-through"), Group.PROMPTER, "Ctrl+Shift+R", "", When.SESSION),
    Command("prompter_play", mark("Play / pause the prompter"), Group.PROMPTER, "Ctrl+Space", "❚❚", When.SESSION),
    Command("prompter_restart", mark("Back to the script's start"), Group.PROMPTER, "Ctrl+Home", "", When.SESSION),
    Command("prompter_stop", mark("Stop the prompter at once"), Group.PROMPTER, "Ctrl+Shift+Space", "", When.SESSION),
    Command("prompter_reverse", mark("Run the prompter back"), Group.PROMPTER, "Ctrl+R", "", When.SESSION),
    Command("prompter_blank", mark("Blank the anchor's screen"), Group.PROMPTER, "Ctrl+B"),
    Command("prompter_finish", mark("Finish the segment in time"), Group.PROMPTER, "Ctrl+G", "", When.SESSION),
    Command("prompter_ahead", mark("Look ahead in the script"), Group.PROMPTER, "Ctrl+Shift+Down", "", When.SESSION),
    Command("prompter_jump", mark("Jump within the script"), Group.PROMPTER, "Ctrl+Shift+J", "", When.SESSION),
    Command("prompter_mark_next", mark("To the next marker"), Group.PROMPTER, "Ctrl+PgDown", "", When.SESSION),
    Command("prompter_mark_previous", mark("To the marker before"), Group.PROMPTER, "Ctrl+PgUp", "", When.SESSION),
    Command("prompter_back", mark("Prompter one line back"), Group.PROMPTER, "Ctrl+Up", "", When.SESSION),
    Command("prompter_forward", mark("Prompter one line on"), Group.PROMPTER, "Ctrl+Down", "", When.SESSION),
    Command("prompter_slower", mark("Prompter slower"), Group.PROMPTER, "Ctrl+[", "", When.SESSION),
    Command("prompter_faster", mark("Prompter faster"), Group.PROMPTER, "Ctrl+]", "", When.SESSION),
    Command("prompter_smaller", mark("Prompter text smaller"), Group.PROMPTER, "Ctrl+-"),
    Command("prompter_larger", mark("Prompter text larger"), Group.PROMPTER, "Ctrl+="),
    Command("prompter_mirror", mark("Mirror the anchor's screen"), Group.PROMPTER, "Ctrl+M", ""),
    Command("prompter_practice", mark("Try a clicker or pedal"), Group.PROMPTER),
    Command("prompter_screen", mark("Show on the anchor's screen"), Group.PROMPTER, "F11", ""),
    Command("cue", mark("Cue the anchor"), Group.PROMPTER, "Ctrl+T", "", When.LIVE),
    Command("cue_back", mark("Take the cue back"), Group.PROMPTER, "Ctrl+Shift+T", "", When.LIVE),
    Command("cue_1", mark("Cue preset 1"), Group.PROMPTER, "Ctrl+1", "", When.LIVE),
    Command("cue_2", mark("Cue preset 2"), Group.PROMPTER, "Ctrl+2", "", When.LIVE),
    Command("cue_3", mark("Cue preset 3"), Group.PROMPTER, "Ctrl+3", "", When.LIVE),
    Command("cue_4", mark("Cue preset 4"), Group.PROMPTER, "Ctrl+4", "", When.LIVE),
    Command("enter_numbers", mark("Type in a number"), Group.NUMBERS, "Ctrl+E", "", When.LIVE),
    Command("alarm_seen", mark("Alarm seen"), Group.NUMBERS, "Ctrl+.", "", When.LIVE),
    Command("alarm_act", mark("Do what the alarm proposes"), Group.NUMBERS, "Ctrl+Shift+.", "", When.LIVE),
    Command("funnel", mark("Funnel against the last five"), Group.NUMBERS, "Ctrl+Shift+F", "", When.SESSION),
    Command("save_chart", mark("Save the chart as a picture"), Group.NUMBERS, "", "", When.SESSION),
    Command("replay", mark("Replay a recording"), Group.NUMBERS, "", "", When.LIVE),
    Command("simulate", mark("Simulated audience"), Group.NUMBERS, "", "", When.LIVE),
    Command("sources", mark("Sources of the numbers"), Group.NUMBERS, "Ctrl+Alt+S", ""),
    Command("new_session", mark("New session"), Group.SHOP, "Ctrl+N", "＋"),
    Command("remove_session", mark("Remove this draft"), Group.SHOP, "", "", When.DRAFT, confirm=True),
    Command("import_products", mark("Import products"), Group.SHOP, "Ctrl+I", ""),
    Command("import_sessions", mark("Import past sessions"), Group.SHOP),
    Command("import_orders", mark("Import orders"), Group.SHOP),
    Command("export_session", mark("Export the Excel summary"), Group.SHOP, "Ctrl+S", "", When.SESSION),
    Command("backup", mark("Back up now"), Group.SHOP, "", ""),
    Command("room_prepare", mark("Prepare"), Group.VIEW, "Alt+1", ""),
    Command("room_live", mark("Live"), Group.VIEW, "Alt+2"),
    Command("room_review", mark("Review"), Group.VIEW, "Alt+3", ""),
    Command("room_catalogue", mark("Catalogue"), Group.VIEW, "Alt+4", ""),
    Command("obs", mark("OBS"), Group.VIEW),
    Command("settings", mark("Settings"), Group.VIEW, "Ctrl+,", ""),
    Command("palette", mark("All commands"), Group.VIEW, "Ctrl+K", ""),
    Command("key_sheet", mark("Keys"), Group.VIEW, "?", ""),
)

# Done with the key: nothing is typed or answered in the desk's window after them, so that the keyboard stays where it
# is, on the anchor's window perhaps. The script's sheets are windows of their own.
AT_ONCE = frozenset({
    "take_next", "take_previous", "take_selected", "push_rest", "obs_incident", "obs_mute", "toggle_listed", "skip_row",
    "move_up", "move_down", "undo", "redo", "edit_script", "publish_script", "edit_live", "read_through",
    "prompter_play", "prompter_restart", "prompter_stop", "prompter_reverse", "prompter_blank", "prompter_mark_next",
    "prompter_mark_previous", "prompter_back", "prompter_forward", "prompter_slower", "prompter_faster",
    "prompter_smaller", "prompter_larger", "prompter_mirror", "prompter_screen", "cue_1", "cue_2", "cue_3", "cue_4",
    "cue_back", "alarm_seen",
})  # fmt: skip

# Given again and again while the key is held, a little each time. All else is done once a press: a key held a moment
# too long must not take the segments that follow, send a cue ten times, or undo more than is looked at.
REPEATS = frozenset({
    "move_up", "move_down", "prompter_ahead", "prompter_back", "prompter_forward", "prompter_slower", "prompter_faster",
    "prompter_smaller", "prompter_larger",
})  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}
