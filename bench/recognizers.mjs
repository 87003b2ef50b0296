import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PEER = "@microsoft/recognizers-text-suite";
const VERSION = "1.3.1";

/** The peer, put into a folder of its own at first use (MIT, 43 MB: too much to be a dependency). Undefined without network. */
function loadPeer() {
  const folder = join(tmpdir(), "jianbao-bench");
  if (!existsSync(join(folder, "node_modules", PEER))) {
    mkdirSync(folder, { recursive: true });
    console.log(`installing ${PEER} ${VERSION} in ${folder} …`);
    try {
      execFileSync(
        "npm",
        ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", `${PEER}@${VERSION}`],
        {
          stdio: "ignore",
        },
      );
    } catch {
      console.log(`${PEER} cannot be installed here: not compared`);
      return undefined;
    }
  }
  const { version } = JSON.parse(readFileSync(join(folder, "node_modules", PEER, "package.json"), "utf8"));
  return { recognizers: createRequire(join(folder, "x.js"))(PEER), version };
}

/** The lines of a text that have Chinese in them. */
export const chineseLines = (text) => text.split("\n").filter((line) => /[\u4e00-\u9fff]/.test(line));

/** Reads with all Chinese models of the peer, line by line; undefined without network. */
export function loadReader() {
  const peer = loadPeer();
  if (!peer) return undefined;
  const { recognizers, version } = peer;
  const models = Object.keys(recognizers).filter((name) => name.startsWith("recognize"));
  return {
    version,
    models: models.length,
    read(lines) {
      for (const line of lines) for (const model of models) recognizers[model](line, recognizers.Culture.Chinese);
    },
  };
}
