import { expect, test } from "vitest";
// @ts-expect-error a script, which runs what npm run build has made
import { killAndCompare } from "../../scripts/kill-ingest.mjs";

test("an ingest that is killed at random moments ends with the store of one that was not", async () => {
  const { clippings, decisions } = await killAndCompare({ times: 2, count: 60, seed: 5 });
  expect(clippings).toBeGreaterThan(50);
  expect(decisions).toBeGreaterThan(0);
}, 300_000);
