"""The feed record: read, refused with a reason, written back."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.feeds.record import RecordError, UnknownKind, decode_line, encode, hash_viewer
from liveshop_desk.model.bases import BASES, Course
from liveshop_desk.model.record import KINDS, Record

SALT = b"the shop's own"
T = "2026-11-21T20:12:43.120+08:00"
AT = 1_795_263_163_120


def line(**fields):
    return json.dumps({"t": T, "kind": "comment", **fields}, ensure_ascii=False)


def refusal(text):
    with pytest.raises(RecordError) as caught:
        decode_line(text, SALT)
    return caught.value.why


def test_a_sample():
    found = decode_line(line(kind="sample", metric="online", value=1284, source="douyin"), SALT)
    assert found == Record(AT, "sample", "douyin", "online", 1284)


def test_money_comes_in_yuan_and_is_kept_in_fen():
    found = decode_line(line(kind="order", sku="Y9981", quantity=1, amount="369.00", order="69179267688"), SALT)
    assert (found.amount, found.quantity, found.order) == (36_900, 1, "69179267688")
    assert decode_line(line(kind="order", amount=0.29), SALT).amount == 29
    assert decode_line(line(kind="order", amount=19.9), SALT).amount == 1_990
    assert decode_line(line(kind="order"), SALT).amount is None
    assert decode_line(line(kind="sample", metric="gmv", value=86402.5), SALT).value == 8_640_250
    assert decode_line(line(kind="sample", metric="gmv", value="8.6万"), SALT).value == 8_600_000


def test_the_viewers_name_is_hashed_and_not_kept():
    found = decode_line(line(viewer="小美", text="多高穿L?"), SALT)
    assert found.viewer == hash_viewer("小美", SALT)
    assert len(found.viewer) == 16
    assert "小美" not in repr(found)
    assert found.viewer != decode_line(line(viewer="小美"), b"another shop").viewer
    assert decode_line(line(viewer=101), SALT).viewer == hash_viewer("101", SALT)
    assert decode_line(line(viewer=None), SALT).viewer == ""


@pytest.mark.parametrize(
    "stamp", [T, "2026-11-21T12:12:43.120Z", "2026-11-21 20:12:43.120+0800", AT, "2026-11-21T13:12:43.12+01:00"]
)
def test_times(stamp):
    assert decode_line(line(t=stamp), SALT).at == AT


def test_unknown_keys_are_ignored_and_unknown_kinds_named():
    assert decode_line(line(mood="good", viewer_hash="not one"), SALT).kind == "comment"
    with pytest.raises(UnknownKind) as caught:
        decode_line(line(kind="applause"), SALT)
    assert caught.value.kind == "applause"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a line of JSON"),
        ("{", "not a line of JSON"),
        (b"\xff\xfe{}", "not a line of JSON"),
        ("[" * 60_000, "not a line of JSON"),
        ('{"t":NaN}', "not a line of JSON"),
        ("[1]", "not a JSON object"),
        ("x" * 70_000, "longer than 64 KB"),
        (line(kind=None), "“kind” is missing"),
        (line(kind=["order"]), "“kind” is not a text"),
        (line(t=None), "“t” is not a time"),
        (line(t="yesterday"), "“t” is not a time"),
        (line(t="0001-01-01T00:00:00"), "“t” is not a time"),
        (line(t=10**30), "“t” is not a time"),
        (line(t=True), "“t” is not a time"),
        (line(kind="sample", value=1), "“metric” is missing or not a name"),
        (line(kind="sample", metric="online; DROP", value=1), "“metric” is missing or not a name"),
        (line(kind="sample", metric="online"), "“value” is not a number"),
        (line(kind="sample", metric="online", value=-1), "“value” is below 0"),
        (line(kind="sample", metric="online", value="-"), "“value” is not a number"),
        (line(kind="sample", metric="online", value=1e300), "“value” is not a number"),
        (line(kind="sample", metric="online", value=12.5), "“value” is not a number"),
        (line(kind="order", amount="12,34x"), "“amount” is not an amount in yuan"),
        (line(kind="order", amount="-3"), "“amount” is below 0"),
        (line(kind="order", amount=[1]), "“amount” is not an amount in yuan"),
        (line(kind="order", quantity=-1), "“quantity” is below 0"),
        (line(kind="order", quantity=1.5), "“quantity” is not a whole number"),
        (line(kind="like", count=10**9), "“count” is not a whole number"),
        (line(kind="order", order=1.73e18), "“order” is not a text"),
    ],
)
def test_refused_with_the_reason(text, why):
    assert refusal(text) == why


def test_a_number_with_all_its_binary_digits_is_one():
    stay = decode_line(line(kind="sample", metric="stay_seconds", value=66.12345678901234), SALT)
    assert stay.value == 66.123456789
    assert decode_line(line(kind="sample", metric="gmv", value=0.1 + 0.2), SALT).value == 30
    assert decode_line(line(kind="sample", metric="online", value=1284.0), SALT).value == 1284
    assert decode_line(line(kind="order", amount=19.990000000000002), SALT).amount == 1999
    assert refusal(line(kind="sample", metric="online", value=1284.000001)) == "“value” is not a number"


def test_text_is_cleaned_and_cut():
    found = decode_line(line(text="  a\u202eb\x00c\n" + "长" * 900), SALT)
    assert found.text.startswith("a b c 长")
    assert len(found.text) <= 500


instants = st.integers(946_684_800_000, 4_102_444_799_999)
clean = st.text(st.characters(categories=["L", "N"], max_codepoint=0xFFFF), max_size=30)
counts = st.one_of(st.none(), st.integers(0, 10**6))
common = {
    "at": instants,
    "source": clean.filter(bool),
    "sku": clean,
    "order": clean,
    "id": clean,
    "text": clean,
    "viewer": st.one_of(st.just(""), st.from_regex(r"[0-9a-f]{16}", fullmatch=True)),
    "quantity": counts,
    "count": counts,
    "amount": st.one_of(st.none(), st.integers(0, 10**12)),
}
whole = sorted(key for key, base in BASES.items() if base.course is Course.TOTAL)
samples = st.builds(
    Record, kind=st.just("sample"), metric=st.sampled_from(whole), value=st.integers(0, 10**12), **common
)
events = st.builds(Record, kind=st.sampled_from(sorted(KINDS - {"sample"})), **common)


@given(st.one_of(samples, events))
def test_written_and_read_back_the_same(record):
    written = encode(record)
    assert "\n" not in written
    assert decode_line(written, SALT) == record
    assert decode_line(written.encode(), SALT) == record


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=5,
)
keys = st.sampled_from(
    ["t", "kind", "metric", "value", "sku", "quantity", "amount", "order", "viewer", "text", "count", "id", "source"]
)


@settings(max_examples=400)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_garbage_is_refused_not_raised(garbage):
    with pytest.raises(RecordError):
        decode_line(garbage, SALT)


@settings(max_examples=400)
@given(st.dictionaries(keys, json_values), st.sampled_from(sorted(KINDS)), st.booleans())
def test_any_object_is_a_record_or_refused(fields, kind, well_begun):
    if well_begun:
        fields |= {"t": T, "kind": kind}
    try:
        found = decode_line(json.dumps(fields), SALT)
    except RecordError:
        return
    assert decode_line(encode(found), SALT) == found


@pytest.mark.parametrize(("said", "kept"), [("ordered", "ordered"), ("paid", "paid"), ("已付款", ""), (None, "")])
def test_how_far_an_order_has_come(said, kept):
    found = decode_line(json.dumps({"t": T, "kind": "order", "order": "1", "status": said}), SALT)
    assert found.status == kept
    assert decode_line(encode(found), SALT) == found
