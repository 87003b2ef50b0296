import { createHash } from "node:crypto";
import type { Figure } from "../doc/index.js";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** 12 characters of Crockford's base 32 over what makes a figure itself: bytes, place, indicator, value. */
export function figureId(clipping: string, figure: Pick<Figure, "at" | "indicator" | "value" | "unit">): string {
  const hash = createHash("sha256")
    .update([clipping, figure.at.start, figure.at.end, figure.indicator, figure.value, figure.unit].join("\n"))
    .digest();
  let id = "";
  for (let index = 0; index < 12; index++) id += ALPHABET[(hash[index] ?? 0) & 31];
  return id;
}

/** Han and digits of the normal text without the first and last lines, where sites put their own words. */
export function fingerprintOf(normalText: string): string {
  const lines = normalText
    .split("\n")
    .map((line) => line.replace(/[^\p{L}\p{N}]/gu, ""))
    .filter((line) => line.length >= 40);
  return createHash("sha256")
    .update(lines.length > 0 ? lines.join("\n") : normalText)
    .digest("hex")
    .slice(0, 32);
}
