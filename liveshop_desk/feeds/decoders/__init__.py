"""What third-party relays send, read into feed records: one module a relay, pure functions from bytes to records."""

from __future__ import annotations

from collections.abc import Callable

from liveshop_desk.feeds.decoders import (
    douyin_barrage_grab,
    dycast,
    oba_live_tool,
    plain,
    unibarrage,
    userscript,
    wxlivespy,
)
from liveshop_desk.feeds.decoders.base import Decoded
from liveshop_desk.model.clock import Instant

Decode = Callable[[bytes | str, Instant, bytes | str], Decoded]

DECODERS: dict[str, Decode] = {
    "barragegrab": douyin_barrage_grab.decode,
    "oba": oba_live_tool.decode,
    "wxlivespy": wxlivespy.decode,
    "userscript": userscript.decode,
    "dycast": dycast.decode,
    "unibarrage": unibarrage.decode,
    "ingest": plain.decode,
    "folder": plain.decode,
}

__all__ = ["DECODERS", "Decode", "Decoded"]
