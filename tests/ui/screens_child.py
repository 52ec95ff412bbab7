"""Runs in a process of its own (``-m tests.ui.screens_child``) under Xvfb: monitors are plugged in and out for real.

Each line of standard output is ``name: value``; test_anchor_screens.py reads them, and removes LIVESHOP_HOME.
"""

import ctypes
import os
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from liveshop_desk.desk import Desk
from liveshop_desk.model.clock import SystemClock
from liveshop_desk.model.session import Kind
from liveshop_desk.ops import queue, scripts, show
from liveshop_desk.settings import Settings
from liveshop_desk.store import queries
from liveshop_desk.store.store import Store
from ui import theme
from ui.actions import Actions
from ui.anchor import Anchor
from ui.bridge import Bridge
from ui.context import Chosen, Context
from ui.evening import Evening
from ui.notices import Notices
from ui.prompting import Prompting


class _Monitor(ctypes.Structure):
    """XRRMonitorInfo of libXrandr."""

    _fields_ = [
        ("name", ctypes.c_ulong), ("primary", ctypes.c_int), ("automatic", ctypes.c_int), ("noutput", ctypes.c_int),
        ("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int), ("height", ctypes.c_int),
        ("mwidth", ctypes.c_int), ("mheight", ctypes.c_int), ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    ]  # fmt: skip


class _Resources(ctypes.Structure):
    """The head of XRRScreenResources."""

    _fields_ = [
        ("timestamp", ctypes.c_ulong), ("changed", ctypes.c_ulong), ("ncrtc", ctypes.c_int),
        ("crtcs", ctypes.POINTER(ctypes.c_ulong)), ("noutput", ctypes.c_int),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    ]  # fmt: skip


class Monitors:
    """Plugs monitors of an X server in and out: what ``xrandr --setmonitor`` and ``--delmonitor`` do."""

    def __init__(self):
        self._x, self._randr = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXrandr.so.2")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = self._x.XInternAtom.restype = ctypes.c_ulong
        self._randr.XRRGetScreenResources.restype = ctypes.POINTER(_Resources)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(None))
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        found = self._randr.XRRGetScreenResources(self._display, self._root).contents
        self._outputs = [found.outputs[n] for n in range(found.noutput)]

    def _atom(self, name):
        return self._x.XInternAtom(self._display, name.encode(), 0)

    def plug(self, name, x, y, width, height, *, primary=False):
        used = self._outputs[:1] if primary else []  # the first monitor takes the server's one output with it
        array = (ctypes.c_ulong * 1)(*used)
        size = (x, y, width, height, width // 4, height // 4)
        monitor = _Monitor(self._atom(name), int(primary), 0, len(used), *size, array)
        self._randr.XRRSetMonitor(self._display, self._root, ctypes.byref(monitor))
        self._x.XSync(self._display, 0)

    def owner(self, window):
        """Return the window that one is kept above (WM_TRANSIENT_FOR), 0 for none."""
        found = ctypes.c_ulong()
        self._x.XGetTransientForHint(self._display, ctypes.c_ulong(window), ctypes.byref(found))
        return found.value

    def unplug(self, name):
        self._randr.XRRDeleteMonitor(self._display, self._root, ctypes.c_ulong(self._atom(name)))
        self._x.XSync(self._display, 0)


def until(true):
    """Run the event loop until something is so, at most five seconds."""
    loop = QEventLoop()
    look = QTimer()
    look.timeout.connect(lambda: loop.quit() if true() else None)
    look.start(10)
    QTimer.singleShot(5000, loop.quit)
    loop.exec()


def settle():
    loop = QEventLoop()
    QTimer.singleShot(250, loop.quit)
    loop.exec()


app = QApplication([])
monitors = Monitors()
monitors.plug("DESK", 0, 0, 1280, 720, primary=True)
until(lambda: len(app.screens()) == 1 and app.screens()[0].name() == "DESK")
monitors.plug("GLASS", 1280, 0, 1024, 768)
until(lambda: len(app.screens()) == 2)

store = Store.open(Path(os.environ["LIVESHOP_HOME"]) / "shop.liveshop", SystemClock())
session = show.create_session(store, "彩排")
queue.add_segment(store, session, Kind.OPENING, "开场")
script = queries.script_id(queries.segments(store, session)[0])
scripts.save_script(store, script, "今天的直播间有三件新品。" * 60)
window = QMainWindow()
window.setGeometry(0, 0, 1280, 720)
window.show()
notices = Notices()
said = []
notices.posted.connect(lambda notice: said.append(notice.text))
desk = Desk(store, settings=Settings())
bridge = Bridge(desk)
chosen = Chosen()
chosen.choose(session)
context = Context(desk, bridge, Actions(window, desk.settings, notices), notices, chosen, theme.DARK)
evening = Evening(context)
prompting = Prompting(context, evening)
anchor = Anchor(context, prompting)
reader = prompting.reader


def tell(name):
    """Print where the window is, how it stands, whether the text runs, what was said last."""
    settle()
    seen = anchor.window
    box = seen.geometry().getRect()
    where = "fills" if seen.isFullScreen() else "stands"
    above = monitors.owner(int(seen.winId())) == int(window.winId())
    last = said[-1] if said else ""
    keys = f"above={above} desk_has_keys={window.isActiveWindow()}"
    print(f"{name}: {where} {seen.screen().name()} {box} playing={reader.playing} {keys} | {last}", flush=True)


anchor.toggle()
reader.play()
tell("shown")
placed, pace = reader.position, reader.pace
monitors.unplug("GLASS")
until(lambda: len(app.screens()) == 1)
window.activateWindow()
until(window.isActiveWindow)
tell("unplugged")
monitors.plug("GLASS", 1280, 0, 1024, 768)
until(anchor.window.isFullScreen)
tell("replugged")
monitors.unplug("GLASS")
until(lambda: len(app.screens()) == 1)
monitors.plug("GLASS", 1280, 0, 800, 600)
until(anchor.window.isFullScreen)
tell("smaller")
monitors.plug("OTHER", 0, 720, 800, 600)
until(lambda: len(app.screens()) == 3)
tell("third")
monitors.unplug("GLASS")
until(lambda: not anchor.window.isFullScreen())
tell("unplugged_of_three")
monitors.unplug("OTHER")
until(lambda: len(app.screens()) == 1)
monitors.plug("NEW", 1280, 0, 1024, 768)
until(lambda: len(app.screens()) == 2)
tell("another")
anchor.move_to("")
tell("chosen")
print(f"remembered: {anchor.remembered()['prompter_screen']}")
print(f"filled: {anchor.remembered()['prompter_filled']}")
window.setGeometry(0, 0, 1280, 720)
app.screenRemoved.emit(next(s for s in app.screens() if s.name() == "DESK"))  # the server keeps its first monitor
tell("desk_lost")
print(f"filled_alone: {anchor.remembered()['prompter_filled']}")
print(f"read_on: {reader.position > placed and reader.pace == pace}")
anchor.close()
prompting.close()
evening.close()
bridge.close()
store.close()
