import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { precompressed } from "./precompressed.js";

const ROOT = fileURLToPath(new URL("../../src/page", import.meta.url));
const OUT = fileURLToPath(new URL("../../dist/page", import.meta.url));

/** The page in the browser: everything it needs comes from its own server, with names that never change their content. */
export default defineConfig({
  root: ROOT,
  base: "/",
  plugins: [react(), precompressed(OUT)],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    // light-dark(), :has() and nesting as written
    cssTarget: ["chrome123", "safari17.5", "firefox128"],
    // small files inlined as data: addresses would need a laxer Content-Security-Policy
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8460", "/openapi.json": "http://127.0.0.1:8460" } },
});
