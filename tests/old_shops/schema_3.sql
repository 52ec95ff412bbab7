-- A shop file of 0.3.2 (schema 3), as text. Frozen: a shop that was written then must open for ever.
PRAGMA application_id = 1280722003;
PRAGMA user_version = 3;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'liveshop','m0001_first_show','2026-11-22 04:35:03.810110+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'liveshop','m0002_prompter_and_sources','2026-11-22 04:35:03.817003+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'liveshop','m0003_session_on_air','2026-11-22 13:48:05.204713+00:00');
CREATE TABLE alarms (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL,
    text TEXT NOT NULL, acknowledged_at INTEGER, ended_at INTEGER
) WITHOUT ROWID;
CREATE TABLE anchors (id TEXT PRIMARY KEY, name TEXT NOT NULL, pace REAL) WITHOUT ROWID;
CREATE TABLE carries (session_id TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE cues (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL, acknowledged_at INTEGER
, auto TEXT NOT NULL DEFAULT '', withdrawn_at INTEGER) WITHOUT ROWID;
CREATE TABLE events (
    id INTEGER PRIMARY KEY, session_id TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL,
    metric TEXT, value REAL, sku TEXT, quantity INTEGER, amount INTEGER, order_no TEXT, viewer TEXT, text TEXT,
    key TEXT
, estimated INTEGER);
CREATE TABLE figures (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, metric TEXT NOT NULL, value NUMERIC NOT NULL
) WITHOUT ROWID;
CREATE TABLE inbox (id INTEGER PRIMARY KEY, session_id TEXT NOT NULL, line TEXT NOT NULL);
CREATE TABLE incidents (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, at INTEGER NOT NULL, segment_id TEXT, text TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE journal (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, target INTEGER, label TEXT NOT NULL,
    args TEXT NOT NULL, undoable INTEGER NOT NULL, who TEXT NOT NULL, session_id TEXT
);
INSERT INTO "journal" VALUES(1,1795262400000,'do',NULL,'Add product {item}','{"item":"鹅绒羽绒服"}',1,'阿杰',NULL);
INSERT INTO "journal" VALUES(2,1795262400000,'do',NULL,'New session {theme}','{"theme":"秋冬专场"}',1,'阿杰','23e4b91d65ac27ac');
INSERT INTO "journal" VALUES(3,1795262400000,'do',NULL,'Add {title}','{"title":"开场"}',1,'阿杰','23e4b91d65ac27ac');
INSERT INTO "journal" VALUES(4,1795262400000,'do',NULL,'Add {n} products to the queue','{"n":1}',1,'阿杰','23e4b91d65ac27ac');
INSERT INTO "journal" VALUES(5,1795262400000,'do',NULL,'Edit script {title}','{"title":"鹅绒羽绒服"}',1,'阿杰',NULL);
INSERT INTO "journal" VALUES(6,1795262400000,'do',NULL,'Go live: {theme}','{"theme":"秋冬专场"}',0,'阿杰','23e4b91d65ac27ac');
INSERT INTO "journal" VALUES(7,1795262400000,'do',NULL,'Take {number} {title}','{"number":1,"title":"开场"}',0,'阿杰','23e4b91d65ac27ac');
INSERT INTO "journal" VALUES(8,1795262700000,'do',NULL,'Take {number} {title}','{"number":2,"title":"鹅绒羽绒服"}',0,'阿杰','23e4b91d65ac27ac');
INSERT INTO "journal" VALUES(9,1795262700000,'do',NULL,'{item} price {before} → {after}','{"after":"¥369","item":"鹅绒羽绒服","before":"¥399"}',1,'阿杰','23e4b91d65ac27ac');
CREATE TABLE journal_rows (
    step INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, row_id TEXT NOT NULL,
    before TEXT, after TEXT, PRIMARY KEY (step, position)
) WITHOUT ROWID;
INSERT INTO "journal_rows" VALUES(1,0,'products','p1',NULL,'{"id":"p1","title":"鹅绒羽绒服","code":"Y9981"}');
INSERT INTO "journal_rows" VALUES(1,1,'skus','s1',NULL,'{"id":"s1","product_id":"p1","list_price":89900,"live_price":39900,"cost":20000,"stock":20}');
INSERT INTO "journal_rows" VALUES(2,0,'sessions','23e4b91d65ac27ac',NULL,'{"id":"23e4b91d65ac27ac","theme":"秋冬专场","planned_start":1795262400000,"goal_gmv":12000000}');
INSERT INTO "journal_rows" VALUES(3,0,'segments','08986cb21a0c9497',NULL,'{"id":"08986cb21a0c9497","session_id":"23e4b91d65ac27ac","rank":1048576,"kind":"opening","title":"开场","role":null}');
INSERT INTO "journal_rows" VALUES(4,0,'segments','1968b36621ff5d62',NULL,'{"id":"1968b36621ff5d62","session_id":"23e4b91d65ac27ac","rank":2097152,"kind":"pitch","title":"鹅绒羽绒服","product_id":"p1","role":"regular","offer":""}');
INSERT INTO "journal_rows" VALUES(5,0,'scripts','product:p1',NULL,'{"id":"product:p1","text":"今天直播间 {直播价}，只有 {库存} 件"}');
INSERT INTO "journal_rows" VALUES(6,0,'sessions','23e4b91d65ac27ac','{"state":"draft","started_at":null}','{"state":"live","started_at":1795262400000}');
INSERT INTO "journal_rows" VALUES(7,0,'pitches','7dda448c2792edae',NULL,'{"id":"7dda448c2792edae","session_id":"23e4b91d65ac27ac","segment_id":"08986cb21a0c9497","started_at":1795262400000,"ended_at":null,"online_in":100,"online_out":null}');
INSERT INTO "journal_rows" VALUES(8,0,'pitches','7dda448c2792edae','{"ended_at":null,"online_out":null}','{"ended_at":1795262700000,"online_out":140}');
INSERT INTO "journal_rows" VALUES(8,1,'pitches','f86bc50f2acc464d',NULL,'{"id":"f86bc50f2acc464d","session_id":"23e4b91d65ac27ac","segment_id":"1968b36621ff5d62","started_at":1795262700000,"ended_at":null,"online_in":140,"online_out":null}');
INSERT INTO "journal_rows" VALUES(9,0,'skus','s1','{"live_price":39900}','{"live_price":36900}');
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pitches (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, segment_id TEXT NOT NULL,
    started_at INTEGER NOT NULL, ended_at INTEGER, online_in INTEGER, online_out INTEGER
) WITHOUT ROWID;
INSERT INTO "pitches" VALUES('7dda448c2792edae','23e4b91d65ac27ac','08986cb21a0c9497',1795262400000,1795262700000,100,140);
INSERT INTO "pitches" VALUES('f86bc50f2acc464d','23e4b91d65ac27ac','1968b36621ff5d62',1795262700000,NULL,140,NULL);
CREATE TABLE places (
    session_id TEXT PRIMARY KEY, segment_id TEXT NOT NULL, position REAL NOT NULL, pace REAL NOT NULL,
    playing INTEGER NOT NULL, at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE products (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, code TEXT NOT NULL DEFAULT '', source_key TEXT NOT NULL DEFAULT '',
    brand TEXT NOT NULL DEFAULT '', category TEXT NOT NULL DEFAULT '', role TEXT NOT NULL DEFAULT 'regular',
    offer TEXT NOT NULL DEFAULT '', selling_points TEXT NOT NULL DEFAULT '', seller TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '', rank INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
INSERT INTO "products" VALUES('p1','鹅绒羽绒服','Y9981','','','','regular','','','','',0);
CREATE TABLE readings (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, segment_id TEXT NOT NULL, paragraph INTEGER NOT NULL,
    text TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL, units REAL NOT NULL, pace REAL NOT NULL,
    first REAL NOT NULL DEFAULT 0, whole REAL NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE recordings (
    id INTEGER PRIMARY KEY, session_id TEXT NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL, lines BLOB NOT NULL
);
CREATE TABLE rollups (
    session_id TEXT NOT NULL, metric TEXT NOT NULL, bucket INTEGER NOT NULL, n INTEGER NOT NULL,
    low REAL NOT NULL, high REAL NOT NULL, last REAL NOT NULL, area REAL NOT NULL, seconds REAL NOT NULL,
    id TEXT GENERATED ALWAYS AS (session_id || ':' || metric || ':' || bucket) VIRTUAL,
    PRIMARY KEY (session_id, metric, bucket)
) WITHOUT ROWID;
CREATE TABLE scripts (
    id TEXT PRIMARY KEY, text TEXT NOT NULL DEFAULT ''
, draft TEXT) WITHOUT ROWID;
INSERT INTO "scripts" VALUES('product:p1','今天直播间 {直播价}，只有 {库存} 件',NULL);
CREATE TABLE segments (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, rank INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    product_id TEXT, role TEXT, planned_seconds INTEGER NOT NULL DEFAULT 300, shift_seconds INTEGER NOT NULL DEFAULT 0,
    offer TEXT NOT NULL DEFAULT '', expected_units INTEGER, skipped INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
INSERT INTO "segments" VALUES('08986cb21a0c9497','23e4b91d65ac27ac',1048576,'opening','开场',NULL,NULL,300,0,'',NULL,0,'');
INSERT INTO "segments" VALUES('1968b36621ff5d62','23e4b91d65ac27ac',2097152,'pitch','鹅绒羽绒服','p1','regular',300,0,'',NULL,0,'');
CREATE TABLE sessions (
    id TEXT PRIMARY KEY, theme TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'draft',
    rehearsal INTEGER NOT NULL DEFAULT 0, anchor TEXT NOT NULL DEFAULT '', operator TEXT NOT NULL DEFAULT '',
    platforms TEXT NOT NULL DEFAULT '', planned_start INTEGER, planned_end INTEGER,
    started_at INTEGER, ended_at INTEGER, goal_gmv INTEGER,
    source TEXT NOT NULL DEFAULT 'desk', source_key TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
INSERT INTO "sessions" VALUES('23e4b91d65ac27ac','秋冬专场','live',0,'','','',1795262400000,NULL,1795262400000,NULL,12000000,'desk','','');
CREATE TABLE shelf (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, product_id TEXT NOT NULL, listed INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE shelf_links (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, product_id TEXT NOT NULL, platform TEXT NOT NULL,
    link_no TEXT NOT NULL DEFAULT '', done INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE shortfalls (
    session_id TEXT NOT NULL, sku TEXT NOT NULL, units INTEGER NOT NULL, PRIMARY KEY (session_id, sku)
) WITHOUT ROWID;
CREATE TABLE skus (
    id TEXT PRIMARY KEY, product_id TEXT NOT NULL, source_key TEXT NOT NULL DEFAULT '',
    spec TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '', barcode TEXT NOT NULL DEFAULT '',
    list_price INTEGER, live_price INTEGER, floor_price INTEGER, cost INTEGER, stock INTEGER,
    rank INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
INSERT INTO "skus" VALUES('s1','p1','','','','',89900,36900,NULL,20000,20,0);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX products_source ON products (source_key);
CREATE INDEX skus_product ON skus (product_id);
CREATE INDEX skus_code ON skus (code);
CREATE INDEX sessions_source ON sessions (source_key);
CREATE INDEX segments_session ON segments (session_id, rank);
CREATE INDEX pitches_session ON pitches (session_id, started_at);
CREATE INDEX shelf_session ON shelf (session_id);
CREATE INDEX shelf_links_session ON shelf_links (session_id);
CREATE INDEX cues_session ON cues (session_id, at);
CREATE INDEX incidents_session ON incidents (session_id, at);
CREATE INDEX figures_session ON figures (session_id);
CREATE UNIQUE INDEX rollups_id ON rollups (id);
CREATE UNIQUE INDEX events_once ON events (session_id, key) WHERE key IS NOT NULL;
CREATE INDEX events_time ON events (session_id, kind, at);
CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_rows_keep BEFORE UPDATE ON journal_rows
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_rows_stay BEFORE DELETE ON journal_rows
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE INDEX readings_session ON readings (session_id, started_at);
CREATE INDEX alarms_session ON alarms (session_id, at);
CREATE INDEX recordings_session ON recordings (session_id, id);
CREATE INDEX sessions_live ON sessions (started_at) WHERE state = 'live';
COMMIT;
