-- How long each stage took for a run, in milliseconds: `jianbao stats`. Runs of before have none.
CREATE TABLE timing (
  run INTEGER PRIMARY KEY REFERENCES run (id),
  ingest REAL NOT NULL,
  layout REAL NOT NULL,
  normalise REAL NOT NULL,
  segment REAL NOT NULL,
  quantity REAL NOT NULL,
  assign REAL NOT NULL,
  "check" REAL NOT NULL,
  prepare REAL NOT NULL
) STRICT;
