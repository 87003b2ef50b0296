/**
 * What a character is to a numeral, looked up by its code; `fold` makes the
 * characters of traditional, formal and full-width text those of the table.
 */
export const CharKind = {
  none: 0,
  arabic: 1,
  digit: 2,
  /** 两, 俩, 仨: digits that stand alone or open a section, never in 二〇二一. */
  pair: 3,
  /** 廿, 卅, 卌. */
  tens: 4,
  small: 5,
  large: 6,
  point: 7,
  half: 8,
  space: 9,
} as const;
export const spaceKind = CharKind.space;

const VALUES: readonly (readonly [kind: number, values: Readonly<Record<string, number>>])[] = [
  [CharKind.digit, { 零: 0, 〇: 0, "○": 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }],
  [CharKind.digit, { 壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9, 幺: 1 }],
  [CharKind.pair, { 两: 2, 俩: 2, 仨: 3 }],
  [CharKind.tens, { 廿: 20, 卅: 30, 卌: 40 }],
  [CharKind.small, { 十: 10, 百: 100, 千: 1000, 拾: 10, 佰: 100, 仟: 1000 }],
  [CharKind.large, { 万: 1e4, 亿: 1e8, 兆: 1e12 }],
  [CharKind.point, { 点: 0 }],
  [CharKind.half, { 半: 0.5 }],
  [CharKind.space, { " ": 0, "\t": 0, "\u3000": 0, "\u00a0": 0 }],
];
/** Other writings of these characters, one code unit each, so that places stay. */
const VARIANTS =
  "萬万 億亿 兩两 貳贰 貮贰 參叁 叄叁 弍二 弎三 陸陆 點点 個个 對对 雙双 幾几 餘余 馀余 負负 佔占 圓元 圆元 員员 幣币 塊块 錢钱 銭钱 韓韩 歐欧 國国 臺台 層层 張张 倆俩 間间 隻只 約约 還还 這这 與与 種种 開开 過过 後后 數数 區区 達达 盧卢 碼码 將将 從从 萬万 項项 戶户 場场 條条 單单 樣样 門门 筆笔 輛辆 噸吨 畝亩 歲岁 時时 鐘钟 週周 間间";

const kinds = new Uint8Array(65536);
const values = new Map<number, number>();
for (const [kind, entries] of VALUES) {
  for (const [char, value] of Object.entries(entries)) {
    kinds[char.charCodeAt(0)] = kind;
    values.set(char.charCodeAt(0), value);
  }
}
for (let digit = 0; digit <= 9; digit++) kinds[48 + digit] = CharKind.arabic;

/** The kind of the character at a place; `CharKind.none` beyond the text. */
export const kindAt = (text: string, at: number): number => kinds[text.charCodeAt(at)] ?? CharKind.none;
/** The kind of a code unit. */
export const kindOfCode = (code: number): number => kinds[code] as number;
/** The value of a Han numeral's code; 0 for other characters. */
export const numeralValue = (code: number): number => values.get(code) ?? 0;

const variants = new Map<string, string>();
for (const [from, to] of VARIANTS.split(" ")) variants.set(from ?? "", to ?? "");
const FOLDABLE = new RegExp(`[${[...variants.keys()].join("")}\\uff01-\\uff5e\\u3000\\u2212]`, "g");

/** Traditional numerals and units, full-width digits and marks → those that the grammar knows; every place stays. */
export function fold(text: string): string {
  return text.replace(FOLDABLE, (char, at: number) => {
    const code = char.charCodeAt(0);
    // a full-width comma groups full-width digits only (４，５６５); elsewhere it parts clauses
    if (code === 0xff0c && !/[０-９]/.test(text[at - 1] ?? "")) return char;
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
    return variants.get(char) ?? (code === 0x2212 ? "-" : " ");
  });
}
