import { readFileSync } from "node:fs";
import { z } from "zod";

export const Unit = z.strictObject({
  id: z.string(),
  kind: z.enum(["count", "money", "percent", "other"]),
  zh: z.array(z.string()),
  en: z.array(z.string()),
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
  private readonly byFirst = new Map<string, { word: string; unit: Unit }[]>();
  private readonly never: Readonly<Record<string, readonly string[]>>;

  constructor(file: z.infer<typeof UnitFile>) {
    this.never = file.never;
    for (const unit of file.units) for (const word of unit.zh) this.add(word, unit);
    for (const list of this.byFirst.values()) list.sort((a, b) => b.word.length - a.word.length);
  }

  at(text: string, start: number): UnitMatch | undefined {
    for (const { word, unit } of this.byFirst.get(text[start] ?? "") ?? []) {
      if (!text.startsWith(word, start)) continue;
      if (this.never[word]?.includes(text[start + word.length] ?? "")) continue;
      return { unit, word };
    }
    return undefined;
  }

  private add(word: string, unit: Unit): void {
    const first = word[0] ?? "";
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
