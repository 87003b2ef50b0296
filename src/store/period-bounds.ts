/** First and last day of an ISO date or interval, for range queries; null where open or unknown. */
export function boundsOf(period: string | null): { start: string | null; end: string | null } {
  if (!period) return { start: null, end: null };
  const [first = "", last = first] = period.split("/");
  return { start: first === ".." ? null : firstDay(first), end: lastDay(last) };
}

const firstDay = (date: string) => (date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date);

function lastDay(date: string): string {
  if (date.length === 4) return `${date}-12-31`;
  if (date.length !== 7) return date;
  const [year = 0, month = 1] = date.split("-").map(Number);
  return `${date}-${String(new Date(Date.UTC(year, month, 0)).getUTCDate()).padStart(2, "0")}`;
}
