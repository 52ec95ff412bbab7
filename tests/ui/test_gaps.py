"""Work between frames: at once where there are none, else one piece a gap; and the beat itself."""

import threading
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.gaps import STILL_MS, Gaps
from ui.prompter.frames import Frames


class Still(QObject):
    """A beat without a thread, given by hand."""

    def __init__(self):
        super().__init__()
        self.frames = Frames(self)


def running(qtbot, frames, who):
    frames.hold(who, 0.005)
    qtbot.waitSignal(frames.ticked, timeout=2000).wait()


def test_without_frames_everything_is_done_at_once():
    gaps, done = Gaps(), []
    gaps.soon(lambda: done.append(1))
    frames = Frames()
    gaps.follow(frames)
    gaps.soon(lambda: done.append(2))
    assert done == [1, 2]


def test_between_frames_one_piece_at_a_time_and_each_only_once(qtbot):
    frames, gaps, done = Frames(), Gaps(), []
    gaps.follow(frames)
    running(qtbot, frames, gaps)

    def one():
        done.append(1)

    gaps.soon(one)
    gaps.soon(one)
    gaps.soon(lambda: done.append(2))
    assert done == []
    frames.gap.emit()
    assert done == [1]
    frames.stop()  # nothing is left undone
    assert done == [1, 2]


def test_what_is_to_be_first_is_done_once_however_often_it_is_asked_for(qtbot):
    frames, gaps, done = Frames(), Gaps(), []
    gaps.follow(frames)
    running(qtbot, frames, gaps)

    def price():
        done.append("price")

    gaps.soon(lambda: done.append("clock"))
    gaps.soon(price, first=True)
    gaps.soon(price, first=True)
    frames.stop()
    assert done == ["price", "clock"]


def test_what_is_gone_meanwhile_is_not_asked(qtbot):
    frames, gaps, done = Frames(), Gaps(), []
    gaps.follow(frames)
    running(qtbot, frames, gaps)
    widget = QWidget()
    gaps.soon(widget.update)  # would raise
    gaps.soon(lambda: done.append(1))
    widget.deleteLater()
    qtbot.waitSignal(widget.destroyed, timeout=2000).wait()
    frames.stop()
    assert done == [1]


def test_a_desk_that_is_closing_does_nothing_more(qtbot):
    frames, gaps, done = Frames(), Gaps(), []
    gaps.follow(frames)
    running(qtbot, frames, gaps)
    gaps.soon(lambda: done.append("waited"))
    gaps.close()
    frames.stop()
    gaps.soon(lambda: done.append("late"))
    assert done == []


def test_the_beat_goes_on_until_the_last_lets_go(qtbot):
    frames = Frames()
    beats = []
    frames.ticked.connect(lambda: beats.append(1))
    one, two = QObject(), QObject()
    running(qtbot, frames, one)
    frames.hold(two)
    frames.release(one)
    assert frames.running
    qtbot.waitUntil(lambda: len(beats) > 5, timeout=2000)
    frames.release(two)
    assert not frames.running
    frames.hold(one, 0.005)
    seen = len(beats)
    qtbot.waitUntil(lambda: len(beats) > seen, timeout=2000)
    frames.stop()


def test_a_window_that_is_deleted_takes_its_beat_with_it(qtbot):
    before = set(threading.enumerate())
    holder = Still()
    running(qtbot, holder.frames, holder)
    (beat,) = set(threading.enumerate()) - before
    holder.deleteLater()
    qtbot.waitUntil(lambda: not beat.is_alive())


def test_what_cannot_be_cut_waits_for_the_prompter_to_stand_for_a_while(qtbot):
    frames, gaps, done = Frames(), Gaps(), []
    gaps.follow(frames)

    def large():
        done.append(1)

    gaps.when_still(large)
    assert done == [1]  # nothing runs
    running(qtbot, frames, gaps)
    gaps.when_still(large)
    gaps.when_still(large)
    frames.gap.emit()
    assert done == [1]
    frames.stop()
    assert done == [1]
    running(qtbot, frames, gaps)  # she only took a breath
    qtbot.wait(STILL_MS + 100)
    assert done == [1]
    frames.stop()
    qtbot.waitUntil(lambda: len(done) > 1)
    assert done == [1, 1]


def test_what_waits_for_the_prompter_to_stand_is_dropped_with_the_desk(qtbot):
    frames, gaps, done = Frames(), Gaps(), []
    gaps.follow(frames)
    running(qtbot, frames, gaps)
    gaps.when_still(lambda: done.append(1))
    frames.stop()
    gaps.close()
    qtbot.wait(STILL_MS + 100)
    assert done == []


def test_one_that_fails_keeps_no_other_from_its_turn(qtbot):
    frames, gaps, done = Frames(), Gaps(), []
    gaps.follow(frames)
    running(qtbot, frames, gaps)

    def broken(word):
        raise RuntimeError(word)

    for task in (partial(broken, "one"), lambda: done.append(1), partial(broken, "two"), lambda: done.append(2)):
        gaps.soon(task)
    with qtbot.captureExceptions() as caught:
        frames.stop()
    assert done == [1, 2]
    assert str(caught[0][1].__context__) == "one"  # neither is lost: a report tells the whole chain
    assert str(caught[0][1]) == "two"
