import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import { regionOf } from "../catalogue/index.js";
import { type DecisionRow, type MetadataRow, ReadError, readDecisions, readMetadata } from "../export/index.js";
import { type Decision, DecisionError, openSqliteStore, type Store, type StoredClipping } from "../store/index.js";
import { DEFAULT_STORE, EXIT, err, out, UsageError } from "./common.js";

const WHAT = ["metadata", "decisions"] as const;
/** Exported decisions are taken in lists of this size, each wholly or not at all. */
const BATCH = 1000;

interface Options {
  store: string;
  reviewer?: string;
}

export function importCommand(program: Command): void {
  program
    .command("import")
    .description("take decisions or metadata of clippings from a CSV")
    .argument("<what>", WHAT.join(", "))
    .argument("<file>", "a CSV, as export writes it, or with the columns that are needed")
    .option("--reviewer <name>", "who decided, or knows, where the rows do not say", process.env["USER"])
    .option("-s, --store <file>", "the store", process.env["JIANBAO_STORE"] ?? DEFAULT_STORE)
    .addHelpText("after", HELP)
    .action(run);
}

const HELP = `
Decisions: rows of 'export decisions' come back as they were, those that are there already are left alone. A row of one's
own leaves 'decision' empty and has figure, kind (accept, correct, reject, reopen), reviewer, reason, and, to correct, what
is other: OBS_VALUE, UNIT_MEASURE, qualifier, REF_AREA, TIME_PERIOD, scope, INDICATOR, OBS_STATUS ('-' takes a value away).

Metadata: columns clipping (SHA-256) or file (path or name), and title, publisher, published, REF_AREA or region, url.
Empty cells leave what is known, '-' takes it away.

Example:
  $ jianbao import decisions decisions.csv
  $ jianbao import metadata clippings.csv --reviewer 王老师`;

async function run(what: string, file: string, options: Options): Promise<void> {
  if (!WHAT.includes(what as "metadata"))
    throw new UsageError(`'${what}' cannot be imported: ${WHAT.join(" or ")} can`);
  try {
    await access(file);
  } catch (cause) {
    throw new UsageError(`${file} cannot be opened: ${(cause as Error).message}`);
  }
  const store = await openSqliteStore(options.store);
  try {
    const csv = createReadStream(file);
    if (what === "decisions") await importDecisions(store, readDecisions(csv, options.reviewer));
    else await importMetadata(store, readMetadata(csv), options.reviewer);
  } catch (cause) {
    if (cause instanceof ReadError) throw new UsageError(`${file}: ${cause.message}`);
    throw cause;
  } finally {
    await store.close();
  }
}

async function importDecisions(store: Store, rows: AsyncIterable<DecisionRow>): Promise<void> {
  let [added, known, refused] = [0, 0, 0];
  let batch: { line: number; decision: Decision }[] = [];
  const refuse = (line: number, cause: unknown) => {
    if (!(cause instanceof DecisionError)) throw cause;
    err(`refused  line ${line}: ${cause.message} [${cause.code}]`);
    refused++;
  };
  const take = async (decisions: typeof batch) => {
    const result = await store.addDecisions(decisions.map(({ decision }) => decision));
    added += result.added;
    known += result.known;
  };
  const flush = async () => {
    const all = batch;
    batch = [];
    try {
      if (all.length > 0) await take(all);
    } catch (cause) {
      if (!(cause instanceof DecisionError)) throw cause;
      // one of them does not fit: the others are taken all the same
      for (const each of all) await take([each]).catch((reason: unknown) => refuse(each.line, reason));
    }
  };
  for await (const row of rows) {
    if ("decision" in row) {
      batch.push(row);
      if (batch.length >= BATCH) await flush();
      continue;
    }
    await flush();
    await store.decide(row.input).then(
      () => added++,
      (cause: unknown) => refuse(row.line, cause),
    );
  }
  await flush();
  out(`${added} decisions added, ${known} known before, ${refused} refused`);
  if (refused > 0) process.exitCode = EXIT.someFailed;
}

async function importMetadata(
  store: Store,
  rows: AsyncIterable<MetadataRow>,
  editor: string | undefined,
): Promise<void> {
  if (!editor) throw new UsageError("name who knows it with --reviewer");
  let [changed, same, refused] = [0, 0, 0];
  const paths = new PathIndex(store);
  for await (const { line, clipping, path, metadata } of rows) {
    const refuse = (detail: string) => {
      err(`refused  line ${line}: ${detail}`);
      refused++;
    };
    if (metadata.region && !regionOf(metadata.region)) {
      refuse(`'${metadata.region}' is no GB/T 2260 code`);
      continue;
    }
    const found = clipping
      ? [await store.clipping(clipping)].filter((each) => each !== undefined)
      : await paths.find(path ?? "");
    const [known] = found;
    if (!known || found.length > 1) {
      refuse(known ? `several clippings are called ${path}` : `no clipping ${clipping ?? path} is stored`);
      continue;
    }
    const other = Object.entries(metadata).filter(
      ([name, value]) => known.about[name as keyof typeof metadata] !== value,
    );
    if (other.length === 0) same++;
    else {
      await store.describe(known.id, Object.fromEntries(other), editor);
      changed++;
    }
  }
  out(`${changed} clippings described, ${same} as they were, ${refused} refused`);
  if (refused > 0) process.exitCode = EXIT.someFailed;
}

/** Clippings by path, or by the name alone where only that is given; built when it is first asked. */
class PathIndex {
  private index: Map<string, StoredClipping[]> | undefined;
  constructor(private readonly store: Store) {}

  async find(path: string): Promise<readonly StoredClipping[]> {
    if (!this.index) {
      this.index = new Map();
      for await (const clipping of this.store.eachClipping())
        for (const key of new Set([clipping.path, basename(clipping.path)])) this.add(key, clipping);
    }
    return this.index.get(path) ?? [];
  }

  private add(key: string, clipping: StoredClipping): void {
    const known = this.index?.get(key);
    if (known) known.push(clipping);
    else this.index?.set(key, [clipping]);
  }
}
