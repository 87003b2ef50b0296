import type { Draft, Source } from "../doc/index.js";

/**
 * How likely a figure is right, from the winner's probability and what the
 * checks say. The weights were fitted by hand on the
 * corpus; `npm run score` prints how well they hold.
 */
export function confidenceOf(draft: Draft, support: number, source: Source): number {
  const sure = Math.min(0.99, Math.max(0.01, draft.score));
  let odds = 0.3 + Math.log(sure / (1 - sure)) * 0.75;
  if (draft.region === null) odds -= 0.6;
  odds += support > 0 ? 1.6 : support < 0 ? -1.8 : 0;
  if (source.pages.some((page) => page.read === "ocr")) odds -= 0.6;
  return Math.round((1 / (1 + Math.exp(-odds))) * 100) / 100;
}
