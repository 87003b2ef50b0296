import { type Command, Option } from "commander";
import { indicatorLabel, regionName } from "../catalogue/labels.js";
import { printable, toTable } from "../export/table.js";
import { toPeople } from "../export/values.js";
import type { Decision, FigureHistory, Meaning } from "../store/index.js";
import { openExisting, out, UsageError, withStore } from "./common.js";

export function historyCommand(program: Command): void {
  withStore(
    program
      .command("history")
      .description("tell what every version found at a figure's place, and what was decided on it")
      .argument("<figure>", "its id, or the start of it, also of a figure that is no more"),
  )
    .addOption(new Option("-f, --format <format>").choices(["text", "json"]).default("text"))
    .addHelpText("after", "\nExample:\n  $ jianbao history 7k2m9q0")
    .action(async (id: string, options: { store: string; format: "text" | "json" }) => {
      const store = await openExisting(options.store);
      try {
        const history = await store.history(id);
        if (!history) throw new UsageError(`no figure, now or before, begins with '${id}' in ${options.store}`);
        out(options.format === "json" ? JSON.stringify(history, null, 2) : describe(history));
      } finally {
        await store.close();
      }
    });
}

/** 300 problem.collected of 开封市, ../2022-06-30. */
export const told = (meaning: Meaning): string =>
  [
    toPeople(meaning.value, meaning.unit, meaning.qualifier),
    `${meaning.indicator} ${indicatorLabel(meaning.indicator)}`,
    regionName(meaning.region),
    meaning.period ?? "–",
    meaning.scope === null ? undefined : printable(meaning.scope),
    meaning.status === "planned" ? "planned" : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(", ");

function describe(history: FigureHistory): string {
  const runs = history.runs.map(({ version, catalogue, at, current, figure }) => [
    current ? "→" : "",
    at,
    version,
    catalogue,
    figure ? told(figure) : "not found",
    figure ? figure.confidence.toFixed(2) : "",
    figure ? printable(figure.quote) : "",
  ]);
  const now = history.now ? `${told(history.now)} (${history.now.review})` : "not there";
  return [
    `figure ${history.id} of ${printable(history.path)}`,
    `now    ${now}`,
    "",
    toTable(
      ["", "read", "version", "catalogue", "found", "conf", "quote"].map((title) => ({ title })),
      runs,
    ),
    ...(history.decisions.length > 0 ? ["", ...history.decisions.map(decisionLine)] : []),
  ].join("\n");
}

export const decisionLine = (decision: Decision): string =>
  [
    decision.at,
    decision.reviewer,
    `${decision.kind}: ${told(decision.is)}`,
    decision.kind === "correct" && decision.was ? `(was ${told(decision.was)})` : undefined,
    decision.reason === null ? undefined : `– ${printable(decision.reason)}`,
    `[${decision.id}]`,
  ]
    .filter((part) => part !== undefined)
    .join("  ");
