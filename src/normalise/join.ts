import { type Block, type MappedText, MappedTextBuilder } from "../doc/index.js";

const LATIN_END = /[A-Za-z0-9,.;:)%”"'’]$/;
const LATIN_START = /^[A-Za-z0-9($“"'‘]/;

/**
 * The lines of a block as one text. Between Han nothing is put in; between
 * Latin words a space; a word that a hyphen breaks at the line's end is closed.
 */
export function joinLines(block: Block): MappedText {
  const builder = new MappedTextBuilder();
  let before = "";
  for (const line of block.lines) {
    const lead = line.text.length - line.text.trimStart().length;
    const text = line.text.trim();
    if (text === "") continue;
    if (
      before !== "" &&
      LATIN_END.test(before) &&
      LATIN_START.test(text) &&
      !(/\d$/.test(before) && /^\d/.test(text) && !/[A-Za-z]/.test(before))
    ) {
      builder.replace(" ", line.map.startOf(lead), line.map.startOf(lead));
    }
    builder.append({ text, map: sliceOf(line, lead, text.length) });
    before = text;
  }
  return builder.build();
}

function sliceOf(line: MappedText, start: number, length: number): MappedText["map"] {
  if (start === 0 && length === line.text.length) return line.map;
  const builder = new MappedTextBuilder();
  for (let index = 0; index < length; index++) {
    builder.replace(line.text[start + index] as string, line.map.startOf(start + index), line.map.endOf(start + index));
  }
  return builder.build().map;
}
