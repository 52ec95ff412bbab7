"""New ids: text, random, never reused."""

from __future__ import annotations

import secrets


def new_id() -> str:
    """Return a fresh id of 16 hex digits."""
    return secrets.token_hex(8)
