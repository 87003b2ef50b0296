-- The order in which figures are reviewed, as an index: the next item is its first row, however many wait.

-- derived: other works say otherwise of the same region, indicator and period. Settled place by place, see changed_place
ALTER TABLE observation ADD COLUMN contested INTEGER NOT NULL DEFAULT 0 CHECK (contested IN (0, 1));

-- whether its own clipping's arithmetic speaks against it
ALTER TABLE observation ADD COLUMN failed INTEGER GENERATED ALWAYS AS (
  coalesce(instr(findings, '"warning"') > 0 OR instr(findings, '"error"') > 0, 0)
) VIRTUAL;

-- what waits for a reviewer, the most urgent first: asked again; whole figures whose arithmetic fails, that others
-- contradict, that were read with little confidence; other whole figures; parts whose arithmetic fails; the rest
ALTER TABLE observation ADD COLUMN turn INTEGER GENERATED ALWAYS AS (
  CASE
    WHEN review = 'renew' THEN 0
    WHEN review <> 'unreviewed' THEN NULL
    WHEN headline = 1 AND failed = 1 THEN 1
    WHEN headline = 1 AND contested = 1 THEN 2
    WHEN headline = 1 AND confidence < 0.6 THEN 3
    WHEN headline = 1 THEN 4
    WHEN failed = 1 THEN 5
    ELSE 6
  END
) VIRTUAL;
-- what the queue is filtered by lies behind the order, so that figures that do not fit are passed over in the index alone
CREATE INDEX observation_to_review ON observation (turn, confidence, id, region, indicator, clipping) WHERE turn IS NOT NULL;
CREATE INDEX observation_failed ON observation (indicator, region, period_end DESC, id) WHERE failed = 1;
CREATE INDEX observation_contested ON observation (indicator, region, period) WHERE contested = 1;

-- the same index with what lists are counted by
DROP INDEX observation_by_indicator;
CREATE INDEX observation_by_indicator ON observation (
  indicator, region, period_end DESC, id, headline, review, clipping, confidence, period_start, status
);

-- derived: where whole figures came or went since `contested` was settled there
CREATE TABLE changed_place (
  indicator TEXT NOT NULL,
  region TEXT NOT NULL,
  period TEXT NOT NULL,
  PRIMARY KEY (indicator, region, period)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER observation_came AFTER INSERT ON observation
  WHEN new.headline = 1 AND new.region IS NOT NULL AND new.period IS NOT NULL
BEGIN
  INSERT OR IGNORE INTO changed_place VALUES (new.indicator, new.region, new.period);
END;
CREATE TRIGGER observation_went AFTER DELETE ON observation
  WHEN old.headline = 1 AND old.region IS NOT NULL AND old.period IS NOT NULL
BEGIN
  INSERT OR IGNORE INTO changed_place VALUES (old.indicator, old.region, old.period);
END;

INSERT INTO changed_place
  SELECT indicator, region, period FROM observation
  WHERE headline = 1 AND region IS NOT NULL AND period IS NOT NULL
  GROUP BY indicator, region, period HAVING min(value) <> max(value);
