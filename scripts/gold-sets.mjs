// Clippings with their gold figures: the project's corpus, and folders of others.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** `{ id, gold, path }` of every case of the project's corpus. */
export function ownCases() {
  const folder = join(root, "corpus");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "expected.json")))
    .map((entry) => ({
      id: entry.name,
      gold: JSON.parse(readFileSync(join(folder, entry.name, "expected.json"), "utf8")),
      path: join(
        folder,
        entry.name,
        readdirSync(join(folder, entry.name)).find((name) => name.startsWith("source.")) ?? "source.txt",
      ),
    }));
}

/** `{ id, gold, path }` of a folder of gold files and the folder of their clippings. */
export function casesOf(docs, gold) {
  const files = readdirSync(docs);
  return readdirSync(gold)
    .filter((name) => name.endsWith(".json"))
    .map((name) => {
      const id = basename(name, ".json");
      const file = files.find((each) => each.replace(/\.[^.]+$/, "") === id);
      return { id, gold: JSON.parse(readFileSync(join(gold, name), "utf8")), path: join(docs, file ?? `${id}.txt`) };
    });
}

/** The pairs `--gold DIR --docs DIR` of a command line, in order. */
export function givenSets(args) {
  const sets = [];
  args.forEach((arg, at) => {
    if (arg === "--gold") sets.push({ gold: args[at + 1], docs: args[at + 1] });
    if (arg === "--docs" && sets.length > 0) sets.at(-1).docs = args[at + 1];
  });
  return sets.map(({ gold, docs }) => [gold, casesOf(docs, gold)]);
}

/** The corpus, and ../shared/corpus where that is there. */
export function standardSets() {
  const sets = [["corpus", ownCases()]];
  const shared = join(root, "../shared/corpus");
  if (existsSync(join(shared, "gold"))) sets.push(["shared", casesOf(join(shared, "docs"), join(shared, "gold"))]);
  else console.log("../shared/corpus is not here: skipped");
  return sets;
}
