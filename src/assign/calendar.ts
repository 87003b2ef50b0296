/** A calendar date, or a year, or a month of one. */
export interface PartialDate {
  readonly year: number;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
}

const two = (value: number) => String(value).padStart(2, "0");

/** ISO 8601, as fine as the date is known: `2022-07-28`, `2022-07`, `2022`. */
export function isoOf(date: PartialDate): string {
  if (date.month === undefined) return String(date.year);
  if (date.day === undefined) return `${date.year}-${two(date.month)}`;
  return `${date.year}-${two(date.month)}-${two(date.day)}`;
}

/** Reads `2022`, `2022-07` or `2022-07-28`; undefined for anything else. */
export function parseIso(text: string | null): PartialDate | undefined {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(text ?? "");
  if (!match) return undefined;
  return {
    year: Number(match[1]),
    month: match[2] ? Number(match[2]) : undefined,
    day: match[3] ? Number(match[3]) : undefined,
  };
}

export function lastDayOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The same period a year earlier: `2022-01/2022-06` → `2021-01/2021-06`. */
export function yearBefore(period: string): string {
  return period.replace(/\d{4}/g, (year) => String(Number(year) - 1));
}

/** The same period as many years earlier; itself for none. */
export function yearsBefore(period: string, years: number): string {
  let earlier = period;
  for (let back = years; back > 0; back--) earlier = yearBefore(earlier);
  return earlier;
}

/** Whether an ISO interval is the same as another a year earlier. */
export const isYearBefore = (period: string, other: string): boolean =>
  period !== other && period.length === other.length && yearBefore(other) === period;

/** The last year that an ISO interval or date names; undefined where it names none. */
export function lastYearOf(period: string): string | undefined {
  let digits = 0;
  for (let at = period.length - 1; at >= 0; at--) {
    const code = period.charCodeAt(at);
    digits = code >= 48 && code <= 57 ? digits + 1 : 0;
    if (digits === 4) return period.slice(at, at + 4);
  }
  return undefined;
}

/** The end of an ISO interval or date. */
export function endOf(period: string): string {
  return period.slice(period.lastIndexOf("/") + 1);
}

/** The start of an ISO interval or date; undefined when open. */
export function startOf(period: string): string | undefined {
  const slash = period.indexOf("/");
  const start = slash < 0 ? period : period.slice(0, slash);
  return start === ".." ? undefined : start;
}
