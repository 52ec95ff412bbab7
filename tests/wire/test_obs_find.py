"""OBS's config as its versions write it, and whatever else may lie there."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.wire.obs_address import Address
from liveshop_desk.wire.obs_find import config_folders, find, parse_ini, parse_json, read_folder

HERE = Path("config")
OLD = (
    "\ufeff[General]\r\nPass=1\r\n\r\n[OBSWebSocket]\r\nFirstLoad=false\r\nServerEnabled=true\r\nServerPort=4466\r\n"
    "AuthRequired=true\r\nServerPassword=a%b;c#d \\\\ é\r\n\r\n[Basic]\r\nServerPort=1\r\n"
)
NEW = (
    '{"first_load": false, "server_enabled": true, "server_port": 4477, "auth_required": true, "server_password": "新"}'
)


def write(folder, *, old="", new=""):
    folder.mkdir(exist_ok=True)
    if old:
        (folder / "global.ini").write_bytes(old.encode())
    if new:
        place = folder / "plugin_config" / "obs-websocket"
        place.mkdir(parents=True)
        (place / "config.json").write_text(new, "utf-8")
    return folder


def test_before_30_2(tmp_path):
    found = read_folder(write(tmp_path, old=OLD))
    assert found is not None
    assert found.address == Address("127.0.0.1", 4466, "a%b;c#d \\ é")
    assert found.enabled


def test_the_newer_config_counts_where_both_are(tmp_path):
    found = read_folder(write(tmp_path, old=OLD, new=NEW))
    assert found is not None
    assert found.address == Address("127.0.0.1", 4477, "新")


def test_a_broken_newer_config_leaves_the_older(tmp_path):
    found = read_folder(write(tmp_path, old=OLD, new="{"))
    assert found is not None
    assert found.port == 4466


def test_an_obs_with_its_server_on_comes_first(tmp_path):
    off = write(tmp_path / "off", new=NEW.replace('"server_enabled": true', '"server_enabled": false'))
    on = write(tmp_path / "on", old=OLD)
    first = find((off, on))
    assert first is not None
    assert first.port == 4466
    alone = find((off,))
    assert alone is not None
    assert not alone.enabled


def test_no_obs_is_nothing(tmp_path):
    assert find((tmp_path / "none",)) is None


def test_no_password_is_sent_where_none_is_asked(tmp_path):
    found = read_folder(write(tmp_path, old=OLD.replace("AuthRequired=true", "AuthRequired=false")))
    assert found is not None
    assert found.password == ""


@pytest.mark.parametrize(
    ("platform", "env", "first"),
    [
        ("linux", {"HOME": "/h"}, "/h/.config/obs-studio"),
        ("linux", {"HOME": "/h", "XDG_CONFIG_HOME": "/x"}, "/x/obs-studio"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Application Support/obs-studio"),
        ("win32", {"USERPROFILE": "/h", "APPDATA": "/a"}, "/a/obs-studio"),
    ],
)
def test_where_each_system_keeps_it(platform, env, first):
    assert config_folders(platform, env)[0].as_posix() == first


def test_the_password_is_in_no_repr(tmp_path):
    found = read_folder(write(tmp_path, new=NEW))
    assert found is not None
    assert "新" not in repr(found) + repr(found.address)


@settings(max_examples=60)
@given(st.text(max_size=200), st.sampled_from(["", "[OBSWebSocket]\n", "[OBSWebSocket]\nServerPort="]))
def test_garbage_is_no_config_or_a_port_one_can_use(text, before):
    for found in (parse_ini(before + text, HERE), parse_json(text, HERE)):
        assert found is None or 0 < found.port < 65_536


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), max_size=40))
def test_any_password_survives_libobs_escapes(password):
    written = password.replace("\\", "\\\\")
    found = parse_ini(f"[OBSWebSocket]\nServerPort=4455\nServerPassword={written}\n", HERE)
    assert found is not None
    assert found.password == password
