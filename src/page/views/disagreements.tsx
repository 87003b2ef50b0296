import { useQuery as useAsked, useInfiniteQuery } from "@tanstack/react-query";
import type { Decision, Disagreement, Meaning, Opinion } from "../../server/contract/index.js";
import { agreementQuery, disagreementsQuery, indicatorsQuery, sessionQuery, settingsQuery } from "../api/queries.js";
import { periodOr, valueWords } from "../components/figure-parts.js";
import { Pages } from "../components/more.js";
import { Answer, Empty } from "../components/states.js";
import { percent } from "../format.js";
import { useSpeech, type Word } from "../i18n/index.js";
import { addressOf, Link } from "../router.js";
import { SecondSettings } from "./second-settings.js";

/** Where two reviewers say different things of one figure, and how often they agree. */
export default function Disagreements() {
  const { t } = useSpeech();
  const asked = useInfiniteQuery(disagreementsQuery);
  const settings = useAsked(settingsQuery);
  const session = useAsked(sessionQuery).data;
  return (
    <>
      <div className="head">
        <h1>{t("disagree.title")}</h1>
        <p className="about">{t("disagree.about")}</p>
        <div className="actions">
          <Link className="button" to="/review?second=1">
            {t("review.second")}
          </Link>
        </div>
      </div>
      <Answer of={settings}>
        {(data) => <SecondSettings settings={data} mayChange={session?.user?.role === "admin"} />}
      </Answer>
      <AgreementPanel />
      <Pages of={asked} empty={<Empty title={t("disagree.none")}>{t("disagree.noneMore")}</Empty>}>
        {(items) => (
          <ol className="findings">
            {items.map((item) => (
              <One key={item.second.id} item={item} />
            ))}
          </ol>
        )}
      </Pages>
    </>
  );
}

function One({ item: { figure, context, first, second } }: { readonly item: Disagreement }) {
  const { t, language } = useSpeech();
  return (
    <li>
      <header>
        <h2>
          {figure.regionName?.[language] ?? t("field.regionNone")} · {figure.indicatorName[language]}
        </h2>
        <Link className="button" to={addressOf("/review", { figure: figure.id })}>
          {t("disagree.settle")}
        </Link>
      </header>
      <p className="sentence is-small" lang="zh">
        {context.before.slice(-60)}
        <mark className="is-current">{context.quote}</mark>
        {context.after.slice(0, 60)}
      </p>
      <ul className="says">
        <Said who={first.reviewer} kind={first.kind} is={first.is} differs={second.differs} reason={first.reason} />
        <Said who={second.reviewer} kind={second.kind} is={second.is} differs={second.differs} reason={second.reason} />
      </ul>
    </li>
  );
}

interface SaidProps {
  readonly who: string;
  readonly kind: Decision["kind"] | Opinion["kind"];
  readonly is: Meaning;
  readonly differs: readonly string[];
  readonly reason: string | null;
}

function Said({ who, kind, is, differs, reason }: SaidProps) {
  const { t, language } = useSpeech();
  const words: Readonly<Record<string, string>> = {
    value: valueWords(is, language),
    indicator: is.indicator,
    region: is.region ?? "–",
    period: periodOr(is.period, language, "–"),
    scope: is.scope ?? t("field.scopeNone"),
    status: t(`status.${is.status}`),
    unit: is.unit,
    qualifier: t(`qualifier.${is.qualifier}`),
  };
  return (
    <li>
      <b>{who}</b> {t(`decision.${kind}` as Word)} {valueWords(is, language)}
      {differs
        .filter((field) => field !== "decision" && field !== "value")
        .map((field) => (
          <span key={field} className="change">
            {t(`field.${field}` as Word)}: {words[field] ?? ""}
          </span>
        ))}
      {reason ? <q>{reason}</q> : null}
    </li>
  );
}

type Pair = { readonly figures: number; readonly agreed: number };

function AgreementPanel() {
  const { t, language } = useSpeech();
  const asked = useAsked(agreementQuery);
  const indicators = useAsked(indicatorsQuery).data?.items ?? [];
  const share = ({ figures, agreed }: Pair) => (figures === 0 ? "–" : percent(agreed / figures));
  return (
    <section className="panel agreement">
      <header>
        <h2>{t("agree.title")}</h2>
      </header>
      <Answer of={asked}>
        {(data) =>
          data.figures === 0 ? (
            <p className="note">{t("agree.none")}</p>
          ) : (
            <>
              <p>
                {t("agree.said", { agreed: data.agreed, count: data.figures, share: share(data) })}
                {data.kappa === null ? "" : ` · κ = ${data.kappa.toFixed(2)}`}
              </p>
              <ul className="turns">
                {data.byPair.map((pair) => (
                  <li key={pair.reviewers.join()}>
                    <span>{pair.reviewers.join(" – ")}</span>
                    <span>
                      {pair.agreed} / {pair.figures} · {share(pair)}
                    </span>
                  </li>
                ))}
                {data.byIndicator.map((line) => (
                  <li key={line.indicator}>
                    <span>{indicators.find(({ id }) => id === line.indicator)?.name[language] ?? line.indicator}</span>
                    <span>
                      {line.agreed} / {line.figures} · {share(line)}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Answer>
    </section>
  );
}
