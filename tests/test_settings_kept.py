"""Settings are saved beside the window: in order, the last one wins, and the file is whole at any moment."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Event

from liveshop_desk import settings
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
