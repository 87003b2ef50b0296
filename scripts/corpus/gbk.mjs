// GBK, GB18030 and Big5 encoders, built by turning round what TextDecoder knows, and the decoder of the sites that damage pages.

const tables = new Map();

/** character → its two bytes, by asking TextDecoder about every pair */
function tableOf(label) {
  const known = tables.get(label);
  if (known) return known;
  const decoder = new TextDecoder(label);
  const table = new Map();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const text = decoder.decode(new Uint8Array([lead, trail]));
      if ([...text].length !== 1 || text === "\ufffd" || /\p{Co}/u.test(text) || table.has(text)) continue;
      table.set(text, [lead, trail]);
    }
  }
  tables.set(label, table);
  return table;
}

/** Bytes of the text in `gbk`, `gb18030` or `big5`; throws on a character that has none. */
export function encode(text, label) {
  const table = tableOf(label === "big5" ? "big5" : "gbk");
  const bytes = [];
  for (const char of text) {
    const code = char.codePointAt(0);
    if (code < 0x80) bytes.push(code);
    else if (table.has(char)) bytes.push(...table.get(char));
    else if (label === "gb18030" && code >= 0x10000) {
      const pointer = 189000 + code - 0x10000;
      bytes.push(
        0x81 + Math.floor(pointer / 12600),
        0x30 + (Math.floor(pointer / 1260) % 10),
        0x81 + (Math.floor(pointer / 10) % 126),
        0x30 + (pointer % 10),
      );
    } else throw new Error(`${char} (U+${code.toString(16)}) has no bytes in ${label}`);
  }
  return bytes;
}

/** As the sites decode: an orphan lead byte and the ASCII after it become one `?`, private-use pairs vanish. */
export function decodeLossily(bytes) {
  const decoder = new TextDecoder("gbk");
  let text = "";
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte < 0x80) text += String.fromCharCode(byte);
    else if (i + 1 >= bytes.length) text += "?";
    else {
      const trail = bytes[++i];
      if (trail < 0x40 || trail === 0x7f) text += "?";
      else {
        const char = decoder.decode(new Uint8Array([byte, trail]));
        if (char.includes("\ufffd")) text += "?";
        else if (!/\p{Co}/u.test(char)) text += char;
      }
    }
  }
  return text;
}
