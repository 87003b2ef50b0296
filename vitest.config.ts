import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // what is waited for may be slow on a machine that does other things
    expect: { poll: { timeout: 15_000 } },
  },
});
