import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PEER = "@microsoft/recognizers-text-suite";
const VERSION = "1.3.1";
/** Seconds of CPU time: as much to get warm as jianbao has, then all lines as far as it comes. */
const WARM_SECONDS = 8;
const MOST_SECONDS = 20;

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

/** Reads line by line for so many seconds of CPU time at most; tells the lines read and the time they took. */
function pass(most, read, lines) {
  const before = process.cpuUsage();
  const spent = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  const done = [];
  for (const line of lines) {
    if (spent() > most) break;
    read(line);
    done.push(line);
  }
  return { done, cpu: spent() };
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
  pass(WARM_SECONDS, read, lines);
  const { done, cpu } = pass(MOST_SECONDS, read, lines);
  const characters = done.reduce((sum, line) => sum + line.length, 0);
  return {
    version,
    models: models.length,
    rate: characters / cpu,
    text: done.join("\n"),
  };
}
