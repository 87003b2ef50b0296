import { blur, type Grey, resize } from "./image.js";
import type { OcrOutcome, Preparation } from "./index.js";

/** Side of the squares in which the paper's grey is looked at, in inches. */
const SQUARE = 0.2;

/** Grain above this drowns thin strokes (a scan has 3, a dark photo or a copy of a copy 14). */
const COARSE = 9;

/** What is set black and white, as shares of the paper: of a page with coarse grain, and at most of any other. */
const COARSE_BLACK = 0.72;
const COARSE_WHITE = 0.96;
const MOST_BLACK = 0.75;

/** What a page's greys are like. */
export interface Tone {
  /** Grey of the paper in the darkest and the brightest square. */
  readonly paper: readonly [darkest: number, brightest: number];
  /** Grey of the ink's darker half, as a share of the paper around it. */
  readonly ink: number;
  /** Share of the page that is ink, 0–1. */
  readonly covered: number;
}

export interface Prepared {
  readonly grey: Grey;
  readonly preparations: Preparation[];
  /** Set where there is nothing to read. */
  readonly outcome?: Exclude<OcrOutcome, "read">;
}

/** Darker than this share of the paper around is ink. */
const INKED = 0.85;

/**
 * Makes paper white and ink dark, and smooths grain, where a page needs it.
 * A page with white paper and dark ink is left as it is.
 */
export async function prepare(grey: Grey, dpi: number): Promise<Prepared> {
  const side = Math.max(16, Math.round(dpi * SQUARE));
  const grain = grainOf(grey, paperOf(grey, side));
  const preparations: Preparation[] = [];
  let out = grey;
  if (grain > 2.5 && dpi >= 140) {
    out = await blur(out, grain > COARSE ? 1 : 0.8);
    preparations.push("smoothed");
  }
  // what is ink is told without the grain
  const paper = paperOf(out, side);
  const tone = toneOf(out, paper);
  const outcome = gate(tone);
  if (outcome) return { grey, preparations: [], outcome };
  const isUneven = tone.paper[1] - tone.paper[0] > 14;
  const isGrey = tone.paper[0] < 246 || tone.ink > 0.28;
  if (isUneven || isGrey) {
    out = await levelled(out, paper, tone.ink, grain > COARSE);
    preparations.push(isUneven ? "flattened" : "brightened");
  }
  return { grey: out, preparations };
}

function gate(tone: Tone): Prepared["outcome"] {
  if (tone.paper[1] < 50 || tone.covered > 0.7) return "too-dark";
  return tone.covered < 0.0002 ? "blank" : undefined;
}

/** The paper's grey in each square of the page, as a small picture. */
function paperOf(grey: Grey, side: number): Grey & { side: number } {
  const width = Math.ceil(grey.width / side);
  const height = Math.ceil(grey.height / side);
  const data = new Uint8Array(width * height);
  const counts = new Uint32Array(256);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      counts.fill(0);
      let total = 0;
      // every third pixel of every third row tells the paper
      for (let y = row * side; y < Math.min(grey.height, (row + 1) * side); y += 3)
        for (let x = column * side; x < Math.min(grey.width, (column + 1) * side); x += 3) {
          const value = grey.data[y * grey.width + x] as number;
          counts[value] = (counts[value] as number) + 1;
          total++;
        }
      data[row * width + column] = brightest(counts, total * 0.25);
    }
  }
  return { ...withoutPictures({ data, width, height }), side };
}

/** The grey that `share` pixels are brighter than. */
function brightest(counts: Uint32Array, share: number): number {
  let sum = 0;
  for (let value = 255; value > 0; value--) {
    sum += counts[value] as number;
    if (sum >= share) return value;
  }
  return 0;
}

/** Squares of pictures and white-on-black headings are no paper: much darker than the paper around, they take its grey. */
function withoutPictures(grey: Grey): Grey {
  const { data, width, height } = grey;
  const out = Uint8Array.from(data);
  const reach = 3;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const around: number[] = [];
      for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++)
        for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++)
          around.push(data[row * width + column] as number);
      around.sort((a, b) => a - b);
      const usual = around[Math.floor(around.length * 0.7)] as number;
      if ((data[y * width + x] as number) < usual * 0.85) out[y * width + x] = usual;
    }
  return { data: out, width, height };
}

function toneOf(grey: Grey, paper: Grey & { side: number }): Tone {
  // shares of the paper in 256 steps: 200 is the paper's own grey
  const counts = new Uint32Array(256);
  for (let y = 0; y < grey.height; y++) {
    const row = Math.floor(y / paper.side) * paper.width;
    for (let x = 0; x < grey.width; x++) {
      const around = Math.max(1, paper.data[row + Math.floor(x / paper.side)] as number);
      const share = Math.min(255, Math.round(((grey.data[y * grey.width + x] as number) * 200) / around));
      counts[share] = (counts[share] as number) + 1;
    }
  }
  const inked = counts.subarray(0, Math.round(INKED * 200)).reduce((sum, count) => sum + count, 0);
  let ink = 0;
  for (let sum = 0; ink < 200; ink++) {
    sum += counts[ink] as number;
    if (sum >= inked * 0.35) break;
  }
  const sorted = Uint8Array.from(paper.data).sort();
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] as number;
  return { paper: [at(0.04), at(0.98)], ink: ink / 200, covered: inked / grey.data.length };
}

/** Median over squares of the mean step between neighbours on bare paper. */
function grainOf(grey: Grey, paper: Grey & { side: number }): number {
  const { side } = paper;
  const steps: number[] = [];
  for (let row = 1; row < paper.height - 1; row += 2) {
    for (let column = 1; column < paper.width - 1; column += 2) {
      const bright = (paper.data[row * paper.width + column] as number) * 0.8;
      let sum = 0;
      let count = 0;
      for (let y = row * side; y < Math.min(grey.height, (row + 1) * side); y += 4)
        for (let x = column * side; x + 1 < Math.min(grey.width, (column + 1) * side); x += 4) {
          const value = grey.data[y * grey.width + x] as number;
          const next = grey.data[y * grey.width + x + 1] as number;
          if (value < bright || next < bright) continue;
          sum += Math.abs(value - next);
          count++;
        }
      if (count > 40) steps.push(sum / count);
    }
  }
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}

/** Divides by the paper and stretches what is left between ink (as a share of the paper) and paper. */
async function levelled(grey: Grey, paper: Grey & { side: number }, ink: number, isCoarse: boolean): Promise<Grey> {
  const { width, height } = grey;
  const smooth = await resize(paper, paper.width, paper.height).then((small) =>
    resize(small, paper.width * paper.side, paper.height * paper.side),
  );
  const out = new Uint8Array(grey.data.length);
  // what the other side lets through (up to 0.14 of its ink) goes white; faint strokes in coarse grain would too
  const black = isCoarse ? COARSE_BLACK : Math.min(MOST_BLACK, ink * 0.9 + Math.max(0, ink - 0.65) * 0.4);
  const white = isCoarse ? COARSE_WHITE : 1 - 0.14 * (1 - ink);
  const scale = 255 / (white - black);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const share =
        (grey.data[y * width + x] as number) / Math.max(40, smooth.data[y * smooth.width + x] as number) - black;
      out[y * width + x] = share <= 0 ? 0 : Math.min(255, Math.round(share * scale));
    }
  return { data: out, width, height };
}
