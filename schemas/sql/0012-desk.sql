-- The desk: who works with a store, and what they say beside decisions.

CREATE TABLE user (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('reader', 'reviewer', 'admin')),
  -- scrypt, with its parameters and salt
  password TEXT NOT NULL,
  added_at TEXT NOT NULL,
  seen_at TEXT
) STRICT, WITHOUT ROWID;

-- `hash`: SHA-256 of what the cookie holds
CREATE TABLE session (
  hash TEXT PRIMARY KEY,
  user TEXT NOT NULL REFERENCES user (name) ON DELETE CASCADE,
  made_at TEXT NOT NULL,
  used_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- for programs; `hash`: SHA-256 of the token
CREATE TABLE token (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  user TEXT NOT NULL REFERENCES user (name) ON DELETE CASCADE,
  label TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('reader', 'reviewer', 'admin')),
  added_at TEXT NOT NULL,
  expires_at TEXT,
  used_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE comment (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  clipping INTEGER NOT NULL REFERENCES clipping (number),
  figure TEXT,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  link TEXT,
  made_at TEXT NOT NULL
) STRICT;

-- a blind second review of the decision `decision`; never changes a figure. The other columns: what this reviewer says is so
CREATE TABLE opinion (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  clipping INTEGER NOT NULL REFERENCES clipping (number),
  figure TEXT NOT NULL,
  decision TEXT NOT NULL UNIQUE REFERENCES decision (id),
  reviewer TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('accept', 'correct', 'reject')),
  indicator TEXT NOT NULL,
  value REAL NOT NULL,
  unit TEXT NOT NULL,
  qualifier TEXT NOT NULL,
  region TEXT,
  period TEXT,
  scope TEXT,
  status TEXT NOT NULL,
  reason TEXT,
  made_at TEXT NOT NULL,
  agrees INTEGER NOT NULL CHECK (agrees IN (0, 1))
) STRICT;

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- files that came over the page, whose bytes are kept beside the store under their SHA-256
CREATE TABLE upload (
  number INTEGER PRIMARY KEY,
  clipping TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  by TEXT NOT NULL,
  made_at TEXT NOT NULL
) STRICT;

CREATE INDEX session_by_user ON session (user);
CREATE INDEX token_by_user ON token (user);
CREATE INDEX comment_by_figure ON comment (figure) WHERE figure IS NOT NULL;
CREATE INDEX comment_by_clipping ON comment (clipping);
CREATE INDEX opinion_by_figure ON opinion (figure);
CREATE INDEX upload_by_clipping ON upload (clipping);
CREATE INDEX decision_by_reviewer ON decision (reviewer, decided_at);
