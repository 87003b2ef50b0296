import { type Catalogue, catalogue as standardCatalogue } from "./catalogue.js";
import { ancestorsOf, levelOf, regionOf } from "./regions.js";

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

/** A region's name in both languages, a county's with its city's: 郑州市惠济区, Huiji, Zhengzhou. */
export function regionNames(code: string): { zh: string; en: string } {
  const region = regionOf(code);
  const parent = region?.level === "county" && region.parent ? regionOf(region.parent) : undefined;
  const own = region?.english[0] ?? region?.name ?? code;
  return { zh: regionName(code), en: parent ? `${own}, ${parent.english[0] ?? parent.name}` : own };
}

/** The whole way down to a region: 河南省郑州市惠济区, Huiji, Zhengzhou, Henan. */
export function regionPath(code: string): { zh: string; en: string } {
  const way = [code, ...ancestorsOf(code)].map((each) => regionOf(each));
  return {
    zh:
      way
        .map((region) => region?.name ?? "")
        .reverse()
        .join("") || code,
    en:
      way
        .map((region) => region?.english[0] ?? region?.name ?? "")
        .filter((name) => name !== "")
        .join(", ") || code,
  };
}
