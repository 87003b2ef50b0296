import type { Message, Span } from "../doc/index.js";
import { replacedRuns } from "./mojibake.js";
import { applyEdits, type Draft } from "./rewrite.js";
import { type DamagedPage, mendShifted } from "./shifted.js";
import { LOST } from "./words.js";

export interface Trouble {
  readonly messages: readonly Message[];
  /** Numbers of the source whose first digits may be lost. */
  readonly doubtful: readonly Span<"source">[];
}

const NONE: Trouble = { messages: [], doubtful: [] };

/** Reads again what was decoded one byte off, and says what could not be. */
export function mendDamage(draft: Draft, page: DamagedPage): { draft: Draft; trouble: Trouble } {
  const { edits, doubtful, ...rest } = mendShifted(draft.text, page);
  doubtful.push(...blotted(draft.text));
  const unrepaired = [...rest.unrepaired, ...replacedRuns(draft.text)];
  const partly = edits.filter((edit) => edit.after.includes(LOST));
  if (edits.length + unrepaired.length + doubtful.length === 0) return { draft, trouble: NONE };
  const place = ({ start, end }: { start: number; end: number }): Span<"source"> => ({
    of: "source",
    ...draft.map.range(start, end),
  });
  const messages: Message[] = [
    ...[...unrepaired, ...partly].map((run) => ({
      code: "normalise/unrepaired" as const,
      level: "warning" as const,
      at: place(run),
      detail: `characters were lost here and cannot be read again: ${draft.text.slice(Math.max(0, run.start - 4), run.end + 4)}`,
    })),
    ...doubtful.map((number) => ({
      code: "normalise/unrepaired" as const,
      level: "warning" as const,
      at: place(number),
      detail: `digits of this number may be lost: ${draft.text.slice(number.start, number.end)}`,
    })),
  ];
  return { draft: applyEdits(draft, edits, "shifted-gbk"), trouble: { messages, doubtful: doubtful.map(place) } };
}

/** A digit that was read as a blot. */
const BLOTTED = /\d[\d.,]{0,12}[▇█▆■□]{1,4}[\d.,]{0,12}|[▇█▆]{1,4}\d[\d.,]{0,12}/g;

const blotted = (text: string): { start: number; end: number }[] =>
  [...text.matchAll(BLOTTED)].map((match) => ({ start: match.index, end: match.index + match[0].length }));

const ANNOTATION = /([\u3400-\u9fff])\(([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6})\)/g;

/** What the text of a page says of its damage. */
export function damagedPage(text: string): DamagedPage {
  const readings = new Map<string, string>();
  for (const [, char = "", reading = ""] of text.matchAll(ANNOTATION)) {
    const chars = readings.get(reading) ?? "";
    if (!chars.includes(char)) readings.set(reading, chars + char);
  }
  // some 1 ms a character; real pages have 1 to 10 % of their characters in runs
  return { readings, effort: 600 + text.length / 200, solved: new Map() };
}
