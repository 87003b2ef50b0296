import type { Draft, Finding } from "../doc/index.js";

/** Findings on drafts, by their index, and how the checks speak for or against each. */
export interface Checked {
  readonly findings: readonly (readonly Finding[])[];
  /** -1 … 1: failed checks lower, passed ones raise. */
  readonly support: readonly number[];
}

/** Shares are printed with one or two decimals; half a unit of the last place, and rounding of the counts. */
const RATE_TOLERANCE = 0.11;

/**
 * Arithmetic and plausibility over the figures of one clipping:
 * collected = resolved + pending; rate = resolved / collected; a part is no
 * larger than its whole; a share is between 0 and 100.
 */
export function check(drafts: readonly Draft[]): Checked {
  const findings: Finding[][] = drafts.map(() => []);
  const support: number[] = drafts.map(() => 0);
  const note = (indexes: readonly number[], finding: Finding) => {
    for (const index of indexes) {
      findings[index]?.push(finding);
      support[index] = Math.min(support[index] ?? 0, -0.5);
    }
  };
  const agree = (indexes: readonly number[]) => {
    for (const index of indexes) if ((support[index] ?? 0) >= 0) support[index] = 1;
  };
  for (const group of problemGroups(drafts)) checkProblems(drafts, group, note, agree);
  drafts.forEach((draft, index) => {
    if (draft.unit === "percent" && (draft.value > 100 || draft.value < 0) && draft.indicator !== "resumption.rate")
      note([index], { code: "check/implausible", level: "warning", detail: `${draft.value} % is no share` });
    if (draft.unit === "count" && !Number.isInteger(draft.value))
      note([index], { code: "check/implausible", level: "warning", detail: `${draft.value} is no count` });
  });
  return { findings, support };
}

type Group = ReadonlyMap<string, readonly number[]>;

/** Problem figures of one article, region and stretch of text: a rate closes a stretch. */
function problemGroups(drafts: readonly Draft[]): Group[] {
  const groups: Map<string, number[]>[] = [];
  let open = new Map<string, number[]>();
  let key = "";
  let sentence = 0;
  drafts.forEach((draft, index) => {
    if (!draft.indicator.startsWith("problem.") || draft.status !== "actual") return;
    const own = `${draft.article}|${draft.region}|${draft.scope === null ? "" : draft.scope}`;
    if (
      own !== key ||
      draft.sentence - sentence > 2 ||
      (open.has(draft.indicator) && draft.indicator === "problem.collected")
    ) {
      if (open.size > 1) groups.push(open);
      open = new Map();
      key = own;
    }
    sentence = draft.sentence;
    open.set(draft.indicator, [...(open.get(draft.indicator) ?? []), index]);
  });
  if (open.size > 1) groups.push(open);
  return groups;
}

function checkProblems(
  drafts: readonly Draft[],
  group: Group,
  note: (indexes: readonly number[], finding: Finding) => void,
  agree: (indexes: readonly number[]) => void,
): void {
  const first = (id: string) => group.get(id)?.[0];
  const collected = first("problem.collected");
  const resolved = group.get("problem.resolved") ?? [];
  const pending = group.get("problem.pending") ?? [];
  const rate = first("problem.resolution_rate");
  const value = (index: number | undefined) => (index === undefined ? undefined : drafts[index]?.value);
  const whole = value(collected);
  const done = resolved.reduce((sum, index) => sum + (value(index) ?? 0), 0);
  const exact = [collected, ...resolved, ...pending].every(
    (index) => index === undefined || drafts[index]?.qualifier === "exact",
  );
  if (whole !== undefined && collected !== undefined && resolved.length > 0 && pending.length > 0 && exact) {
    const left = pending.reduce((sum, index) => sum + (value(index) ?? 0), 0);
    const involved = [collected, ...resolved, ...pending];
    const single = resolved.some((index) => (value(index) ?? 0) + left === whole);
    if (done + left === whole || single) agree(involved);
    else if (resolved.length === 1 && pending.length === 1)
      note(involved, {
        code: "check/sum-differs",
        level: "warning",
        detail: `resolved ${done} + pending ${left} = ${done + left}, collected ${whole}`,
      });
  }
  const percent = value(rate);
  if (
    whole !== undefined &&
    collected !== undefined &&
    percent !== undefined &&
    rate !== undefined &&
    resolved.length > 0 &&
    whole > 0 &&
    exact &&
    drafts[rate]?.qualifier === "exact"
  ) {
    const candidates = [done, ...resolved.map((index) => value(index) ?? 0)].map((count) => (count / whole) * 100);
    const near = candidates.some(
      (share) => Math.abs(share - percent) <= RATE_TOLERANCE || Math.round(share) === percent,
    );
    if (near) agree([collected, ...resolved, rate]);
    else if (resolved.length === 1)
      note([collected, ...resolved, rate], {
        code: "check/rate-differs",
        level: "warning",
        detail: `${done} / ${whole} = ${((done / whole) * 100).toFixed(1)} %, printed ${percent} %`,
      });
  }
  if (whole !== undefined && collected !== undefined && exact) {
    for (const index of resolved)
      if ((value(index) ?? 0) > whole)
        note([collected, index], {
          code: "check/part-exceeds-whole",
          level: "warning",
          detail: `resolved ${value(index)} of ${whole} collected`,
        });
  }
}
