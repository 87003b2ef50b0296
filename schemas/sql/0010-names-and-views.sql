-- Names of codes, so that the file explains itself to whoever opens it:
-- filled from schemas/regions.json and schemas/indicators.json.
CREATE TABLE region (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- with the city's before a county's
  label TEXT NOT NULL,
  name_en TEXT,
  level TEXT NOT NULL,
  parent TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  label_en TEXT NOT NULL,
  unit TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- which files the names were filled from
CREATE TABLE names_of (files TEXT NOT NULL) STRICT;

-- The documented views: their columns are those of `jianbao export`, and stay.

CREATE VIEW figures AS
  SELECT
    o.id AS figure,
    o.indicator AS INDICATOR,
    indicator.label AS INDICATOR_LABEL,
    o.region AS REF_AREA,
    region.label AS REF_AREA_LABEL,
    o.period AS TIME_PERIOD,
    o.period_start,
    o.period_end,
    o.value AS OBS_VALUE,
    o.unit AS UNIT_MEASURE,
    CASE o.status WHEN 'planned' THEN 'F' ELSE 'A' END AS OBS_STATUS,
    o.qualifier,
    o.scope,
    o.headline,
    o.confidence,
    o.review,
    o.decision,
    o.quote,
    o.text_start,
    o.text_end,
    o.page,
    o.box,
    o.grounding,
    o.findings,
    clipping.id AS clipping,
    clipping.path,
    head.title,
    head.publisher,
    head.published,
    original.id AS repost_of
  FROM observation AS o
  JOIN clipping ON clipping.number = o.clipping
  JOIN head ON head.clipping = o.clipping
  LEFT JOIN indicator ON indicator.id = o.indicator
  LEFT JOIN region ON region.code = o.region
  LEFT JOIN work ON work.number = head.work AND work.original <> o.clipping
  LEFT JOIN clipping AS original ON original.number = work.original;

-- a region's whole, and so, not planned; rejected figures left out: what comparisons use
CREATE VIEW headlines AS SELECT * FROM figures WHERE headline = 1 AND review <> 'rejected';

CREATE VIEW clippings AS
  SELECT
    clipping.id AS clipping,
    clipping.path,
    clipping.kind,
    clipping.bytes,
    head.title,
    head.publisher,
    head.published,
    head.region AS REF_AREA,
    head.url,
    head.outcome,
    head.figures,
    run.version,
    run.catalogue,
    original.id AS repost_of,
    coalesce(work.members - 1, 0) AS reposts,
    clipping.added_at
  FROM clipping
  JOIN head ON head.clipping = clipping.number
  JOIN run ON run.id = head.run
  LEFT JOIN work ON work.number = head.work
  LEFT JOIN clipping AS original ON original.number = work.original AND original.number <> clipping.number;

-- the text of a clipping as it was read, and in normal form (simplified, repaired)
CREATE VIEW texts AS
  SELECT clipping.id AS clipping, clipping.path, reading.text, coalesce(reading.normal, reading.text) AS normal_text
  FROM clipping
  JOIN head ON head.clipping = clipping.number
  JOIN reading ON reading.number = head.reading;

CREATE VIEW decisions AS
  SELECT
    decision.id AS decision,
    decision.figure,
    clipping.id AS clipping,
    decision.kind,
    decision.follows,
    decision.reviewer,
    decision.reason,
    decision.decided_at,
    decision.version,
    decision.indicator AS INDICATOR,
    decision.value AS OBS_VALUE,
    decision.unit AS UNIT_MEASURE,
    decision.qualifier,
    decision.region AS REF_AREA,
    decision.period AS TIME_PERIOD,
    decision.scope,
    CASE decision.status WHEN 'planned' THEN 'F' ELSE 'A' END AS OBS_STATUS,
    decision.was_indicator AS was_INDICATOR,
    decision.was_value AS was_OBS_VALUE,
    decision.was_unit AS was_UNIT_MEASURE,
    decision.was_qualifier,
    decision.was_region AS was_REF_AREA,
    decision.was_period AS was_TIME_PERIOD,
    decision.was_scope,
    CASE decision.was_status WHEN 'planned' THEN 'F' WHEN 'actual' THEN 'A' END AS was_OBS_STATUS,
    decision.quote,
    decision.text_start,
    decision.text_end,
    decision.page,
    decision.box,
    decision.article
  FROM decision
  JOIN clipping ON clipping.number = decision.clipping;
