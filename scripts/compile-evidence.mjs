// Writes dist/evidence.bin: what each start would otherwise make of schemas/evidence.json. Part of `npm run build`.
import { writeFileSync } from "node:fs";
import { compileEvidence } from "../dist/assign/compiled.js";

writeFileSync(new URL("../dist/evidence.bin", import.meta.url), compileEvidence());
