import { type Block, type MappedText, MappedTextBuilder } from "../doc/index.js";

const LATIN_END = /[A-Za-z0-9,.;:)%”"'’]$/;
/** A number that a line of Chinese breaks goes on in the next line, whatever letters stand in it. */
const HAN = /\p{Script=Han}/u;
const LATIN_START = /^[A-Za-z0-9($“"'‘]/;

/**
 * The lines of a block as one text. Between Han nothing is put in; between
 * Latin words a space; a word that a hyphen breaks at the line's end is closed.
 */
export function joinLines(block: Block): MappedText {
  const [only] = block.lines;
  if (block.lines.length === 1 && only) return trimmed(only);
  const builder = new MappedTextBuilder(block.lines.reduce((sum, line) => sum + line.text.length + 1, 0));
  let before = "";
  for (const line of block.lines) {
    const lead = line.text.length - line.text.trimStart().length;
    const text = line.text.trim();
    if (text === "") continue;
    if (
      before !== "" &&
      LATIN_END.test(before) &&
      LATIN_START.test(text) &&
      !(/\d$/.test(before) && /^\d/.test(text) && (HAN.test(before) || !/[A-Za-z]/.test(before)))
    ) {
      builder.replace(" ", line.map.startOf(lead), line.map.startOf(lead));
    }
    builder.append({ text, map: line.map.slice(lead, text.length) });
    before = text;
  }
  return builder.build();
}

function trimmed(line: MappedText): MappedText {
  const text = line.text.trim();
  if (text.length === line.text.length) return line;
  return { text, map: line.map.slice(line.text.length - line.text.trimStart().length, text.length) };
}
