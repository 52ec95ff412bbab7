"""Settings are saved beside the window: in order, the last one wins, and the file is whole at any moment."""

import json
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from threading import Event

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from liveshop_desk import i18n, settings
from liveshop_desk.model.alarms import thresholds
from liveshop_desk.settings import Keeper, Settings, load


def never(error):
    raise AssertionError(error)


def test_the_last_one_wins_and_is_on_disk_at_the_close(tmp_path):
    path = tmp_path / "settings.json"
    keeper = Keeper(never, path)
    for size in range(20, 90):
        keeper.keep(Settings(prompter_font=size))
    keeper.close()
    assert load(path).prompter_font == 89
    keeper.keep(Settings(prompter_font=30))  # it goes on after it was idle
    keeper.close()
    assert load(path).prompter_font == 30


def test_the_caller_does_not_wait_for_the_disk(tmp_path, monkeypatch):
    path, let_go, begun = tmp_path / "settings.json", Event(), Event()
    saved = []

    def slow(chosen, where=None):
        begun.set()
        assert let_go.wait(5)
        saved.append(chosen.operator)

    monkeypatch.setattr(settings, "save", slow)
    keeper = Keeper(never, path)
    keeper.keep(Settings(operator="甲"))
    assert begun.wait(5)
    for name in "乙丙丁":
        keeper.keep(Settings(operator=name))
    assert saved == []
    let_go.set()
    keeper.close()
    assert saved == ["甲", "丁"]


def test_a_disk_that_takes_nothing_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    told = []
    keeper = Keeper(told.append, tmp_path / "file" / "settings.json")
    keeper.keep(Settings(operator="甲"))
    keeper.close()
    assert isinstance(told[0], OSError)


def test_killed_at_any_moment_the_file_is_whole(tmp_path):
    path = tmp_path / "settings.json"
    code = (
        "import sys; from pathlib import Path; from liveshop_desk.settings import Keeper, Settings\n"
        "keeper = Keeper(lambda error: None, Path(sys.argv[1])); n = 0\n"
        "while True:\n"
        "    n += 1; keeper.keep(Settings(operator=str(n) * 300)); print(n, flush=True)\n"
    )
    for lines in (1, 40, 400):
        child = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, cwd=Path.cwd())
        for _line in range(lines):
            child.stdout.readline()
        child.kill()
        child.communicate()
        if path.exists():
            assert json.loads(path.read_text("utf-8"))["version"] == settings.VERSION
    assert load(path) == replace(Settings(), operator=load(path).operator)


def test_a_version_nobody_ever_wrote_ends_no_start(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 0, "theme": "light"}), "utf-8")
    assert settings.load(path).theme == "light"


def test_an_older_file_is_brought_up_step_by_step(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VERSION", 3)
    steps = {1: lambda held: held | {"theme": held["look"]}, 2: lambda held: held | {"operator": held["theme"] + "!"}}
    monkeypatch.setattr(settings, "UPGRADES", steps)
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 1, "look": "light"}), "utf-8")
    assert (settings.load(path).theme, settings.load(path).operator) == ("light", "light!")


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.just("\ud800"),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=4), each, max_size=3),
    max_leaves=6,
)
NAMES = [spec.name for spec in fields(Settings)]


@tried(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY | st.dictionaries(st.sampled_from([*NAMES, "version", "?"]), ANY, max_size=8))
def test_whatever_stands_in_the_file_the_desk_has_settings_it_can_use_and_keep(tmp_path, held):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(held), "utf-8")
    found = load(path)
    for name in NAMES:
        assert type(getattr(found, name)) is type(getattr(Settings(), name)), name
    texts = [*found.hands.items(), *found.keys.items(), *found.sources, *found.tiles, *found.cue_presets]
    assert all(isinstance(each, str) for text in texts for each in (text if isinstance(text, tuple) else (text,)))
    thresholds(found.alarms)
    assert found.language in ("system", *i18n.LANGUAGES)
    settings.save(found, path)
    assert load(path) == found


@pytest.mark.parametrize("text", ["[" * 100_000, "", "{", "null", '{"low_stock": 1' + "0" * 5_000 + "}"])
def test_a_file_that_is_no_settings_at_all_is_as_none(tmp_path, text):
    (tmp_path / "settings.json").write_text(text)
    assert load(tmp_path / "settings.json") == Settings()


def test_what_is_bad_in_a_file_edited_by_hand_falls_back_and_the_rest_stays(tmp_path):
    path = tmp_path / "settings.json"
    bad = {"keys": {"undo": ["Ctrl+U"], "redo": "Ctrl+R"}, "hands": {"F9": 7, "F8": "play"}, "language": "fr"}
    more = {"alarms": {"stay": "long", "low": 3}, "low_stock": True, "prompter_pace": 0, "tiles": [1, "gmv"]}
    path.write_text(json.dumps(bad | more | {"prompter_font": 10**12, "preview_theme": "pink", "operator": "阿杰"}))
    assert load(path) == Settings(
        keys={"redo": "Ctrl+R"}, hands={"F8": "play"}, alarms={"low": 3}, tiles=("gmv",), operator="阿杰"
    )
