import type { Region } from "../catalogue/index.js";
import type { Table } from "./field.js";

/** An indicator as far as a code list names it. */
export interface IndicatorName {
  readonly id: string;
  readonly label: string | null;
  readonly labelEn: string | null;
  readonly unit: string | null;
}

export const indicatorsTable = (rows: Iterable<IndicatorName>): Table<IndicatorName> => ({
  name: "indicators",
  title: "The indicators of the figures: a code list",
  key: "INDICATOR",
  rows,
  fields: [
    { name: "INDICATOR", type: "string", required: true, description: "", get: ({ id }) => id },
    { name: "label", type: "string", description: "Chinese", get: ({ label }) => label },
    { name: "label_en", type: "string", description: "English", get: ({ labelEn }) => labelEn },
    { name: "unit", type: "string", description: "count, percent or money", get: ({ unit }) => unit },
  ],
});

export const regionsTable = (rows: Iterable<Region>): Table<Region> => ({
  name: "regions",
  title: "The regions of the figures, and those that hold them: a code list by GB/T 2260",
  key: "REF_AREA",
  rows,
  fields: [
    { name: "REF_AREA", type: "string", required: true, description: "", get: ({ code }) => code },
    { name: "label", type: "string", required: true, description: "Chinese", get: ({ name }) => name },
    { name: "label_en", type: "string", description: "English", get: ({ english }) => english[0] },
    {
      name: "level",
      type: "string",
      required: true,
      values: ["province", "city", "county"],
      description: "",
      get: ({ level }) => level,
    },
    { name: "parent", type: "string", description: "the region that holds it", get: ({ parent }) => parent },
  ],
});
