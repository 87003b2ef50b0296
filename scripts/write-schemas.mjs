#!/usr/bin/env node
// Writes the JSON Schemas of the contract and of the catalogue files from their zod schemas.
//
//   npm run schemas
import { writeFileSync } from "node:fs";
import { jsonSchemas } from "../dist/cli/schemas.js";

for (const [name, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(new URL(`../schemas/${name}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}
