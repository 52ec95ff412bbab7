"""The shop file's history, step by step. A migration that has shipped is frozen: add a new one, never edit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from sqlite_utils import Database, Migrations

from liveshop_desk.store.schema import APPLICATION_ID

migrations = Migrations("liveshop")

_FIRST_SHOW = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE products (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, code TEXT NOT NULL DEFAULT '', source_key TEXT NOT NULL DEFAULT '',
    brand TEXT NOT NULL DEFAULT '', category TEXT NOT NULL DEFAULT '', role TEXT NOT NULL DEFAULT 'regular',
    offer TEXT NOT NULL DEFAULT '', selling_points TEXT NOT NULL DEFAULT '', seller TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '', rank INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX products_source ON products (source_key);

CREATE TABLE skus (
    id TEXT PRIMARY KEY, product_id TEXT NOT NULL, source_key TEXT NOT NULL DEFAULT '',
    spec TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '', barcode TEXT NOT NULL DEFAULT '',
    list_price INTEGER, live_price INTEGER, floor_price INTEGER, cost INTEGER, stock INTEGER,
    rank INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX skus_product ON skus (product_id);
CREATE INDEX skus_code ON skus (code);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY, theme TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'draft',
    rehearsal INTEGER NOT NULL DEFAULT 0, anchor TEXT NOT NULL DEFAULT '', operator TEXT NOT NULL DEFAULT '',
    platforms TEXT NOT NULL DEFAULT '', planned_start INTEGER, planned_end INTEGER,
    started_at INTEGER, ended_at INTEGER, goal_gmv INTEGER,
    source TEXT NOT NULL DEFAULT 'desk', source_key TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX sessions_source ON sessions (source_key);

CREATE TABLE segments (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, rank INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    product_id TEXT, role TEXT, planned_seconds INTEGER NOT NULL DEFAULT 300, shift_seconds INTEGER NOT NULL DEFAULT 0,
    offer TEXT NOT NULL DEFAULT '', expected_units INTEGER, skipped INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX segments_session ON segments (session_id, rank);

CREATE TABLE pitches (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, segment_id TEXT NOT NULL,
    started_at INTEGER NOT NULL, ended_at INTEGER, online_in INTEGER, online_out INTEGER
) WITHOUT ROWID;
CREATE INDEX pitches_session ON pitches (session_id, started_at);

CREATE TABLE shelf (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, product_id TEXT NOT NULL, listed INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX shelf_session ON shelf (session_id);

CREATE TABLE shelf_links (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, product_id TEXT NOT NULL, platform TEXT NOT NULL,
    link_no TEXT NOT NULL DEFAULT '', done INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX shelf_links_session ON shelf_links (session_id);

CREATE TABLE scripts (
    id TEXT PRIMARY KEY, text TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE cues (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL, acknowledged_at INTEGER
) WITHOUT ROWID;
CREATE INDEX cues_session ON cues (session_id, at);

CREATE TABLE incidents (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, at INTEGER NOT NULL, segment_id TEXT, text TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX incidents_session ON incidents (session_id, at);

CREATE TABLE figures (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, metric TEXT NOT NULL, value NUMERIC NOT NULL
) WITHOUT ROWID;
CREATE INDEX figures_session ON figures (session_id);

CREATE TABLE rollups (
    session_id TEXT NOT NULL, metric TEXT NOT NULL, bucket INTEGER NOT NULL, n INTEGER NOT NULL,
    low REAL NOT NULL, high REAL NOT NULL, last REAL NOT NULL, area REAL NOT NULL, seconds REAL NOT NULL,
    id TEXT GENERATED ALWAYS AS (session_id || ':' || metric || ':' || bucket) VIRTUAL,
    PRIMARY KEY (session_id, metric, bucket)
) WITHOUT ROWID;
CREATE UNIQUE INDEX rollups_id ON rollups (id);

CREATE TABLE events (
    id INTEGER PRIMARY KEY, session_id TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL,
    metric TEXT, value REAL, sku TEXT, quantity INTEGER, amount INTEGER, order_no TEXT, viewer TEXT, text TEXT,
    key TEXT
);
CREATE UNIQUE INDEX events_once ON events (session_id, key) WHERE key IS NOT NULL;
CREATE INDEX events_time ON events (session_id, kind, at);

CREATE TABLE carries (session_id TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE inbox (id INTEGER PRIMARY KEY, session_id TEXT NOT NULL, line TEXT NOT NULL);

CREATE TABLE places (
    session_id TEXT PRIMARY KEY, segment_id TEXT NOT NULL, position REAL NOT NULL, pace REAL NOT NULL,
    playing INTEGER NOT NULL, at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE journal (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, target INTEGER, label TEXT NOT NULL,
    args TEXT NOT NULL, undoable INTEGER NOT NULL, who TEXT NOT NULL, session_id TEXT
);
CREATE TABLE journal_rows (
    step INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, row_id TEXT NOT NULL,
    before TEXT, after TEXT, PRIMARY KEY (step, position)
) WITHOUT ROWID;
CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_rows_keep BEFORE UPDATE ON journal_rows
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_rows_stay BEFORE DELETE ON journal_rows
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""


@migrations()
def m0001_first_show(db: Database) -> None:
    """Lay down the first schema: catalogue, sessions, queue, numbers, journal."""
    for statement in split_statements(_FIRST_SHOW):
        db.conn.execute(statement)
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.conn.execute("PRAGMA user_version = 1")


_PROMPTER_AND_SOURCES = """
ALTER TABLE scripts ADD COLUMN draft TEXT;
ALTER TABLE cues ADD COLUMN auto TEXT NOT NULL DEFAULT '';
ALTER TABLE cues ADD COLUMN withdrawn_at INTEGER;

CREATE TABLE readings (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, segment_id TEXT NOT NULL, paragraph INTEGER NOT NULL,
    text TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL, units REAL NOT NULL, pace REAL NOT NULL,
    first REAL NOT NULL DEFAULT 0, whole REAL NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX readings_session ON readings (session_id, started_at);

CREATE TABLE anchors (id TEXT PRIMARY KEY, name TEXT NOT NULL, pace REAL) WITHOUT ROWID;

CREATE TABLE alarms (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL,
    text TEXT NOT NULL, acknowledged_at INTEGER, ended_at INTEGER
) WITHOUT ROWID;
CREATE INDEX alarms_session ON alarms (session_id, at);

CREATE TABLE recordings (
    id INTEGER PRIMARY KEY, session_id TEXT NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL, lines BLOB NOT NULL
);
CREATE INDEX recordings_session ON recordings (session_id, id);

ALTER TABLE events ADD COLUMN estimated INTEGER;

CREATE TABLE shortfalls (
    session_id TEXT NOT NULL, sku TEXT NOT NULL, units INTEGER NOT NULL, PRIMARY KEY (session_id, sku)
) WITHOUT ROWID;
"""


@migrations()
def m0002_prompter_and_sources(db: Database) -> None:
    """Add drafts beside scripts, what was read when, anchors' own pace, the alarms' log, what was received."""
    for statement in split_statements(_PROMPTER_AND_SOURCES):
        db.conn.execute(statement)
    db.conn.execute("PRAGMA user_version = 2")


@migrations()
def m0003_session_on_air(db: Database) -> None:
    """Find the session on air by an index: every edit asks for it, and hundreds of sessions were looked through."""
    db.conn.execute("CREATE INDEX sessions_live ON sessions (started_at) WHERE state = 'live'")
    db.conn.execute("PRAGMA user_version = 3")


def apply(conn: sqlite3.Connection, and_then: Callable[[], None]) -> None:
    """Apply what is pending, ``and_then`` what belongs to it: all of it or nothing.

    Every migration sets ``user_version`` inside the one transaction.
    """
    conn.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(Database(conn))  # in savepoints
        and_then()
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


def split_statements(script: str) -> list[str]:
    """Split an SQL script at its statements' ends (``executescript`` would commit the migration half-way)."""
    statements: list[str] = []
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            statements.append(held)
            held = ""
    return statements
