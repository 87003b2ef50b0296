import { z } from "zod";
import { ConceptFile } from "../catalogue/concepts.js";
import { IndicatorFile } from "../catalogue/indicators.js";
import { MeasureFile } from "../catalogue/measures.js";
import { OwnCatalogueFile } from "../catalogue/own.js";
import { RegionFile } from "../catalogue/regions.js";
import { UnitFile } from "../catalogue/units.js";
import { ConfidenceFile } from "../check/confidence.js";
import { ExtractContract } from "../export/contract.js";

/** The JSON Schemas of `schemas/`, by file name, made from the zod schemas. */
export function jsonSchemas(): Record<string, unknown> {
  const schema = (type: z.ZodType, title: string) => ({ title, ...z.toJSONSchema(type, { io: "input" }) });
  return {
    "extract.schema.json": schema(ExtractContract, "What jianbao extract prints for one clipping"),
    "indicators.schema.json": schema(IndicatorFile, "The indicator catalogue"),
    "catalogue.schema.json": schema(OwnCatalogueFile, "Indicators and concepts of your own, for --catalogue"),
    "concepts.schema.json": schema(ConceptFile, "Words of the genre, by what they mean"),
    "measures.schema.json": schema(MeasureFile, "Measures that follow from two indicators"),
    "units.schema.json": schema(UnitFile, "Units and measure words"),
    "confidence.schema.json": schema(ConfidenceFile, "What a confidence is made of"),
    "regions.schema.json": schema(RegionFile, "Regions by GB/T 2260 code"),
  };
}
