import type { Lexeme } from "../catalogue/index.js";
import type { Quantity } from "../doc/index.js";
import { type ClauseParts, type Gap, isKind } from "./clause.js";
import type { Claim } from "./compete.js";
import type { Relation } from "./relations.js";
import { KINDS, type Kind, sensesOf } from "./senses.js";
import { type Piece, pieceOf } from "./sign-table.js";
import type { SignSink } from "./signs.js";

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

/** What a number is counted in, and the same as the last piece of a sign. */
interface Unit {
  readonly own: Piece;
  readonly tail: Piece;
}

const UNITS = new Map<string, Unit>();

/** There are few measure words and currencies: all are kept. */
function unitOf({ unit, measure }: Quantity): Unit {
  const name = unit === "count" ? measure : unit;
  let known = UNITS.get(name);
  if (!known) {
    known = { own: pieceOf(name), tail: pieceOf(`|${name}`) };
    UNITS.set(name, known);
  }
  return known;
}

function characters(site: Surroundings, quantity: Quantity, unit: Unit, out: SignSink): void {
  const before = masked(site.text, Math.max(site.sentenceStart, quantity.start - 60), quantity.start);
  const after = masked(site.text, quantity.end, Math.min(site.sentenceEnd, quantity.end + 30));
  if (site.language === "en") {
    englishCharacters(before, after, unit, out);
    return;
  }
  const end = before.length;
  for (let size = 1; size <= 6; size++) {
    if (end >= size) out.part("<", before, end - size, end);
    if (after.length >= size && size <= 5) out.part(">", after, 0, size);
  }
  const lastTwo = before.slice(-2);
  const nextTwo = after.slice(0, 2);
  out.say("<2u:", lastTwo, unit.tail);
  out.say(">2u:", unit.own, "|", nextTwo);
  out.say("<>:", lastTwo, "|", nextTwo);
  out.say("<>1:", before.slice(-1), unit.tail, "|", after.slice(0, 1));
  const comma = lastMark(before);
  const own = Math.max(comma + 1, end - LEFT);
  const stop = firstMark(after);
  const behind = stop < 0 ? Math.min(after.length, RIGHT) : Math.min(stop, RIGHT);
  out.grams("L", before, own, end, 2, 4);
  out.grams("R", after, 0, behind, 2, 4);
  if (comma > 0) out.grams("P", before, Math.max(0, comma - LEFT), comma, 2, 2);
  if (stop >= 0) out.grams("N", after, stop + 1, Math.min(after.length, stop + 1 + RIGHT), 2, 2);
  out.grams("L", before, Math.max(own, end - 10), end, 1, 1);
  out.grams("R", after, 0, Math.min(behind, 8), 1, 1);
  for (let at = Math.max(own, end - 4); at < end; at++) out.part("L'", before, at, at + 1, unit.tail);
  if (own === end) out.say("L:none");
  if (behind === 0) out.say("R:none");
}

/** The text with `#` for every number: digits, and Chinese numerals before what they count. */
function masked(text: string, start: number, end: number): string {
  let out = "";
  let from = start;
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    const stop = isDigit(code)
      ? endOf(text, at, end, isDigitOrPoint)
      : NUMERALS.has(code)
        ? endOf(text, at, end, isNumeral)
        : at;
    if (stop === at) {
      at++;
      continue;
    }
    if (isDigit(code) || (stop < end && COUNTED.has(text.charCodeAt(stop)))) {
      out += `${text.slice(from, at)}#`;
      from = stop;
    }
    at = stop;
  }
  return from === start ? text.slice(start, end) : out + text.slice(from, end);
}

const codesOf = (signs: string): ReadonlySet<number> => new Set([...signs].map((sign) => sign.charCodeAt(0)));
const NUMERALS = codesOf("〇零一二三四五六七八九十百千");
const COUNTED = codesOf("万亿余多个家件户名人场次条项份册%");
const isDigit = (code: number) => code >= 48 && code <= 57;
const isDigitOrPoint = (code: number) => isDigit(code) || code === 44 || code === 46;
const isNumeral = (code: number) => NUMERALS.has(code);

function endOf(text: string, start: number, end: number, belongs: (code: number) => boolean): number {
  let at = start + 1;
  while (at < end && belongs(text.charCodeAt(at))) at++;
  return at;
}

const isStop = (code: number) => code === 0xff0c || code === 0xff1b || code === 0xff1a || code === 0x3002;

/** Where the clause before a number starts: its last ，；：、。, or −1. */
function lastMark(text: string): number {
  let at = text.length - 1;
  while (at >= 0 && !isStop(text.charCodeAt(at)) && text.charCodeAt(at) !== 0x3001) at--;
  return at;
}

/** The first ，；。： behind a number, or −1. */
function firstMark(text: string): number {
  for (let at = 0; at < text.length; at++) if (isStop(text.charCodeAt(at))) return at;
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
/** What signs of each kind of word are called: on the left, further left, on the right, further right, far back. */
const NAMES: Readonly<Record<Kind, ReturnType<typeof namesOf>>> = {
  verb: namesOf("v"),
  noun: namesOf("n"),
  money: namesOf("m"),
  rate: namesOf("r"),
  cue: namesOf("c"),
};

function words(site: Surroundings, left: Gap, right: Gap, unit: Unit, out: SignSink): void {
  for (const kind of KINDS) {
    const name = NAMES[kind];
    const nearest = lastOfKind(left.words, kind);
    sayConcepts(left.words[nearest], kind, name.left, name.leftUnit, unit, out);
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
  const verb = idOf(left.words[lastOfKind(left.words, "verb")], "verb");
  const noun = idOf(left.words[lastOfKind(left.words, "noun")], "noun");
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
  for (const kind of KINDS) {
    if (lastOfKind(left.words, kind) >= 0) continue;
    const inClause = lastInGaps(site.clause, site.order, kind);
    const word = inClause ?? site.before[lastOfKind(site.before, kind)];
    if (!word) continue;
    const { far, farWhere } = NAMES[kind];
    for (const id of sensesOf(word).of[kind]) {
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
function lastInGaps(clause: ClauseParts, order: number, kind: Kind): Lexeme | undefined {
  for (let back = order - 1; back >= 0; back--) {
    const { words: own } = clause.gaps[back] as Gap;
    const at = lastOfKind(own, kind);
    if (at >= 0) return own[at];
  }
  return undefined;
}

function lastOfKind(list: readonly Lexeme[], kind: Kind): number {
  for (let at = list.length - 1; at >= 0; at--) if (isKind(list[at] as Lexeme, kind)) return at;
  return -1;
}

function firstOfKind(list: readonly Lexeme[], kind: Kind): number {
  for (let at = 0; at < list.length; at++) if (isKind(list[at] as Lexeme, kind)) return at;
  return -1;
}

function sayConcepts(
  word: Lexeme | undefined,
  kind: Kind,
  name: Piece,
  withUnit: Piece | undefined,
  unit: Unit,
  out: SignSink,
): void {
  if (!word || !isKind(word, kind)) return;
  for (const id of sensesOf(word).of[kind]) {
    out.say(name, id);
    if (withUnit !== undefined) out.say(withUnit, id, unit.tail);
  }
}

const idOf = (word: Lexeme | undefined, kind: Kind): Piece => (word && sensesOf(word).of[kind][0]) ?? NOTHING;

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
