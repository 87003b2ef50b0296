// Peak memory of one large text, in a process of its own: node bench/large.mjs MEGABYTES
import { corpusText } from "./corpus-text.mjs";
import { timed, warm } from "./run.mjs";

const megabytes = Number(process.argv[2] ?? 100);
const peak = () => process.resourceUsage().maxRSS / 1024;
await warm();
const before = peak();
const once = Buffer.byteLength(corpusText);
const parts = [];
for (let size = 0, copy = 0; size < megabytes * 1e6; size += once, copy++)
  // other numbers in every copy, so that figures are not told once and for all
  parts.push(corpusText.replace(/[1-9](?=\d{2})/g, (digit) => String(((Number(digit) + copy) % 9) + 1)));
const bytes = new TextEncoder().encode(parts.join(""));
parts.length = 0;
const { characters, figures, seconds } = await timed([bytes], 0);
console.log(
  `${megabytes} MB: ${characters.toLocaleString("en")} characters, ${figures} figures, ${Math.round(characters / seconds).toLocaleString("en")} characters/s, peak memory ${Math.round(peak())} MB (${Math.round(before)} MB before)`,
);
