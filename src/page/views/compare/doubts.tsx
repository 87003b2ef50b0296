import type { Comparison } from "../../../server/contract/index.js";
import { periodOr } from "../../components/figure-parts.js";
import { useSpeech, type Word } from "../../i18n/index.js";
import { addressOf, Link } from "../../router.js";
import { Said } from "./cell-panel.js";
import { columnTitle } from "./titles.js";

/** Values of one place and period that cannot both be true; none is averaged away. */
export function Conflicts({ comparison }: { readonly comparison: Comparison }) {
  const { t, language } = useSpeech();
  const { conflicts, measures } = comparison;
  if (conflicts.length === 0) return null;
  const nameOf = (id: string) => measures.find((measure) => measure.id === id)?.name[language] ?? id;
  return (
    <section className="panel doubts">
      <header>
        <h2>{t("compare.conflicts")}</h2>
        <p className="about">{t("compare.conflictCount", { count: conflicts.length })}</p>
      </header>
      <ul>
        {conflicts.map((conflict) => (
          <li key={`${conflict.region} ${conflict.chosen.id}`}>
            <h3>
              {conflict.name[language]} · {nameOf(conflict.indicator)} · {periodOr(conflict.period, language, "–")}
            </h3>
            <p className="note">{t(`reason.${conflict.reason}` as Word)}</p>
            <Said figures={[conflict.chosen, ...conflict.others]} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Regions that lack a value: missing is missing, not zero. */
export function Gaps({ comparison }: { readonly comparison: Comparison }) {
  const { t, language } = useSpeech();
  const { gaps } = comparison;
  if (gaps.length === 0) return null;
  return (
    <details className="panel doubts">
      <summary>
        <h2>{t("compare.gaps")}</h2> <span className="about">{t("compare.gapCount", { count: gaps.length })}</span>
      </summary>
      <ul className="gap-list">
        {gaps.map(({ region, name, missing }) => (
          <li key={region}>
            <Link to={addressOf("/figures", { within: region })}>{name[language]}</Link>{" "}
            <span className="note">{missing.map((key) => columnTitle(comparison, key)[language]).join("、")}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
