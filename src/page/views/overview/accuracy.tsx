import { useQuery as useAsked } from "@tanstack/react-query";
import type { Accuracy } from "../../../server/contract/index.js";
import { accuracyQuery } from "../../api/queries.js";
import { Answer } from "../../components/states.js";
import { percent } from "../../format.js";
import { useSpeech } from "../../i18n/index.js";
import { addressOf, Link } from "../../router.js";

/** How right the extractor was, by what reviewers found. */
export function AccuracyPanel() {
  const { t } = useSpeech();
  const asked = useAsked(accuracyQuery);
  return (
    <section className="panel">
      <header>
        <h2>{t("accuracy.title")}</h2>
        <p className="about">{t("accuracy.about")}</p>
      </header>
      <Answer of={asked}>
        {(accuracy) =>
          accuracy.overall.reviewed === 0 ? <p className="note">{t("accuracy.none")}</p> : <Table of={accuracy} />
        }
      </Answer>
    </section>
  );
}

type Line = Accuracy["overall"];

function Table({ of }: { readonly of: Accuracy }) {
  const { t, language } = useSpeech();
  return (
    <div className="scroll-x">
      <table className="data accuracy">
        <thead>
          <tr>
            <th scope="col">{t("field.indicator")}</th>
            <th scope="col" className="number">
              {t("accuracy.reviewed")}
            </th>
            <th scope="col" className="number">
              {t("accuracy.precision")}
            </th>
            <th scope="col">{t("accuracy.interval")}</th>
            <th scope="col" className="number">
              {t("review.corrected")}
            </th>
            <th scope="col" className="number">
              {t("review.rejected")}
            </th>
            <th scope="col" className="number">
              {t("accuracy.missed")}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr className="is-all">
            <th scope="row">{t("accuracy.overall")}</th>
            <Cells line={of.overall} />
          </tr>
          {of.byIndicator.map((line) => (
            <tr key={line.indicator}>
              <th scope="row">
                <Link
                  to={addressOf("/figures", {
                    indicator: line.indicator,
                    review: "accepted,corrected,rejected,added",
                  })}
                >
                  {line.name[language]}
                </Link>
              </th>
              <Cells line={line} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cells({ line }: { readonly line: Omit<Line, "right"> }) {
  const { precision, low, high } = line;
  return (
    <>
      <td className="number">{line.reviewed.toLocaleString("en")}</td>
      <td className="number">{precision === null ? "–" : percent(precision)}</td>
      <td>
        {low === null || high === null || precision === null ? null : (
          <svg
            className="interval"
            viewBox="0 0 100 10"
            width="100"
            height="10"
            role="img"
            aria-label={`${percent(low)} – ${percent(high)}`}
          >
            <rect className="whole" y="4" width="100" height="2" />
            <rect className="range" x={100 * low} y="3" width={Math.max(1, 100 * (high - low))} height="4" />
            <circle cx={100 * precision} cy="5" r="3" />
          </svg>
        )}
      </td>
      <td className="number">{line.corrected}</td>
      <td className="number">{line.rejected}</td>
      <td className="number">{line.missed}</td>
    </>
  );
}
