/** A text decoded from bytes. */
export interface Decoded {
  readonly text: string;
  readonly encoding: string;
  /** Nothing declared it and other encodings were possible. */
  readonly guessed: boolean;
  /** Offsets in `text` of replacement characters for undecodable bytes. */
  readonly undecodable: readonly number[];
}

const BOMS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/**
 * Decodes text bytes: BOM, then `declared`, then UTF-8 where it is valid,
 * UTF-16 by its zero bytes, then GB18030 or Big5, whichever gives the more
 * common characters. A declared `gb2312` is read as GB18030, which holds it.
 */
export function decode(bytes: Uint8Array, declared?: string): Decoded {
  for (const [mark, encoding] of BOMS) {
    if (mark.every((byte, index) => bytes[index] === byte))
      return decodeAs(bytes.subarray(mark.length), encoding, false);
  }
  const wide = wideEncoding(bytes);
  if (wide) return decodeAs(bytes, wide, true);
  const utf8 = strict(bytes, "utf-8");
  if (utf8 !== undefined) return decoded(utf8, "utf-8", false);
  const known = declared ? canonical(declared) : undefined;
  const asDeclared = known && known !== "utf-8" ? strict(bytes, known) : undefined;
  if (known && asDeclared !== undefined) return decoded(asDeclared, known, false);
  const best = ["gb18030", "big5"]
    .map((encoding) => ({ encoding, score: plausibility(bytes, encoding) }))
    .concat({ encoding: "utf-8", score: plausibility(bytes, "utf-8") })
    .sort((a, b) => b.score - a.score)[0];
  return decodeAs(bytes, best?.encoding ?? "gb18030", true);
}

function canonical(label: string): string | undefined {
  const name = label.trim().toLowerCase();
  if (/^(?:gb2312|gbk|gb18030|gb_2312-80|x-gbk|cp936)$/.test(name)) return "gb18030";
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return undefined;
  }
}

/** Decoders are costly to make and may be used again. */
const decoders = new Map<string, TextDecoder>();

function decoderOf(encoding: string, fatal: boolean): TextDecoder {
  const key = `${encoding} ${fatal}`;
  let decoder = decoders.get(key);
  if (!decoder) {
    decoder = new TextDecoder(encoding, { fatal });
    decoders.set(key, decoder);
  }
  return decoder;
}

/** The text where every byte is valid. */
function strict(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return decoderOf(encoding, true).decode(bytes);
  } catch {
    // what it was in the midst of must not stay with it
    decoders.clear();
    return undefined;
  }
}

const decodeAs = (bytes: Uint8Array, encoding: string, guessed: boolean): Decoded =>
  decoded(decoderOf(encoding, false).decode(bytes), encoding, guessed);

function decoded(text: string, encoding: string, guessed: boolean): Decoded {
  const undecodable: number[] = [];
  for (let at = text.indexOf("\ufffd"); at >= 0 && undecodable.length < 100; at = text.indexOf("\ufffd", at + 1))
    undecodable.push(at);
  return { text, encoding, guessed, undecodable };
}

/** UTF-16 without a mark: ASCII line ends and digits leave zero bytes on one side only. */
export function wideEncoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const size = Math.min(bytes.length & ~1, 4096);
  if (size < 8) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < size; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  const guess = odd > 2 && even === 0 ? "utf-16le" : even > 2 && odd === 0 ? "utf-16be" : undefined;
  return guess &&
    plausibility(bytes.subarray(0, size), guess) >= 0 &&
    isMostlyPrintable(decoderOf(guess, false).decode(bytes.subarray(0, size)))
    ? guess
    : undefined;
}

/** Han, ASCII and marks make up a text; random pairs of bytes hit other scripts and holes. */
function isMostlyPrintable(text: string): boolean {
  const known = text.match(/[\n\r\t\x20-\x7e\u2010-\u2033\u3000-\u303f\u4e00-\u9fff\uff00-\uffee]/g)?.length ?? 0;
  return known > text.length * 0.9;
}

const COMMON =
  "，。、：；“”（）《》！？「」　的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严这個為國來時說產種們對會發動過學經裡進電還點開業問題萬與關無東導條書價題單風專傳縣務聯辦協結專區憂獎資貸戶額億";

const COMMON_CODE = 1;
const NO_TEXT = 2;
let codes: Uint8Array | undefined;

/** For each code unit whether text has it often, or never. */
function codeTable(): Uint8Array {
  if (codes) return codes;
  codes = new Uint8Array(0x10000);
  codes.fill(NO_TEXT, 0x80, 0xa0).fill(NO_TEXT, 0xe000, 0xf900);
  codes[0xfffd] = NO_TEXT;
  for (let at = 0; at < COMMON.length; at++) codes[COMMON.charCodeAt(at)] = COMMON_CODE;
  return codes;
}

/** Share of common characters in a decoding, less what cannot be text. */
function plausibility(bytes: Uint8Array, encoding: string): number {
  const text = decoderOf(encoding, false).decode(bytes.subarray(0, 60_000));
  const table = codeTable();
  let common = 0;
  let wide = 0;
  let bad = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // the second half of a pair is no character of its own
    if (code < 0x80 || (code >= 0xdc00 && code <= 0xdfff)) continue;
    wide++;
    if (table[code] === COMMON_CODE) common++;
    else if (table[code] === NO_TEXT) bad += 3;
  }
  return wide === 0 ? 0 : (common - bad) / wide;
}
