import type { Catalogue } from "../../catalogue/index.js";
import type { House } from "../../store/index.js";
import type { SourceFiles } from "../source/files.js";

/** What every service works with; each thread has its own. */
export interface Room extends House {
  readonly catalogue: Catalogue;
  readonly files: SourceFiles;
}
