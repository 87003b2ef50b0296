import { performance } from "node:perf_hooks";
import { extractBytes } from "../dist/pipeline.js";
import { clippings } from "./corpus-text.mjs";

/** Reads clippings over and over for some seconds, at least once. */
export async function timed(list, atLeast) {
  const start = performance.now();
  const before = process.cpuUsage();
  const total = { runs: 0, characters: 0, figures: 0 };
  do {
    for (const bytes of list) {
      const { text, figures } = await extractBytes(bytes, { path: "bench.txt" });
      total.runs++;
      total.characters += text.length;
      total.figures += figures.length;
    }
  } while (performance.now() - start < atLeast * 1000);
  const used = process.cpuUsage(before);
  return { ...total, seconds: (performance.now() - start) / 1000, cpu: (used.user + used.system) / 1e6 };
}

/** Lets what is compiled at first use be compiled. */
export async function warm() {
  await timed(clippings, 3);
}
