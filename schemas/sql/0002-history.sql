-- History: runs add, decisions are appended, what is current is derived.
--
-- Never changed once written: clipping, seen, reading, page, run, article,
-- figure, finding, message, decision, metadata_edit.
-- Derived from them, and made anew by `Store.rebuild()`: head, observation,
-- repost, work, duplicate_key, clipping_terms, title_terms.

DROP VIEW current_figure;
DROP VIEW current_run;
ALTER TABLE clipping RENAME TO old_clipping;
ALTER TABLE seen RENAME TO old_seen;
ALTER TABLE page RENAME TO old_page;
ALTER TABLE run RENAME TO old_run;
ALTER TABLE article RENAME TO old_article;
ALTER TABLE figure RENAME TO old_figure;
ALTER TABLE finding RENAME TO old_finding;
ALTER TABLE message RENAME TO old_message;
ALTER TABLE failure RENAME TO old_failure;

-- a source file, addressed by the SHA-256 of its bytes (id); rows of other tables know it by its number
CREATE TABLE clipping (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  encoding TEXT,
  fingerprint TEXT NOT NULL,
  added_at TEXT NOT NULL
) STRICT;

-- every path the same bytes were seen at
CREATE TABLE seen (
  clipping INTEGER NOT NULL REFERENCES clipping (number),
  path TEXT NOT NULL,
  PRIMARY KEY (clipping, path)
) STRICT, WITHOUT ROWID;

-- the text of a clipping as a run read it; runs that read the same share one. `normal` is null where it is the same as `text`
CREATE TABLE reading (
  number INTEGER PRIMARY KEY,
  clipping INTEGER NOT NULL REFERENCES clipping (number),
  text TEXT NOT NULL,
  normal TEXT
) STRICT;

CREATE TABLE page (
  reading INTEGER NOT NULL REFERENCES reading (number),
  number INTEGER NOT NULL,
  text_start INTEGER NOT NULL,
  text_end INTEGER NOT NULL,
  width REAL NOT NULL,
  height REAL NOT NULL,
  read_by TEXT NOT NULL,
  PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;

-- one pass of one version of the pipeline; `given` tells runs apart that were given other metadata
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  clipping INTEGER NOT NULL REFERENCES clipping (number),
  reading INTEGER NOT NULL REFERENCES reading (number),
  version TEXT NOT NULL,
  catalogue TEXT NOT NULL,
  given TEXT NOT NULL DEFAULT '',
  title TEXT,
  publisher TEXT,
  published TEXT,
  region TEXT,
  url TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('complete', 'partial')),
  ended_at TEXT NOT NULL,
  UNIQUE (clipping, version, catalogue, given)
) STRICT;

CREATE TABLE article (
  run INTEGER NOT NULL REFERENCES run (id),
  number INTEGER NOT NULL,
  title TEXT,
  text_start INTEGER NOT NULL,
  text_end INTEGER NOT NULL,
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

-- what a run found; `id` is the same in every run that finds the indicator at the same place
CREATE TABLE figure (
  run INTEGER NOT NULL REFERENCES run (id),
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  article INTEGER NOT NULL,
  indicator TEXT NOT NULL,
  value REAL NOT NULL,
  unit TEXT NOT NULL,
  qualifier TEXT NOT NULL,
  region TEXT,
  period TEXT,
  scope TEXT,
  status TEXT NOT NULL,
  confidence REAL NOT NULL,
  quote TEXT NOT NULL,
  text_start INTEGER NOT NULL,
  text_end INTEGER NOT NULL,
  page INTEGER,
  box TEXT,
  grounding TEXT NOT NULL,
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
  run INTEGER NOT NULL,
  figure INTEGER NOT NULL,
  code TEXT NOT NULL,
  level TEXT NOT NULL,
  detail TEXT NOT NULL,
  FOREIGN KEY (run, figure) REFERENCES figure (run, number)
) STRICT;

CREATE TABLE message (
  run INTEGER NOT NULL REFERENCES run (id),
  code TEXT NOT NULL,
  level TEXT NOT NULL,
  detail TEXT NOT NULL,
  text_start INTEGER NOT NULL,
  text_end INTEGER NOT NULL,
  page INTEGER
) STRICT;

-- what a person knows of a clipping beside what it says itself; the newest of a clipping counts
CREATE TABLE metadata_edit (
  number INTEGER PRIMARY KEY,
  clipping INTEGER NOT NULL REFERENCES clipping (number),
  title TEXT,
  publisher TEXT,
  published TEXT,
  region TEXT,
  url TEXT,
  editor TEXT NOT NULL,
  edited_at TEXT NOT NULL
) STRICT;

-- what reviewers decided. `was_…`: what extraction had found there (null where nothing); the others: what the reviewer says is so
CREATE TABLE decision (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  clipping INTEGER NOT NULL REFERENCES clipping (number),
  figure TEXT NOT NULL,
  follows TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('accept', 'correct', 'reject', 'add', 'reopen')),
  reviewer TEXT NOT NULL,
  reason TEXT,
  decided_at TEXT NOT NULL,
  version TEXT NOT NULL,
  indicator TEXT NOT NULL,
  value REAL NOT NULL,
  unit TEXT NOT NULL,
  qualifier TEXT NOT NULL,
  region TEXT,
  period TEXT,
  scope TEXT,
  status TEXT NOT NULL,
  was_indicator TEXT,
  was_value REAL,
  was_unit TEXT,
  was_qualifier TEXT,
  was_region TEXT,
  was_period TEXT,
  was_scope TEXT,
  was_status TEXT,
  quote TEXT NOT NULL,
  text_start INTEGER NOT NULL,
  text_end INTEGER NOT NULL,
  page INTEGER,
  box TEXT,
  article INTEGER NOT NULL
) STRICT;

-- files that could not be read; the newest failure of a path counts. `clipping`: SHA-256 of the bytes, where they could be had
CREATE TABLE failure (
  path TEXT PRIMARY KEY,
  clipping TEXT,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  version TEXT NOT NULL DEFAULT '',
  catalogue TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 1,
  failed_at TEXT NOT NULL
) STRICT;

-- what was asked of the store at a time: an ingest or a re-extraction; `ended_at` is null while it works, or when it broke off
CREATE TABLE batch (
  number INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  paths TEXT NOT NULL,
  started_at TEXT NOT NULL,
  beat_at TEXT NOT NULL,
  ended_at TEXT,
  total INTEGER,
  done INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0
) STRICT;

-- the current run of each clipping; derived: what is known of the clipping now
CREATE TABLE head (
  clipping INTEGER PRIMARY KEY REFERENCES clipping (number),
  run INTEGER NOT NULL REFERENCES run (id),
  reading INTEGER NOT NULL REFERENCES reading (number),
  title TEXT,
  publisher TEXT,
  published TEXT,
  region TEXT,
  url TEXT,
  outcome TEXT NOT NULL,
  figures INTEGER NOT NULL,
  work INTEGER
) STRICT;

-- derived: clippings that are the same text, or nearly; `a` was stored after `b`
CREATE TABLE repost (
  a INTEGER NOT NULL REFERENCES clipping (number),
  b INTEGER NOT NULL REFERENCES clipping (number),
  similarity REAL NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

-- derived: all that reposts link together is one work; its original is the earliest published, then the smallest id
CREATE TABLE work (
  number INTEGER PRIMARY KEY,
  original INTEGER NOT NULL REFERENCES clipping (number),
  members INTEGER NOT NULL
) STRICT;

-- derived: bands of the sketches of texts; clippings that share one may be reposts
CREATE TABLE duplicate_key (
  key INTEGER NOT NULL,
  clipping INTEGER NOT NULL,
  PRIMARY KEY (key, clipping)
) STRICT, WITHOUT ROWID;

-- derived: the words of a clipping (title and text), and of its title alone, as src/store/terms.ts cuts them; rowid is the
-- clipping's number. Where the words stand together is looked up in the text itself
CREATE VIRTUAL TABLE clipping_terms USING fts5 (
  terms, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE title_terms USING fts5 (
  terms, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

-- derived: the figures as they are now: of the current runs, with decisions applied
CREATE TABLE observation (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  clipping INTEGER NOT NULL REFERENCES clipping (number),
  run INTEGER NOT NULL REFERENCES run (id),
  article INTEGER NOT NULL,
  indicator TEXT NOT NULL,
  value REAL NOT NULL,
  unit TEXT NOT NULL,
  qualifier TEXT NOT NULL,
  region TEXT,
  period TEXT,
  period_start TEXT,
  period_end TEXT,
  scope TEXT,
  status TEXT NOT NULL,
  confidence REAL NOT NULL,
  quote TEXT NOT NULL,
  text_start INTEGER NOT NULL,
  text_end INTEGER NOT NULL,
  page INTEGER,
  box TEXT,
  grounding TEXT NOT NULL,
  findings TEXT,
  review TEXT NOT NULL CHECK (review IN ('unreviewed', 'accepted', 'corrected', 'rejected', 'added', 'renew')),
  decision TEXT,
  -- the region's whole, done: what comparisons use
  headline INTEGER NOT NULL CHECK (headline IN (0, 1))
) STRICT;

INSERT INTO clipping (id, kind, path, bytes, encoding, fingerprint, added_at)
  SELECT id, kind, path, bytes, encoding, fingerprint, added_at FROM old_clipping ORDER BY rowid;
INSERT INTO seen SELECT clipping.number, old_seen.path FROM old_seen JOIN clipping ON clipping.id = old_seen.clipping;
INSERT INTO reading (number, clipping, text, normal)
  SELECT clipping.number, clipping.number, text, nullif(normal_text, text) FROM old_clipping JOIN clipping USING (id);
INSERT INTO page
  SELECT clipping.number, old_page.number, text_start, text_end, width, height, read_by
  FROM old_page JOIN clipping ON clipping.id = old_page.clipping;
INSERT INTO run (id, clipping, reading, version, catalogue, title, publisher, published, region, url, outcome, ended_at)
  SELECT old_run.id, clipping.number, clipping.number, version, catalogue, title, publisher, published, region, url, outcome, ended_at
  FROM old_run JOIN clipping ON clipping.id = old_run.clipping;
INSERT INTO article SELECT run, number, title, text_start, text_end FROM old_article;
-- ids without the value: the store makes them anew (Store.rebuild) where they are empty
INSERT INTO figure
  SELECT run, row_number() OVER (PARTITION BY run ORDER BY rowid) - 1, '', article, indicator, value, unit, qualifier,
    region, period, scope, status, confidence, quote, text_start, text_end, page, box, grounding
  FROM old_figure;
INSERT INTO finding
  SELECT old_finding.run, numbered.number, code, level, detail
  FROM old_finding
  JOIN (SELECT run, id, row_number() OVER (PARTITION BY run ORDER BY rowid) - 1 AS number FROM old_figure) AS numbered
    ON numbered.run = old_finding.run AND numbered.id = old_finding.figure;
INSERT INTO message SELECT run, code, level, detail, text_start, text_end, page FROM old_message;
INSERT INTO failure (path, code, detail, failed_at) SELECT path, code, detail, failed_at FROM old_failure;
INSERT INTO head
  SELECT clipping, id, reading, title, publisher, published, region, url, outcome, 0, NULL
  FROM run WHERE id IN (SELECT max(id) FROM run GROUP BY clipping);

DROP TABLE old_message;
DROP TABLE old_finding;
DROP TABLE old_figure;
DROP TABLE old_article;
DROP TABLE old_run;
DROP TABLE old_page;
DROP TABLE old_seen;
DROP TABLE old_failure;
DROP TABLE old_clipping;

CREATE INDEX clipping_fingerprint ON clipping (fingerprint);
CREATE INDEX clipping_path ON clipping (path);
CREATE INDEX seen_by_path ON seen (path);
CREATE INDEX reading_by_clipping ON reading (clipping);
CREATE INDEX figure_by_id ON figure (id);
CREATE INDEX finding_by_figure ON finding (run, figure);
CREATE INDEX message_by_run ON message (run);
CREATE INDEX run_by_version ON run (version, catalogue);
CREATE INDEX metadata_edit_by_clipping ON metadata_edit (clipping);
CREATE INDEX decision_by_clipping ON decision (clipping);
CREATE INDEX decision_by_figure ON decision (figure);
CREATE INDEX decision_by_follows ON decision (follows);
CREATE INDEX head_by_work ON head (work) WHERE work IS NOT NULL;
CREATE INDEX head_by_region ON head (region);
CREATE INDEX repost_by_b ON repost (b);
CREATE INDEX observation_by_id ON observation (id);
CREATE INDEX observation_by_clipping ON observation (clipping);
-- what most queries filter by lies behind the order, so that a page is chosen without reading rows that are not on it
CREATE INDEX observation_by_indicator ON observation (indicator, region, period_end DESC, id, headline, review);
CREATE INDEX observation_by_region ON observation (region, indicator, period_end DESC, id, headline, review);
CREATE INDEX observation_reviewed ON observation (review, clipping) WHERE review <> 'unreviewed';
