import { childrenOf } from "../../src/catalogue/index.js";
import type { Observed } from "../../src/compare/index.js";
import { observed } from "../compare/observed.js";

/** Numbers that look drawn at random and are always the same. */
const random = (seed: number) => {
  const wave = Math.sin(seed * 12.9898) * 43_758.5453;
  return wave - Math.floor(wave);
};

/** Figures of the counties of a city or the cities of a province, over several dates; some disagree, some are missing, some reviewed. */
export function sampleFigures(parent: string, ends: readonly string[] = ["2022-06-30"]): Observed[] {
  return childrenOf(parent).flatMap(({ code }, place) =>
    ends.flatMap((end, time) => {
      const seed = place * 31 + time;
      const collected = Math.round(80 + 900 * random(place) ** 2 + 60 * time * (0.5 + random(seed)));
      const clipping = { clipping: `${code}-${end}`, region: code, period: `../${end}` };
      const resolved = Math.round(collected * (0.85 + 0.15 * random(seed + 7)));
      const rate = Math.round((resolved / collected) * 1000) / 10;
      return [
        observed({ ...clipping, value: collected, review: place % 5 === 0 ? "accepted" : "unreviewed" }),
        observed({ ...clipping, value: resolved, indicator: "problem.resolved" }),
        ...(place % 3 === 0
          ? [
              observed({
                ...clipping,
                value: rate,
                unit: "percent",
                indicator: "problem.resolution_rate",
                quote: `${rate}%`,
              }),
            ]
          : []),
        ...(place % 4 === 1
          ? [
              observed({
                ...clipping,
                clipping: `${code}-other-${end}`,
                value: collected + 40,
                published: "2022-07-01",
              }),
            ]
          : []),
        ...(place % 7 === 6
          ? []
          : [
              observed({
                ...clipping,
                value: Math.round(3e7 * 10 ** (2.4 * random(seed + 3))),
                unit: "CNY",
                indicator: "fund.loan",
                quote: "",
              }),
            ]),
        observed({ ...clipping, value: Math.round(20 + 400 * random(seed + 5)), indicator: "enterprise.covered" }),
      ];
    }),
  );
}
