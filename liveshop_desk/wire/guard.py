"""Who may talk to the local server: the right Host, no strange web page, and a token where one is asked for."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from aiohttp import web

from liveshop_desk.wire.config import is_loopback
from liveshop_desk.wire.token import is_right

_EXTENSIONS = frozenset({"chrome-extension", "moz-extension", "safari-web-extension"})
_BEARER = "bearer "


def host_allowed(host: str, *, lan: bool) -> bool:
    """Tell whether a Host header names this computer. A name never may, but localhost's: it could be rebound.

    ``lan`` lets any address through, because an address cannot be rebound.
    """
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    if is_loopback(name):
        return True
    if not lan or not name:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def origin_allowed(origin: str | None, pages: Sequence[str]) -> bool:
    """Tell whether a web page may connect. No Origin is no web page; ``pages`` are the ends of hosts' names."""
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
        name = (parts.hostname or "").lower()
    except ValueError:
        return False
    if parts.scheme in _EXTENSIONS or (parts.scheme == "file" and not name):
        return True
    if parts.scheme not in ("http", "https"):
        return False
    return is_loopback(name) or any(name == page or name.endswith(f".{page}") for page in map(str.lower, pages) if page)


def token_given(request: web.Request) -> str:
    """Return the token of a request: ``Authorization: Bearer …`` or ``?token=``."""
    header = request.headers.get("Authorization", "")
    if header[: len(_BEARER)].lower() == _BEARER:
        return header[len(_BEARER) :].strip()
    return request.query.get("token", "")


def token_right(request: web.Request, wanted: str) -> bool:
    """Compare a request's token."""
    return is_right(token_given(request), wanted)
