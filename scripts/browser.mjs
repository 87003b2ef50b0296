// A Chromium for the tests of the page and for its screenshots: the one that is there, or Debian's.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Path of a browser; JIANBAO_CHROMIUM names one. Installs Debian's `chromium` where none is there and one may. */
export function findBrowser() {
  const found = known();
  if (found) return found;
  if (process.getuid?.() === 0 && has("apt-get")) {
    console.error("installing Debian's chromium, as no browser is there");
    execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit" });
    execFileSync("apt-get", ["install", "-y", "-qq", "chromium", "fonts-noto-cjk"], { stdio: "inherit" });
    const installed = known();
    if (installed) return installed;
  }
  throw new Error("no Chromium: install it (Debian: apt install chromium), or name one in JIANBAO_CHROMIUM");
}

function known() {
  const named = process.env["JIANBAO_CHROMIUM"];
  if (named) return named;
  for (const name of NAMES) {
    const { stdout, status } = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" });
    if (status === 0) return stdout.trim();
  }
  return PLACES.find((place) => existsSync(place));
}

const has = (command) => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;

/** Starts it without a window. */
export function startBrowser() {
  const args = process.getuid?.() === 0 ? [...FLAGS, "--no-sandbox"] : FLAGS;
  return chromium.launch({ executablePath: findBrowser(), headless: true, args });
}
