export { buildCatalogue, type Catalogue, catalogue, indicators } from "./catalogue.js";
export { Concept, ConceptFile, loadConcepts } from "./concepts.js";
export { Indicator, IndicatorFile, loadIndicators } from "./indicators.js";
export { kindBit, type Lexeme, Lexicon } from "./lexicon.js";
export { Measure, MeasureFile, measures } from "./measures.js";
export { CatalogueError, catalogueFrom, OwnCatalogueFile, readCatalogue } from "./own.js";
export * from "./regions.js";
export { Trie } from "./trie.js";
