"""The real OBS on a screen of its own, with a config of its own: nothing of this machine's user is touched."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

INI = """[General]
FirstRun=true
[OBSWebSocket]
FirstLoad=false
ServerEnabled=true
ServerPort={port}
AuthRequired=true
ServerPassword={password}
AlertsEnabled=false
"""
PASSWORD = "pass % word ; 1"


def wait_for(condition, what, seconds=20.0):
    """Wait until ``condition()`` is true and return what it gave; fail by name after the deadline."""
    deadline = time.monotonic() + seconds
    while not (given := condition()):
        if time.monotonic() > deadline:
            pytest.fail(f"waited {seconds:g} s for {what}")
        time.sleep(0.02)  # between two looks; what is waited for is the condition
    return given


def free_port():
    """Return a port nobody listens on now."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return made.getsockname()[1]


def missing_programs():
    """Return which programs these tests lack."""
    return [name for name in ("obs", "Xvfb", "ffmpeg") if shutil.which(name) is None]


def end(process, how=signal.SIGKILL):
    """End a process with all it has started, and wait for it."""
    if process.poll() is None:
        os.killpg(process.pid, how)
    process.wait(10)


class ObsProgram:
    """One OBS that can be started, killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "config"
        self.home = folder / "home"
        self.port = free_port()
        self.log = folder / "obs.log"
        self.home.mkdir(parents=True)
        self._write_config()
        self._screen, self._display = self._open_screen()
        self._process = None

    def start(self):
        """Start OBS and wait until it listens."""
        env = os.environ | {
            "HOME": str(self.home), "XDG_CONFIG_HOME": str(self.config), "DISPLAY": self._display,
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }  # fmt: skip
        for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
            env.pop(name, None)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                ["obs", "--multi", "--minimize-to-tray"], env=env, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(self._listens, f"OBS to listen ({self.log})", 30)

    def _write_config(self):
        """Switch its server on: up to OBS 30.1 in global.ini, from 30.2 in a file of the plug-in's own."""
        own = self.config / "obs-studio" / "plugin_config" / "obs-websocket"
        own.mkdir(parents=True)
        text = INI.format(port=self.port, password=PASSWORD)
        (self.config / "obs-studio" / "global.ini").write_text(text, "utf-8")
        told = {
            "first_load": False, "server_enabled": True, "server_port": self.port, "auth_required": True,
            "server_password": PASSWORD, "alerts_enabled": False,
        }  # fmt: skip
        (own / "config.json").write_text(json.dumps(told), "utf-8")

    def write_profile(self, text):
        """Write settings OBS begins with, in the form of its basic.ini."""
        profile = self.config / "obs-studio" / "basic" / "profiles" / "Untitled"
        profile.mkdir(parents=True)
        (profile / "basic.ini").write_text("[General]\nName=Untitled\n" + text, "utf-8")

    def kill(self):
        """Kill OBS as a crash would."""
        end(self._process)

    def close(self):
        """End OBS and its screen."""
        if self._process is not None:
            end(self._process)
        end(self._screen)

    def _listens(self):
        assert self._process.poll() is None, self.log.read_text(errors="replace")[-2000:]
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _open_screen(self):
        reading, writing = os.pipe()
        screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "640x480x24", "+extension", "GLX"],
            pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as told:
            return screen, f":{told.readline().strip()}"


def chapters_in(recording: Path) -> list[str]:
    """Return the titles of the chapters in a recording; none while it is being written."""
    argv = ["ffprobe", "-v", "quiet", "-show_chapters", "-of", "json", str(recording)]
    told = json.loads(subprocess.run(argv, capture_output=True, text=True, check=False).stdout or "{}")
    return [chapter["tags"]["title"] for chapter in told.get("chapters", ())]


class RtmpSink:
    """Takes one stream on this machine, as a platform would."""

    def __init__(self):
        self.port = free_port()
        self.server = f"rtmp://127.0.0.1:{self.port}/live"
        self._process = subprocess.Popen(
            ["ffmpeg", "-loglevel", "error", "-listen", "1", "-f", "flv", "-i", f"{self.server}/key",
             "-c", "copy", "-f", "null", "-"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        wait_for(self._listens, "the RTMP sink to listen")

    def close(self):
        """Drop the stream."""
        end(self._process)

    def _listens(self):
        # Looked up, not tried: ffmpeg takes one connection only.
        wanted = f":{self.port:04X} 00000000:0000 0A"
        return wanted in Path("/proc/net/tcp").read_text()
