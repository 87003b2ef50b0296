import { statSync } from "node:fs";
import type Database from "better-sqlite3";
import { allRegions, indicators, regionOf } from "../../catalogue/index.js";

const FILES = ["regions.json", "indicators.json"].map((name) => new URL(`../../../schemas/${name}`, import.meta.url));

/** Keeps the names of regions and indicators in the store as schemas/ has them, for those who read the file with other tools. */
export function refreshNames(database: Database.Database): void {
  // telling by their sizes costs nothing; reading regions.json at every start would
  const files = FILES.map((file) => statSync(file).size).join(" ");
  const isCurrent = () => database.prepare("SELECT files FROM names_of").pluck().get() === files;
  if (isCurrent()) return;
  database
    .transaction(() => {
      if (isCurrent()) return;
      database.exec("DELETE FROM region; DELETE FROM indicator; DELETE FROM names_of");
      const region = database.prepare("INSERT INTO region VALUES (?, ?, ?, ?, ?, ?)");
      for (const { code, name, english, level, parent } of allRegions()) {
        const above = level === "county" && parent !== null ? (regionOf(parent)?.name ?? "") : "";
        region.run(code, name, `${above}${name}`, english[0] ?? null, level, parent);
      }
      const indicator = database.prepare("INSERT INTO indicator VALUES (?, ?, ?, ?)");
      for (const { id, label, labelEn, unit } of indicators()) indicator.run(id, label, labelEn, unit);
      database.prepare("INSERT INTO names_of VALUES (?)").run(files);
    })
    .immediate();
}
