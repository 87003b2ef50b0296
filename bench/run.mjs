import { performance } from "node:perf_hooks";
import { extractBytes } from "../dist/pipeline.js";
import { clippings } from "./corpus-text.mjs";

/** Reads clippings over and over for some seconds of CPU time, at least once. */
export async function timed(list, atLeast) {
  const start = performance.now();
  const before = process.cpuUsage();
  const spent = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  const total = { runs: 0, characters: 0, figures: 0 };
  do {
    for (const bytes of list) {
      const { text, figures } = await extractBytes(bytes, { path: "bench.txt" });
      total.runs++;
      total.characters += text.length;
      total.figures += figures.length;
    }
  } while (spent() < atLeast);
  return { ...total, seconds: (performance.now() - start) / 1000, cpu: spent() };
}

/** Lets what is compiled at first use be compiled; the optimising compiler takes some seconds until it has seen enough. */
export async function warm(list = clippings) {
  await timed(list, 8);
}
