import type { PDFPageProxy } from "pdfjs-dist/types/src/pdf.js";
import type { Box } from "../doc/index.js";

/** Thickest rule, and the least length of one, in points. */
const THICKEST = 4;
const SHORTEST = 12;
/** Smallest side of a picture or a tinted field. */
const SMALLEST = 24;

type Matrix = readonly [number, number, number, number, number, number];

/** Rules and pictures of a page as it is shown, in points from the top left. */
export interface Drawings {
  readonly rules: readonly Box[];
  readonly pictures: readonly Box[];
  /** Share of the page that its largest picture covers. */
  readonly scan: number;
  /** Share of the page that pictures cover. */
  readonly pictured: number;
  /** Resolution of the largest picture. */
  readonly scanDpi: number | undefined;
  /** Share of the strings of text that are not painted, as OCR lays them under a scan. */
  readonly hidden: number;
}

/**
 * Rules and pictures that a page draws: thin filled rectangles, straight
 * strokes, the four sides of stroked rectangles and of tinted fields.
 */
export async function drawingsOf(page: PDFPageProxy): Promise<Drawings> {
  const { OPS } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const { fnArray, argsArray } = await page.getOperatorList();
  const viewport = page.getViewport({ scale: 1 });
  const rules: Box[] = [];
  const pictures: { box: Box; pixels: number }[] = [];
  const texts = { shown: 0, hidden: 0 };
  const stack: State[] = [];
  let state: State = { matrix: viewport.transform as unknown as Matrix, white: false, invisible: false };
  const filling = new Set<number>([OPS.fill, OPS.eoFill, OPS.fillStroke, OPS.eoFillStroke]);
  const stroking = new Set<number>([OPS.stroke, OPS.closeStroke, OPS.fillStroke, OPS.closeFillStroke]);
  const painting = new Set<number>([OPS.paintImageXObject, OPS.paintImageMaskXObject, OPS.paintInlineImageXObject]);
  fnArray.forEach((operator, at) => {
    const args = (argsArray[at] ?? []) as unknown[];
    if (operator === OPS.save) stack.push(state);
    else if (operator === OPS.restore) state = stack.pop() ?? state;
    else if (operator === OPS.transform) state = { ...state, matrix: times(state.matrix, args as unknown as Matrix) };
    else if (operator === OPS.paintFormXObjectBegin) {
      stack.push(state);
      if (Array.isArray(args[0])) state = { ...state, matrix: times(state.matrix, args[0] as unknown as Matrix) };
    } else if (operator === OPS.paintFormXObjectEnd) state = stack.pop() ?? state;
    else if (operator === OPS.setFillRGBColor) state = { ...state, white: isWhite(args) };
    else if (operator === OPS.setTextRenderingMode) state = { ...state, invisible: args[0] === 3 };
    else if (operator === OPS.showText) texts[state.invisible ? "hidden" : "shown"]++;
    else if (painting.has(operator)) {
      const box = boxOf(state.matrix, [0, 0, 1, 1]);
      if (isLarge(box)) pictures.push({ box, pixels: pixelsOf(args) });
    } else if (operator === OPS.constructPath) {
      const [paint, [path]] = args as [number, [ArrayLike<number> | null]];
      if (!path) return;
      for (const part of partsOf(path)) {
        const box = boxOf(state.matrix, part.box);
        if (stroking.has(paint) && part.segments > 0) rules.push(...strokes(box, part.segments));
        else if (filling.has(paint))
          rules.push(...(isThin(box) ? [box] : isLarge(box) && !state.white ? sides(box) : []));
      }
    }
  });
  const size = viewport.width * viewport.height;
  const largest = pictures.reduce<{ box: Box; pixels: number } | undefined>(
    (best, each) => (!best || area(each.box) > area(best.box) ? each : best),
    undefined,
  );
  return {
    rules: rules.filter((rule) => isThin(rule) && Math.max(rule[2] - rule[0], rule[3] - rule[1]) >= SHORTEST),
    pictures: pictures.map(({ box }) => box).filter((box) => area(box) < size * 0.95),
    scan: largest ? Math.min(1, area(largest.box) / size) : 0,
    pictured: Math.min(1, pictures.reduce((sum, { box }) => sum + area(box), 0) / size),
    scanDpi: largest?.pixels ? Math.sqrt(largest.pixels / area(largest.box)) * 72 : undefined,
    hidden: texts.hidden / Math.max(1, texts.hidden + texts.shown),
  };
}

interface State {
  readonly matrix: Matrix;
  readonly white: boolean;
  readonly invisible: boolean;
}

/** Pixels of a painted image: its name, width and height are given, or itself. */
function pixelsOf([image, width, height]: readonly unknown[]): number {
  if (typeof width === "number" && typeof height === "number") return width * height;
  const own = image as { width?: number; height?: number } | null;
  return (own?.width ?? 0) * (own?.height ?? 0);
}

/** The parts of a path (codes 0 move, 1 line, 2 curve, 3 close) with their boxes and how many straight sides they have; 0 where a curve is among them. */
function partsOf(path: ArrayLike<number>): { box: Box; segments: number }[] {
  const parts: { box: Box; segments: number }[] = [];
  let xs: number[] = [];
  let ys: number[] = [];
  let segments = 0;
  let curved = false;
  const close = () => {
    if (xs.length > 1)
      parts.push({
        box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
        segments: curved ? 0 : segments,
      });
    xs = [];
    ys = [];
    segments = 0;
    curved = false;
  };
  for (let at = 0; at < path.length; ) {
    const code = path[at++];
    const points = code === 2 ? 3 : code === 3 ? 0 : 1;
    if (code === 0) close();
    for (let point = 0; point < points; point++) {
      xs.push(path[at++] as number);
      ys.push(path[at++] as number);
    }
    if (code === 1) segments++;
    if (code === 2) curved = true;
  }
  close();
  return parts;
}

const area = (box: Box) => (box[2] - box[0]) * (box[3] - box[1]);
const isThin = (box: Box) => Math.min(box[2] - box[0], box[3] - box[1]) <= THICKEST;
const isLarge = (box: Box) => box[2] - box[0] >= SMALLEST && box[3] - box[1] >= SMALLEST;

/** One straight stroke is a rule; three or four are the sides of a rectangle. */
const strokes = (box: Box, segments: number): Box[] =>
  isThin(box) ? [box] : segments >= 3 && segments <= 5 && isLarge(box) ? sides(box) : [];

const sides = ([left, top, right, bottom]: Box): Box[] => [
  [left, top, right, top],
  [left, bottom, right, bottom],
  [left, top, left, bottom],
  [right, top, right, bottom],
];

function isWhite(args: readonly unknown[]): boolean {
  const [first] = args;
  if (typeof first === "string") return /^#f[c-f]f[c-f]f[c-f]$/i.test(first);
  return args.length >= 3 && args.slice(0, 3).every((each) => Number(each) >= 252);
}

function times([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

function boxOf([a, b, c, d, e, f]: Matrix, [left, top, right, bottom]: Box): Box {
  const xs = [left, right].flatMap((x) => [top, bottom].map((y) => a * x + c * y + e));
  const ys = [left, right].flatMap((x) => [top, bottom].map((y) => b * x + d * y + f));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
