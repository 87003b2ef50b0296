import type { Progress } from "../../../server/contract/index.js";
import { momentWords, percent } from "../../format.js";
import { useSpeech, type Word } from "../../i18n/index.js";
import { addressOf, Link } from "../../router.js";
import { TURNS } from "../review/filter-bar.js";

/** How far the review is, what waits, and who did it. */
export function ProgressPanel({ progress }: { readonly progress: Progress }) {
  const { t } = useSpeech();
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  const lines: readonly (readonly [Word, number, number])[] = [
    ["progress.headline", progress.reviewedHeadline, progress.headline],
    ["progress.all", progress.reviewed, progress.figures],
  ];
  const waiting = TURNS.flatMap((turn) => {
    const count = progress.byTurn[turn] ?? 0;
    return count > 0 ? [{ turn, count }] : [];
  });
  return (
    <section className="panel">
      <header>
        <h2>{t("progress.title")}</h2>
        <Link className="actions" to="/review">
          {t("progress.go")}
        </Link>
      </header>
      <dl className="bars">
        {lines.map(([word, part, whole]) => (
          <div key={word}>
            <dt>{t(word)}</dt>
            <dd>
              <svg
                className="meter"
                viewBox="0 0 100 6"
                preserveAspectRatio="none"
                width="100%"
                height="6"
                aria-hidden="true"
              >
                <rect className="is-part" width={100 * share(part, whole)} height="6" />
              </svg>
              <span>
                {part.toLocaleString("en")} / {whole.toLocaleString("en")} · {percent(share(part, whole))}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {waiting.length > 0 ? (
        <>
          <h3>{t("progress.waiting")}</h3>
          <ul className="turns">
            {waiting.map(({ turn, count }) => (
              <li key={turn}>
                <Link to={addressOf("/review", { turn })}>{t(`turn.${turn}` as Word)}</Link>
                <span>{count.toLocaleString("en")}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {progress.byReviewer.length > 0 ? (
        <div className="scroll-x">
          <table className="data">
            <thead>
              <tr>
                <th scope="col">{t("progress.reviewer")}</th>
                <th scope="col" className="number">
                  {t("progress.figures")}
                </th>
                <th scope="col" className="number">
                  {t("progress.today")}
                </th>
                <th scope="col">{t("progress.last")}</th>
              </tr>
            </thead>
            <tbody>
              {progress.byReviewer.map(({ reviewer, figures, today, last }) => (
                <tr key={reviewer}>
                  <th scope="row">{reviewer}</th>
                  <td className="number">{figures.toLocaleString("en")}</td>
                  <td className="number">{today.toLocaleString("en")}</td>
                  <td className="nowrap">{last ? momentWords(last) : "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p className="note">{t("progress.none")}</p>
      )}
    </section>
  );
}
