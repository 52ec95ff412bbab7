"""OBS in the window: what is offered, sent and said. OBS itself is real in tests/wire; here stands its state."""

from concurrent.futures import Future
from dataclasses import replace

import pytest

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import set_language
from liveshop_desk.model.clock import timer_text
from liveshop_desk.ops import shelf, show
from liveshop_desk.settings import Settings
from liveshop_desk.wire import obs_address, obs_find
from liveshop_desk.wire.obs_address import Address
from liveshop_desk.wire.obs_state import Figures, Link, ObsState, Recording, Stream
from ui.dialogs.obs_page import ObsPage
from ui.obs import ObsDesk
from ui.obs_words import pill_text, tone
from ui.panels.incident_sheet import IncidentSheet
from ui.prompting import Prompting

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

FIGURES = Figures(
    fps=30, fps_wanted=30, cpu=12, disk_mb=80_000, skipped=3, skipped_share=0, dropped=0, dropped_share=0,
    congestion=0, kbits=4_200, stream_ms=61_000, record_ms=5_000,
)  # fmt: skip
ON = ObsState(
    link=Link.ON, version="30.2.0", figures=FIGURES, scene="Main", scenes=("Main", "Pause"),
    text_inputs=("price", "clock"), muted={"Mic": False, "Music": False}, mics=("Mic",),
)  # fmt: skip


class Told:
    """Takes what the desk tells OBS, where the wire's side begins."""

    def __init__(self, state):
        self.state = state
        self.orders = []
        self.error = None

    def __getattr__(self, name):
        def order(*words):
            self.orders.append((name, *words))
            answer = Future()
            answer.set_exception(self.error) if self.error else answer.set_result(None)
            return answer

        return order


@pytest.fixture
def desk(qtbot, context):
    def remember(**fields):
        context.desk.settings = replace(context.desk.settings, **fields)

    made = ObsDesk(context, lambda _work: pytest.fail("nothing may go out"), remember)
    yield made
    made.close()


@pytest.fixture
def told(desk):
    made = desk._obs = Told(ON)
    desk.look()
    return made


@pytest.fixture
def said(context):
    heard = []
    context.notices.posted.connect(lambda notice: heard.append(notice.text))
    return heard


def choose(context, **fields):
    context.desk.settings = replace(context.desk.settings, **fields)


def test_the_incident_key_switches_and_takes_back(context, desk, told, said):
    choose(context, obs_incident_scene="Pause")
    context.actions.give("obs_incident")
    assert told.orders == [("switch", "Pause")]
    desk.look()
    assert "Main" in said[-1]
    told.state = ON._replace(scene="Pause", back_to="Main")
    desk.look()
    context.actions.give("obs_incident")
    assert told.orders[-1] == ("go_back",)


def test_what_obs_refuses_is_said(context, desk, told, said):
    choose(context, obs_incident_scene="Pause")
    told.error = UserError("OBS refuses: busy")
    context.actions.give("obs_incident")
    desk.look()
    assert said == ["OBS refuses: busy"]


def test_without_obs_or_a_scene_the_incident_key_says_so(context, desk, said):
    context.actions.give("obs_incident")
    assert "not connected" in said[-1]


def test_no_scene_chosen_is_said(context, told, said):
    context.actions.give("obs_incident")
    assert told.orders == []
    assert "No incident scene" in said[-1]


def test_mute_means_the_chosen_microphone_or_obs_own(context, desk, told):
    context.actions.give("obs_mute")
    choose(context, obs_mic="Music")
    told.state = ON._replace(muted={"Mic": True, "Music": True})
    desk.look()
    context.actions.give("obs_mute")
    assert told.orders == [("mute", "Mic", True), ("mute", "Music", False)]


@pytest.fixture
def reading(context, desk, live):
    made = Prompting(context, live)
    desk.follow(made)
    yield made
    made.close()


def take(context, shop, number):
    context.attempt(show.take, shop.session, shop.segments[number])


def texts(told):
    """Return what the sources were told since the last call."""
    given = [order[1:] for order in told.orders if order[0] == "set_text"]
    told.orders.clear()
    return given


def test_price_and_countdown_follow_what_is_on_air(context, clock, shop, desk, told, reading):
    choose(context, obs_price_input="price", obs_countdown_input="clock")
    take(context, shop, 1)
    left = reading.row.segment.planned_seconds
    desk.write()
    assert texts(told) == [("price", "¥369"), ("clock", timer_text(left))]
    desk.write()
    assert texts(told) == []  # only what has changed is sent
    clock.advance(1)
    desk.write()
    assert texts(told) == [("clock", timer_text(left - 1))]
    context.attempt(shelf.set_price, ["down-1"], 35_900, confirmed=True)
    desk.write()
    assert texts(told) == [("price", "¥359")]
    clock.advance(left + 60)
    desk.write()
    assert texts(told) == [("clock", "0:00")]
    context.attempt(show.end_show, shop.session)
    desk.write()
    assert texts(told) == [("price", ""), ("clock", "")]


def test_a_source_no_longer_chosen_is_left_alone(context, shop, desk, told, reading):
    choose(context, obs_price_input="price")
    take(context, shop, 1)
    desk.write()
    desk.choose(obs_price_input="")
    assert told.orders[-1] == ("forget_text", "price")


def test_every_take_is_a_chapter_of_the_recording(context, shop, desk, told, reading):
    take(context, shop, 1)
    desk.write()
    assert told.orders == []  # nothing is recorded
    told.state = ON._replace(recording=Recording.ON)
    for number in (1, 2):
        if number == 2:
            take(context, shop, 2)
        for _look in range(2):
            desk.look()
            desk.write()
    assert told.orders == [("chapter", "长款鹅绒羽绒服 Y9981"), ("chapter", "轻薄羽绒马甲 W2103")]


def test_nothing_is_said_before_the_first_take(context, desk, told, reading):
    choose(context, obs_price_input="price", obs_countdown_input="clock")
    desk.write()
    assert told.orders == []


def test_the_incident_sheet_offers_the_scene_by_a_key(qtbot, context, window, told):
    choose(context, obs_incident_scene="Pause")
    sheet = IncidentSheet(context, window)
    sheet.offer_scene("Pause")
    assert sheet.switch is not None
    assert "Pause" in sheet.switch.text()
    assert context.actions.keys_text("obs_incident") in sheet.switch.text()
    sheet.switch.click()
    assert told.orders == [("switch", "Pause")]


def test_the_page_offers_what_obs_has_and_keeps_the_choice(qtbot, context, desk, told):
    page = ObsPage(context, desk)
    qtbot.addWidget(page)
    combo = page.choices["obs_incident_scene"]
    assert [combo.itemText(n) for n in range(combo.count())] == ["none", "Main", "Pause"]
    combo.setCurrentIndex(2)
    combo.activated.emit(2)
    assert context.desk.settings.obs_incident_scene == "Pause"
    told.state = ON._replace(scenes=("Main",))
    desk.look()
    assert "not in OBS" in combo.currentText()
    told.state = ON._replace(link=Link.LOST, scenes=(), why="No OBS answers")
    desk.look()
    assert (combo.currentText(), combo.currentData()) == ("Pause", "Pause")  # nobody knows now


def test_the_page_says_how_obs_is(qtbot, context, desk, told):
    page = ObsPage(context, desk)
    qtbot.addWidget(page)
    told.state = ON._replace(stream=Stream.RECONNECTING, recording=Recording.ON)
    desk.look()
    assert "reconnecting" in page.problems.text()
    values = {name.text(): value.text() for name, value in page.numbers}
    assert values["Frames a second"] == "30 / 30"
    assert values["Recording state"] == "recording · 0:05"
    assert values["Upload"] == "4.2 Mbit/s"


def test_obs_config_is_read_only_after_consent(qtbot, context, desk, tmp_path, monkeypatch):
    read = []
    found = obs_find.Found(4466, "geheim", True, tmp_path / "config.json")
    monkeypatch.setattr(obs_find, "find", lambda: read.append(1) or found)
    page = ObsPage(context, desk)
    qtbot.addWidget(page)
    form = page.connect_form
    form.connect_wanted.disconnect()
    with qtbot.waitSignal(form.connect_wanted) as wanted:
        form.find_button.click()
        assert not form.consent.isHidden()
        assert read == []
        form.refuse.click()
        assert read == []
        form.find_button.click()
        form.agree.click()
    assert wanted.args == [Address(port=4466, password="geheim")]


def test_the_password_is_kept_in_its_own_file_and_not_in_the_settings(context, desk, told):
    desk.connect_to(Address(password="geheim"))
    assert obs_address.load() == Address(password="geheim")
    assert "geheim" not in repr(context.desk.settings)
    assert context.desk.settings.obs_on
    desk.hang_up()
    assert context.desk.settings == replace(Settings(), obs_on=False)


def test_the_kept_password_can_be_forgotten(qtbot, context, desk):
    obs_address.save(Address(password="geheim"))
    page = ObsPage(context, desk)
    qtbot.addWidget(page)
    assert page.connect_form.password.text() == "geheim"
    page.connect_form.forget.click()
    assert obs_address.load() is None
    assert page.connect_form.password.text() == ""


@pytest.mark.parametrize(("wanted", "kept", "opened"), [(True, True, 1), (False, True, 0), (True, False, 0)])
def test_the_desk_connects_by_itself_only_where_that_was_chosen(context, wanted, kept, opened):
    given = []

    def submit(work):
        work.close()
        given.append(work)
        return Future()

    choose(context, obs_on=wanted)
    if kept:
        obs_address.save(Address(password="geheim"))
    made = ObsDesk(context, submit, lambda **_fields: None)
    made.start()
    assert len(given) == opened
    made.close()


def test_where_the_chapters_are_is_said_when_the_recording_ends(desk, told, said):
    told.state = ON._replace(recording=Recording.ON)
    desk.look()
    told.state = ON._replace(recording=Recording.OFF, chapter_file="/videos/show.chapters.txt")
    desk.look()
    assert "/videos/show.chapters.txt" in said[-1]


@pytest.mark.parametrize(
    ("changes", "words", "color"),
    [
        ({}, "● OBS", "good"),
        ({"stream": Stream.LIVE}, "● OBS · streaming", "good"),
        ({"stream": Stream.RECONNECTING}, "○ OBS · stream is reconnecting", "on_air"),
        ({"stream": Stream.FAILED}, "○ OBS · stream has stopped by itself", "on_air"),
        ({"figures": FIGURES._replace(skipped_share=0.2)}, "● OBS · skipping frames", "next"),
        ({"link": Link.LOST, "why": "No OBS answers"}, "○ OBS · gone", "on_air"),
        ({"link": Link.CONNECTING}, "○ OBS", ""),
    ],
)
def test_the_top_bar_says_the_gravest(changes, words, color):
    state = ON._replace(**changes)
    assert (pill_text(state, brief=False), tone(state)) == (words, color)


@pytest.mark.parametrize(
    ("changes", "words", "color"),
    [
        ({"stream": Stream.LIVE}, "● OBS · microphone muted", "next"),
        ({"figures": FIGURES._replace(skipped_share=0.2)}, "● OBS · microphone muted", "next"),
        ({"back_to": "Main", "scene": "Incident"}, "● OBS · Incident", "next"),
        ({"link": Link.LOST, "why": "No OBS answers"}, "○ OBS · gone", "on_air"),
    ],
)
def test_a_muted_microphone_is_not_forgotten(changes, words, color):
    state = ON._replace(**changes)
    assert (pill_text(state, brief=False, muted=True), tone(state, muted=True)) == (words, color)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_page_opens_in_every_language(qtbot, context, desk, language):
    set_language(language)
    page = ObsPage(context, desk)
    qtbot.addWidget(page)
    page.show()
    assert all(combo.accessibleName() for combo in page.choices.values())
