import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

const PEER = "@microsoft/recognizers-text-suite";
const VERSION = "1.3.1";
const MOST_MS = 20_000;

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

/** Characters a second of CPU time of all Chinese models of the peer over the lines of a text, as far as it comes in some seconds. */
export async function peerRate(text) {
  const peer = loadPeer();
  if (!peer) return undefined;
  const { recognizers, version } = peer;
  const models = Object.keys(recognizers).filter((name) => name.startsWith("recognize"));
  const read = (line) => {
    for (const model of models) recognizers[model](line, recognizers.Culture.Chinese);
  };
  const lines = text.split("\n").filter((line) => line.trim() !== "" && /[\u4e00-\u9fff]/.test(line));
  read(lines[0]);
  const start = performance.now();
  const before = process.cpuUsage();
  const done = [];
  for (const line of lines) {
    if (performance.now() - start > MOST_MS) break;
    read(line);
    done.push(line);
  }
  const used = process.cpuUsage(before);
  const characters = done.reduce((sum, line) => sum + line.length, 0);
  return {
    version,
    models: models.length,
    rate: (characters * 1e6) / (used.user + used.system),
    text: done.join("\n"),
  };
}
