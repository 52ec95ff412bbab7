"""What each session came to, in one read: a list of hundreds asks once."""

from __future__ import annotations

from liveshop_desk.model.money import Fen
from liveshop_desk.store.store import Store

_GMV = """
SELECT s.id, coalesce(
    (SELECT value FROM figures f WHERE f.session_id = s.id AND f.metric = 'gmv'),
    (SELECT last FROM rollups r WHERE r.session_id = s.id AND r.metric = 'gmv' ORDER BY bucket DESC LIMIT 1)
) AS gmv FROM sessions s
"""


def gmv_by_session(store: Store) -> dict[str, Fen]:
    """Return session id → GMV in fen: from its platform's file, else from its live numbers; unknown ones are absent."""
    return {row["id"]: round(row["gmv"]) for row in store.rows(_GMV) if row["gmv"] is not None}
