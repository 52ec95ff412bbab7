"""The program as another process: main.py, a console that cannot show Chinese, a reader that goes away, a kill."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from liveshop_desk.errors import Refused
from liveshop_desk.store import inflow
from liveshop_desk.store.lock import ShopLock

MAIN = Path(__file__).resolve().parents[2] / "main.py"


def command(*words):
    return [sys.executable, str(MAIN), *map(str, words)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_output_suits_the_console(live, encoding):
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(command("sessions", "--json"), capture_output=True, env=environment, check=True, timeout=60)
    assert json.loads(done.stdout.decode(encoding))[0]["theme"] == "秋冬羽绒专场"
    plain = subprocess.run(command("sessions"), capture_output=True, env=environment, check=True, timeout=60)
    assert live in plain.stdout.decode(encoding)


def test_a_reader_that_goes_away_is_no_crash(live):
    with subprocess.Popen(command("sessions"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        errors = process.stderr.read()
    assert errors == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no polite kill")
def test_a_killed_replay_has_written_what_came(desk, live, recording):
    words = command("replay", recording(), "--session", live, "--speed", "1", "--json")
    store = desk().store
    version = store.data_version()
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while store.data_version() == version and process.poll() is None:
            pass  # the first numbers are written
        process.send_signal(signal.SIGTERM)
        out, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")
    report = json.loads(out)
    assert report["stopped"]
    assert 0 < report["new"] < 72
    assert inflow.carry(store, live).tracks["online"][0] >= 1000


def test_no_desk_opens_a_shop_whose_figures_a_replay_is_writing(program, desk, live, recording, shop, tmp_path):
    """Two folds of one session: the window would show the figures of its start, and write over those that came."""
    words = command("replay", recording(), "--session", live, "--speed", "1")
    store = desk().store
    version = store.data_version()
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            while store.data_version() == version and process.poll() is None:
                pass  # the first numbers are written
            with pytest.raises(Refused, match="A recording is being played into") as refused:
                ShopLock.acquire(shop)
            assert "Ctrl+C" in refused.value.todo
            told = {"t": store.clock.now(), "kind": "sample", "metric": "likes", "value": 7, "source": "tiktok"}
            (tmp_path / "second.jsonl").write_text(json.dumps(told) + "\n", "utf-8")
            assert program("replay", tmp_path / "second.jsonl", "--speed", "0").status == 0
        finally:
            process.terminate()
            process.communicate(timeout=60)
    ShopLock.acquire(shop).release()
    assert inflow.carry(store, live).tracks["likes"][0] == 7


@pytest.mark.skipif(sys.platform == "win32", reason="a folder is closed otherwise there")
def test_a_folder_nobody_may_look_into_is_said_in_words(tmp_path):
    line = command("sessions", "--shop", tmp_path / "closed" / "shop.liveshop")
    if os.geteuid() == 0:  # to whom nothing is closed
        if shutil.which("setpriv") is None:
            pytest.skip("root cannot be kept out here")
        without = "-dac_override,-dac_read_search"
        line = ["setpriv", f"--inh-caps={without}", f"--bounding-set={without}", *line]
    (tmp_path / "closed").mkdir(mode=0o000)
    done = subprocess.run(line, capture_output=True, check=False, timeout=60)
    (tmp_path / "closed").chmod(0o700)
    assert done.returncode == 1
    assert done.stderr.decode().strip().endswith("shop.liveshop cannot be read (Permission denied).")
