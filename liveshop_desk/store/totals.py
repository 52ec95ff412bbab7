"""What each session came to, in one read: a list of hundreds asks once."""

from __future__ import annotations

from liveshop_desk.model.money import Fen
from liveshop_desk.store.store import Store

# A session's GMV in fen, for a row of ``sessions s``: a figure somebody gave for the whole session comes first,
# then the live total. Order lines need no adding up: what keeps them keeps the total in the same transaction.
GMV_SQL = """coalesce(
    (SELECT value FROM figures f WHERE f.session_id = s.id AND f.metric = 'gmv'),
    (SELECT last FROM rollups r WHERE r.session_id = s.id AND r.metric = 'gmv' ORDER BY bucket DESC LIMIT 1)
)"""


def gmv_by_session(store: Store) -> dict[str, Fen]:
    """Return session id → GMV in fen: from its platform's file, else from its live numbers; unknown ones are absent."""
    rows = store.rows(f"SELECT s.id, {GMV_SQL} AS gmv FROM sessions s")  # noqa: S608 - constant
    return {row["id"]: round(row["gmv"]) for row in rows if row["gmv"] is not None}
