"""Which sources the desk listens to, as the operator set them up: kept in the settings as one JSON text each."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, cast
from urllib.parse import urlsplit

from liveshop_desk.i18n import mark
from liveshop_desk.model.record import FILE, MANUAL, SIMULATED

PORT = 17_870  # the local server's
_LOOPBACK_NAMES = frozenset({"localhost", "ip6-localhost"})


class Way(StrEnum):
    """How a source's messages get here."""

    RELAY = "relay"  # we connect to its WebSocket and only listen
    LISTENER = "listener"  # it connects to us
    INGEST = "ingest"  # anything, with a token
    FOLDER = "folder"  # a file that grows


@dataclass(frozen=True, slots=True)
class SourceKind:
    """A kind of source. ``title`` and ``hint`` are message ids; ``path`` is where a listener is on our server.

    ``port`` is a port of its own besides the server's, which a script expects; ``origins`` the web pages that may
    connect, as the ends of their host names.
    """

    key: str
    title: str
    way: Way
    hint: str
    address: str = ""
    path: str = ""
    port: int = 0
    origins: tuple[str, ...] = ()


_PAGES = ("taobao.com", "tmall.com", "kuaishou.com", "pinduoduo.com", "yangkeduo.com", "xiaohongshu.com", "1688.com")

KINDS: dict[str, SourceKind] = {
    kind.key: kind
    for kind in (
        SourceKind(
            "oba",
            "oba-live-tool",
            Way.RELAY,
            mark("Orders, comments and visits of several platforms. It tells no amounts: GMV is an estimate."),
            address="ws://127.0.0.1:12354",
        ),
        SourceKind(
            "barragegrab",
            "DouyinBarrageGrab",
            Way.RELAY,
            mark("Comments, likes, gifts and the number in the room of Douyin."),
            address="ws://127.0.0.1:8888",
        ),
        SourceKind(
            "dycast",
            "dycast",
            Way.LISTENER,
            mark("Comments and the number in the room of Douyin. Give dycast this address as its relay."),
            path="/dycast",
        ),
        SourceKind(
            "wxlivespy",
            "wxlivespy",
            Way.LISTENER,
            mark("WeChat Channels. Give it this address to forward to; the number in the room is asked for as well."),
            address="http://127.0.0.1:21201/getLiveStatus",
            path="/forward",
        ),
        SourceKind(
            "userscript",
            mark("Browser script"),
            Way.LISTENER,
            mark("Comments, likes and gifts of Taobao, Kuaishou, Pinduoduo, Xiaohongshu and 1688."),
            path="/userscript",
            port=5001,
            origins=_PAGES,
        ),
        SourceKind(
            "unibarrage",
            "UniBarrage",
            Way.RELAY,
            mark("Comments, gifts and visits of Douyin and Kuaishou."),
            address="ws://127.0.0.1:7777",
        ),
        SourceKind(
            "ingest",
            mark("Your own program"),
            Way.INGEST,
            mark("Anything that can send feed records over HTTP or WebSocket with the token."),
            path="/api/v1/ingest",
        ),
        SourceKind(
            "folder",
            mark("Watched folder"),
            Way.FOLDER,
            mark("Files of feed records that grow are read on; a new order file is announced."),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """One source. ``address`` is a relay's URL, wxlivespy's status URL or the folder; ``port`` 0: none of its own.

    ``origins`` are further web pages that may connect; ``from_start`` reads files of the folder from their beginning.
    """

    kind: str
    on: bool = False
    address: str = ""
    port: int = 0
    origins: tuple[str, ...] = ()
    from_start: bool = False

    @property
    def about(self) -> SourceKind:
        """Return what kind of source it is."""
        return KINDS[self.kind]


def default(kind: str) -> SourceConfig:
    """Return a kind's configuration before anybody touched it: off."""
    about = KINDS[kind]
    return SourceConfig(kind, address=about.address, port=about.port)


def load(kept: Sequence[str]) -> tuple[SourceConfig, ...]:
    """Read the settings' texts: every kind once, first the one to be believed first; what is broken is as new."""
    found: dict[str, SourceConfig] = {}
    for text in kept:
        config = _read(text)
        if config is not None:
            found.setdefault(config.kind, config)
    return (*found.values(), *(default(kind) for kind in KINDS if kind not in found))


def dump(configs: Sequence[SourceConfig]) -> tuple[str, ...]:
    """Write configurations for the settings; the order is kept, because it is the priority."""
    return tuple(json.dumps(_fields(config), ensure_ascii=False) for config in configs)


def source_order(configs: Sequence[SourceConfig]) -> tuple[str, ...]:
    """Return the figures' list of who rules (model.ruling) for this order of sources.

    What a person typed or brought rules always; a record of one's own program is known by the platform it names.
    """
    names: list[str] = []
    for config in configs:
        if config.about.way is Way.INGEST:
            names += ["platform", "ingest"]
        elif config.about.way is not Way.FOLDER:
            names.append(config.kind)
    return (MANUAL, FILE, *names, "obs", "relay", SIMULATED)


def _fields(config: SourceConfig) -> dict[str, Any]:
    return {
        "kind": config.kind,
        "on": config.on,
        "address": config.address,
        "port": config.port,
        "origins": list(config.origins),
        "from_start": config.from_start,
    }


def _read(text: str) -> SourceConfig | None:
    """Read one text; a field of the wrong shape is as it was before anybody touched it."""
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    fields = cast("dict[str, Any]", found)
    kind = fields.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        return None
    config = default(kind)
    taken: dict[str, Any] = {}
    for name in ("on", "address", "port", "from_start"):
        if type(fields.get(name)) is type(getattr(config, name)):
            taken[name] = fields[name]
    origins: Any = fields.get("origins")
    if isinstance(origins, list):
        taken["origins"] = tuple(str(page) for page in cast("list[object]", origins))
    return replace(config, **taken) if 0 <= taken.get("port", 0) < 65_536 else config


def is_loopback(host: str | None) -> bool:
    """Tell whether a host's name or address is this computer itself."""
    if not host:
        return False
    if host.lower() in _LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


def host_of(url: str) -> str | None:
    """Return a URL's host; ``None`` where the text is no URL."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
