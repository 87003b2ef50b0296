import type { z } from "zod";
import type { Finding } from "../../server/contract/index.js";
import { useSpeech, type Word } from "../i18n/index.js";

const LOOK = { note: "", warning: "is-warn", error: "is-bad" } as const;

const CODES = [
  "check/sum-differs",
  "check/rate-differs",
  "check/implausible",
  "check/part-exceeds-whole",
  "check/cumulative-falls",
  "check/conflict",
] as const;

/** What a check found, in the reader's language; its code where there are no words for it. */
export function codeWord(code: string, t: (word: Word) => string): string {
  const known = CODES.find((each) => each === code);
  return known ? t(`code.${known}`) : code;
}

/** What checks say of a figure. */
export function Findings({ findings }: { readonly findings: readonly z.infer<typeof Finding>[] }) {
  const { t } = useSpeech();
  if (findings.length === 0) return null;
  return (
    <ul className="finding-list">
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.detail}`}>
          <span className={`tag ${LOOK[finding.level]}`}>{codeWord(finding.code, t)}</span>
          <span>{finding.detail}</span>
        </li>
      ))}
    </ul>
  );
}
