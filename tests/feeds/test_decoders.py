"""What each relay sends, read into records: golden files, and anything at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.feeds.decoders import DECODERS, wxlivespy
from liveshop_desk.feeds.record import decode_line, encode
from liveshop_desk.model.clock import ManualClock

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "feeds"
NOW = ManualClock().now()
SALT = "salt"
RELAYS = sorted(path.stem for path in GOLDEN.glob("*.jsonl"))


def told(decoded):
    """Write what a message held, one fact a line; times as ms so that no time zone matters."""
    for record in decoded.records:
        fields = json.loads(encode(record))
        yield json.dumps({**fields, "t": record.at - NOW}, ensure_ascii=False)
    yield from (f"unknown {kind} {n}" for kind, n in decoded.unknown.items())
    yield from (f"refused {why}" for why in decoded.refused)
    facts = {"ignored": decoded.ignored, "ended": decoded.ended, "skewed": decoded.skewed}
    yield from (f"{name} {value}" for name, value in facts.items() if value)


@pytest.mark.parametrize("relay", RELAYS)
def test_golden(relay):
    lines = (GOLDEN / f"{relay}.jsonl").read_text("utf-8").splitlines()
    found = [fact for line in lines for fact in told(DECODERS[relay](line.encode(), NOW, SALT))]
    assert found == (GOLDEN / f"{relay}.txt").read_text("utf-8").splitlines()


def test_all_six_relays_have_a_golden_file():
    assert set(RELAYS) == set(DECODERS) - {"ingest", "folder"}


@pytest.mark.parametrize("relay", RELAYS)
def test_no_viewers_name_is_left(relay):
    for line in (GOLDEN / f"{relay}.jsonl").read_text("utf-8").splitlines():
        for record in DECODERS[relay](line, NOW, SALT).records:
            assert not any(name in repr(record) for name in ("小美", "大壮", "阿强", "tb_xx"))


@pytest.mark.parametrize("files", [("barragegrab_*.json", "barragegrab"), ("oba_live_tool.json", "oba"),
    ("wxlivespy_forward.json", "wxlivespy"), ("luoxi_userscript.json", "userscript"),
    ("dycast_relay.json", "dycast"), ("unibarrage.json", "unibarrage")])  # fmt: skip
def test_the_published_samples_are_understood(shared, files):
    pattern, relay = files
    paths = sorted((shared / "data" / "feeds").glob(pattern))
    if not paths:
        pytest.skip("the samples are not there")
    for path in paths:
        decoded = DECODERS[relay](path.read_bytes(), NOW, SALT)
        assert not decoded.unknown
        assert not decoded.refused
        assert decoded.records or decoded.ended


def test_ids_come_as_numbers_or_texts_and_are_the_same_viewer():
    frames = [{"Type": 1, "Data": json.dumps({"MsgId": number, "User": {"Id": who}, "Content": "?"})}
        for number, who in ((74, 101), ("75", "101"))]  # fmt: skip
    first, second = (DECODERS["barragegrab"](json.dumps(frame), NOW, SALT).records[0] for frame in frames)
    assert (first.id, second.id) == ("74", "75")
    assert first.viewer == second.viewer != ""


def test_an_order_that_is_paid_later_is_two_steps_of_one_order():
    lines = (GOLDEN / "oba.jsonl").read_text("utf-8").splitlines()
    orders = [r for line in lines for r in DECODERS["oba"](line, NOW, SALT).records if r.kind == "order"]
    assert [(r.order, r.status, r.amount, r.quantity) for r in orders] == [
        ("6923000001", "ordered", None, None), ("6923000001", "paid", None, None)]  # fmt: skip


def test_the_status_of_wxlivespy_in_either_form():
    info = {"live_id": "1", "online_count": 87}
    for body in (info, {"live_info": info}):
        assert [(r.metric, r.value) for r in wxlivespy.decode_status(json.dumps(body), NOW, SALT).records] == [
            ("online", 87)]  # fmt: skip
    assert wxlivespy.decode_status("{}", NOW, SALT).records == []


@pytest.mark.parametrize("whole", [True, False])
def test_ingest_takes_lines_and_arrays_and_names_what_it_refuses(whole):
    records = [{"t": NOW, "kind": "comment", "text": str(n)} for n in range(3)]
    strange = {"t": NOW, "kind": "dance"}
    body = json.dumps([*records, strange, 7]) if whole else "\n".join(map(json.dumps, [*records, strange, 7])) + "\n"
    decoded = DECODERS["ingest"](body.encode(), NOW, SALT)
    assert [r.text for r in decoded.records] == ["0", "1", "2"]
    assert (dict(decoded.unknown), len(decoded.refused)) == ({"dance": 1}, 1)


def test_half_an_array_keeps_what_came_before():
    body = json.dumps([{"t": NOW, "kind": "like"}] * 3)[:-8]
    decoded = DECODERS["ingest"](body, NOW, SALT)
    assert (len(decoded.records), len(decoded.refused)) == (2, 1)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["1.2万", "5", "{}"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
keys = st.sampled_from([
    "Type", "Data", "MsgId", "User", "Count", "Total", "GiftCount", "DiamondCount", "OnlineUserCount", "RoomId",
    "msg_type", "msg_id", "order_status", "time", "nick_name", "live_info", "events", "online_count", "decoded_type",
    "seq", "type", "username", "content", "count", "id", "method", "room", "user", "gift", "rid", "platform", "data",
])  # fmt: skip
types = st.sampled_from([1, 2, 5, 6, "Gift", "Like", "like", "live_order", "WebcastGiftMessage", "WebcastLikeMessage"])
fields = st.dictionaries(keys, json_values | st.dictionaries(keys, json_values, max_size=4), max_size=6)


def is_sound(decoded):
    """Assert that every record can be written and read back: nothing odd got through."""
    for record in decoded.records:
        assert decode_line(encode(record), SALT) == record


@pytest.mark.parametrize("relay", sorted(DECODERS))
@settings(max_examples=25)
@given(garbage=st.binary(max_size=80) | st.text(max_size=80))
def test_garbage_is_counted_not_raised(relay, garbage):
    decoded = DECODERS[relay](garbage, NOW, SALT)
    is_sound(decoded)


@pytest.mark.parametrize("relay", sorted(DECODERS))
@settings(max_examples=40)
@given(message=fields, kind=types, inner=fields)
def test_any_object_is_read_or_counted(relay, message, kind, inner):
    message |= {"Type": kind, "type": kind, "msg_type": kind, "method": kind, "Data": json.dumps(inner), "data": inner}
    decoded = DECODERS[relay](json.dumps([message, message]), NOW, SALT)
    is_sound(decoded)


@pytest.mark.parametrize("relay", RELAYS)
@settings(max_examples=15)
@given(data=st.data())
def test_half_a_message_is_counted_not_raised(relay, data):
    line = data.draw(st.sampled_from((GOLDEN / f"{relay}.jsonl").read_bytes().splitlines()))
    decoded = DECODERS[relay](line[: data.draw(st.integers(0, len(line) - 1))], NOW, SALT)
    assert decoded.records == []
    assert decoded.refused
