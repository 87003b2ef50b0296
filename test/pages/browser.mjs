import { existsSync } from "node:fs";

/** What rendering needs, in one line. */
export const NEEDS =
  "apt-get install -y --no-install-recommends chromium fonts-noto-cjk fonts-noto-cjk-extra fonts-arphic-ukai fonts-arphic-uming fonts-wqy-zenhei fonts-cwtex-ming fonts-cwtex-kai && npm install --no-save playwright-core@1.65.1";

/** Starts Chromium; where it or playwright-core lacks, says what is needed and ends. */
export async function launch() {
  const path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
  try {
    const { chromium } = await import("playwright-core");
    if (!path) throw new Error("no Chromium");
    return await chromium.launch({ executablePath: path, args: ["--no-sandbox", "--font-render-hinting=none"] });
  } catch (cause) {
    console.error(`cannot render (${cause.message.split("\n")[0]}); needed: ${NEEDS}`);
    process.exit(2);
  }
}
