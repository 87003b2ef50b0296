import sharp, { type Sharp } from "sharp";
import type { Box } from "../doc/index.js";
import { OcrError } from "./index.js";

/** A page or a piece of it: one byte a pixel, 0 black. */
export interface Grey {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Pixels of one page before decoding; a broadsheet at 400 dpi has 60 million. */
const MOST_PIXELS = 120_000_000;

/** Decodes an image upright by its EXIF, on white. Throws OcrError where it is none or too large. */
export async function decode(image: Uint8Array): Promise<Grey> {
  try {
    const { data, info } = await sharp(image, { limitInputPixels: MOST_PIXELS })
      .rotate()
      .flatten({ background: "#fff" })
      .toColourspace("b-w")
      .extractChannel(0)
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch (cause) {
    const message = (cause as Error).message;
    if (/pixel limit/i.test(message))
      throw new OcrError("too-large", `the image has more than ${MOST_PIXELS} pixels`, { cause });
    throw new OcrError("damaged", `the image cannot be read: ${message}`, { cause });
  }
}

const raw = (grey: Grey) =>
  sharp(grey.data, { raw: { width: grey.width, height: grey.height, channels: 1 }, limitInputPixels: MOST_PIXELS });

async function fromSharp(image: Sharp): Promise<Grey> {
  const { data, info } = await image
    .toColourspace("b-w")
    .extractChannel(0)
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Scaled to a size; a smaller picture is averaged, not sampled. */
export const resize = (grey: Grey, width: number, height: number): Promise<Grey> =>
  fromSharp(raw(grey).resize(width, height, { fit: "fill", kernel: "cubic" }));

/** Gaussian blur; sigma in pixels. */
export const blur = (grey: Grey, sigma: number): Promise<Grey> => fromSharp(raw(grey).blur(sigma));

/** Turned clockwise by 90, 180 or 270 degrees. */
export function turn(grey: Grey, degrees: 90 | 180 | 270): Grey {
  const { data, width, height } = grey;
  const out = new Uint8Array(data.length);
  if (degrees === 180) {
    for (let at = 0; at < data.length; at++) out[data.length - 1 - at] = data[at] as number;
    return { data: out, width, height };
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = degrees === 90 ? x * height + (height - 1 - y) : (width - 1 - x) * height + y;
      out[to] = data[y * width + x] as number;
    }
  }
  return { data: out, width: height, height: width };
}

/** The part inside a box of pixels; what lies outside the image is white. */
export function crop(grey: Grey, box: Box, background = 255): Grey {
  const [left, top, right, bottom] = box.map(Math.round) as [number, number, number, number];
  const width = Math.max(1, right - left);
  const height = Math.max(1, bottom - top);
  const out = new Uint8Array(width * height).fill(background);
  const from = Math.max(0, left);
  const to = Math.min(grey.width, right);
  for (let y = Math.max(0, top); y < Math.min(grey.height, bottom); y++)
    if (to > from)
      out.set(grey.data.subarray(y * grey.width + from, y * grey.width + to), (y - top) * width + from - left);
  return { data: out, width, height };
}

/** The grey under which a share of the pixels lies. */
export function percentile(grey: Grey, share: number): number {
  const counts = histogram(grey);
  const wanted = grey.data.length * share;
  let sum = 0;
  for (let value = 0; value < 256; value++) {
    sum += counts[value] as number;
    if (sum >= wanted) return value;
  }
  return 255;
}

export function histogram(grey: Grey): Uint32Array {
  const counts = new Uint32Array(256);
  for (const value of grey.data) counts[value] = (counts[value] as number) + 1;
  return counts;
}

/** The threshold between ink and paper after Otsu (1979). */
export function otsu(counts: Uint32Array): number {
  let total = 0;
  let sum = 0;
  for (let value = 0; value < 256; value++) {
    total += counts[value] as number;
    sum += value * (counts[value] as number);
  }
  let below = 0;
  let sumBelow = 0;
  let best = 0;
  let threshold = 127;
  for (let value = 0; value < 255; value++) {
    below += counts[value] as number;
    sumBelow += value * (counts[value] as number);
    if (below === 0 || below === total) continue;
    const distance = sumBelow / below - (sum - sumBelow) / (total - below);
    const between = below * (total - below) * distance * distance;
    if (between > best) {
      best = between;
      threshold = value;
    }
  }
  return threshold;
}

/** A picture of a piece as PGM, the shortest form that Tesseract reads. */
export function pgm(grey: Grey): Uint8Array {
  const head = new TextEncoder().encode(`P5\n${grey.width} ${grey.height}\n255\n`);
  const out = new Uint8Array(head.length + grey.data.length);
  out.set(head);
  out.set(grey.data, head.length);
  return out;
}

export const png = (grey: Grey): Promise<Uint8Array> => raw(grey).png().toBuffer();
