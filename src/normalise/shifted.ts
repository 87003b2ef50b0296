import { commonOf } from "./common.js";
import { pairOf } from "./gbk.js";
import type { Edit } from "./rewrite.js";
import { LEADS, type Run, type Solution, solve, TRAILS } from "./solve.js";
import { toSimplified } from "./traditional.js";
import { charactersRead, Filled, LOST, likelihood } from "./words.js";

/** What was made of the damage of one text. */
export interface Mended {
  readonly edits: readonly Edit[];
  /** Runs that stay as they are. */
  readonly unrepaired: readonly { readonly start: number; readonly end: number }[];
  /** Numbers that may have lost their first digits. */
  readonly doubtful: { readonly start: number; readonly end: number }[];
}

/** Where bytes may have been lost: a mark in the place of an orphan byte. */
const MARK = /[?？\ufffd!！]/g;
const ANNOTATED = /[?？]([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6})\)/y;
const ANNOTATION = /\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)/y;
const ANNOTATIONS = /\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)/g;
const ENDS = new Set("。，；：！？、（）\ufffd");
const LONGEST = 60;
/** Text that reads like this and better was not damaged. */
const FLUENT = -7.4;
/** A repair is believed when it reads better than this, and by GAIN better than what stood there. */
const PROVED = -6.9;
const GAIN = 1.6;
/** Nothing but damage reads worse. */
const HOPELESS = -10;

/** What is known of the whole page. */
export interface DamagedPage {
  /** Characters with the readings that the page itself writes behind them. */
  readonly readings: ReadonlyMap<string, string>;
  /** How many characters may still be tried: solving is slow, and a page made of nothing else is beyond help. */
  effort: number;
  /** What came of runs tried before: pages repeat themselves. */
  readonly solved: Map<string, Solution | undefined>;
}

/** Finds the runs of a text that were read one byte off, and reads them again where that can be proved. */
export function mendShifted(text: string, page: DamagedPage): Mended {
  const edits: Edit[] = [];
  const unrepaired: { start: number; end: number }[] = [];
  const doubtful: { start: number; end: number }[] = [];
  let done = 0;
  MARK.lastIndex = 0;
  for (let match = MARK.exec(text); match; match = MARK.exec(text)) {
    if (match.index < done) continue;
    const found = runAt(text, match.index, page, done);
    if (!found) continue;
    if (found.edit) edits.push(found.edit);
    else unrepaired.push({ start: found.start, end: found.end });
    if (found.lostAscii) doubtful.push(...numberAt(text, found.end));
    done = found.end;
    MARK.lastIndex = done;
  }
  return { edits, unrepaired, doubtful };
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly edit: Edit | undefined;
  /** An orphan byte took the ASCII character behind it along. */
  readonly lostAscii: boolean;
}

/** A number whose first digit may be gone. */
function numberAt(text: string, at: number): { start: number; end: number }[] {
  const number = /^[\d０-９.,%％]+/.exec(text.slice(at, at + 24));
  return number ? [{ start: at, end: at + number[0].length }] : [];
}

function runAt(text: string, at: number, page: DamagedPage, done: number): Found | undefined {
  ANNOTATED.lastIndex = at;
  const annotated = ANNOTATED.exec(text);
  if (annotated && pairOf(text[at - 1] ?? "")) {
    const first = bytesRead(annotated[1] as string, text[at - 1] as string, page);
    const certain = first.length > 0;
    const body = at + annotated[0].length;
    return (
      solveFrom(text, {
        start: at,
        body,
        first: certain ? first : LEADS,
        page,
        done,
        certain,
      }) ?? {
        start: at,
        end: body,
        edit: undefined,
        lostAscii: false,
      }
    );
  }
  const pair = text.slice(at, at + 2);
  if (/^[?？][!！]$/.test(pair))
    return solveFrom(text, { start: at, body: at + 2, first: [0xa1], page, done, cut: true });
  if (/^[!！]/.test(pair)) return solveFrom(text, { start: at, body: at + 1, first: [0xa1], page, done, cut: true });
  if (/^[?？\ufffd]{2}$/.test(pair)) return lostWhole(text, at);
  return solveFrom(text, { start: at, body: at + 1, first: LEADS, page, done });
}

/** Two marks with nothing between stand for characters that nobody can bring back. */
function lostWhole(text: string, at: number): Found | undefined {
  const end = at + (/^[?？\ufffd]+/.exec(text.slice(at, at + 40))?.[0].length ?? 0);
  if (!pairOf(text[at - 1] ?? "") || !pairOf(text[end] ?? "") || text[at] === "？") return undefined;
  return { start: at, end, edit: undefined, lostAscii: false };
}

/** Second bytes of the characters with this reading whose first byte is `char`'s second. */
function bytesRead(reading: string, char: string, page: DamagedPage): number[] {
  const lead = pairOf(char) & 0xff;
  const candidates = new Set([...charactersRead(reading), ...(page.readings.get(reading) ?? "")]);
  return [
    ...new Set(
      [...candidates]
        .map(pairOf)
        .filter((pair) => pair >> 8 === lead)
        .map((pair) => pair & 0xff),
    ),
  ];
}

interface Start {
  readonly start: number;
  /** Where the characters of the run begin. */
  readonly body: number;
  readonly first: readonly number[];
  readonly page: DamagedPage;
  /** Text before this was mended already. */
  readonly done: number;
  /** The lost byte is known from a reading. */
  readonly certain?: boolean;
  /** Cut at a mark: the character before it ended in A3. */
  readonly cut?: boolean;
}

interface End {
  /** Where the characters of the run end, and where what belongs to it ends. */
  readonly bodyEnd: number;
  readonly end: number;
  readonly last: readonly number[];
  readonly lostAscii: boolean;
}

function solveFrom(text: string, from: Start): Found | undefined {
  const ends = endsOf(text, from);
  const raw = text.slice(from.body, ends[0]?.bodyEnd ?? from.body);
  const generic = from.first.length > 2;
  if (raw === "" && generic) return undefined;
  const before = contextBefore(text, from.start);
  if ((generic || from.cut) && isFluent(before, raw)) return undefined;
  let best: { solution: Solution; end: End; text: string } | undefined;
  from.page.effort -= raw.length + 4;
  for (const end of from.page.effort > 0 ? ends : []) {
    const characters = text.slice(from.body, end.bodyEnd).replace(ANNOTATIONS, "");
    const after = contextAfter(text, end.end);
    for (const shown of new Set([characters, toSimplified(characters)])) {
      const solution = solveOnce(
        { text: shown, before, after, first: from.first, last: end.last },
        from.cut === true,
        from.page,
      );
      if (!solution || !(from.certain || from.cut ? isSettled(solution) : isProved(solution))) continue;
      if (!best || solution.is > best.solution.is + 0.3) best = { solution, end, text: solution.text };
    }
    if (best && !from.certain) break;
  }
  const [end] = ends;
  if (best)
    return {
      start: from.start,
      end: best.end.end,
      edit: { start: from.start, end: best.end.end, after: best.text },
      lostAscii: best.end.lostAscii,
    };
  if (!end || (generic && !isHopeless(before, raw)) || (from.cut && !isHopeless(before, raw))) return undefined;
  return { start: from.start, end: end.end, edit: undefined, lostAscii: end.lostAscii };
}

function solveOnce(run: Run, cut: boolean, page: DamagedPage): Solution | undefined {
  const { text, before, after, first, last } = run;
  const key = [text, before, after, first.length, first[0], last.length, last[0], cut].join("\u0000");
  if (page.solved.has(key)) return page.solved.get(key);
  const solution = solveRun(run, cut);
  page.solved.set(key, solution);
  return solution;
}

/** Where the text was cut at a mark, the character before the run ended in A3: 。 or 保, mostly. */
function solveRun(run: Run, cut: boolean): Solution | undefined {
  const solution = solve(run);
  if (!solution || !cut) return solution;
  const next = solution.text.slice(0, 3);
  let prefix = "。";
  const between = new Filled(run.before, next);
  // a quotation that closes follows a full stop; else 保 before “ is as good
  let top = next.startsWith("”") ? Number.POSITIVE_INFINITY : between.with("。");
  for (const lead of LEADS) {
    const option = commonOf(lead, 0xa3);
    if (option === undefined) continue;
    const value = between.with(option);
    if (value > top) {
      top = value;
      prefix = option;
    }
  }
  const whole = solve({ ...run, before: run.before + prefix }) ?? solution;
  return { ...whole, text: prefix + whole.text };
}

const isProved = ({ text, was, is }: Solution): boolean => {
  const lost = text.split(LOST).length - 1;
  return is > PROVED && is - was > GAIN && lost * 4 <= text.length;
};

/** Where the page itself shows that bytes went astray and which, only the rest has to make sense. */
const isSettled = ({ text, was, is }: Solution): boolean =>
  text.split(LOST).length - 1 <= Math.ceil(text.length / 4) && (is > -7.8 || is - was > GAIN) && is > -9;

function isFluent(before: string, raw: string): boolean {
  const shown = toSimplified(raw.replace(ANNOTATIONS, ""));
  const head = before + shown.slice(0, 8);
  return (
    shown === "" ||
    (likelihood(head) / head.length > FLUENT && likelihood(before + shown) / (before + shown).length > FLUENT)
  );
}

function isHopeless(before: string, raw: string): boolean {
  const shown = toSimplified(raw.replace(ANNOTATIONS, "")).slice(0, 12);
  return shown.length > 0 && likelihood(shown) / shown.length < HOPELESS && before.length > 0;
}

/** The ways a run may end, the likeliest first. */
function endsOf(text: string, from: Start): End[] {
  const { body, page } = from;
  let at = body;
  for (; at < text.length && at - body < LONGEST; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x28) {
      ANNOTATION.lastIndex = at;
      const annotation = ANNOTATION.exec(text);
      if (annotation && at > body) {
        at += annotation[0].length - 1;
        continue;
      }
    }
    if (code < 0x80 || ENDS.has(text[at] as string)) break;
  }
  const ends: End[] = [];
  ANNOTATED.lastIndex = at;
  const annotated = at > body ? ANNOTATED.exec(text) : null;
  const code = text.charCodeAt(at);
  if (annotated) {
    const last = bytesRead(annotated[1] as string, text[at - 1] as string, page);
    ends.push({ bodyEnd: at, end: at + annotated[0].length, last: last.length > 0 ? last : TRAILS, lostAscii: false });
  } else if (/[?？\ufffd]/.test(text[at] ?? "")) {
    const question = /[!！]/.test(text[at + 1] ?? "");
    ends.push({ bodyEnd: at, end: question ? at : at + 1, last: TRAILS, lostAscii: !question });
  } else if (code >= 0x40 && code <= 0x7e) {
    ends.push({ bodyEnd: at, end: at + 1, last: [code], lostAscii: false });
  }
  // where nothing is known of the first byte, the last must have left a mark
  if (from.first.length > 2) return ends;
  // an ASCII letter swallowed by the last byte sets the stream right without one
  for (let cut = at; cut > body && ends.length < 6; cut--) {
    const trail = pairOf(text[cut - 1] as string) & 0xff;
    if (trail >= 0x40 && trail <= 0x7e) ends.push({ bodyEnd: cut, end: cut, last: [], lostAscii: false });
  }
  if (!annotated && (ends[0]?.last.length ?? 0) === 0)
    ends.push({ bodyEnd: at, end: at, last: TRAILS, lostAscii: false });
  return ends;
}

const CONTEXT = 4;

const contextBefore = (text: string, at: number) =>
  toSimplified(text.slice(Math.max(0, at - 30), at).replace(ANNOTATIONS, ""))
    .replace(/^.*[^\u4e00-\u9fff]/s, "")
    .slice(-CONTEXT);

const contextAfter = (text: string, at: number) =>
  /^[\u4e00-\u9fff，。、“”0-9]*/
    .exec(toSimplified(text.slice(at, at + 30).replace(ANNOTATIONS, "")))?.[0]
    .slice(0, CONTEXT) ?? "";
