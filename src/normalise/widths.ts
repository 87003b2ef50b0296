import { ofRadical, RADICALS } from "../doc/index.js";
import { type Draft, rewrite } from "./rewrite.js";

const FULL_WIDTH = /[０-９Ａ-Ｚａ-ｚ％．＋－＄＆＠＃＝～　 \u2000-\u200a\u202f]/g;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]/g;
/** Full-width digits and letters → half width; invisible characters away; odd spaces → spaces. */
export function mendWidths(draft: Draft): Draft {
  const visible = rewrite(
    rewrite(draft, INVISIBLE, "width", () => ""),
    RADICALS,
    "width",
    (match) => ofRadical(match[0]),
  );
  return rewrite(visible, FULL_WIDTH, "width", (match) => {
    const char = match[0];
    if (char === "　") return undefined;
    if (char === "～") return "~";
    const code = char.charCodeAt(0);
    return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : " ";
  });
}
