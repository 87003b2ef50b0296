import type { Box } from "../../doc/index.js";
import { decode, type Grey, resize, turn } from "../image.js";
import type { OcrEngine, OcrOptions, OcrPage } from "../index.js";
import { toPage } from "../page.js";
import { prepare } from "../prepare.js";
import { type RawLine, type RawPage, toPixels, turning } from "../raw.js";
import { rulesOf, withoutRules } from "../rules.js";
import { stripsOf } from "../strip.js";
import { median, uprightOf } from "../upright.js";
import { relay } from "../vertical.js";
import { charactersOf } from "./characters.js";
import { type Band, detect } from "./detect.js";
import { alphabetOf, type ModelFiles, modelFiles, Network } from "./models.js";
import { recognise } from "./recognise.js";

/** Lines are found at this resolution: text of 9 points is 19 pixels high. They are read at the page's own. */
const DETECTION_DPI = 150;
/** Heights of text, in pixels, that the detector finds best; outside them the page is looked at in another size. */
const HEIGHTS = { least: 12, best: 22, most: 60 } as const;
/** Strips under this mean confidence may stand on their heads or lie on a side. */
const UPRIGHT = 0.8;

interface Networks {
  readonly detection: Network;
  readonly recognition: Network;
  readonly alphabet: readonly string[];
}

/** PP-OCR on onnxruntime: finds the lines of a page, then reads each. */
export class PaddleEngine implements OcrEngine {
  readonly name: string;
  private readonly files: ModelFiles;
  private loading: Promise<Networks> | undefined;

  /** `models`: a folder of models, else those of the npm package. Throws OcrError "missing" where there are none. */
  constructor(options: { readonly models?: string } = {}) {
    this.files = modelFiles(options.models);
    this.name = `paddle ${this.files.name}`;
  }

  async read(image: Uint8Array, options: OcrOptions): Promise<OcrPage> {
    return toPage(await this.readRaw(image, options), this.name, "paddle");
  }

  /** A page's lines with their pictures. */
  async readRaw(image: Uint8Array, options: OcrOptions): Promise<RawPage> {
    const { signal } = options;
    const given = await decode(image);
    let dpi = options.dpi;
    const prepared = await prepare(given, dpi);
    const preparations = [...prepared.preparations];
    const nothing = { dpi, grey: prepared.grey, lines: [], preparations, turned: undefined, upright: undefined };
    if (prepared.outcome) return { ...nothing, outcome: prepared.outcome };
    const networks = await this.networks();
    let found = await findBands(networks.detection, prepared.grey, dpi, signal);
    if (found.bands.length === 0) return { ...nothing, outcome: "blank" };
    dpi = found.dpi;
    let grey = prepared.grey;
    const turn90 = await this.turnOf(networks, grey, found.bands, signal);
    if (turn90) {
      grey = turn(grey, turn90);
      preparations.push("turned");
      found = await findBands(networks.detection, grey, dpi, signal);
    }
    const isTall = tallOnes(found.bands);
    const upright = uprightOf(found.bands, grey.width, grey.height);
    if (upright) preparations.push("deskewed");
    const pixels = toPixels({ dpi, upright });
    const rules = rulesOf(grey, pixels, (grey.width / dpi) * 72, (grey.height / dpi) * 72);
    const bare = withoutRules(
      grey,
      rules.filter((rule) => isColumnRule(rule, found.bands, dpi)),
      pixels,
    );
    const lines = [
      ...(await this.readLevel(
        networks,
        bare,
        found.bands.filter((band) => !isTall(band)),
        signal,
      )),
      ...(await this.readStanding(networks, bare, found.bands.filter(isTall), signal)),
    ];
    const turned = turn90 ? turning(turn90, given.width, given.height) : undefined;
    return { dpi, grey, outcome: "read", lines, preparations, rules, turned, upright };
  }

  private async readLevel(
    { recognition, alphabet }: Networks,
    grey: Grey,
    bands: readonly Band[],
    signal?: AbortSignal,
  ): Promise<RawLine[]> {
    const lines: RawLine[] = [];
    for (const band of bands)
      for (const strip of stripsOf(grey, band)) {
        signal?.throwIfAborted();
        const characters = charactersOf(strip, await recognise(recognition, alphabet, strip.grey));
        if (characters.length > 0) lines.push({ strip, characters });
      }
    return lines;
  }

  /** Lines set from top to bottom, read on the page laid on its left side. */
  private async readStanding(
    { recognition, alphabet }: Networks,
    grey: Grey,
    bands: readonly Band[],
    signal?: AbortSignal,
  ): Promise<RawLine[]> {
    if (bands.length === 0) return [];
    const side = turn(grey, 270);
    const lines: RawLine[] = [];
    for (const band of bands)
      for (const lying of stripsOf(side, laid(band, grey.width))) {
        signal?.throwIfAborted();
        const { strip, tiles } = await relay(lying, (picture) => recognise(recognition, alphabet, picture));
        const characters = charactersOf(strip, await recognise(recognition, alphabet, strip.grey));
        if (characters.length > 0) lines.push({ strip, characters, tiles });
      }
    return lines;
  }

  async close(): Promise<void> {
    const networks = await this.loading?.catch(() => undefined);
    this.loading = undefined;
    await networks?.detection.close();
    await networks?.recognition.close();
  }

  /** How far a page must be turned clockwise to stand upright; told by how well its largest lines are read. */
  private async turnOf(
    networks: Networks,
    grey: Grey,
    bands: readonly Band[],
    signal?: AbortSignal,
  ): Promise<90 | 180 | 270 | undefined> {
    const isTall = (band: Band) => band.height > (band.right - band.left) * 1.8;
    const tall = bands.filter(isTall);
    const area = (all: readonly Band[]) => all.reduce((sum, band) => sum + band.height * (band.right - band.left), 0);
    const sideways = area(tall) > area(bands) * 0.6;
    const tried = [...(sideways ? tall : bands.filter((band) => !isTall(band)))]
      .sort((a, b) => area([b]) - area([a]))
      .slice(0, 12)
      .filter((_, index) => index % 2 === 0);
    if (tried.length === 0) return undefined;
    const sureness = async (degrees: 0 | 90 | 180 | 270): Promise<number> => {
      let sum = 0;
      let count = 0;
      for (const band of tried) {
        signal?.throwIfAborted();
        for (const strip of stripsOf(grey, band).slice(0, 1)) {
          const turned = degrees === 0 ? strip.grey : turn(strip.grey, degrees);
          for (const glyph of await recognise(networks.recognition, networks.alphabet, turned)) {
            sum += glyph.confidence;
            count++;
          }
        }
      }
      return count >= tried.length * 2 ? sum / count : 0;
    };
    if (sideways) {
      const [right, left] = [await sureness(90), await sureness(270)];
      if (Math.max(right, left) < UPRIGHT) return undefined;
      return right > left ? 90 : 270;
    }
    const upright = await sureness(0);
    if (upright >= UPRIGHT) return undefined;
    const headlong = await sureness(180);
    return headlong > upright + 0.08 ? 180 : undefined;
  }

  private networks(): Promise<Networks> {
    this.loading ??= (async () => ({
      detection: await Network.load(this.files.detection),
      recognition: await Network.load(this.files.recognition),
      alphabet: await alphabetOf(this.files.alphabet),
    }))();
    return this.loading;
  }
}

/** Whether a rule (in points) runs upright between columns; it may be a stroke of letters as high. */
function isColumnRule([left, top, right, bottom]: Box, bands: readonly Band[], dpi: number): boolean {
  const height = ((bottom - top) * dpi) / 72;
  return bottom - top > (right - left) * 4 && bands.every((band) => band.height < height * 0.7);
}

/** Tells lines set from top to bottom: much higher than wide, and than other lines are high. */
function tallOnes(bands: readonly Band[]): (band: Band) => boolean {
  const size = median(bands.map((band) => Math.min(band.height, band.right - band.left)));
  return (band) => band.height > (band.right - band.left) * 1.8 && band.height > size * 1.8;
}

/** The detector cuts upright lines short by up to this many widths. */
const BEYOND = 0.4;

/** A tall band on the page turned to the left. */
function laid(band: Band, width: number): Band {
  const size = band.right - band.left;
  return {
    ...band,
    left: Math.max(0, band.middle - band.height / 2 - size * BEYOND),
    right: band.middle + band.height / 2 + size * BEYOND,
    middle: width - (band.left + band.right) / 2,
    height: band.right - band.left,
    slope: 0,
  };
}

/** The bands of a page in its own pixels. A page whose text is much larger or smaller than expected is looked at again. */
async function findBands(
  network: Network,
  grey: Grey,
  dpi: number,
  signal?: AbortSignal,
): Promise<{ bands: Band[]; dpi: number }> {
  const factor = dpi > DETECTION_DPI * 1.2 ? DETECTION_DPI / dpi : 1;
  const first = await bandsAt(network, grey, factor, signal);
  // what is let out around the core makes a band a third higher than its text
  const height = (median(first.map((band) => band.height)) * factor) / 1.35;
  if (first.length < 3 || (height >= HEIGHTS.least && height <= HEIGHTS.most)) return { bands: first, dpi };
  const better = (factor * HEIGHTS.best) / height;
  if (better > 3 || better * Math.max(grey.width, grey.height) > 12_000) return { bands: first, dpi };
  const bands = await bandsAt(network, grey, better, signal);
  return bands.length < first.length * 0.5 ? { bands: first, dpi } : { bands, dpi };
}

async function bandsAt(network: Network, grey: Grey, factor: number, signal?: AbortSignal): Promise<Band[]> {
  if (factor === 1) return detect(network, grey, signal);
  const scaled = await resize(grey, Math.round(grey.width * factor), Math.round(grey.height * factor));
  const bands = await detect(network, scaled, signal);
  return bands.map((band) => ({
    ...band,
    left: band.left / factor,
    right: band.right / factor,
    middle: band.middle / factor,
    height: band.height / factor,
  }));
}
