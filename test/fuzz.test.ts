import { execFile } from "node:child_process";
import { expect, test } from "vitest";

/** A busy machine is no fault of a text; `npm run fuzz` asks for a tenth of this. */
const SECONDS = "10";

test("no input of a short fuzz run breaks what must always hold", async () => {
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      ["scripts/fuzz.mjs", "--seed", "7", "--inputs", "84", "--seconds", SECONDS],
      (_, stdout, stderr) => resolve(stdout + stderr),
    );
  });
  expect(output).toContain(" 0 failed");
}, 120_000);
