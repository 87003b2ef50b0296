import { access, readFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import type { Catalogue } from "../catalogue/index.js";
import { indicatorLabel, regionName } from "../catalogue/labels.js";
import type { Figure } from "../doc/index.js";
import { type Explanation, explain, explainUnused, type Unused } from "../explain/explanation.js";
import { printExplanation, printUnused } from "../explain/print.js";
import { sha256 } from "../ingest/index.js";
import type { OcrEngine } from "../ocr/index.js";
import { type Extraction, extractBytes, extractFile } from "../pipeline.js";
import { figureIds, openSqliteStore, type Store, type StoredFigure } from "../store/index.js";
import { catalogueOf, catalogueOption, DEFAULT_STORE, err, out, UsageError } from "./common.js";
import { addOcrOptions, type OcrCliOptions, ocrOf } from "./ocr.js";

interface Options extends OcrCliOptions {
  store: string;
  catalogue?: string;
  all?: boolean;
  format: "text" | "json";
}

export function explainCommand(program: Command): void {
  addOcrOptions(program.command("explain"))
    .description("tell how a figure was found: its words, what competed, where each part came from")
    .argument("<figure or path>", "a stored figure's id (or the start of it), or a file: then every figure of it")
    .option("-a, --all", "of a file also the numbers that became no figure, and why")
    .addOption(new Option("-f, --format <format>", "for people, or json").choices(["text", "json"]).default("text"))
    .addOption(catalogueOption())
    .option("-s, --store <file>", "the store", process.env["JIANBAO_STORE"] ?? DEFAULT_STORE)
    .addHelpText(
      "after",
      "\nThe clipping is read again. Of what competed the likeliest five are told; numbers behind words are weights.\n\nExample:\n  $ jianbao explain report.txt --all\n  $ jianbao explain 7k2m9",
    )
    .action(async (what: string, options: Options) => {
      const catalogue = catalogueOf(options);
      const engine = await ocrOf(options);
      try {
        if (await isFile(what)) {
          const extraction = await extractFile(what, { ...(engine ? { ocr: engine } : {}), catalogue, explain: true });
          tell(extraction, explain(extraction), options.all ? explainUnused(extraction) : [], options, catalogue);
        } else await tellStored(what, options, catalogue, engine);
      } finally {
        await engine?.close();
      }
    });
}

async function tellStored(
  id: string,
  options: Options,
  catalogue: Catalogue,
  ocr: OcrEngine | undefined,
): Promise<void> {
  await access(options.store).catch(() => {
    throw new UsageError(`'${id}' is no file, and there is no store ${options.store}`);
  });
  const store = await openSqliteStore(options.store);
  try {
    const stored = await store.figure(id);
    if (!stored)
      throw new UsageError(`'${id}' is no file, and no figure, or more than one, begins with it in ${options.store}`);
    const extraction = await readAgain(store, stored, catalogue, ocr);
    const ids = idsOf(extraction);
    const found = explain(extraction).filter(({ figure }) => ids.get(figure) === stored.id);
    if (found.length === 0)
      throw new UsageError(
        `reading the clipping again gives no such figure: it was found by another version or with another catalogue (--catalogue), or its file is gone`,
      );
    tell(extraction, found, [], options, catalogue);
  } finally {
    await store.close();
  }
}

/** The clipping of a stored figure: from its file, where that is still the same, else from the text that the store kept. */
async function readAgain(
  store: Store,
  figure: StoredFigure,
  catalogue: Catalogue,
  ocr: OcrEngine | undefined,
): Promise<Extraction> {
  const bytes = await readFile(figure.path).catch(() => undefined);
  if (bytes && sha256(bytes) === figure.clipping)
    return extractFile(figure.path, { ...(ocr ? { ocr } : {}), catalogue, explain: true });
  const clipping = await store.clipping(figure.clipping);
  const text = (await store.text(figure.clipping)) ?? "";
  if (clipping?.kind === "pdf" || clipping?.kind === "image")
    err("note  the file is gone: its stored text is read, without the places on its pages");
  const again = await extractBytes(new TextEncoder().encode(`\ufeff${text}`), {
    path: figure.path,
    catalogue,
    explain: true,
    ...(clipping ? { metadata: clipping.about } : {}),
  });
  return { ...again, id: figure.clipping };
}

function tell(
  extraction: Extraction,
  explanations: readonly Explanation[],
  unused: readonly Unused[],
  options: Options,
  catalogue: Catalogue,
): void {
  const ids = idsOf(extraction);
  if (options.format === "json") {
    const figures = explanations.map((each) => ({ id: ids.get(each.figure), ...each }));
    out(JSON.stringify({ path: extraction.path, clipping: extraction.id, figures, unused }, null, 2));
    return;
  }
  const mark = process.stdout.isTTY ? (part: string) => `\u001b[1;7m${part}\u001b[0m` : (part: string) => `【${part}】`;
  const names = { indicator: (id: string) => indicatorLabel(id, catalogue), region: regionName };
  const told = [
    ...explanations.map((each) => ({
      at: each.figure.at.start,
      text: printExplanation(each, ids.get(each.figure) ?? "", names, mark),
    })),
    ...unused.map((each) => ({ at: each.start, text: printUnused(each, mark) })),
  ].sort((a, b) => a.at - b.at);
  out(told.length === 0 ? "no figures; --all tells of the other numbers" : told.map(({ text }) => text).join("\n\n"));
}

/** Ids of an extraction's figures, as a store would give them. */
function idsOf(extraction: Extraction): ReadonlyMap<Figure, string> {
  const ids = figureIds(extraction.id, extraction.figures);
  return new Map(extraction.figures.map((figure, index) => [figure, ids[index] ?? ""]));
}

async function isFile(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
