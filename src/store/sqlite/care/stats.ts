import type Database from "better-sqlite3";
import { STAGES } from "../../../doc/index.js";
import type { StageStats, StoreStats } from "../../care.js";
import { openAsIs } from "./open.js";

const WHOLE = STAGES.map((stage) => `timing."${stage}"`).join(" + ");
/** Batches that are told of. */
const BATCHES = 5;

/** How long clippings took, of all runs whose times are known. Throws StoreError. */
export function statsOf(path: string, slowest: number): StoreStats {
  const database = openAsIs(path, true);
  try {
    const hasTimes = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'timing'").get();
    if (!hasTimes) return { runs: 0, stages: [], kinds: [], slowest: [], batches: batchesOf(database) };
    const runs = database.prepare("SELECT count(*) FROM timing").pluck().get() as number;
    const stages =
      runs === 0
        ? []
        : [
            stageOf(database, "all", WHOLE, runs),
            ...STAGES.map((stage) => stageOf(database, stage, `timing."${stage}"`, runs)),
          ];
    return {
      runs,
      stages,
      kinds: kindsOf(database),
      slowest: slowestOf(database, slowest),
      batches: batchesOf(database),
    };
  } finally {
    database.close();
  }
}

function stageOf(database: Database.Database, stage: string, sum: string, runs: number): StageStats {
  const { total, longest } = database
    .prepare(`SELECT sum(${sum}) AS total, max(${sum}) AS longest FROM timing`)
    .get() as {
    total: number;
    longest: number;
  };
  const at = database.prepare(`SELECT ${sum} AS ms FROM timing ORDER BY ms LIMIT 1 OFFSET ?`).pluck();
  const quantile = (share: number) => at.get(Math.min(runs - 1, Math.floor(runs * share))) as number;
  return { stage, totalMs: total, medianMs: quantile(0.5), p95Ms: quantile(0.95), longestMs: longest };
}

function kindsOf(database: Database.Database): StoreStats["kinds"] {
  const rows = database
    .prepare(`
      SELECT kind, count(*) AS runs, sum(bytes) AS bytes, sum(ms) AS ms, max(CASE WHEN place = (of + 1) / 2 THEN ms END) AS median
      FROM (SELECT kind, bytes, ${WHOLE} AS ms, row_number() OVER (PARTITION BY kind ORDER BY ${WHOLE}) AS place,
          count(*) OVER (PARTITION BY kind) AS of
        FROM timing JOIN run ON run.id = timing.run JOIN clipping ON clipping.number = run.clipping)
      GROUP BY kind ORDER BY kind`)
    .all() as { kind: string; runs: number; bytes: number; ms: number; median: number }[];
  return rows.map(({ kind, runs, bytes, ms, median }) => ({
    kind,
    runs,
    bytes,
    medianMs: median,
    bytesPerSecond: ms > 0 ? bytes / (ms / 1000) : 0,
  }));
}

function slowestOf(database: Database.Database, count: number): StoreStats["slowest"] {
  const rows = database
    .prepare(`
      SELECT clipping.id AS clipping, clipping.path, clipping.kind, clipping.bytes, ${WHOLE} AS ms, timing.*
      FROM timing JOIN run ON run.id = timing.run JOIN clipping ON clipping.number = run.clipping
      ORDER BY ms DESC LIMIT ?`)
    .all(count) as (Record<(typeof STAGES)[number], number> & StoreStats["slowest"][number])[];
  return rows.map((row) => {
    const { clipping, path, kind, bytes, ms } = row;
    const [stage] = [...STAGES].sort((a, b) => row[b] - row[a]);
    return { clipping, path, kind, bytes, ms, stage: stage as string };
  });
}

function batchesOf(database: Database.Database): StoreStats["batches"] {
  const rows = database
    .prepare(
      "SELECT number, command, started_at, ended_at, done, failed FROM batch WHERE ended_at IS NOT NULL ORDER BY number DESC LIMIT ?",
    )
    .all(BATCHES) as {
    number: number;
    command: string;
    started_at: string;
    ended_at: string;
    done: number;
    failed: number;
  }[];
  return rows.map(({ number, command, started_at, ended_at, done, failed }) => {
    // a clock that was set back meanwhile gives no rate
    const seconds = Math.max(0, (Date.parse(ended_at) - Date.parse(started_at)) / 1000);
    return { number, command, started: started_at, seconds, done, failed, perSecond: seconds > 0 ? done / seconds : 0 };
  });
}
