import { regionOf } from "../../catalogue/index.js";

/** A code that a reviewer may give: one of the code list, also a retired one. */
export const isRegion = (code: string): boolean => regionOf(code) !== undefined;

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  const [, year = "", month = "01", day = "01"] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day) && Number(year) >= 1000;
}

/** An ISO date or interval of the calendar that does not end before it begins; open at the start as `..`. */
export function isPeriod(text: string): boolean {
  const [start = "", end, ...more] = text.split("/");
  if (more.length > 0) return false;
  if (end === undefined) return isDate(start);
  if (!isDate(end)) return false;
  return start === ".." || (isDate(start) && start.slice(0, end.length) <= end.slice(0, start.length));
}
