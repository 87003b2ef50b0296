import diff from "fast-diff";
import { type Normal, OffsetMap, type Source } from "../../doc/index.js";
import { ingestDecodedText } from "../../ingest/index.js";
import { normalsOf } from "../../pipeline.js";
import type * as contract from "../contract/index.js";

type Run = [normalStart: number, normalEnd: number, sourceStart: number, sourceEnd: number];
type Made = Omit<contract.NormalText, "id" | "exact">;

/** What a source's normal text is, with the way back; parts of a long text are joined as extraction joins them. */
export function normalOf(source: Source): Made {
  const made: Made = { text: "", map: [], repairs: [], blocks: [] };
  for (const [index, normal] of normalsOf(source).entries()) {
    if (index > 0) made.text += "\n";
    const at = made.text.length;
    made.text += normal.text;
    made.map.push(...runsOf(normal.map, at));
    made.repairs.push(...repairsOf(normal));
    made.blocks.push(...normal.blocks.map(({ kind, start, end }) => ({ kind, start: start + at, end: end + at })));
  }
  return made;
}

const repairsOf = ({ repairs }: Normal): contract.NormalText["repairs"] =>
  repairs.map(({ kind, at, before, after }) => ({ kind, start: at.start, end: at.end, before, after }));

/** Stretches that go on code unit by code unit are one run; what came of one place as a whole is another. */
export function runsOf(map: OffsetMap, at = 0): Run[] {
  const runs: Run[] = [];
  let last: Run | undefined;
  for (let index = 0; index < map.length; index++) {
    const [start, end] = [map.startOf(index), map.endOf(index)];
    const isWhole = last !== undefined && last[2] === start && last[3] === end && end - start !== 1;
    const goesOn =
      last !== undefined && end - start === 1 && last[3] === start && last[1] - last[0] === last[3] - last[2];
    if (last && (isWhole || goesOn)) {
      last[1] = at + index + 1;
      last[3] = end;
    } else {
      last = [at + index, at + index + 1, start, end];
      runs.push(last);
    }
  }
  return runs.filter(([, , start, end]) => end > start);
}

/**
 * The normal text that is stored, with a way back to the stored source text:
 * that of a source read again, where it is the same text; else that of the
 * text alone, aligned with what is stored.
 */
export function normalText(
  stored: { text: string; normal: string },
  again: Source | undefined,
): Omit<contract.NormalText, "id"> {
  for (const source of [again, ingestDecodedText(stored.text)]) {
    if (!source || source.text !== stored.text) continue;
    const made = normalOf(source);
    if (made.text === stored.normal) return { ...made, exact: true };
    if (source !== again) return { ...aligned(made, stored.normal), exact: false };
  }
  return { text: stored.normal, map: [], repairs: [], blocks: [], exact: false };
}

/** Longest texts that are aligned; beyond, the way back is left out. */
const ALIGNED = 400_000;

/** The runs of one normal text, for another that differs little from it. */
function aligned(made: Made, text: string): Made {
  if (text.length > ALIGNED) return { ...made, text, map: [], repairs: [], blocks: [] };
  const [starts, ends] = [new Int32Array(made.text.length), new Int32Array(made.text.length)];
  for (const [from, to, start, end] of made.map)
    for (let index = from; index < to; index++) {
      const each = to - from === end - start;
      starts[index] = each ? start + index - from : start;
      ends[index] = each ? start + index - from + 1 : end;
    }
  const runs: Run[] = [];
  let [at, on] = [0, 0];
  for (const [kind, piece] of diff(made.text, text)) {
    if (kind === diff.EQUAL)
      runs.push(
        ...runsOf(OffsetMap.of(starts.subarray(at, at + piece.length), ends.subarray(at, at + piece.length)), on),
      );
    if (kind !== diff.INSERT) at += piece.length;
    if (kind !== diff.DELETE) on += piece.length;
  }
  return { text, map: runs, repairs: [], blocks: [] };
}
