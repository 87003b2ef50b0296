import { printable } from "../export/table.js";
import { toPeople } from "../export/values.js";
import type { Explanation, Filled, Marked, Unused } from "./explanation.js";

/** How a mark is set around the number: reversed on a terminal, in brackets elsewhere. */
export type Mark = (part: string) => string;

export interface Names {
  readonly indicator: (id: string) => string;
  readonly region: (code: string | null) => string;
}

/** An explanation for people, a few words a line. */
export function printExplanation(explanation: Explanation, id: string | undefined, names: Names, mark: Mark): string {
  const { figure, confidence, repairs } = explanation;
  const region = figure.region ? `${figure.region} ${names.region(figure.region)}` : "–";
  return [
    sentence(explanation.sentence, mark),
    "",
    `${figure.indicator} ${names.indicator(figure.indicator)}  ${toPeople(figure.value, figure.unit, figure.qualifier)}${id ? `  figure ${id}` : ""}`,
    ...frame(explanation),
    ...rivals(explanation),
    line("region", `${region}  ← ${explanation.region.says}`),
    line("period", `${figure.period ?? "–"}  ← ${explanation.period.says}`),
    line("scope", `${figure.scope ?? "–"}  ← ${explanation.scope.says}`),
    line("status", `${figure.status}  ← ${explanation.status.says}`),
    ...repairs.map((repair) => line("repair", `${repair.kind}: ‘${repair.before}’ → ‘${repair.after}’`)),
    ...(confidence.parts.some((part) => part.feature === "checks agree")
      ? [line("checks", "the arithmetic with the figures beside it holds")]
      : []),
    ...figure.findings.map((finding) => line("finding", `${finding.level} ${finding.code}: ${finding.detail}`)),
    line(
      "confidence",
      `${confidence.value.toFixed(2)} = ${confidence.parts
        .filter((part) => Math.abs(part.odds) >= 0.05)
        .map((part) => `${part.feature} ${signed(part.odds)}`)
        .join(", ")}  (log odds)`,
    ),
  ].join("\n");
}

/** A number that became no figure. */
export function printUnused(unused: Unused, mark: Mark): string {
  return [sentence(unused.sentence, mark), line("no figure", unused.reason)].join("\n");
}

function frame(explanation: Explanation): string[] {
  const { quantity, frame } = explanation;
  const counted = `${quantity.value} ${quantity.unit}${quantity.measure ? ` ‘${quantity.measure}’` : ""}${quantity.qualifier === "exact" ? "" : `, ${quantity.qualifier}`}`;
  if (!frame) return [line("quantity", counted)];
  return [
    line("quantity", counted),
    line("heads", `${fillers(frame.heads)}${frame.elliptic ? "  (left out, taken over)" : ""}`),
    line("verbs", fillers(frame.verbs)),
    ...(frame.cues.length > 0 ? [line("cues", frame.cues.join(", "))] : []),
  ];
}

const fillers = (list: readonly Filled[]) =>
  list.length === 0
    ? "–"
    : list
        .map(({ word, concepts, how, weight }) => `${word} (${concepts.join("/")}; ${how} ${weight.toFixed(1)})`)
        .join(", ");

function rivals(explanation: Explanation): string[] {
  const told = explanation.rivals
    .slice(0, 5)
    .map((rival, rank) =>
      line(
        rank === 0 ? "won" : "lost",
        `${rival.indicator.padEnd(24)} ${(rival.probability * 100).toFixed(1).padStart(5)} %  ${rival.claim === undefined ? "no claim" : `claim ${rival.claim.toFixed(1)}`}${rival.because ? `: ${rival.because}` : ""}`,
      ),
    );
  const signs = explanation.reasons.map(({ sign, weight }) => `${sign} ${signed(weight)}`);
  return [
    ...told,
    ...(signs.length > 0 ? [line("signs", signs.join(", "))] : []),
    ...(explanation.rule ? [line("against", explanation.rule)] : []),
  ];
}

function sentence({ text, start, end }: Marked, mark: Mark): string {
  return `${printable(text.slice(0, start))}${mark(printable(text.slice(start, end)))}${printable(text.slice(end))}`.trim();
}

const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
const line = (name: string, value: string) => `  ${name.padEnd(11)} ${printable(value)}`;
