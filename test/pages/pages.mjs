import { readFileSync } from "node:fs";

/** The pages that are rendered: each layout once for every font and degradation it lists. */
export function pagesOf(seed = 0) {
  const { layouts } = JSON.parse(readFileSync(new URL("pages.json", import.meta.url), "utf8"));
  return layouts.flatMap(({ id, variants, ...layout }, index) =>
    variants.map(({ committed = false, ...variant }, at) => ({
      ...layout,
      ...variant,
      id: `${id}-${variant.degrade}${variants.slice(0, at).some((each) => each.degrade === variant.degrade) ? at : ""}`,
      seed: seed * 100_000 + (index + 1) * 100 + at,
      committed,
    })),
  );
}
