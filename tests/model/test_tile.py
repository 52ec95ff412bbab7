"""What a tile says, without a window."""

from liveshop_desk.model.clock import Instant
from liveshop_desk.model.evening_plan import plan_of
from liveshop_desk.model.goals import Pace
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import MANUAL, Record
from liveshop_desk.model.session import Session, State
from liveshop_desk.model.tile import Now, figures_ago, stale_levels, tile

START: Instant = 1_795_262_400_000
MINUTE = 60_000
HOUR = 60 * MINUTE


def test_a_goal_without_a_plan_is_only_attained():
    pace = Pace(50, None, 0.5, None, None, None)
    assert tile("gmv", Now({"gmv": 50}, pace=pace)).second == "50% of the goal"


def test_a_goal_just_missed_is_not_said_to_be_reached():
    for attained, said in ((996, "99%"), (999, "99%"), (1000, "100%"), (1004, "100%"), (984, "98%")):
        pace = Pace(attained, None, attained / 1000, None, None, None)
        assert tile("gmv", Now({"gmv": attained}, pace=pace)).second == f"{said} of the goal"


def test_a_total_nobody_told_five_minutes_ago_has_no_growth():
    live = LiveFigures()
    live.absorb(Record(START + HOUR, "sample", metric="orders", value=500))
    late = figures_ago(live, live.figures(), START + HOUR, START)
    assert tile("orders", Now(live.figures(), late)).second == ""
    young = figures_ago(live, live.figures(), START + HOUR, START + HOUR - MINUTE)
    assert tile("orders", Now(live.figures(), young)).second == "+500 / 5 min"


def test_a_level_of_another_source_than_five_minutes_ago_has_not_moved():
    def second(*told):
        live = LiveFigures()
        for minute, source, level in told:
            live.absorb(Record(START + minute * MINUTE, "sample", source, metric="online", value=level))
        return tile("online", Now(live.figures(), figures_ago(live, live.figures(), START + HOUR, START))).second

    assert second((50, "wechat", 91), (57, "my-script", 994), (59, "my-script", 1000)) == ""
    assert second((40, "wechat", 91), (54, "my-script", 500), (59, "my-script", 1000)) == "▲ 100% / 5 min"


def test_a_typed_level_is_not_old_sooner_because_something_else_was_typed_after_it():
    live = LiveFigures()
    live.absorb(Record(START, "sample", MANUAL, metric="online", value=1_200))
    live.absorb(Record(START + MINUTE, "sample", MANUAL, metric="gmv", value=3_000_000))
    assert stale_levels(live, START + 5 * MINUTE, 900) == {}
    assert stale_levels(live, START + 16 * MINUTE, 900) == {"online": 960.0}
    back = LiveFigures()
    back.restore(live.take_dirty(), live.carry())
    assert stale_levels(back, START + 5 * MINUTE, 900) == {}


def test_a_level_a_machine_told_is_old_after_a_minute_whatever_was_typed_with_it():
    live = LiveFigures()
    live.absorb(Record(START, "sample", "douyin", metric="online", value=1_200))
    live.absorb(Record(START, "sample", MANUAL, metric="gmv", value=3_000_000))
    assert stale_levels(live, START + 2 * MINUTE, 900) == {"online": 120.0}


def test_a_total_set_right_downwards_is_said_so():
    assert tile("units", Now({"units": 5}, {"units": 8})).second == "−3 / 5 min"
    assert tile("gmv", Now({"gmv": 1_234_500}, {"gmv": 1_000_000})).second == "+¥2,345 / 5 min"


def test_what_is_better_lower_is_good_when_it_falls():
    shown = tile("refund_rate", Now({"refund_orders": 1, "orders": 10}, {"refund_orders": 3, "orders": 10}))
    assert (shown.second, shown.tone) == ("▼ 20.0pt / 5 min", "good")
    still = tile("refund_rate", Now({"refund_orders": 1, "orders": 10}, {"refund_orders": 1, "orders": 10}))
    assert (still.second, still.tone) == ("0.0pt / 5 min", "")


def test_the_plan_of_a_show_in_its_slot_and_of_one_outside_it():
    session = Session(
        "s",
        "x",
        State.LIVE,
        planned_start=START,
        planned_end=START + 2 * HOUR,
        started_at=START + 10 * MINUTE,
        goal_gmv=9,
    )
    assert (plan_of(session).start, plan_of(session).end) == (START + 10 * MINUTE, START + 2 * HOUR)
    before = Session("s", "x", planned_start=START, planned_end=START + 2 * HOUR, started_at=START - 20 * HOUR)
    assert (plan_of(before).start, plan_of(before).end) == (START - 20 * HOUR, START - 18 * HOUR)
    after = Session("s", "x", planned_start=START, planned_end=START + 2 * HOUR, started_at=START + 5 * HOUR)
    assert (plan_of(after).start, plan_of(after).end) == (START + 5 * HOUR, START + 7 * HOUR)
    draft = Session("s", "x", planned_start=START, planned_end=START + HOUR, goal_gmv=5)
    assert (plan_of(draft).start, plan_of(draft).end, plan_of(draft).goal) == (START, START + HOUR, 5)
    assert plan_of(Session("s", "x")).end is None


def test_money_nobody_told_says_that_it_is_estimated():
    live = LiveFigures()
    live.absorb(Record(START, "order", "oba", sku="a", quantity=1, amount=36_900, order="1", estimated=True))
    assert tile("gmv", Now(live.figures(), coverage=live.coverage({}, START))).label == "GMV (est.)"
    told = LiveFigures()
    told.absorb(Record(START, "order", "oba", sku="a", quantity=1, amount=36_900, order="1"))
    assert tile("gmv", Now(told.figures(), coverage=told.coverage({}, START))).label == "GMV"
    told.absorb(Record(START, "order", "oba", sku="strange", quantity=1, order="2"))
    assert tile("gmv", Now(told.figures(), coverage=told.coverage({}, START))).label == "GMV (in part)"


def test_a_dash_says_by_what_it_would_count_or_why_it_is_one_in_few_words():
    live = LiveFigures()
    live.absorb(Record(START, "order", order="1", sku="unknown"))
    live.absorb(Record(START, "order", order="2", amount=36_900))
    assert tile("aov", Now(live.figures(), coverage=live.coverage({}, START))).basis == "per buyer"
    live.absorb(Record(START, "sample", metric="buyers", value=2))
    assert tile("aov", Now(live.figures(), coverage=live.coverage({}, START))).basis == "Unpriced orders"


def test_a_goal_is_late_from_the_shops_own_share_on():
    pace = Pace(60, 80, 0.6, 0.8, 0.75, None)
    assert tile("gmv", Now({"gmv": 60}, pace=pace)).tone == "late"
    assert tile("gmv", Now({"gmv": 60}, pace=pace, behind=0.7)).tone == ""
