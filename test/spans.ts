import { expect } from "vitest";
import type { Extraction } from "../src/pipeline.js";

/** Every span slices to its quote, and the quote holds the digits of the number as printed. */
export function expectSoundSpans(extraction: Extraction): void {
  for (const figure of extraction.figures) {
    const { start, end } = figure.at;
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(extraction.text.length);
    expect(extraction.text.slice(start, end)).toBe(figure.quote);
    expect(figure.quote, `${figure.indicator} ${figure.value}`).toMatch(
      /[\d零〇一二三四五六七八九十百千万半両两廿O〇ol]|half|[a-z]+(?:een|ty|dred|sand|lion)|two|three|four|five|six|seven|eight|nine|ten/i,
    );
  }
}
