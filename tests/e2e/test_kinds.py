"""Kinds of Qt object that a thread defines while the window paints; each in a process of its own, which may die."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.shops import make_on_air, make_shop
from ui import kinds

ROOT = Path(__file__).resolve().parents[2]
LATE = """
import os, sys, threading
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QVBoxLayout, QWidget
from ui.kinds import make_room

app = QApplication(["late", "-style", "fusion"])
window = QWidget()
column = QVBoxLayout(window)
every = QDialogButtonBox.StandardButton.Ok
for button in QDialogButtonBox.StandardButton:
    every |= button
for number in range(60):  # their buttons are of Qt's own making: painted without the interpreter's lock
    column.addWidget(type(f"Box{number}", (QDialogButtonBox,), {})(every))
window.resize(3000, 3000)
window.show()
made = []

def define():
    sys.setswitchinterval(0.001)
    for _ in range(50_000):
        made.append(type("Late", (QObject,), {}))

def again():
    window.update()
    if not thread.is_alive():
        app.quit()

make_room(50_000)
thread = threading.Thread(target=define)
thread.start()
timer = QTimer()
timer.timeout.connect(again)
timer.start(0)
app.exec()
print(len(made), flush=True)
os._exit(0)
"""
COUNT = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from shiboken6 import Shiboken
from ui import app as desk

def count():
    seen, look = set(), [Shiboken.Object]
    while look:
        new = set(type.__subclasses__(look.pop())) - seen
        seen |= new
        look += new
    found.append(len(seen))

found = []
application, starter = desk.build(Path(sys.argv[1]))
starter.shell.painted.connect(count)
starter.ready.connect(count)
starter.complete.connect(count)
starter.complete.connect(lambda: QTimer.singleShot(0, starter.shell.close))
starter.begin()
status = application.exec()
print(json.dumps(found), flush=True)
desk.leave(status)
"""


def test_a_window_that_paints_survives_what_a_thread_defines():
    done = subprocess.run([sys.executable, "-c", LATE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["50000"]


@pytest.mark.parametrize("make", [make_shop, make_on_air])
def test_room_is_made_for_all_kinds_the_start_brings(shop_file, make):
    make(shop_file)
    argv = [sys.executable, "-c", COUNT, str(shop_file)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    painted, ready, complete = json.loads(done.stdout)
    assert painted < ready < painted + kinds.FRONT
    assert ready < complete < ready + kinds.ALL
