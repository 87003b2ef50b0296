import { readFileSync } from "node:fs";
import { z } from "zod";

export const Unit = z.strictObject({
  id: z.string(),
  kind: z.enum(["count", "money", "percent", "other"]),
  zh: z.array(z.string()),
  en: z.array(z.string()),
  /** What a currency is called before an amount: 人民币, US$. */
  before: z.array(z.string()).optional(),
  /** Its smaller coins, in parts of one: {"角": 0.1}. */
  parts: z.record(z.string(), z.number()).optional(),
});
export type Unit = z.infer<typeof Unit>;

export const UnitFile = z.strictObject({
  $comment: z.string().optional(),
  units: z.array(Unit),
  /** What a measure word must not be followed by. */
  never: z.record(z.string(), z.array(z.string())),
});

/** Reads `schemas/units.json`. Throws ZodError when the file is not of its form. */
export function loadUnits(): z.infer<typeof UnitFile> {
  const path = new URL("../../schemas/units.json", import.meta.url);
  return UnitFile.parse(JSON.parse(readFileSync(path, "utf8")));
}

export interface UnitMatch {
  readonly unit: Unit;
  readonly word: string;
}

/** Finds the unit at a place of a text: the longest word wins. */
export class UnitTable {
  /** By the code of the word's first character; codes are looked up faster than characters. */
  private readonly byFirst = new Map<number, UnitMatch[]>();
  private readonly symbols = new Map<number, UnitMatch[]>();
  private readonly units = new Map<string, Unit>();
  private readonly never: Readonly<Record<string, readonly string[]>>;

  constructor(file: z.infer<typeof UnitFile>) {
    this.never = file.never;
    for (const unit of file.units) {
      this.units.set(unit.id, unit);
      for (const word of unit.zh) this.add(word, unit);
      for (const word of unit.before ?? []) {
        const last = word.charCodeAt(word.length - 1);
        this.symbols.set(last, [...(this.symbols.get(last) ?? []), { word, unit }]);
      }
    }
    for (const lists of [this.byFirst, this.symbols])
      for (const list of lists.values()) list.sort((a, b) => b.word.length - a.word.length);
  }

  byId(id: string): Unit | undefined {
    return this.units.get(id);
  }

  /** The currency whose name or sign ends at a place: 人民币, US$. */
  currencyBefore(text: string, end: number): UnitMatch | undefined {
    return this.symbols.get(text.charCodeAt(end - 1))?.find(({ word }) => text.startsWith(word, end - word.length));
  }

  /** The currency named at a place by more than a sign: 人民币, 美元; not 元, $. */
  currencyName(text: string, start: number): UnitMatch | undefined {
    return this.byFirst
      .get(text.charCodeAt(start))
      ?.find(({ word, unit }) => unit.kind === "money" && unit.before?.includes(word) && text.startsWith(word, start));
  }

  at(text: string, start: number): UnitMatch | undefined {
    const list = this.byFirst.get(text.charCodeAt(start));
    if (list === undefined) return undefined;
    for (const match of list) {
      const { word } = match;
      if (word.length > 1 && !text.startsWith(word, start)) continue;
      if (this.never[word]?.includes(text[start + word.length] ?? "")) continue;
      return match;
    }
    return undefined;
  }

  private add(word: string, unit: Unit): void {
    const first = word.charCodeAt(0);
    const list = this.byFirst.get(first) ?? [];
    list.push({ word, unit });
    this.byFirst.set(first, list);
  }
}

let table: UnitTable | undefined;

/** The units of `schemas/units.json`, loaded once. */
export function unitTable(): UnitTable {
  table ??= new UnitTable(loadUnits());
  return table;
}
