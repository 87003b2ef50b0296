import { type MappedText, MappedTextBuilder, type Repair } from "../doc/index.js";

/** A text on its way to the normal form, with the repairs made so far. */
export interface Draft extends MappedText {
  readonly repairs: readonly Repair[];
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
  let match = pattern.exec(draft.text);
  if (!match) return draft;
  const builder = new MappedTextBuilder();
  const repairs: Repair[] = [];
  let at = 0;
  for (; match; match = pattern.exec(draft.text)) {
    const before = match[0];
    const after = replacement(match);
    if (before === "") pattern.lastIndex++;
    if (after === undefined || after === before) continue;
    builder.keep(draft.text.slice(at, match.index), at);
    if (after.length === before.length) builder.keep(after, match.index);
    else builder.replace(after, match.index, match.index + before.length);
    at = match.index + before.length;
    if (!SILENT.has(kind))
      repairs.push({ kind, at: { of: "source", ...draft.map.range(match.index, at) }, before, after });
  }
  if (at === 0) return draft;
  builder.keep(draft.text.slice(at), at);
  const built = builder.build();
  return {
    text: built.text,
    map: built.map.through(draft.map),
    repairs: repairs.length > 0 ? [...draft.repairs, ...repairs] : draft.repairs,
  };
}

/** Repairs that every text needs and that nobody asks about. */
const SILENT: ReadonlySet<Repair["kind"]> = new Set(["width", "space", "wrap", "punctuation", "traditional"]);
