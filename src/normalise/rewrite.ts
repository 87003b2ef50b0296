import { type MappedText, OffsetMap, type Repair } from "../doc/index.js";

/** A text on its way to the normal form, with the repairs made so far. */
export interface Draft extends MappedText {
  readonly repairs: readonly Repair[];
}

/** `text[start, end)` becomes `after`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly after: string;
}

/**
 * Replaces each match of `pattern` (global) by what `replacement` returns;
 * undefined leaves it. The new characters stand for all of the old ones, or,
 * where the length is the same, one for one.
 */
export function rewrite(
  draft: Draft,
  pattern: RegExp,
  kind: Repair["kind"],
  replacement: (match: RegExpExecArray) => string | undefined,
): Draft {
  pattern.lastIndex = 0;
  const edits: Edit[] = [];
  for (let match = pattern.exec(draft.text); match; match = pattern.exec(draft.text)) {
    const before = match[0];
    const after = replacement(match);
    if (before === "") pattern.lastIndex++;
    if (after !== undefined && after !== before)
      edits.push({ start: match.index, end: match.index + before.length, after });
  }
  return applyEdits(draft, edits, kind);
}

/** Makes edits that stand in order and do not overlap. */
export function applyEdits(draft: Draft, edits: readonly Edit[], kind: Repair["kind"]): Draft {
  if (edits.length === 0) return draft;
  const parts: string[] = [];
  let at = 0;
  let sameLength = true;
  for (const { start, end, after } of edits) {
    parts.push(draft.text.slice(at, start), after);
    if (after.length !== end - start) sameLength = false;
    at = end;
  }
  parts.push(draft.text.slice(at));
  return {
    text: parts.join(""),
    map: sameLength ? draft.map : mapOf(draft, edits),
    repairs: SILENT.has(kind) ? draft.repairs : [...draft.repairs, ...edits.map((edit) => toRepair(draft, edit, kind))],
  };
}

/** The way from the edited text to the origin of the draft. */
function mapOf({ text, map }: Draft, edits: readonly Edit[]): OffsetMap {
  let size = text.length;
  for (const { start, end, after } of edits) size += after.length - (end - start);
  const starts = new Int32Array(size);
  const ends = new Int32Array(size);
  let to = 0;
  let from = 0;
  const keep = (end: number) => {
    for (; from < end; from++, to++) {
      starts[to] = map.startOf(from);
      ends[to] = map.endOf(from);
    }
  };
  for (const { start, end, after } of edits) {
    keep(start);
    if (after.length === end - start) keep(end);
    else {
      const origin = map.startOf(start);
      starts.fill(origin, to, to + after.length);
      ends.fill(end > start ? map.endOf(end - 1) : origin, to, to + after.length);
      to += after.length;
    }
    from = end;
  }
  keep(text.length);
  return OffsetMap.of(starts, ends);
}

const toRepair = (draft: Draft, edit: Edit, kind: Repair["kind"]): Repair => ({
  kind,
  at: { of: "source", ...draft.map.range(edit.start, edit.end) },
  before: draft.text.slice(edit.start, edit.end),
  after: edit.after,
});

/** Repairs that every text needs and that nobody asks about. */
const SILENT: ReadonlySet<Repair["kind"]> = new Set(["width", "space", "wrap", "punctuation", "traditional"]);
