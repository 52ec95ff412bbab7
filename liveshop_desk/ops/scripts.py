"""Scripts (话术): what the anchor says, and the cues sent while she says it."""

from __future__ import annotations

from liveshop_desk.errors import Refused, UserError
from liveshop_desk.i18n import _, mark
from liveshop_desk.prompter.drafts import merged
from liveshop_desk.store import queries
from liveshop_desk.store.ids import new_id
from liveshop_desk.store.step import Step
from liveshop_desk.store.store import Store

LONGEST_SCRIPT = 200_000  # characters
LONGEST_CUE = 60
LONGEST_INCIDENT = 200


def save_script(store: Store, script_id: str, text: str, *, title: str = "") -> None:
    """Keep a script's text: what the anchor reads. ``script_id`` comes from ``queries.script_id``.

    A draft beside it takes over what was mended, so that publishing it later does not bring the mistake back.
    """
    _check_length(text)
    with store.step(mark("Edit script {title}"), title=title) as step:
        _put_live(store, step, script_id, text)


def put_imported(store: Store, step: Step, script_id: str, text: str) -> None:
    """Take a script from a file inside the import's step: beside the live text while that is being read.

    A draft somebody is at stays. The file's text waits behind it and is the draft when that is published or discarded.
    """
    if keeps_draft(store, script_id, text):
        step.put("scripts", {"id": _waiting(script_id)}, text=text)
    elif script_id == queries.script_on_air(store):
        step.put("scripts", {"id": script_id}, draft=_beside(text, queries.script(store, script_id)))
    else:
        _put_live(store, step, script_id, text)


def keeps_draft(store: Store, script_id: str, text: str) -> bool:
    """Tell whether a draft beside the text on air stands in the way of a file's ``text``."""
    draft = queries.script_texts(store, script_id).draft
    return draft is not None and draft != text and script_id == queries.script_on_air(store)


def _waiting(script_id: str) -> str:
    """Return under which id a file's text waits behind a draft."""
    return f"imported:{script_id}"


def _next_draft(store: Store, step: Step, script_id: str, live: str) -> str | None:
    """Take the text that waits behind the draft, if there is one that says anything else than ``live``."""
    waiting = queries.script(store, _waiting(script_id))
    if waiting:
        step.delete("scripts", _waiting(script_id))
    return _beside(waiting, live) if waiting else None


def _put_live(store: Store, step: Step, script_id: str, text: str) -> None:
    held = queries.script_texts(store, script_id)
    fields: dict[str, str | None] = {"text": text}
    if held.draft is not None:
        fields["draft"] = _beside(merged(held.text, text, held.draft), text)
    step.put("scripts", {"id": script_id}, **fields)


def save_draft(store: Store, script_id: str, text: str, *, title: str = "") -> None:
    """Keep what is typed beside the live text, which stays as it is; the live text itself is no draft."""
    _check_length(text)
    with store.step(mark("Edit draft of {title}"), title=title) as step:
        live = queries.script_texts(store, script_id).text
        step.put("scripts", {"id": script_id}, draft=_beside(text, live))


def publish_script(store: Store, script_id: str, *, title: str = "") -> bool:
    """Make the draft the live text; tell whether there was one."""
    with store.step(mark("Publish script {title}"), title=title) as step:
        draft = queries.script_texts(store, script_id).draft  # read inside: another desk may be typing it
        if draft is None:
            return False
        following = _next_draft(store, step, script_id, draft)
        return step.update("scripts", script_id, text=draft, draft=following)


def discard_draft(store: Store, script_id: str, *, title: str = "") -> bool:
    """Drop the draft (an undo brings it back); tell whether there was one."""
    with store.step(mark("Discard draft of {title}"), title=title) as step:
        held = queries.script_texts(store, script_id)
        if held.draft is None:
            return False
        return step.update("scripts", script_id, draft=_next_draft(store, step, script_id, held.text))


def _beside(draft: str, live: str) -> str | None:
    return None if draft == live else draft


def _check_length(text: str) -> None:
    if len(text) > LONGEST_SCRIPT:
        raise UserError(
            _("A script holds at most {n} characters; this has {found}.").format(n=LONGEST_SCRIPT, found=len(text)),
            kept=_("The script saved before is unchanged."),
        )


def send_cue(store: Store, session_id: str, text: str) -> str:
    """Send the anchor a short message and return its id."""
    text = " ".join(text.split())
    if not text:
        raise Refused(_("A cue needs words."))
    if len(text) > LONGEST_CUE:
        raise UserError(
            _("A cue holds at most {n} characters; this has {found}.").format(n=LONGEST_CUE, found=len(text)),
            todo=_("Make it shorter: the anchor reads it at a glance."),
        )
    row = {"id": new_id(), "session_id": session_id, "at": store.clock.now(), "text": text, "acknowledged_at": None}
    with store.step(mark("Cue: {text}"), undoable=False, text=text, session_id=session_id) as step:
        return step.insert("cues", row)


def give_auto_cue(store: Store, session_id: str, text: str, auto: str) -> str:
    """Give a cue the desk gives by itself (model/auto_cues.py) and return its id."""
    row = {"id": new_id(), "session_id": session_id, "at": store.clock.now(), "text": text[:LONGEST_CUE], "auto": auto}
    with store.step(mark("Automatic cue: {text}"), undoable=False, text=text, session_id=session_id) as step:
        step.by_hand = False
        return step.insert("cues", row)


def acknowledge_cue(store: Store, cue_id: str) -> None:
    """Note that the anchor has seen a cue; a second time changes nothing."""
    cue = queries.cue(store, cue_id)
    if cue is None or not cue.stands:
        return
    with store.step(mark("Cue acknowledged"), undoable=False, session_id=cue.session_id) as step:
        step.by_hand = False  # the anchor's
        step.update("cues", cue_id, acknowledged_at=store.clock.now())


def withdraw_cue(store: Store, cue_id: str) -> None:
    """Take a cue back that the anchor has not seen yet. Raises Refused where she has, or there is none."""
    cue = queries.cue(store, cue_id)
    if cue is None or not cue.stands:
        raise Refused(_("There is no cue to take back."))
    with store.step(mark("Cue taken back: {text}"), undoable=False, text=cue.text, session_id=cue.session_id) as step:
        step.update("cues", cue_id, withdrawn_at=store.clock.now())


def describe_incident(store: Store, incident_id: str, text: str) -> None:
    """Put words to an incident; none leaves it as it is."""
    text = " ".join(text.split())[:LONGEST_INCIDENT]
    if not text:
        return
    session_id = queries.incident_session(store, incident_id)
    with store.step(mark("Incident: {text}"), text=text, session_id=session_id) as step:
        step.update("incidents", incident_id, text=text)


def leave_undescribed(store: Store, incident_id: str) -> None:
    """Take the words of an incident back; its time stays."""
    session_id = queries.incident_session(store, incident_id)
    with store.step(mark("Incident noted"), session_id=session_id) as step:
        step.update("incidents", incident_id, text="")


def note_incident(store: Store, session_id: str, text: str) -> str:
    """Write down an incident (异常) with its time and what was on air; without words it is worded where it is shown."""
    text = text.strip()
    current = next((p.segment_id for p in queries.pitches(store, session_id) if p.ended_at is None), None)
    row = {
        "id": new_id(),
        "session_id": session_id,
        "at": store.clock.now(),
        "segment_id": current,
        "text": text,
    }
    label = mark("Incident: {text}") if text else mark("Incident noted")
    with store.step(label, text=text, session_id=session_id) as step:
        return step.insert("incidents", row)
