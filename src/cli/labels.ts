import { type Catalogue, levelOf, regionOf, catalogue as standardCatalogue } from "../catalogue/index.js";

/** 郑州市惠济区; – where unknown. */
export function regionName(code: string | null): string {
  if (!code) return "–";
  const region = regionOf(code);
  if (!region) return code;
  const parent = region.parent ? regionOf(region.parent) : undefined;
  return parent && levelOf(code) === "county" ? `${parent.name}${region.name}` : region.name;
}

/** The Chinese name of an indicator; its id where the catalogue has none. */
export const indicatorLabel = (id: string, catalogue: Catalogue = standardCatalogue()): string =>
  catalogue.indicators.find((indicator) => indicator.id === id)?.label ?? id;
