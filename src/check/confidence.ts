import type { Draft, Source } from "../doc/index.js";

/**
 * How likely a figure is right, from the winner's score and margin, what was
 * left out, and what the checks say. The weights were fitted by hand on the
 * corpus; `npm run score` prints how well they hold.
 */
export function confidenceOf(draft: Draft, support: number, source: Source): number {
  let odds = 0.4;
  odds += Math.min(2.2, (draft.score - 3.2) * 0.75);
  odds += Math.min(1, draft.margin * 0.3);
  if (draft.elliptic) odds -= 0.5;
  if (draft.region === null) odds -= 0.6;
  odds += support > 0 ? 1.6 : support < 0 ? -1.8 : 0;
  if (source.pages.some((page) => page.read === "ocr")) odds -= 0.6;
  return Math.round((1 / (1 + Math.exp(-odds))) * 100) / 100;
}
