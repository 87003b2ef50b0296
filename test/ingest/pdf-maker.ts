/** A PDF of a few objects, written by hand, so that tests can have text layers and scans of every kind. */
export interface MadePage {
  /** Points. */
  readonly width?: number;
  readonly height?: number;
  readonly rotate?: number;
  /** A picture that fills the page, as the stream of an image. */
  readonly image?: {
    readonly filter: string;
    readonly data: Uint8Array;
    readonly width: number;
    readonly height: number;
    readonly more: string;
  };
  /** Share of the page's width and height that the picture fills, from the lower left. */
  readonly fill?: number;
  readonly texts?: readonly MadeText[];
}

export interface MadeText {
  readonly text: string;
  /** Points from the lower left. */
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  /** Degrees to the left. */
  readonly turn?: number;
  readonly hidden?: boolean;
  /** Another character for each that the font says it shows. */
  readonly claims?: (code: number) => number;
}

const encoder = new TextEncoder();

export function makePdf(pages: readonly MadePage[]): Uint8Array {
  const objects: Uint8Array[] = [];
  const add = (body: string | Uint8Array): number => {
    objects.push(typeof body === "string" ? encoder.encode(body) : body);
    return objects.length;
  };
  const catalogue = add("");
  const tree = add("");
  const fonts = new Map<string, number>();
  const once = (text: MadeText): number => {
    const key = text.claims ? "" : text.text;
    const font = fonts.get(key) ?? fontObject(text, add);
    if (key !== "") fonts.set(key, font);
    return font;
  };
  const kids = pages.map((page) => pageObject(page, tree, once, add));
  objects[catalogue - 1] = encoder.encode(`<< /Type /Catalog /Pages ${tree} 0 R >>`);
  objects[tree - 1] = encoder.encode(
    `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(" ")}] >>`,
  );
  return written(objects);
}

function pageObject(
  page: MadePage,
  tree: number,
  fontOf: (text: MadeText) => number,
  add: (body: string | Uint8Array) => number,
): number {
  const { width = 400, height = 300, image, texts = [], fill = 1 } = page;
  const fonts: string[] = [];
  const shown = texts.map((each, at) => {
    fonts.push(`/F${at} ${fontOf(each)} 0 R`);
    const angle = ((each.turn ?? 0) * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle).toFixed(5), Math.sin(angle).toFixed(5)];
    const codes = [...each.text].map((char) => char.charCodeAt(0).toString(16).padStart(4, "0")).join("");
    return `BT /F${at} ${each.size ?? 12} Tf ${each.hidden ? 3 : 0} Tr ${cos} ${sin} -${sin} ${cos} ${each.x} ${each.y} Tm <${codes}> Tj ET`;
  });
  const picture = image
    ? add(
        streamOf(
          `/Type /XObject /Subtype /Image /Width ${image.width} /Height ${image.height} /Filter /${image.filter} ${image.more}`,
          image.data,
        ),
      )
    : 0;
  const drawn = image ? `q ${width * fill} 0 0 ${height * fill} 0 0 cm /I Do Q` : "";
  const content = add(streamOf("", encoder.encode([drawn, ...shown].join("\n").replace(/-0\.00000|--/g, "0"))));
  const resources = `<< /Font << ${fonts.join(" ")} >> ${picture ? `/XObject << /I ${picture} 0 R >>` : ""} >>`;
  return add(
    `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${width} ${height}] /Rotate ${page.rotate ?? 0} /Resources ${resources} /Contents ${content} 0 R >>`,
  );
}

/** A font without glyphs whose codes are characters, or claim to be others. */
function fontObject({ text, claims }: MadeText, add: (body: string | Uint8Array) => number): number {
  const descriptor = add(
    "<< /Type /FontDescriptor /FontName /Made /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
  );
  const descendant = add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor ${descriptor} 0 R >>`,
  );
  const hex = (code: number) => code.toString(16).padStart(4, "0");
  const codes = [...new Set([...text].map((char) => char.charCodeAt(0)))];
  const map = codes.map((code) => `<${hex(code)}> <${hex(claims ? claims(code) : code)}>`);
  const blocks = Array.from({ length: Math.ceil(map.length / 100) }, (_, at) => map.slice(at * 100, at * 100 + 100));
  const cmap = add(
    streamOf(
      "",
      encoder.encode(
        `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def 1 begincodespacerange <0000> <ffff> endcodespacerange ${blocks
          .map((block) => `${block.length} beginbfchar ${block.join(" ")} endbfchar`)
          .join(" ")} endcmap end end`,
      ),
    ),
  );
  return add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${cmap} 0 R >>`,
  );
}

function streamOf(dictionary: string, data: Uint8Array): Uint8Array {
  return joined([
    encoder.encode(`<< ${dictionary} /Length ${data.length} >>\nstream\n`),
    data,
    encoder.encode("\nendstream"),
  ]);
}

function written(objects: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = [encoder.encode("%PDF-1.7\n")];
  const offsets: number[] = [];
  let at = parts[0]?.length ?? 0;
  objects.forEach((body, index) => {
    offsets.push(at);
    const part = joined([encoder.encode(`${index + 1} 0 obj\n`), body, encoder.encode("\nendobj\n")]);
    parts.push(part);
    at += part.length;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(
    encoder.encode(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
