import { indicators, levelOf, regionOf } from "../catalogue/index.js";

/** 郑州市惠济区; – where unknown. */
export function regionName(code: string | null): string {
  if (!code) return "–";
  const region = regionOf(code);
  if (!region) return code;
  const parent = region.parent ? regionOf(region.parent) : undefined;
  return parent && levelOf(code) === "county" ? `${parent.name}${region.name}` : region.name;
}

export const indicatorLabel = (id: string): string =>
  indicators().find((indicator) => indicator.id === id)?.label ?? id;
