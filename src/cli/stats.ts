import { type Command, Option } from "commander";
import { toTable } from "../export/table.js";
import { care, type StoreStats } from "../store/index.js";
import { countArgument, out, withStore } from "./common.js";

export function statsCommand(program: Command): void {
  withStore(
    program.command("stats").description("tell how long clippings took, stage by stage, and which took longest"),
  )
    .option("--slowest <n>", "how many of the slowest are listed", countArgument, 10)
    .addOption(new Option("-f, --format <format>").choices(["text", "json"]).default("text"))
    .addHelpText("after", "\nExample:\n  $ jianbao stats --store henan.db --slowest 20")
    .action(async (options: { store: string; slowest: number; format: "text" | "json" }) => {
      const stats = await care.stats(options.store, options.slowest);
      out(options.format === "json" ? JSON.stringify(stats, null, 2) : describe(stats));
    });
}

const ms = (value: number) =>
  value < 10 ? value.toFixed(2) : value < 10_000 ? value.toFixed(0) : `${(value / 1000).toFixed(1)} s`;
const right = (title: string) => ({ title, align: "right" as const });

function describe({ runs, stages, kinds, slowest, batches }: StoreStats): string {
  if (runs === 0)
    return "no times are known: they are kept of what is read from now on (jianbao ingest, jianbao reextract)";
  const whole = stages[0]?.totalMs ?? 0;
  return [
    `${runs} runs, milliseconds:`,
    toTable(
      [{ title: "stage" }, right("median"), right("p95"), right("longest"), right("share")],
      stages.map((each) => [
        each.stage,
        ms(each.medianMs),
        ms(each.p95Ms),
        ms(each.longestMs),
        `${whole > 0 ? ((100 * each.totalMs) / whole).toFixed(1) : 0}%`,
      ]),
    ),
    toTable(
      [{ title: "kind" }, right("runs"), right("median"), right("KB/s of one worker")],
      kinds.map((each) => [each.kind, String(each.runs), ms(each.medianMs), (each.bytesPerSecond / 1000).toFixed(1)]),
    ),
    toTable(
      [{ title: "slowest" }, { title: "kind" }, right("bytes"), right("took"), { title: "most of it in" }],
      slowest.map((each) => [each.path, each.kind, String(each.bytes), ms(each.ms), each.stage]),
    ),
    toTable(
      [{ title: "batch" }, { title: "begun" }, right("seconds"), right("done"), right("failed"), right("clippings/s")],
      batches.map((each) => [
        each.command,
        each.started,
        each.seconds.toFixed(1),
        String(each.done),
        String(each.failed),
        each.perSecond.toFixed(1),
      ]),
    ),
  ].join("\n");
}
