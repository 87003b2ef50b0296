#!/usr/bin/env node
// All that is measured: npm run bench [-- arguments of text-path.mjs] [--no-store]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const run = (name, args) => {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(name, import.meta.url)), ...args], {
    stdio: "inherit",
  });
  process.exitCode ||= status ?? 1;
};

const args = process.argv.slice(2);
run(
  "text-path.mjs",
  args.filter((each) => each !== "--no-store"),
);
if (!args.includes("--no-store")) run("store.mjs", []);
