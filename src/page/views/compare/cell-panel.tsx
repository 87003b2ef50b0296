import { useEffect, useRef } from "react";
import type { Cell, Observed } from "../../../server/contract/index.js";
import { FullValue, periodOr, ReviewTag, valueWords } from "../../components/figure-parts.js";
import { fileName } from "../../format.js";
import { useSpeech, type Word } from "../../i18n/index.js";
import { Link } from "../../router.js";

interface Named {
  readonly zh: string;
  readonly en: string;
}

interface Props {
  readonly name: Named;
  readonly title: Named;
  readonly cell: Cell;
  readonly conflicts: readonly { readonly chosen: Observed; readonly others: readonly Observed[] }[];
  onClose(): void;
}

/** One value of a comparison: why it is this one, and the figures that it comes from. */
export function CellPanel({ name, title, cell, conflicts, onClose }: Props) {
  const { t, language } = useSpeech();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: false }), []);
  const parts = cell.derivedFrom.length > 0 ? cell.derivedFrom : [cell.figure];
  const others = conflicts.flatMap((conflict) => conflict.others);
  return (
    <aside className="cell-panel" aria-label={`${name[language]} ${title[language]}`}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {name[language]} · {title[language]}
        </h2>
        <b className="cell-value">
          <FullValue of={cell} />
        </b>
        <button type="button" className="button is-quiet" onClick={onClose}>
          {t("action.close")}
        </button>
      </header>
      <p className="note">
        {periodOr(cell.period, language, t("compare.noPeriod"))} · {t(`reason.${cell.reason}` as Word)} ·{" "}
        {t("compare.support", { count: cell.support })}
        {cell.basis ? ` · ${t(`basis.${cell.basis}`)}` : ""}
        {cell.comparable ? "" : ` · ${t("compare.unlike")}`}
      </p>
      <h3>{t(cell.derivedFrom.length > 0 ? "compare.computedFrom" : "compare.from")}</h3>
      <Said figures={parts} />
      {others.length > 0 ? (
        <>
          <h3>{t("figure.conflicts")}</h3>
          <Said figures={others} />
        </>
      ) : null}
      {cell.newer ? (
        <>
          <h3>{t("compare.newer")}</h3>
          <Said figures={[cell.newer]} />
        </>
      ) : null}
    </aside>
  );
}

/** Figures with their words and where they come from; each leads to its place. */
export function Said({ figures }: { readonly figures: readonly Observed[] }) {
  const { language } = useSpeech();
  return (
    <ul className="says">
      {figures.map((figure) => (
        <li key={figure.id}>
          <Link to={`/figures/${figure.id}`}>
            <b>{valueWords(figure, language)}</b>
          </Link>
          <q lang="zh">{figure.quote}</q>
          <span className="origin">
            {figure.publisher ?? figure.title ?? fileName(figure.path)}{" "}
            <span className="note">
              {[figure.published, periodOr(figure.period, language, "")].filter((part) => part).join(" · ")}
            </span>
          </span>
          <ReviewTag review={figure.review} />
        </li>
      ))}
    </ul>
  );
}
