import type { Grey } from "../image.js";
import type { Network } from "./models.js";

/**
 * A line of text as found: a band around `middle` at its left edge that rises
 * by `slope` (pixels down per pixel right). All in pixels of the page.
 */
export interface Band {
  readonly left: number;
  readonly right: number;
  /** Of the band's middle at `left`. */
  readonly middle: number;
  readonly slope: number;
  readonly height: number;
  /** Mean probability of text, 0–1. */
  readonly score: number;
}

/** ImageNet's mean and deviation, with which the detector was trained. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;

/** Pages are looked at in tiles, so that memory does not grow with the page. */
const TILE = 1024;
const OVERLAP = 96;

/** As in PaddleOCR's configuration of DB: a pixel's and a line's least probability, and how far the shrunken line is let out. */
const PIXEL = 0.3;
const LINE = 0.5;
const LET_OUT = 1.6;

/** Finds the lines of a page with text of 15 to 60 pixels' height. */
export async function detect(network: Network, grey: Grey, signal?: AbortSignal): Promise<Band[]> {
  const map = await probabilities(network, grey, signal);
  return bandsOf(map, grey.width, grey.height);
}

/** How likely each pixel is the core of a line, 0–255. */
async function probabilities(network: Network, grey: Grey, signal?: AbortSignal): Promise<Uint8Array> {
  const { width, height } = grey;
  const map = new Uint8Array(width * height);
  for (const [top, bottom] of tilesOf(height)) {
    for (const [left, right] of tilesOf(width)) {
      signal?.throwIfAborted();
      const tile = { left, top, width: ceil32(right - left), height: ceil32(bottom - top) };
      const { data } = await network.run(inputOf(grey, tile), [1, 3, tile.height, tile.width]);
      // the rim of a tile lacks its surroundings: it is taken from the neighbour
      const [fromX, fromY] = [left === 0 ? 0 : left + OVERLAP / 2, top === 0 ? 0 : top + OVERLAP / 2];
      for (let y = fromY; y < bottom; y++)
        for (let x = fromX; x < right; x++)
          map[y * width + x] = Math.round((data[(y - top) * tile.width + x - left] as number) * 255);
    }
  }
  return map;
}

/** Stretches that cover a length, each overlapping the one before. */
function tilesOf(length: number): [number, number][] {
  if (length <= TILE + OVERLAP) return [[0, length]];
  const count = Math.ceil((length - OVERLAP) / (TILE - OVERLAP));
  const size = Math.ceil((length - OVERLAP) / count) + OVERLAP;
  return Array.from({ length: count }, (_, index) => {
    const start = index * (size - OVERLAP);
    return [start, Math.min(length, start + size)];
  });
}

const ceil32 = (length: number) => Math.ceil(length / 32) * 32;

function inputOf(grey: Grey, tile: { left: number; top: number; width: number; height: number }): Float32Array {
  const size = tile.width * tile.height;
  const data = new Float32Array(3 * size);
  const tables = MEAN.map((mean, channel) =>
    Float32Array.from({ length: 256 }, (_, value) => (value / 255 - mean) / (DEVIATION[channel] as number)),
  );
  for (let y = 0; y < tile.height; y++) {
    const row = Math.min(grey.height - 1, tile.top + y) * grey.width;
    for (let x = 0; x < tile.width; x++) {
      const value = grey.data[row + Math.min(grey.width - 1, tile.left + x)] as number;
      const at = y * tile.width + x;
      for (let channel = 0; channel < 3; channel++)
        data[channel * size + at] = (tables[channel] as Float32Array)[value] as number;
    }
  }
  return data;
}

/** The connected parts of the map as bands, let out to the height of the text. */
function bandsOf(map: Uint8Array, width: number, height: number): Band[] {
  const least = Math.round(PIXEL * 255);
  const bands: Band[] = [];
  const stack: number[] = [];
  const seen = new Uint8Array(map.length);
  for (let start = 0; start < map.length; start++) {
    if (seen[start] === 1 || (map[start] as number) < least) continue;
    const pixels: number[] = [];
    let sum = 0;
    seen[start] = 1;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop() as number;
      pixels.push(at);
      sum += map[at] as number;
      const x = at % width;
      for (let step = -1; step <= 1; step++) {
        if (x + step < 0 || x + step >= width) continue;
        for (const near of [at + step - width, at + step, at + step + width]) {
          if (near < 0 || near >= width * height || seen[near] === 1 || (map[near] as number) < least) continue;
          seen[near] = 1;
          stack.push(near);
        }
      }
    }
    const score = sum / pixels.length / 255;
    if (pixels.length >= 12 && score >= LINE) bands.push(bandOf(pixels, width, score));
  }
  return bands;
}

/** A straight band through the pixels of one part (least squares), let out on all sides. */
function bandOf(pixels: readonly number[], width: number, score: number): Band {
  let [left, right, top, bottom] = [Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 0];
  let [sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0];
  for (const at of pixels) {
    const x = at % width;
    const y = (at - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumXY += x * y;
  }
  const count = pixels.length;
  const [meanX, meanY] = [sumX / count, sumY / count];
  const spread = sumXX / count - meanX * meanX;
  const isLong = right - left > 4 * (bottom - top + 1) || right - left > 120;
  const slope = isLong && spread > 0 ? Math.max(-0.06, Math.min(0.06, (sumXY / count - meanX * meanY) / spread)) : 0;
  // the height without the slope's share: what 96 % of the pixels lie within
  const offsets = Float32Array.from(pixels, (at) => Math.floor(at / width) - slope * ((at % width) - meanX)).sort();
  const low = offsets[Math.floor(count * 0.02)] as number;
  const high = offsets[Math.ceil(count * 0.98) - 1] as number;
  const core = high - low + 1;
  const length = right - left + 1;
  const out = (length * core * LET_OUT) / (2 * (length + core));
  return {
    left: Math.max(0, left - out),
    right: Math.min(width, right + 1 + out),
    middle: (low + high + 1) / 2 - slope * (meanX - left + out),
    slope,
    height: core + 2 * out,
    score,
  };
}
