import { type Command, Option } from "commander";
import type { Region } from "../catalogue/index.js";
import { printable } from "../export/table.js";
import { simplifyQuery } from "../normalise/index.js";
import { parseSearch, type SearchHit } from "../store/index.js";
import { countArgument, EXIT, err, openExisting, out, regionArgument, UsageError, withStore } from "./common.js";

interface Options {
  store: string;
  region?: Region;
  limit: number;
  after?: string;
  format: "text" | "json" | "jsonl";
}

export function searchCommand(program: Command): void {
  withStore(
    program
      .command("search")
      .description("find clippings by their words: Chinese of any length, traditional or simplified, and English")
      .argument("<words...>", 'all must be there; "in quotes" as they stand'),
  )
    .option("-r, --region <region>", "clippings of this region and all below it", regionArgument)
    .option("-n, --limit <number>", "hits", countArgument, 20)
    .option("--after <place>", "go on where a page ended")
    .addOption(new Option("-f, --format <format>").choices(["text", "json", "jsonl"]).default("text"))
    .addHelpText(
      "after",
      "\nExample:\n  $ jianbao search 办结率 企業 --region 河南\n  $ jianbao search '\"tax relief\" enterprises'",
    )
    .action(async (words: string[], options: Options) => {
      const terms = parseSearch(simplifyQuery(words.join(" ")));
      if (terms.length === 0) throw new UsageError("give at least one character or word to search for");
      const store = await openExisting(options.store);
      try {
        const { hits, next } = await store.search({
          terms,
          limit: Math.max(1, options.limit),
          ...(options.region ? { within: options.region.code } : {}),
          ...(options.after === undefined ? {} : { after: options.after }),
        });
        if (options.format === "json") out(JSON.stringify({ hits, next }, null, 2));
        else if (options.format === "jsonl") for (const hit of hits) out(JSON.stringify(hit));
        else if (hits.length === 0) out("nothing found");
        else out(hits.map(describe).join("\n\n"));
        if (next && options.format !== "json") err(`more: --after ${next}`);
        process.exitCode = EXIT.well;
      } finally {
        await store.close();
      }
    });
}

function describe({ clipping, snippet, marks }: SearchHit): string {
  const mark = process.stdout.isTTY ? (part: string) => `\u001b[1;7m${part}\u001b[0m` : (part: string) => `【${part}】`;
  let text = "";
  let at = 0;
  for (const { start, end } of marks) {
    text += printable(snippet.slice(at, start)) + mark(printable(snippet.slice(start, end)));
    at = end;
  }
  const { title, publisher, published } = clipping.about;
  const head = [title ?? clipping.path, publisher, published].filter(Boolean).join(" · ");
  const reposted = clipping.reposts > 0 ? `  (${clipping.repostOf ? "a repost" : `${clipping.reposts} reposts`})` : "";
  return `${printable(head)}${reposted}\n  ${text}${printable(snippet.slice(at))}\n  ${printable(clipping.path)}, ${clipping.figures} figures`;
}
