-- Clippings are addressed by the SHA-256 of their bytes and never change; runs
-- add to them; the figures of the newest run of a clipping are the current ones.
CREATE TABLE clipping (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  encoding TEXT,
  text TEXT NOT NULL,
  normal_text TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  added_at TEXT NOT NULL
) STRICT;
CREATE INDEX clipping_fingerprint ON clipping (fingerprint);

-- every path the same bytes were seen at
CREATE TABLE seen (
  clipping TEXT NOT NULL REFERENCES clipping (id),
  path TEXT NOT NULL,
  PRIMARY KEY (clipping, path)
) STRICT;

CREATE TABLE page (
  clipping TEXT NOT NULL REFERENCES clipping (id),
  number INTEGER NOT NULL,
  text_start INTEGER NOT NULL,
  text_end INTEGER NOT NULL,
  width REAL NOT NULL,
  height REAL NOT NULL,
  read_by TEXT NOT NULL,
  PRIMARY KEY (clipping, number)
) STRICT;

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  clipping TEXT NOT NULL REFERENCES clipping (id),
  version TEXT NOT NULL,
  catalogue TEXT NOT NULL,
  title TEXT,
  publisher TEXT,
  published TEXT,
  region TEXT,
  url TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('complete', 'partial')),
  ended_at TEXT NOT NULL,
  UNIQUE (clipping, version, catalogue)
) STRICT;

CREATE TABLE article (
  run INTEGER NOT NULL REFERENCES run (id),
  number INTEGER NOT NULL,
  title TEXT,
  text_start INTEGER NOT NULL,
  text_end INTEGER NOT NULL,
  PRIMARY KEY (run, number)
) STRICT;

CREATE TABLE figure (
  run INTEGER NOT NULL REFERENCES run (id),
  id TEXT NOT NULL,
  clipping TEXT NOT NULL REFERENCES clipping (id),
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
  PRIMARY KEY (run, id)
) STRICT;
CREATE INDEX figure_by_indicator ON figure (indicator, region, period_end);
CREATE INDEX figure_by_region ON figure (region, indicator);
CREATE INDEX figure_by_clipping ON figure (clipping);
CREATE INDEX figure_by_id ON figure (id);

CREATE TABLE finding (
  run INTEGER NOT NULL,
  figure TEXT NOT NULL,
  code TEXT NOT NULL,
  level TEXT NOT NULL,
  detail TEXT NOT NULL,
  FOREIGN KEY (run, figure) REFERENCES figure (run, id)
) STRICT;
CREATE INDEX finding_by_figure ON finding (run, figure);

CREATE TABLE message (
  run INTEGER NOT NULL REFERENCES run (id),
  code TEXT NOT NULL,
  level TEXT NOT NULL,
  detail TEXT NOT NULL,
  text_start INTEGER NOT NULL,
  text_end INTEGER NOT NULL,
  page INTEGER
) STRICT;
CREATE INDEX message_by_run ON message (run);

-- files that could not be read at all; the newest failure of a path counts
CREATE TABLE failure (
  path TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  failed_at TEXT NOT NULL
) STRICT;

CREATE VIEW current_run AS
  SELECT * FROM run WHERE id IN (SELECT max(id) FROM run GROUP BY clipping);

CREATE VIEW current_figure AS
  SELECT figure.*, current_run.title, current_run.publisher, current_run.published, clipping.path, clipping.fingerprint
  FROM figure
  JOIN current_run ON current_run.id = figure.run
  JOIN clipping ON clipping.id = figure.clipping;
