import type { Cell, Comparison } from "../../../server/contract/index.js";
import { periodOr, valueWords } from "../../components/figure-parts.js";
import { useSpeech } from "../../i18n/index.js";
import { columnTitle } from "./titles.js";

interface Props {
  readonly comparison: Comparison;
  onMark(mark: { readonly region: string; readonly key: string }): void;
}

/** Regions by columns; each value opens what it is made of. Gaps are shown as gaps. */
export function ComparisonTable({ comparison, onMark }: Props) {
  const { t, language } = useSpeech();
  const { columns, rows, conflicts } = comparison;
  const disputed = new Set(conflicts.map(({ chosen }) => chosen.id));
  return (
    <div className="scroll-x">
      <table className="data comparison">
        <thead>
          <tr>
            <th scope="col" className="number">
              {t("compare.rank")}
            </th>
            <th scope="col">{t("field.region")}</th>
            {columns.map(({ key }) => (
              <th key={key} scope="col" className="number">
                {columnTitle(comparison, key)[language]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.region} className={row.level !== rows[index - 1]?.level ? "is-first-of-level" : undefined}>
              <td className="number">{row.rank ?? "–"}</td>
              <th scope="row">{row.name[language]}</th>
              {columns.map(({ key }) => {
                const cell = row.cells[key];
                return (
                  <td key={key} className={cell ? "number" : "number is-gap"}>
                    {cell ? (
                      <button type="button" className="cell-button" onClick={() => onMark({ region: row.region, key })}>
                        <CellWords cell={cell} disputed={disputed.has(cell.figure.id)} />
                      </button>
                    ) : (
                      <span title={t("compare.gap")}>–</span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CellWords({ cell, disputed }: { readonly cell: Cell; readonly disputed: boolean }) {
  const { t, language } = useSpeech();
  const { review } = cell.figure;
  return (
    <>
      <span className={cell.comparable ? undefined : "is-unlike"}>
        {valueWords(cell, language)}
        {cell.comparable ? "" : " †"}
        {cell.derivedFrom.length > 0 ? " *" : ""}
        {review === "accepted" || review === "corrected" || review === "added" ? " ✓" : ""}
      </span>
      {disputed ? <span className="tag is-warn">{t("turn.contested")}</span> : null}
      <small>{periodOr(cell.period, language, "")}</small>
    </>
  );
}
