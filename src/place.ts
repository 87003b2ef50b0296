import { around, type Box, mapBox, type SourceLine, type SourcePage } from "./doc/index.js";

/** Where a span of the source stands on its page as it lies in the file: one box a line, and the box around them. */
export function placeOnPage(
  lines: readonly SourceLine[],
  page: SourcePage,
  span: { readonly start: number; readonly end: number },
): { box: Box | null; boxes?: readonly Box[] } {
  const boxes: Box[] = [];
  for (const line of lines) {
    if (!line.box || line.page !== page.number) continue;
    const start = line.map.startOf(0);
    const end = line.map.endOf(line.text.length - 1);
    if (end <= span.start || start >= span.end) continue;
    const words = (line.words ?? [])
      .filter((word) => line.map.startOf(word.start) < span.end && line.map.endOf(word.end - 1) > span.start)
      .map((word) => word.box);
    // words are mapped one by one: the box around a slanting line would be too high
    const mapped = (words.length > 0 ? words : [line.box]).map((box) => (page.toFile ? mapBox(page.toFile, box) : box));
    const box = around(mapped);
    if (box) boxes.push(box);
  }
  const box = around(boxes) ?? null;
  return boxes.length > 1 ? { box, boxes } : { box };
}
