import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { jsonSchemas } from "../src/cli/schemas.js";

test.each(Object.entries(jsonSchemas()))("schemas/%s is current (npm run schemas)", (name, schema) => {
  expect(JSON.parse(readFileSync(`schemas/${name}`, "utf8"))).toEqual(JSON.parse(JSON.stringify(schema)));
});
