import type { Quantity } from "../doc/index.js";
import { sameFamily } from "./topic.js";

/** How a number hangs together with those around it, whatever the words say. */
export interface Relation {
  /** It is the sum of others, one of the parts, or a share of two counts, or one of these two. */
  readonly role: "whole" | "part" | "rest" | "share" | "shared" | "base";
  /** The numbers it hangs together with. */
  readonly others: readonly Quantity[];
}

/** How many counts back and forth are tried. */
const REACH = 7;
const SMALLEST = 8;

/**
 * Sums and shares among the numbers of an article: 1697 = 1533 + 164, and
 * 90.3 % is 1533 of 1697. They tell what was collected, solved and left over
 * even where the words are new.
 */
export function relationsOf(numbers: readonly Quantity[]): Map<Quantity, Relation[]> {
  const relations = new Map<Quantity, Relation[]>();
  const note = (quantity: Quantity, relation: Relation) => {
    const known = relations.get(quantity);
    if (!known) relations.set(quantity, [relation]);
    else if (!known.some((each) => each.role === relation.role)) known.push(relation);
  };
  const counts = numbers.filter(
    (number) => number.unit === "count" && Number.isInteger(number.value) && number.not === undefined && !number.one,
  );
  counts.forEach((whole, index) => {
    if (whole.value < SMALLEST) return;
    noteSums(whole, near(counts, index, whole), note);
  });
  let at = 0;
  for (const share of numbers) {
    while (at < counts.length && (counts[at] as Quantity).start <= share.start) at++;
    if (share.unit !== "percent" || share.value >= 100 || share.value <= 1) continue;
    noteShares(share, counts.slice(Math.max(0, at - REACH), at + 3), note);
  }
  return relations;
}

function near(counts: readonly Quantity[], index: number, whole: Quantity): Quantity[] {
  return counts
    .slice(Math.max(0, index - 2), index + REACH)
    .filter((other) => other !== whole && other.value < whole.value && sameFamily(other.measure, whole.measure));
}

type Note = (quantity: Quantity, relation: Relation) => void;

/** Two to five parts in a row that make up the whole. */
function noteSums(whole: Quantity, parts: readonly Quantity[], note: Note): void {
  for (let from = 0; from < parts.length; from++) {
    let sum = (parts[from] as Quantity).value;
    for (let to = from + 1; to < Math.min(parts.length, from + 6); to++) {
      sum += (parts[to] as Quantity).value;
      if (sum > whole.value) break;
      if (sum !== whole.value) continue;
      const members = parts.slice(from, to + 1);
      note(whole, { role: "whole", others: members });
      members.forEach((part, order) => {
        const role = order === members.length - 1 && members.length === 2 ? "rest" : "part";
        note(part, { role, others: [whole, ...members.filter((other) => other !== part)] });
      });
    }
  }
  for (let first = 0; first < parts.length; first++) {
    for (let second = first + 2; second < parts.length; second++) {
      const [a, b] = [parts[first] as Quantity, parts[second] as Quantity];
      if (a.value + b.value !== whole.value) continue;
      note(whole, { role: "whole", others: [a, b] });
      note(a, { role: "part", others: [whole, b] });
      note(b, { role: "rest", others: [whole, a] });
    }
  }
}

/** The share is one count of another, both before it or right behind. */
function noteShares(share: Quantity, before: readonly Quantity[], note: Note): void {
  const digits = /\.(\d+)/.exec(String(share.value))?.[1]?.length ?? 0;
  const step = 0.5 * 10 ** -digits + 1e-9;
  for (const base of before) {
    if (base.value < SMALLEST) continue;
    for (const part of before) {
      if (part === base || part.value >= base.value || !sameFamily(part.measure, base.measure)) continue;
      // a round share fits many pairs by chance: only neighbours count
      if (digits === 0 && Math.abs(before.indexOf(part) - before.indexOf(base)) !== 1) continue;
      if (Math.abs((part.value / base.value) * 100 - share.value) > step) continue;
      note(share, { role: "share", others: [part, base] });
      note(part, { role: "shared", others: [base, share] });
      note(base, { role: "base", others: [part, share] });
    }
  }
}
