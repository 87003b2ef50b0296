import type { Qualifier } from "../doc/index.js";

const BEFORE: readonly (readonly [RegExp, Qualifier | "ceiling"])[] = [
  [
    /\b(?:up to|no more than|not more than|at most|not exceeding|a maximum of|capped at|within)\s+(?:a combined\s+)?$/i,
    "ceiling",
  ],
  [
    /\b(?:more than|over|at least|in excess of|above|exceed(?:ed|ing|s)?|topp(?:ed|ing)|surpass(?:ed|ing|es)?|upwards of|not less than|no less than|no fewer than|not fewer than|beyond|greater than)\s+(?:a (?:combined|total of)\s+)?$/i,
    "over",
  ],
  [/\b(?:nearly|almost|close to|less than|fewer than|under|just under|below|approaching)\s+$/i, "under"],
  [/\b(?:about|around|some|approximately|roughly|an estimated|circa)\s+$/i, "about"],
];
const AFTER: readonly (readonly [RegExp, Qualifier])[] = [
  [/^(?:\s+or more\b|\s+and above|\s+and more\b|\+(?!\w)|-plus\b|\s+plus\b|-odd\b)/i, "over"],
  [/^\s+or so\b/i, "about"],
  [/^\s+or (?:less|fewer)\b/i, "under"],
];

export interface EnglishQualified {
  readonly length: number;
  readonly qualifier: Qualifier;
  readonly ceiling: boolean;
}

/** The qualifier that ends `before`: more than, nearly, up to. */
export function englishQualifierBefore(before: string): EnglishQualified | undefined {
  return qualified(BEFORE, before);
}

/** The qualifier that opens `after`: or more, -plus. */
export function englishQualifierAfter(after: string): EnglishQualified | undefined {
  return qualified(AFTER, after);
}

function qualified(table: typeof BEFORE, text: string): EnglishQualified | undefined {
  for (const [pattern, meaning] of table) {
    const hit = pattern.exec(text);
    if (!hit) continue;
    const ceiling = meaning === "ceiling";
    return { length: hit[0].length, qualifier: meaning === "ceiling" ? "under" : meaning, ceiling };
  }
  return undefined;
}

/** What a bare number stands for that counts nothing. */
const CODE_BEFORE =
  /(?:\b(?:No\.?|Article|Route|Highway|hotline|Covid-|page|Room|Vol\.?|Document|Phase|Chapter|Section|Building|Gate|Class|Grade|Level|Tel:?|Phone:?|top)\s*|[A-Za-z]-?|\d[-/:.]|(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?\s+)$/;
const CODE_AFTER =
  /^(?:st|nd|rd|th)\b|^[-/:]\d|^\+\w|^-(?!plus|odd|strong|some)[a-z]+|^\s+(?:hotline|platform hotline|decades?|centur|years?|months?|weeks?|days?|hours?|minutes?|seconds?|percentage points?|o'clock|a\.?m\b|p\.?m\b|kilomet|met(?:er|re)s?\b|hectares?|tonnes?|tons\b|mu\b|square|cubic|acres|degrees|working days|times\b|megawatts?|kilowatts?|kWh|January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)/i;

/** Whether a bare number counts nothing by what stands around it: No 3, May 20, 24-hour. */
export const isCode = (before: string, after: string): boolean => CODE_BEFORE.test(before) || CODE_AFTER.test(after);

/** 20-30 firms: a bound before the dash, when what follows is a number with something to count. */
export const isLowerBound = (digits: string, after: string): boolean => {
  const upper =
    /^\s?[-–—]\s?(\d{1,3}(?:,\d{3})*|\d+)(?:\.\d+)?(?:\s?%|\s+(?!a\.?m\b|p\.?m\b|years?\b|days?\b|hours?\b|minutes?\b)[a-z])/.exec(
      after,
    );
  const value = (text: string) => Number(text.replaceAll(",", ""));
  return upper !== null && value(digits) < value(upper[1] ?? "") && !/^(?:19|20)\d{2}$/.test(digits);
};

export function isYear(digits: string, before: string, after: string): boolean {
  if (!/^(?:19|20)\d{2}$/.test(digits)) return false;
  return (
    /\b(?:in|of|since|from|by|until|during|early|late|mid|year|,|and|to|for)[\s-]+$/i.test(before) ||
    (/^(?:[.,;)\s]|$|-\d{4}|–)/.test(after) && !/^\s+[a-z]{4,}s\b/.test(after))
  );
}

/** Chen, 47, owns …; a man aged 31. */
export function isAge(digits: string, before: string, after: string): boolean {
  if (!/^\d{2}$/.test(digits)) return false;
  return (/[A-Z][a-z]+,\s*$/.test(before) && /^,/.test(after)) || /\baged?\s+$/i.test(before);
}

/** first half, next quarter: parts of time, not of things. */
const TIME_BEFORE =
  /\b(?:first|second|third|fourth|last|past|previous|next|latter|final|other|this|that|every|per|each)\s+$/i;
const SHARE_BEFORE =
  /\b(?:more than|over|nearly|almost|about|around|some|at least|less than|under|approximately|roughly)\s+$/i;
const SHARE_AFTER = /^(?:\s+(?:of|the|are|were|have|had|has|was|is|said)\b|\s*[.,;)]|\s*$)/i;

/** Whether `half`, `a third` or `a quarter` is a share here: half of the firms, a quarter of them. */
export const isShare = (before: string, after: string): boolean =>
  !TIME_BEFORE.test(before) &&
  (SHARE_AFTER.test(after) || SHARE_BEFORE.test(before)) &&
  !/^[-\s]+(?:year|hour|day|month|dozen)/i.test(after);
