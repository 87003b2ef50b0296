import type { TextContent } from "pdfjs-dist/types/src/display/api.js";
import type { PageViewport } from "pdfjs-dist/types/src/display/display_utils.js";
import { type Box, ofRadical, type Quarters, RADICALS, turned } from "../doc/index.js";

/** A run of characters of a text layer. */
export interface TextItem {
  readonly text: string;
  readonly box: Box;
  /** Height of its characters, in points. */
  readonly size: number;
  /** Which way its lines run: quarters of a turn to the right; undefined for a slant, as of a watermark. */
  readonly turn: Quarters | undefined;
}

/** Share of the height of a character that stands above its baseline. */
const ASCENT = 0.88;

/** The runs of a text layer with their boxes on the page as it is shown. */
export function itemsOf(content: TextContent, viewport: PageViewport): TextItem[] {
  const items: TextItem[] = [];
  for (const item of content.items) {
    if (!("str" in item) || item.str.trim() === "") continue;
    const [a, b, c, d, e, f] = item.transform as [number, number, number, number, number, number];
    const size = Math.hypot(c, d) || item.height || 10;
    const run = Math.hypot(a, b) || 1;
    const along = [(a / run) * item.width, (b / run) * item.width] as const;
    const up = [(c / (Math.hypot(c, d) || 1)) * size, (d / (Math.hypot(c, d) || 1)) * size] as const;
    const corners = [0, 1].flatMap((far) =>
      [ASCENT - 1, ASCENT].map(
        (share) =>
          viewport.convertToViewportPoint(e + far * along[0] + share * up[0], f + far * along[1] + share * up[1]) as [
            number,
            number,
          ],
      ),
    );
    const xs = corners.map(([x]) => x);
    const ys = corners.map(([, y]) => y);
    const [startX, startY] = viewport.convertToViewportPoint(e, f) as [number, number];
    const [endX, endY] = viewport.convertToViewportPoint(e + a, f + b) as [number, number];
    items.push({
      text: item.str.replace(RADICALS, ofRadical),
      box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
      size,
      turn: turnOf(Math.atan2(endY - startY, endX - startX)),
    });
  }
  return items;
}

function turnOf(angle: number): Quarters | undefined {
  const quarters = angle / (Math.PI / 2);
  const nearest = Math.round(quarters);
  return Math.abs(quarters - nearest) < 0.06 ? ((((nearest % 4) + 4) % 4) as Quarters) : undefined;
}

/** How the lines of a page run: the turn that most characters have, and whether upright ones stand below each other. */
export function directionOf(items: readonly TextItem[]): { turn: Quarters; vertical: boolean } {
  const sizes = [0, 0, 0, 0];
  for (const { turn, text } of items) if (turn !== undefined) sizes[turn] = (sizes[turn] ?? 0) + text.length;
  const turn = sizes.indexOf(Math.max(...sizes)) as Quarters;
  let below = 0;
  let beside = 0;
  for (let at = 1; at < items.length; at++) {
    const [before, item] = [items[at - 1], items[at]];
    if (!before || !item || item.turn !== 0 || before.turn !== 0) continue;
    beside += Math.max(0, item.text.length - 1);
    if (Math.abs(item.box[0] - before.box[0]) < item.size * 0.5 && isNear(item.box[1] - before.box[1], item.size))
      below++;
    else if (Math.abs(item.box[1] - before.box[1]) < item.size * 0.5 && item.box[0] > before.box[0]) beside++;
  }
  return { turn, vertical: turn === 0 && below > beside };
}

const isNear = (step: number, size: number) => step > size * 0.6 && step < size * 1.8;

/** Items as they lie when the page is turned to the left by quarters. */
export function turnedItems(items: readonly TextItem[], quarters: Quarters, width: number, height: number): TextItem[] {
  return items.map((item) => ({ ...item, box: turned(item.box, quarters, width, height) }));
}
