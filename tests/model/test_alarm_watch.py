"""One alarm at a time: the gravest, and only from what is known."""

from liveshop_desk.model.alarm_watch import Scene, Shelf, SoldLately, alarms_of
from liveshop_desk.model.goals import Plan, pace
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import Record

START = 1_795_262_400_000
MINUTE = 60_000
SHOP = Plan(START, START + 100 * MINUTE, 1_000)


def gravest(shown):
    """The alarm that is said first, or None."""
    return next(iter(alarms_of(shown)), None)


def scene(minutes, live=None, gmv=None, **more):
    now = START + minutes * MINUTE
    return Scene(now, START, live or LiveFigures(), pace(SHOP, now, gmv), **more)


def online(*levels):
    live = LiveFigures()
    for minute, level in levels:
        live.absorb(Record(START + minute * MINUTE, "sample", "douyin", "online", level))
    return live


def key(found):
    return None if found is None else found.key


def test_all_well_says_nothing():
    assert gravest(scene(5)) is None
    assert (
        gravest(scene(50, online((45, 1000), (49, 990)), gmv=500, title="Y9981", aired=60, planned_seconds=300)) is None
    )


def test_what_costs_sales_comes_first():
    shelf = Shelf("Y9981", 18, 60, 300)
    late = {"title": "Y9981", "aired": 400, "planned_seconds": 300}
    fallen = online((45, 1000), (49, 700))
    assert key(gravest(scene(50, fallen, gmv=100, shelves=[shelf], **late))) == "stock_out"
    assert key(gravest(scene(50, fallen, gmv=100, **late))) == "online_drop"
    assert key(gravest(scene(50, online((49, 700)), gmv=100, **late))) == "pitch_over"
    assert key(gravest(scene(50, online((30, 700)), gmv=100))) == "no_figures"
    assert key(gravest(scene(50, online((49, 700)), gmv=100))) == "goal_behind"


def test_a_stream_in_danger_comes_before_everything_and_a_slow_machine_after_sales():
    shelf = Shelf("Y9981", 18, 60, 300)
    cut = ("stream", "The stream is cut off", True)
    slow = ("skipped", "OBS skips frames", False)
    assert gravest(scene(5, shelves=[shelf], faults=[cut])).message() == "The stream is cut off"
    assert key(gravest(scene(5, shelves=[shelf], faults=[slow]))) == "stock_out"
    assert gravest(scene(5, faults=[slow])).message() == "OBS skips frames"


def test_goods_that_are_not_there_come_before_an_obs_that_is_not_heard():
    lost = ("link", "OBS is gone", True)
    disk = ("disk", "1 GB left on the recording's disk", True)
    drops = ("dropped", "6% of frames dropped", True)
    cut = ("stream", "The stream is cut off", True)
    shelf = Shelf("Y9981", 18, 60, 300)
    fallen = online((45, 1000), (49, 700))
    sold = {"s": ("Y9981", 3)}
    found = alarms_of(scene(50, fallen, gmv=500, shelves=[shelf], missing=sold, faults=[lost, disk, drops, cut]))
    assert [each.about if each.key == "obs" else each.key for each in found] == [
        "stream", "sold_beyond", "stock_out", "dropped", "online_drop", "link", "disk",
    ]  # fmt: skip


def test_an_old_level_is_no_fall():
    assert key(gravest(scene(50, online((40, 1000), (45, 500))))) is None


def test_sold_lately_looks_five_minutes_back():
    sold = SoldLately()
    assert sold.of("a") == (0, 0)
    sold.note(START, {"a": 10})
    sold.note(START + 20_000, {"a": 14})
    assert sold.of("a") == (0, 0)  # too short to tell
    sold.note(START + 60_000, {"a": 16})
    assert sold.of("a") == (6, 60)
    sold.note(START + 330_000, {"a": 17})
    assert sold.of("a") == (1, 270)
    sold.note(START + 331_000, {"a": 16, "b": 5})  # one of a was taken back
    assert sold.of("a") == (0, 271)
    assert sold.of("b") == (5, 271)
    assert sold.sold() == ["b"]
    sold.note(START, {"b": 5})  # the clock was set back
    assert sold.of("b") == (0, 0)


def test_goods_that_run_out_off_the_air_are_told_and_no_cue_is_proposed():
    """The anchor speaks of another product: “only 8 left” would be of that."""
    found = gravest(scene(50, online((45, 1000), (49, 1000)), others=[Shelf("D620", 8, 60, 300, "d")]))
    assert (found.key, found.about, found.cue) == ("stock_out", "d", "")
    assert found.message() == "D620: 8 left, gone in 40s at this rate"
    gone = gravest(scene(50, online((45, 1000), (49, 1000)), missing={"d": ("D620", 2)}))
    assert (gone.key, gone.cue) == ("sold_beyond", "")


def test_another_source_that_took_over_is_no_fall_but_its_own_is():
    def told(*levels):
        live = LiveFigures()
        for minute, source, level in levels:
            live.absorb(Record(round(START + minute * MINUTE), "sample", source, "online", level))
        return live

    one = [(40 + n, "1008", 1000) for n in range(8)]
    other = [(48 + n, "553", 610) for n in range(3)]
    assert key(gravest(scene(50, told(*one, *other), gmv=500))) is None
    assert key(gravest(scene(50, told(*one, *other[:2], (49.9, "553", 480)), gmv=500))) == "online_drop"
    after = [(51 + n, "553", 400) for n in range(3)]
    assert key(gravest(scene(53, told(*one, *other, *after), gmv=530))) == "online_drop"
    assert key(gravest(scene(50, told(*one, (48, "1008", 610), (49, "1008", 610)), gmv=500))) == "online_drop"
