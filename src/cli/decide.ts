import { userInfo } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { DecisionError, type DecisionInput, type Meaning, type Store } from "../store/index.js";
import {
  catalogueOf,
  catalogueOption,
  indicatorIds,
  openExisting,
  out,
  periodArgument,
  regionArgument,
  UsageError,
  withStore,
} from "./common.js";
import { decisionLine } from "./history.js";

interface Options {
  store: string;
  by?: string;
  reason?: string;
  expects?: string;
  catalogue?: string;
  value?: number;
  unit?: string;
  indicator?: string;
  region?: string;
  period?: string;
  scope?: string;
  status?: "actual" | "planned";
  qualifier?: Meaning["qualifier"];
  start?: number;
  end?: number;
}

const KINDS = ["accept", "correct", "reject", "reopen", "add"] as const;

export function decideCommand(program: Command): void {
  const command = withStore(
    program
      .command("decide")
      .description("record what a reviewer decides on a figure; nothing is overwritten")
      .argument("<figure>", "its id, or the start of it; with add: the clipping's id")
      .argument("<decision>", KINDS.join(", "), kindArgument),
  );
  command
    .option("--by <name>", "who decides (JIANBAO_REVIEWER, else the name you are logged in with)")
    .option("--reason <text>")
    .option("--value <number>", "corrected or added", numberArgument)
    .option("--unit <unit>", "count, percent, CNY, …")
    .option("--indicator <name>", "by id, Chinese or English name")
    .option("--region <region>", "code or name; none for no region")
    .option("--period <period>", "ISO date or interval; none for no period")
    .option("--scope <text>", "what the figure is limited to; none for the region's whole")
    .addOption(new Option("--status <status>").choices(["actual", "planned"]))
    .addOption(new Option("--qualifier <qualifier>").choices(["exact", "over", "about", "under"]))
    .option("--start <offset>", "with add: where in the text the figure begins", numberArgument)
    .option("--end <offset>", "with add: and ends", numberArgument)
    .option("--expects <decision>", "fail if another decision was made since this one (none: since there was none)")
    .addHelpText(
      "after",
      "\nExample:\n  $ jianbao decide 7k2m9q0 accept\n  $ jianbao decide 7k2m9q0 correct --value 305 --reason 'printed 305' --by 王芳\n  $ jianbao decide 7k2m9q0 reopen",
    )
    .addOption(catalogueOption())
    .action(run);
}

async function run(what: string, kind: (typeof KINDS)[number], options: Options): Promise<void> {
  const store = await openExisting(options.store);
  try {
    const decision = await store.decide(await inputOf(what, kind, options, store));
    out(decisionLine(decision));
  } catch (cause) {
    if (cause instanceof DecisionError || cause instanceof InvalidArgumentError) throw new UsageError(cause.message);
    throw cause;
  } finally {
    await store.close();
  }
}

async function inputOf(
  what: string,
  kind: (typeof KINDS)[number],
  options: Options,
  store: Store,
): Promise<DecisionInput> {
  const base = {
    reviewer: options.by ?? process.env["JIANBAO_REVIEWER"] ?? userInfo().username,
    ...(options.reason === undefined ? {} : { reason: options.reason }),
    ...(options.expects === undefined ? {} : { expects: noneOf(options.expects) }),
  };
  const change = changeOf(options);
  if (kind === "add") {
    const { start, end } = options;
    if (start === undefined || end === undefined) throw new UsageError("add needs --start and --end");
    const clipping = (await store.clipping(what))?.id ?? what;
    return { ...base, kind, clipping, start, end, is: wholeOf(change) };
  }
  const figure = await store.figure(what);
  if (!figure) throw new UsageError(`no figure, or more than one, begins with '${what}' in ${options.store}`);
  if (kind === "correct") return { ...base, kind, figure: figure.id, change };
  if (Object.keys(change).length > 0) throw new UsageError(`${kind} changes nothing: use correct`);
  return { ...base, kind, figure: figure.id };
}

const noneOf = (text: string): string | null => (text === "none" ? null : text);

function changeOf(options: Options): Partial<Meaning> {
  const { value, unit, status, qualifier } = options;
  const [indicator] = options.indicator === undefined ? [] : indicatorIds([options.indicator], catalogueOf(options));
  return {
    ...(value === undefined ? {} : { value }),
    ...(unit === undefined ? {} : { unit }),
    ...(status === undefined ? {} : { status }),
    ...(qualifier === undefined ? {} : { qualifier }),
    ...(indicator === undefined ? {} : { indicator }),
    ...(options.scope === undefined ? {} : { scope: noneOf(options.scope) }),
    ...(options.region === undefined
      ? {}
      : { region: options.region === "none" ? null : regionArgument(options.region).code }),
    ...(options.period === undefined
      ? {}
      : { period: options.period === "none" ? null : periodArgument(options.period) }),
  };
}

function wholeOf({ indicator, value, unit, ...rest }: Partial<Meaning>): Meaning {
  if (indicator === undefined || value === undefined || unit === undefined)
    throw new UsageError("add needs --indicator, --value and --unit");
  return {
    qualifier: "exact",
    region: null,
    period: null,
    scope: null,
    status: "actual",
    ...rest,
    indicator,
    value,
    unit,
  };
}

function kindArgument(text: string): string {
  if (!KINDS.some((kind) => kind === text)) throw new InvalidArgumentError(`one of ${KINDS.join(", ")}`);
  return text;
}

function numberArgument(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("give a number");
  return value;
}
