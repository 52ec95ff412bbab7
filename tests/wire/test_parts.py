"""The wire's small parts: configuration, token, masking, belief, who may talk, the thread."""

import asyncio
import json
import os
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.feeds.inlet import MOST_WAITING
from liveshop_desk.model.ruling import Ruling
from liveshop_desk.wire import config, token
from liveshop_desk.wire.guard import host_allowed, origin_allowed
from liveshop_desk.wire.limits import Limits
from liveshop_desk.wire.masking import masked
from liveshop_desk.wire.meter import Meter
from liveshop_desk.wire.relays import _reason
from liveshop_desk.wire.thread import WireThread
from tests.bench.wire_load import percentile


def test_new_settings_have_every_source_off():
    configs = config.load(())
    assert [one.kind for one in configs] == list(config.KINDS)
    assert not any(one.on for one in configs)


def test_configurations_are_kept_in_their_order():
    changed = config.SourceConfig("dycast", on=True, origins=("shop.example",))
    configs = (changed, *(one for one in config.load(()) if one.kind != "dycast"))
    assert config.load(config.dump(configs)) == configs


@given(
    st.lists(
        st.text(max_size=30)
        | st.dictionaries(
            st.sampled_from(["kind", "on", "address", "port", "origins"]),
            st.sampled_from(["oba", "dycast", True, 7, None, -1, ["a"], {}]),
            max_size=5,
        ).map(json.dumps),
        max_size=4,
    )
)
@settings(max_examples=60)
def test_broken_settings_are_as_new(texts):
    configs = config.load(texts)
    assert sorted(one.kind for one in configs) == sorted(config.KINDS)
    assert config.load(config.dump(configs)) == configs


def test_the_token_is_this_users_alone_and_can_be_changed(tmp_path):
    path = tmp_path / "folder" / "token"
    first = token.token(path)
    assert token.token(path) == first
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        path.chmod(0o644)
        assert token.token(path) == first
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    second = token.rotate(path)
    assert second != first
    assert token.token(path) == second
    path.write_text("short")
    assert token.token(path) not in ("short", second)


@pytest.mark.skipif(os.name != "posix", reason="the stand-in for a file that cannot be read is a link to itself")
def test_a_token_that_cannot_be_read_for_a_moment_is_not_made_anew(tmp_path):
    path, away = tmp_path / "token", tmp_path / "away"
    first = token.token(path)
    path.rename(away)
    path.symlink_to(path)
    with pytest.raises(OSError, match="symbolic links"):
        token.token(path)
    away.replace(path)
    assert token.token(path) == first


def test_an_empty_token_is_never_right():
    assert not token.is_right("", "")
    assert token.is_right("é" * 3, "é" * 3)


@pytest.mark.parametrize(
    "raw",
    [
        json.dumps({"Type": 1, "Data": json.dumps({"User": {"Id": 99123, "Nickname": "小美美"}, "C": "小美美 来了"})}),
        '{"nick_name": "小美美", "content": "小美美 来了", "user_id": "99123"',
        '[{"user": {"id": "99123", "name": "小美美"}, "content": "小美美 来了"}]',
        '[{"user": {"id": "99123", "name": "小美美"}, "content": "小美美 来了"}, {"user"',
        '[{"user": {"id": 99123, "name": "小美美"}, "content": "小美美 来了"}, {"user"',
    ],
)
def test_names_are_masked_wherever_they_stand(raw):
    shown = masked(raw.encode())
    assert "来了" in shown or "\\u6765" in shown
    assert "小美美" not in shown
    assert "99123" not in shown


@pytest.mark.parametrize("name", ['小"美"美', "小\\美美", "小\t美美"])
def test_a_name_json_writes_otherwise_is_masked_too(name):
    told = {"user": {"id": "99123", "name": name}, "content": f"{name} 来了"}
    for raw in (json.dumps(told), json.dumps({"Type": 1, "Data": json.dumps(told)})):
        shown = masked(raw)
        assert "来了" in shown
        assert "小" not in shown


@given(st.binary(max_size=200) | st.text(max_size=200))
@settings(max_examples=60)
def test_anything_can_be_shown(raw):
    shown = masked(raw)
    assert len(shown) <= 300
    assert "\n" not in shown


def test_the_order_of_the_sources_is_who_rules():
    configs = (config.default("dycast"), config.default("ingest"), config.default("folder"), config.default("oba"))
    ruling = Ruling(config.source_order(configs))
    ranks = [ruling.rank(name) for name in ("manual", "dycast", "douyin", "oba", "unibarrage", "simulated")]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


@pytest.mark.parametrize(
    ("host", "here", "lan"),
    [
        ("127.0.0.1:17870", True, True),
        ("localhost", True, True),
        ("[::1]:1", True, True),
        ("192.168.1.5:17870", False, True),
        ("shop.example", False, False),
        ("127.0.0.1.evil.example", False, False),
        ("", False, False),
        ("[", False, False),
    ],
)
def test_hosts(host, here, lan):
    assert host_allowed(host, lan=False) is here
    assert host_allowed(host, lan=True) is lan


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (None, True),
        ("http://localhost:5173", True),
        ("http://127.0.0.1", True),
        ("file://", True),
        ("chrome-extension://abc", True),
        ("https://live.taobao.com", True),
        ("https://taobao.com", True),
        ("https://eviltaobao.com", False),
        ("https://taobao.com.evil.example", False),
        ("null", False),
        ("", False),
        ("http://[", False),
        ("file://evil.example", False),
    ],
)
def test_origins(origin, allowed):
    assert origin_allowed(origin, ("taobao.com",)) is allowed


def test_the_thread_takes_work_from_anywhere_and_ends():
    thread = WireThread()

    async def work():
        await asyncio.sleep(0)
        return 7

    assert thread.submit(work()).result(5) == 7
    thread.stop(wait=5)
    thread.stop(wait=5)
    assert thread.submit(work()).result(5) == 7  # begun anew
    thread.stop(wait=5)


def test_what_runs_when_the_thread_ends_is_cancelled():
    thread = WireThread()
    started = []

    async def work():
        started.append(True)
        await asyncio.Event().wait()

    endless = thread.submit(work())

    async def nothing():
        return None

    thread.submit(nothing()).result(5)
    thread.stop(wait=5)
    assert started
    assert endless.cancelled()


def test_percentiles_of_the_delay():
    bins = [0] * 250
    assert percentile(bins, 0.99) is None
    bins[0], bins[9] = 98, 2
    assert (percentile(bins, 0.5), percentile(bins, 0.99)) == (1.0, 10.0)


def test_where_a_flood_is_dropped_there_is_still_room_for_orders():
    assert Limits().waiting + 10_000 < MOST_WAITING


def test_a_message_too_long_does_not_shift_what_is_shown_of_the_others():
    meter = Meter("oba")
    for at, text in enumerate((b'{"text":"one"}', b'{"text":"two"}')):
        meter.message(text, at, 0.0)
    for _look in range(2):
        assert [line.text for line in meter.state(0.0, 15.0, raw=True).raw] == ['{"text": "two"}', '{"text": "one"}']
        meter.messages += 1  # what the gate does with one over the limit


def test_of_large_messages_only_what_is_shown_is_held():
    meter = Meter("ingest")
    for number in range(40):
        meter.message(b"x" * 1_000_000, number, 0.0)
    assert sum(len(raw) for _number, _at, raw in meter._raw) <= 20 * 16 * 1024


def test_why_a_relay_is_not_reached_gives_no_secret_away():
    said = _reason("ws://shop:secret@127.0.0.1:9/live?token=abc", TimeoutError())
    assert "127.0.0.1:9" in said
    assert "secret" not in said
    assert "abc" not in said
