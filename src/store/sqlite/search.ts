import type Database from "better-sqlite3";
import type { SearchQuery, SearchTerm } from "../store.js";
import { needed, patternOf, snippetOf } from "../terms.js";
import { regionRange } from "./figures.js";

/** Hits of a page where nothing else is said. */
const PAGE = 20;
/** Candidates that are fetched at a time. */
const CHUNK = 64;

interface Found {
  readonly clipping: number;
  readonly snippet: string;
  readonly marks: readonly { readonly start: number; readonly end: number }[];
  readonly inTitle: boolean;
}

/** Full-text search. The index says where all pairs of characters are; the text itself, whether they stand together. */
export class Search {
  private readonly sql: ReturnType<typeof statementsOf>;

  constructor(database: Database.Database) {
    this.sql = statementsOf(database);
  }

  find({ terms, within, limit = PAGE, after }: SearchQuery): { hits: Found[]; next: string | null } {
    if (terms.length === 0) return { hits: [], next: null };
    const patterns = terms.map(patternOf);
    const range = within ? regionRange(within) : { from: null, to: null };
    const hits: Found[] = [];
    const match = expressionOf(terms);
    let [phase = "title", below = String(Number.MAX_SAFE_INTEGER)] = after?.split(":") ?? [];
    for (;;) {
      const statement = phase === "title" ? this.sql.titles : this.sql.texts;
      const candidates = statement.all({ match, below: Number(below), ...range, limit: CHUNK }) as number[];
      for (const clipping of candidates) {
        below = String(clipping);
        const hit = this.verify(clipping, patterns, phase === "title");
        if (hit && hits.push(hit) === limit) return { hits, next: `${phase}:${below}` };
      }
      if (candidates.length === CHUNK) continue;
      if (phase === "body") return { hits, next: null };
      phase = "body";
      below = String(Number.MAX_SAFE_INTEGER);
    }
  }

  /** Whether a candidate has the terms as they were asked for; hits in the title are told in the first phase only. */
  private verify(clipping: number, patterns: readonly RegExp[], inTitle: boolean): Found | undefined {
    const row = this.sql.text.get(clipping) as { title: string | null; normal: string };
    const isIn = (text: string) => patterns.every((pattern) => text.search(pattern) >= 0);
    if (isIn(row.title ?? "") !== inTitle) return undefined;
    const whole = `${row.title ?? ""}\n${row.normal}`;
    if (!isIn(whole)) return undefined;
    const text = patterns.some((pattern) => row.normal.search(pattern) >= 0) ? row.normal : whole;
    return { clipping, inTitle, ...snippetOf(text, patterns) };
  }
}

/** In the language of FTS5. */
const expressionOf = (terms: readonly SearchTerm[]): string =>
  [...new Set(terms.flatMap(needed).map(({ term, prefix }) => `"${term}"${prefix ? " *" : ""}`))].join(" AND ");

const candidates = (table: string) => `
  SELECT rowid FROM ${table} WHERE ${table} MATCH :match AND rowid < :below
    AND (:from IS NULL OR EXISTS (SELECT 1 FROM head
      WHERE head.clipping = ${table}.rowid AND head.region >= :from AND head.region < :to))
  ORDER BY rowid DESC LIMIT :limit`;

function statementsOf(database: Database.Database) {
  return {
    titles: database.prepare(candidates("title_terms")).pluck(),
    texts: database.prepare(candidates("clipping_terms")).pluck(),
    text: database.prepare(`
      SELECT head.title, coalesce(reading.normal, reading.text) AS normal
      FROM head JOIN reading ON reading.number = head.reading WHERE head.clipping = ?`),
  };
}
