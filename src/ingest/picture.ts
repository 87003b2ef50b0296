import sharp from "sharp";
import type { Box } from "../doc/index.js";
import { sniff } from "./sniff.js";

/** Points of page shown around a quote. */
const AROUND = { across: 90, down: 45 } as const;
/** A quote's mark. */
const MARK = { fill: "#ffd400", opacity: 0.38, stroke: "#d00000" } as const;
/** Pictures narrower than this many pixels are enlarged. */
const LEAST_WIDTH = 900;

/**
 * The region of a page around boxes (points from the page's top left), as PNG,
 * the boxes marked. Undefined where the bytes are neither PDF nor image.
 */
export async function pictureOf(
  bytes: Uint8Array,
  path: string,
  page: number,
  boxes: readonly Box[],
): Promise<Uint8Array | undefined> {
  const kind = await sniff(bytes, path);
  if (kind !== "pdf" && kind !== "image") return undefined;
  const { png, dpi } =
    kind === "pdf"
      ? await (await import("./pdf.js")).pictureOfPage(bytes, page)
      : await (await import("./image.js")).pictureOfImage(bytes);
  return marked(png, dpi / 72, boxes);
}

async function marked(png: Uint8Array, scale: number, boxes: readonly Box[]): Promise<Uint8Array> {
  const { width, height } = await sharp(png).metadata();
  const left = Math.max(0, Math.floor((Math.min(...boxes.map((box) => box[0])) - AROUND.across) * scale));
  const top = Math.max(0, Math.floor((Math.min(...boxes.map((box) => box[1])) - AROUND.down) * scale));
  const right = Math.min(width, Math.ceil((Math.max(...boxes.map((box) => box[2])) + AROUND.across) * scale));
  const bottom = Math.min(height, Math.ceil((Math.max(...boxes.map((box) => box[3])) + AROUND.down) * scale));
  const region = { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
  const rectangles = boxes.map((box) => {
    const [x, y, toX, toY] = box.map((edge) => edge * scale) as [number, number, number, number];
    const pad = 2;
    return `<rect x="${x - left - pad}" y="${y - top - pad}" width="${toX - x + 2 * pad}" height="${toY - y + 2 * pad}" fill="${MARK.fill}" fill-opacity="${MARK.opacity}" stroke="${MARK.stroke}" stroke-width="2"/>`;
  });
  const marks = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${region.width}" height="${region.height}">${rectangles.join("")}</svg>`,
  );
  const drawn = await sharp(png)
    .extract(region)
    .toColourspace("srgb")
    .composite([{ input: marks }])
    .png()
    .toBuffer();
  return region.width >= LEAST_WIDTH ? drawn : sharp(drawn).resize({ width: LEAST_WIDTH }).png().toBuffer();
}
