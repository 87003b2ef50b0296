import { type Command, Option } from "commander";
import type { StoreStatus } from "../store/index.js";
import { openExisting, out, withStore } from "./common.js";

export function statusCommand(program: Command): void {
  withStore(program.command("status").description("tell what is in a store, and what is under way"))
    .addOption(new Option("-f, --format <format>").choices(["text", "json"]).default("text"))
    .addHelpText("after", "\nExample:\n  $ jianbao status --store henan.db")
    .action(async (options: { store: string; format: "text" | "json" }) => {
      const store = await openExisting(options.store);
      try {
        const status = await store.status();
        out(options.format === "json" ? JSON.stringify(status, null, 2) : describe(status));
      } finally {
        await store.close();
      }
    });
}

const NUMBER = new Intl.NumberFormat("en");
const listed = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${NUMBER.format(count)} ${name}`)
    .join(", ");

function describe(status: StoreStatus): string {
  const rows: [string, string][] = [
    ["clippings", `${NUMBER.format(status.clippings)} (${listed(status.byKind)})`],
    ["partial", NUMBER.format(status.partial)],
    ["reposts", NUMBER.format(status.reposts)],
    ["figures", `${NUMBER.format(status.figures)} (${listed(status.byReview)})`],
    ["decisions", NUMBER.format(status.decisions)],
    ["failures", listed(status.failures) || "none"],
    ...status.runs.map(({ version, catalogue, clippings }): [string, string] => [
      "read by",
      `${version}, catalogue ${catalogue}: ${NUMBER.format(clippings)}`,
    ]),
    ["size", `${NUMBER.format(Math.round(status.bytes / 1e6))} MB`],
  ];
  if (status.waiting > 0)
    rows.push(["waiting", `${NUMBER.format(status.waiting)} clippings read again: jianbao reextract --report`]);
  if (status.lastBatch) rows.push(["last batch", batchOf(status.lastBatch)]);
  return rows
    .filter(([, value]) => value !== "0")
    .map(([name, value]) => `${name.padEnd(11)} ${value}`)
    .join("\n");
}

/** A batch says every half second that it works; silent for so long, it is gone. */
const SILENT_MS = 60_000;

function batchOf(batch: NonNullable<StoreStatus["lastBatch"]>): string {
  const what = [batch.command, ...batch.paths.slice(0, 3)].join(" ");
  const done = `${NUMBER.format(batch.done)} of ${batch.total === null ? "…" : NUMBER.format(batch.total)} done, ${NUMBER.format(batch.failed)} failed`;
  if (batch.ended) return `${what}: ended ${batch.ended}, ${done}`;
  return Date.now() - Date.parse(batch.beat) < SILENT_MS
    ? `${what}: at work since ${batch.started}, ${done}`
    : `${what}: broke off ${batch.beat}, ${done}; the same command goes on`;
}
