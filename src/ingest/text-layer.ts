import type { Drawings } from "./pdf-drawings.js";
import type { TextItem } from "./pdf-items.js";

/** How a page of a PDF is to be read, and why. `compare`: by OCR, kept only where it reads better than the layer. */
export interface LayerVerdict {
  readonly read: "layer" | "ocr" | "both" | "compare";
  readonly why: string;
}

/** Mean natural logarithm of how likely a character of Chinese text is: prose has about -4.5, bytes read astray below -9. */
export type Likelihood = (text: string) => number;

/** Letters and digits under which a page has no text layer. */
const LEAST = 12;
/** A layer with fewer, beside pictures that take this share of the page, leaves the pictures to OCR. */
const FEW = 160;
const PICTURES = 0.4;
/** A picture of this share of the page is a scan of it. */
const SCAN = 0.7;
/** Share of characters that a font maps to nothing from which on the layer is not believed. */
const UNMAPPED = 0.1;
/** Share of accented Latin letters that only bytes read in a wrong encoding have. */
const ACCENTED = 0.2;
/**
 * Below the first a Chinese layer is no Chinese, below the second it may be half of it, below the third a hidden layer
 * that another OCR made is read again. Of generated pages clean ones have -4.7 to -5.4, with one character in twelve
 * wrong -5.8 to -6.4, with one in five -7.2 to -7.8, in a wrong encoding -15.
 */
const NONSENSE = -9.5;
const POOR = -7.6;
const DOUBTFUL = -5.7;
/** How much likelier OCR must read a page than its layer does. */
export const BETTER = 0.15;
/** Characters that a likelihood is taken of. */
const SAMPLE = 3000;

/** Judges a text layer by its characters, by how likely it is as Chinese, and by what the page shows beside it. */
export function judgeLayer(
  items: readonly TextItem[],
  drawings: Pick<Drawings, "scan" | "pictured" | "hidden">,
  likelihood?: Likelihood,
): LayerVerdict {
  const text = items.map((item) => item.text).join("");
  const size = text.replace(/\s/g, "").length;
  const readable = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const unmapped = text.match(/[\ufffd\ue000-\uf8ff\u0000-\u0008\u0080-\u009f]/g)?.length ?? 0;
  if (unmapped > 0 && unmapped >= size * UNMAPPED)
    return {
      read: "ocr",
      why: `${percent(unmapped / size)} of the text layer has no characters: its font maps them to nothing`,
    };
  if (readable < LEAST)
    return { read: "ocr", why: size === 0 ? "no text layer" : `a text layer of ${size} characters` };
  const accented = text.match(/[\u00a1-\u00bf\u00c0-\u00ff]/g)?.length ?? 0;
  if (accented >= readable * ACCENTED)
    return {
      read: "ocr",
      why: `${percent(accented / readable)} of the text layer is accented letters: a wrong encoding`,
    };
  const likely = likelihood && likelihoodOf(text, likelihood);
  if (likely !== undefined && likely < NONSENSE)
    return { read: "ocr", why: `the text layer is no Chinese (likelihood ${likely.toFixed(1)} a character)` };
  const scanned = drawings.scan >= SCAN;
  const hidden = scanned && drawings.hidden > 0.5;
  if (likely !== undefined && likely < (hidden ? DOUBTFUL : POOR))
    return {
      read: "compare",
      why: `a doubtful ${hidden ? "hidden layer of a scan" : "text layer"} (likelihood ${likely.toFixed(1)} a character)`,
    };
  if (!hidden && readable < FEW && drawings.pictured >= PICTURES)
    return {
      read: "both",
      why: `${readable} characters of text layer beside pictures on ${percent(drawings.pictured)} of the page`,
    };
  return { read: "layer", why: drawings.hidden > 0.5 ? "hidden text layer" : "text layer" };
}

/** Mean likelihood of the Chinese of a text; undefined where it has too little. */
export function likelihoodOf(text: string, likelihood: Likelihood): number | undefined {
  const han = text.replace(/[^\p{Script=Han}，。、]/gu, "");
  return han.length < LEAST * 2 ? undefined : likelihood(han.slice(0, SAMPLE));
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
