import type { Lexeme } from "../catalogue/index.js";
import type { Quantity } from "../doc/index.js";
import type { ClauseParts, Gap } from "./clause.js";
import type { Claim } from "./compete.js";
import type { Relation } from "./relations.js";
import { KIND_BITS, NOUN, sensesOf, VERB } from "./senses.js";
import { type Piece, pieceOf } from "./sign-table.js";
import type { SignSink } from "./signs.js";
import { Window } from "./window.js";

/** What a number's surroundings are to be told by. */
export interface Surroundings {
  readonly text: string;
  readonly language: "zh" | "en";
  readonly clause: ClauseParts;
  readonly order: number;
  readonly sentenceStart: number;
  readonly sentenceEnd: number;
  /** Words of the clauses of the sentence before this one. */
  readonly before: readonly Lexeme[];
  /** Known words of the heading. */
  readonly headingWords: readonly Lexeme[];
  /** Claims of the catalogue, the best first. */
  readonly claims: readonly Claim[];
  readonly isRuledOut: boolean;
  /** What the numbers before this one were, the nearest first: their label and measure word; `|` where a sentence ended. */
  readonly history: readonly Label[];
  readonly relations: readonly Relation[];
  /** What a number of the article was found to be; undefined when it was not yet read. */
  readonly labelOf: (quantity: Quantity) => string | undefined;
}

/** What a number before was found to be. */
export interface Label {
  readonly label: string;
  readonly measure: string;
  readonly unit: string;
  readonly sentence: number;
}

const LEFT = 18;
const RIGHT = 14;

/**
 * The signs by which a number is told: the characters around it, the known
 * words of its clause and sentence, what was counted before it, and the claims
 * of the catalogue. `schemas/evidence.json` holds what each has meant in
 * annotated clippings.
 */
export function sayFeatures(site: Surroundings, out: SignSink): void {
  const quantity = site.clause.quantities[site.order] as Quantity;
  const left = site.clause.gaps[site.order] as Gap;
  const right = site.clause.gaps[site.order + 1] as Gap;
  const unit = unitOf(quantity);
  out.say("bias");
  out.say("u:", unit.own);
  out.say("v:", unit.own, ":", sizeOf(quantity.value));
  out.say("q:", quantity.qualifier);
  if (quantity.ceiling) out.say("ceiling");
  if (quantity.range) out.say("range");
  if (quantity.one) out.say("one");
  if (quantity.scaled) out.say("scaled");
  characters(site, quantity, unit, out);
  words(site, left, right, unit, out);
  history(site, quantity, left, unit, out);
  claims(site, out);
  related(site, unit, out);
}

/** What a number is counted in, and the same as the last piece of a sign and as one between others. */
interface Unit {
  readonly own: Piece;
  readonly tail: Piece;
  readonly between: Piece;
  /** What the signs of the next two characters begin with. */
  readonly ahead: Piece;
}

const UNITS = new Map<string, Unit>();

/** There are few measure words and currencies: all are kept. */
function unitOf({ unit, measure }: Quantity): Unit {
  const name = unit === "count" ? measure : unit;
  let known = UNITS.get(name);
  if (!known) {
    known = {
      own: pieceOf(name),
      tail: pieceOf(`|${name}`),
      between: pieceOf(`|${name}|`),
      ahead: pieceOf(`>2u:${name}|`),
    };
    UNITS.set(name, known);
  }
  return known;
}

const BEFORE = new Window();
const AFTER = new Window();

function characters(site: Surroundings, quantity: Quantity, unit: Unit, out: SignSink): void {
  const before = mask(site.text, Math.max(site.sentenceStart, quantity.start - 60), quantity.start, BEFORE);
  const after = mask(site.text, quantity.end, Math.min(site.sentenceEnd, quantity.end + 30), AFTER);
  if (site.language === "en") {
    englishCharacters(before.text(), after.text(), unit, out);
    return;
  }
  const end = before.length;
  for (let size = 1; size <= 6; size++) {
    if (end >= size) out.run(S.left, before, end - size, end);
    if (after.length >= size && size <= 5) out.run(S.right, after, 0, size);
  }
  out.run(S.leftTwo, before, Math.max(0, end - 2), end, unit.tail);
  out.run(unit.ahead, after, 0, 2);
  out.meet(S.bothTwo, before, S.bar, after, 2);
  out.meet(S.bothOne, before, unit.between, after, 1);
  const comma = lastMark(before);
  const own = Math.max(comma + 1, end - LEFT);
  const stop = firstMark(after);
  const behind = stop < 0 ? Math.min(after.length, RIGHT) : Math.min(stop, RIGHT);
  out.grams(S.ofLeft, before, own, end, 2, 4);
  out.grams(S.ofRight, after, 0, behind, 2, 4);
  if (comma > 0) out.grams(S.previous, before, Math.max(0, comma - LEFT), comma, 2, 2);
  if (stop >= 0) out.grams(S.next, after, stop + 1, Math.min(after.length, stop + 1 + RIGHT), 2, 2);
  out.grams(S.ofLeft, before, Math.max(own, end - 10), end, 1, 1);
  out.grams(S.ofRight, after, 0, Math.min(behind, 8), 1, 1);
  for (let at = Math.max(own, end - 4); at < end; at++) out.run(S.nearLeft, before, at, at + 1, unit.tail);
  if (own === end) out.say("L:none");
  if (behind === 0) out.say("R:none");
}

/** What signs of characters begin with. */
const S = {
  left: pieceOf("<"),
  right: pieceOf(">"),
  leftTwo: pieceOf("<2u:"),
  bothTwo: pieceOf("<>:"),
  bothOne: pieceOf("<>1:"),
  bar: pieceOf("|"),
  ofLeft: pieceOf("L"),
  ofRight: pieceOf("R"),
  previous: pieceOf("P"),
  next: pieceOf("N"),
  nearLeft: pieceOf("L'"),
} as const;

const NUMBER_SIGN = "#".charCodeAt(0);

/** The text with `#` for every number: digits, and Chinese numerals before what they count. */
function mask(text: string, start: number, end: number, into: Window): Window {
  into.clear();
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    const kind = CODES[code] as number;
    if ((kind & (DIGIT | NUMERAL)) === 0) {
      into.push(code);
      at++;
      continue;
    }
    const goesOn = kind & DIGIT ? DIGIT | POINT : NUMERAL;
    let stop = at + 1;
    while (stop < end && ((CODES[text.charCodeAt(stop)] as number) & goesOn) !== 0) stop++;
    if (kind & DIGIT || (stop < end && ((CODES[text.charCodeAt(stop)] as number) & COUNTED) !== 0))
      into.push(NUMBER_SIGN);
    else for (let copied = at; copied < stop; copied++) into.push(text.charCodeAt(copied));
    at = stop;
  }
  return into;
}

const DIGIT = 1;
const POINT = 2;
const NUMERAL = 4;
/** What is counted, or a scale. */
const COUNTED = 8;
const STOP = 16;

/** The bits of each code unit. */
const CODES = new Uint8Array(0x10000);
for (const [bit, chars] of [
  [DIGIT, "0123456789"],
  [POINT, ".,"],
  [NUMERAL, "〇零一二三四五六七八九十百千"],
  [COUNTED, "万亿余多个家件户名人场次条项份册%"],
  [STOP, "，；：。"],
] as const)
  for (const char of chars) CODES[char.charCodeAt(0)] = (CODES[char.charCodeAt(0)] as number) | bit;

const isStop = (code: number) => ((CODES[code] as number) & STOP) !== 0;

/** Where the clause before a number starts: its last ，；：、。, or −1. */
function lastMark({ codes, length }: Window): number {
  let at = length - 1;
  while (at >= 0 && !isStop(codes[at] as number) && codes[at] !== 0x3001) at--;
  return at;
}

/** The first ，；。： behind a number, or −1. */
function firstMark({ codes, length }: Window): number {
  for (let at = 0; at < length; at++) if (isStop(codes[at] as number)) return at;
  return -1;
}

const ENGLISH_PIECE = /[a-z#'-]+|[,;:()%]/g;

function englishCharacters(before: string, after: string, unit: Unit, out: SignSink): void {
  const left = before.toLowerCase().match(ENGLISH_PIECE) ?? [];
  const right = after.toLowerCase().match(ENGLISH_PIECE) ?? [];
  for (let size = 1; size <= 3; size++) {
    out.say("<", left.slice(-size).join(" "));
    out.say(">", right.slice(0, size).join(" "));
  }
  out.say("<2u:", left.at(-1) ?? "", unit.tail, "|", right[0] ?? "");
  const own = left.slice(-8);
  for (const [index, word] of own.entries()) {
    out.say("L", word);
    out.say("L", own[index - 1] ?? "^", " ", word);
  }
  for (const [index, word] of right.slice(0, 7).entries()) {
    out.say("R", word);
    out.say("R", right[index - 1] ?? "^", " ", word);
  }
}

const namesOf = (mark: string) => ({
  left: pieceOf(`l${mark}:`),
  leftUnit: pieceOf(`l${mark}u:`),
  further: pieceOf(`ll${mark}:`),
  right: pieceOf(`r${mark}:`),
  rightUnit: pieceOf(`r${mark}u:`),
  behind: pieceOf(`rr${mark}:`),
  far: pieceOf(`z${mark}:`),
  farWhere: pieceOf(`z${mark}w:`),
});
type KindNames = ReturnType<typeof namesOf>;
/** What signs of each kind of word are called: on the left, further left, on the right, further right, far back; in the order of KINDS. */
const NAMES = [namesOf("v"), namesOf("n"), namesOf("m"), namesOf("r"), namesOf("c")];

function words(site: Surroundings, left: Gap, right: Gap, unit: Unit, out: SignSink): void {
  for (let kind = 0; kind < NAMES.length; kind++) {
    const name = NAMES[kind] as KindNames;
    const nearest = lastOfKind(left.words, kind);
    if (nearest >= 0) sayConcepts(left.words[nearest], kind, name.left, name.leftUnit, unit, out);
    for (let at = 0; at < nearest; at++) sayConcepts(left.words[at], kind, name.further, undefined, unit, out);
    const first = firstOfKind(right.words, kind);
    if (first < 0) continue;
    sayConcepts(right.words[first], kind, name.right, name.rightUnit, unit, out);
    for (let at = first + 1; at < right.words.length; at++)
      sayConcepts(right.words[at], kind, name.behind, undefined, unit, out);
  }
  const nearest = left.words.at(-1);
  const next = right.words[0];
  const nearestSense = nearest ? sensesOf(nearest).joined : NOTHING;
  const nextSense = next ? sensesOf(next).joined : NOTHING;
  if (nearest) {
    out.say("lw:", nearest.text);
    out.say("lc:", nearestSense, unit.tail);
  }
  if (next) {
    out.say("rw:", next.text);
    out.say("rc:", nextSense, unit.tail);
  }
  out.say("lr:", nearestSense, "|", nextSense);
  const verb = idOf(lastWord(left.words, VERB), VERB);
  const noun = idOf(lastWord(left.words, NOUN), NOUN);
  out.say("lvn:", verb, "|", noun, unit.tail);
  saidBefore(site, left, unit, out);
  for (const word of site.headingWords) for (const id of sensesOf(word).all) out.say(HEADING, id);
}

const NOTHING = pieceOf("-");
const HEADING = pieceOf("h:");
const SENTENCE = pieceOf("s:");

/** Words of the sentence before the number's own stretch of text. */
function saidBefore(site: Surroundings, left: Gap, unit: Unit, out: SignSink): void {
  const seen: Piece[] = [];
  for (const word of site.before)
    for (const id of sensesOf(word).all) {
      if (seen.includes(id)) continue;
      seen.push(id);
      out.say(SENTENCE, id);
    }
  // the last of each kind the sentence named, however many numbers ago
  for (let kind = 0; kind < NAMES.length; kind++) {
    if (lastOfKind(left.words, kind) >= 0) continue;
    const { far, farWhere } = NAMES[kind] as KindNames;
    const inClause = lastInGaps(site.clause, site.order, kind);
    const word = inClause ?? lastWord(site.before, kind);
    if (!word) continue;
    for (const id of sensesOf(word).of[kind] as readonly Piece[]) {
      out.say(far, id, unit.tail);
      out.say(farWhere, id, inClause ? IN_CLAUSE : IN_PART);
    }
  }
  const last = site.before.at(-1);
  if (last) out.say("sl:", sensesOf(last).joined, unit.tail);
}

const IN_CLAUSE = pieceOf("|clause");
const IN_PART = pieceOf("|part");

/** The last word of a kind before the `order`-th stretch of a clause. */
function lastInGaps(clause: ClauseParts, order: number, kind: number): Lexeme | undefined {
  for (let back = order - 1; back >= 0; back--) {
    const { words: own } = clause.gaps[back] as Gap;
    const at = lastOfKind(own, kind);
    if (at >= 0) return own[at];
  }
  return undefined;
}

function lastOfKind(list: readonly Lexeme[], kind: number): number {
  for (let at = list.length - 1; at >= 0; at--)
    if (((list[at] as Lexeme).kinds & (KIND_BITS[kind] as number)) !== 0) return at;
  return -1;
}

/** Not by the index −1: what an array has not is looked for slowly. */
function lastWord(list: readonly Lexeme[], kind: number): Lexeme | undefined {
  const at = lastOfKind(list, kind);
  return at < 0 ? undefined : list[at];
}

function firstOfKind(list: readonly Lexeme[], kind: number): number {
  for (let at = 0; at < list.length; at++)
    if (((list[at] as Lexeme).kinds & (KIND_BITS[kind] as number)) !== 0) return at;
  return -1;
}

function sayConcepts(
  word: Lexeme | undefined,
  kind: number,
  name: Piece,
  withUnit: Piece | undefined,
  unit: Unit,
  out: SignSink,
): void {
  if (!word || (word.kinds & (KIND_BITS[kind] as number)) === 0) return;
  for (const id of sensesOf(word).of[kind] as readonly Piece[]) {
    out.say(name, id);
    if (withUnit !== undefined) out.say(withUnit, id, unit.tail);
  }
}

const idOf = (word: Lexeme | undefined, kind: number): Piece => (word && sensesOf(word).of[kind]?.[0]) ?? NOTHING;

function history(site: Surroundings, quantity: Quantity, left: Gap, unit: Unit, out: SignSink): void {
  const [last, second] = site.history;
  const label = pieceOf(last?.label ?? "^");
  const kin = site.history.find((each) => each.unit === quantity.unit && each.measure === quantity.measure);
  const near = NEAR.test(left.text) ? "|near" : "|far";
  const lead = left.text.slice(-2);
  out.say("b1:", label, unit.tail);
  out.say("b1n:", label, near);
  out.say("b1u:", label, "|", pieceOf(last?.measure ?? ""), unit.tail);
  out.say("b2:", label, "|", pieceOf(second?.label ?? "^"));
  out.say("b1l:", label, "|", lead);
  if (!kin || !last) return;
  const kinLabel = pieceOf(kin.label);
  out.say("k:", kinLabel, "|", String(Math.min(3, last.sentence - kin.sentence)));
  out.say("kl:", kinLabel, "|", lead);
}

const NEAR = /^[、和及与，；]?[^，；。]{0,4}$/;

function claims(site: Surroundings, out: SignSink): void {
  const [winner, second] = site.claims;
  const id = pieceOf(winner?.indicator.id ?? "none");
  const score = winner ? Math.min(6, Math.floor(winner.score)) : 0;
  out.say("c:", id);
  out.say("cs:", id, "|", String(score));
  out.say("c2:", id, "|", pieceOf(second?.indicator.id ?? "none"));
  if (!site.isRuledOut) return;
  out.say("ruled");
  out.say("ruled:", id);
}

function related(site: Surroundings, unit: Unit, out: SignSink): void {
  if (site.relations.length === 0) out.say("x:none");
  for (const { role, others } of site.relations) {
    out.say("x:", role);
    out.say("x:", role, unit.tail);
    for (const other of others) {
      const label = site.labelOf(other);
      if (label) out.say("xl:", role, "|", pieceOf(label));
    }
  }
}

function sizeOf(value: number): string {
  if (value < 10) return String(Math.floor(value));
  return `e${Math.floor(Math.log10(value))}`;
}
