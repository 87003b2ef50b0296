export { comparisonCsv, seriesCsv } from "./comparison.js";
export { type CsvOptions, guarded, toCsv, unguarded } from "./csv.js";
export type { Field, Table } from "./field.js";
export { type PackageSources, writePackage } from "./package.js";
export { type DecisionRow, type MetadataRow, ReadError, readDecisions, readMetadata } from "./read.js";
export { type Column, printable, toTable } from "./table.js";
export { clippingsTable, decisionsTable, figuresTable, type Names } from "./tables.js";
export { FORMATS, type Format, isText, writeTable, writeTableFile } from "./write.js";
