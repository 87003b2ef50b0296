const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  "○": 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
  俩: 2,
  仨: 3,
  幺: 1,
};
const TENS: Readonly<Record<string, number>> = { 廿: 20, 卅: 30, 卌: 40 };
const SMALL: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 拾: 10, 佰: 100, 仟: 1000 };
const LARGE: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8, 兆: 1e12, 萬: 1e4, 億: 1e8 };

export const isHanDigit = (char: string) => char in DIGITS;
export const isHanNumeral = (char: string) => char in DIGITS || char in SMALL || char in LARGE || char in TENS;
export const isScale = (char: string) => char in SMALL || char in LARGE;
export const scaleOf = (char: string): number | undefined => SMALL[char] ?? LARGE[char];

/**
 * Reads a Chinese numeral: `"一万二千"` → `12000`.
 *
 * Expects simplified, repaired text. Reads digits (`"1,284"`), positional
 * (`"一九三〇"`), mixed (`"3万5千"`, `"1万3,482"`) and decimal (`"五点七二亿"`,
 * `"1.2亿"`) forms and short ends (`"一万五"` → 15000), not ordinals.
 * `undefined` when `text` is not wholly a numeral. Never throws.
 */
export function parseNumeral(text: string): number | undefined {
  const clean = text.replace(/[,，\s]/g, "");
  if (clean === "") return undefined;
  if (/^\d+(?:\.\d+)?$/.test(clean)) return Number(clean);
  if (clean === "半") return 0.5;
  const positional = parsePositional(clean);
  if (positional !== undefined) return positional;
  return parseScaled(clean);
}

function parsePositional(text: string): number | undefined {
  if (text.length < 2) return undefined;
  let digits = "";
  for (const char of text) {
    const digit = DIGITS[char];
    if (digit === undefined || char === "两") return undefined;
    digits += digit;
  }
  return Number(digits);
}

/** Reads numerals with 十百千万亿: sums of digits times scales, each section under the next larger one. */
function parseScaled(text: string): number | undefined {
  let total = 0;
  let section = 0;
  let pending: number | undefined;
  let lastScale = 0;
  let zero = false;
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? "";
    const arabic = /^\d+(?:\.\d+)?/.exec(text.slice(at))?.[0];
    if (arabic) {
      if (pending !== undefined) return undefined;
      pending = Number(arabic);
      at += arabic.length;
      continue;
    }
    if (char === "点") {
      const fraction = readFraction(text, at + 1);
      if (!fraction) return undefined;
      pending = (pending ?? 0) + fraction.value;
      if (lastScale > 0 && lastScale < 1e4 && fraction.end === text.length) return total + section + pending;
      at = fraction.end;
      continue;
    }
    if (char in TENS) {
      section += TENS[char] ?? 0;
      lastScale = 10;
    } else if (char in DIGITS) {
      const digit = DIGITS[char] ?? 0;
      if (char === "零" || char === "〇" || char === "○") zero = true;
      else if (pending !== undefined) return undefined;
      else pending = digit;
      if (digit === 0 && pending === undefined && text.length === 1) return 0;
    } else if (char in SMALL) {
      const scale = SMALL[char] ?? 1;
      if (pending === undefined && scale !== 10 && section === 0 && total === 0 && text.length > 1 && at === 0)
        return undefined;
      section += (pending ?? 1) * scale;
      pending = undefined;
      lastScale = scale;
      zero = false;
    } else if (char in LARGE) {
      const scale = LARGE[char] ?? 1;
      section += pending ?? 0;
      pending = undefined;
      if (section === 0 && total === 0) return undefined;
      if (section === 0) total *= scale;
      else if (total > 0 && total < scale) {
        total = (total + section) * scale;
      } else total += section * scale;
      section = 0;
      lastScale = scale;
      zero = false;
    } else if (char === "半") {
      section += lastScale > 0 ? lastScale / 2 : 0.5;
    } else {
      return undefined;
    }
    at++;
  }
  if (pending !== undefined) {
    const short =
      !zero && lastScale >= 100 && pending < 10 && Number.isInteger(pending) && !/\d/.test(text.at(-1) ?? "");
    section += short ? (pending * lastScale) / 10 : pending;
  }
  return round(total + section);
}

function readFraction(text: string, start: number): { value: number; end: number } | undefined {
  let digits = "";
  let at = start;
  while (at < text.length) {
    const digit = DIGITS[text[at] ?? ""] ?? (/\d/.test(text[at] ?? "") ? Number(text[at]) : undefined);
    if (digit === undefined) break;
    digits += digit;
    at++;
  }
  return digits === "" ? undefined : { value: Number(`0.${digits}`), end: at };
}

/** Takes out the dust of binary fractions: 5.72 × 1e8 is 572000000. */
export function round(value: number): number {
  return Number(value.toPrecision(14));
}
