import { useQuery as useAsked, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Comment, Decision, FigureDetail, FigureHistory, Meaning } from "../../server/contract/index.js";
import { figureQuery, figuresOfQuery, historyQuery, regionQuery, sessionQuery } from "../api/queries.js";
import { Comments } from "../components/comments.js";
import { Confidence, FullValue, periodOr, ReviewTag, valueWords } from "../components/figure-parts.js";
import { Findings } from "../components/findings.js";
import { cropAddress, type Face, SourcePane } from "../components/source-pane.js";
import { Answer, Empty } from "../components/states.js";
import { momentWords } from "../format.js";
import { useSpeech, type Word } from "../i18n/index.js";
import { addressOf, Link } from "../router.js";

/** A figure: what it says, its sentence, its place, who doubts it, and all that happened to it. */
export default function FigureView({ params }: { readonly params: Readonly<Record<string, string>> }) {
  const asked = useAsked(figureQuery(params["id"] ?? ""));
  return (
    <Answer page of={asked}>
      {(detail) => <Detail detail={detail} />}
    </Answer>
  );
}

function Detail({ detail }: { readonly detail: FigureDetail }) {
  const { t, language } = useSpeech();
  const { figure } = detail;
  const session = useAsked(sessionQuery).data;
  const client = useQueryClient();
  const region = useAsked({ ...regionQuery(figure.region ?? ""), enabled: figure.region !== null }).data;
  const onAdded = (comment: Comment) =>
    client.setQueryData(figureQuery(figure.id).queryKey, { ...detail, comments: [comment, ...detail.comments] });
  return (
    <article className="figure">
      <div className="head">
        <h1>
          {figure.regionName?.[language] ?? t("field.regionNone")} · {figure.indicatorName[language]}{" "}
          <span className="figure-value">
            <FullValue of={figure} />
          </span>
        </h1>
        <div className="actions">
          <Link
            className="button"
            to={addressOf("/compare", { measure: figure.indicator, within: region?.parent ?? "" })}
          >
            {t("figure.compare")}
          </Link>
          {session?.user?.role === "reader" ? null : (
            <Link className="button is-first" to={addressOf("/review", { figure: figure.id })}>
              {t("figure.review")}
            </Link>
          )}
        </div>
      </div>
      <p className="sentence" lang="zh">
        {detail.context.before}
        <mark className="is-current">{detail.context.quote}</mark>
        {detail.context.after}
      </p>
      {detail.image ? (
        <img className="crop is-large" src={cropAddress(figure.id)} alt={t("review.crop", { quote: figure.quote })} />
      ) : null}
      <div className="figure-both">
        <div>
          <Meanings detail={detail} />
          <Findings findings={figure.findings} />
          {detail.conflicts.length > 0 ? (
            <section className="panel">
              <header>
                <h2>{t("figure.conflicts")}</h2>
              </header>
              <ul className="says">
                {detail.conflicts.map((other) => (
                  <li key={other.id}>
                    <Link to={`/figures/${other.id}`}>
                      <b>{valueWords(other, language)}</b>
                    </Link>
                    <q lang="zh">{other.quote}</q>
                    <span className="origin">
                      {other.publisher ?? other.file} <span className="note">{other.published ?? ""}</span>
                    </span>
                    <ReviewTag review={other.review} />
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          <History figure={figure.id} />
          <Comments
            of={{ figure: figure.id }}
            comments={detail.comments}
            onAdded={onAdded}
            readOnly={session?.user?.role === "reader"}
          />
        </div>
        <Place detail={detail} />
      </div>
    </article>
  );
}

function Meanings({ detail: { figure } }: { readonly detail: FigureDetail }) {
  const { t, language } = useSpeech();
  return (
    <dl className="facts">
      <div>
        <dt>{t("field.period")}</dt>
        <dd>{periodOr(figure.period, language, "–")}</dd>
      </div>
      <div>
        <dt>{t("field.scope")}</dt>
        <dd>{figure.scope ?? t("field.scopeNone")}</dd>
      </div>
      <div>
        <dt>{t("field.status")}</dt>
        <dd>{t(`status.${figure.status}`)}</dd>
      </div>
      <div>
        <dt>{t("figures.review")}</dt>
        <dd>
          <ReviewTag review={figure.review} />
        </dd>
      </div>
      <div>
        <dt>{t("figure.confidence")}</dt>
        <dd>
          <Confidence value={figure.confidence} />
        </dd>
      </div>
      <div>
        <dt>{t("figure.source")}</dt>
        <dd>
          <Link to={`/clippings/${figure.clipping}?figure=${figure.id}`}>{figure.title ?? figure.file}</Link>
          <span className="note">
            {" "}
            {[figure.publisher, figure.published].filter((part) => part).join(" · ")}
            {figure.page === null ? "" : ` · ${t("page.number", { number: figure.page })}`}
          </span>
        </dd>
      </div>
    </dl>
  );
}

function Place({ detail: { figure } }: { readonly detail: FigureDetail }) {
  const [face, setFace] = useState<Face>();
  const figures = useAsked(figuresOfQuery(figure.clipping)).data?.items ?? [figure];
  return (
    <SourcePane
      clipping={figure.clipping}
      figures={figures}
      current={figure}
      linkTo={({ id }) => `/figures/${id}`}
      face={face}
      setFace={setFace}
    />
  );
}

function History({ figure }: { readonly figure: string }) {
  const { t } = useSpeech();
  const asked = useAsked(historyQuery(figure));
  return (
    <section className="panel">
      <header>
        <h2>{t("figure.history")}</h2>
      </header>
      <Answer of={asked} small>
        {(history) => <Trail of={history} />}
      </Answer>
    </section>
  );
}

/** Runs and decisions in the order in which they came. */
function Trail({ of }: { readonly of: FigureHistory }) {
  const { t, language } = useSpeech();
  const entries = [
    ...of.runs.map((run) => ({ at: run.at, run, decision: undefined })),
    ...of.decisions.map((decision) => ({ at: decision.at, run: undefined, decision })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
  if (entries.length === 0) return <Empty title={t("state.nothing")} />;
  return (
    <ol className="trail">
      {entries.map(({ at, run, decision }) => (
        <li key={decision?.id ?? `${run?.version} ${at}`}>
          <span className="note">{momentWords(at)}</span>
          {run ? (
            <span>
              {t("history.read", { version: run.version })}{" "}
              {run.figure ? <b>{valueWords(run.figure, language)}</b> : t("history.notFound")}
            </span>
          ) : decision ? (
            <DecisionLine decision={decision} />
          ) : null}
        </li>
      ))}
      {of.second.map((opinion) => (
        <li key={`${opinion.reviewer} ${opinion.at}`}>
          <span className="note">{momentWords(opinion.at)}</span>
          <span>
            {t("history.second", { who: opinion.reviewer })} {t(`decision.${opinion.kind}` as Word)}{" "}
            <span className={opinion.agrees ? "tag is-ok" : "tag is-warn"}>
              {t(opinion.agrees ? "history.agrees" : "history.differs")}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function DecisionLine({ decision }: { readonly decision: Decision }) {
  const { t, language } = useSpeech();
  return (
    <span>
      <b>{decision.reviewer}</b> {t(`decision.${decision.kind}` as Word)}{" "}
      {decision.kind === "correct" && decision.was ? <Differences was={decision.was} is={decision.is} /> : null}
      {decision.kind === "add" ? valueWords(decision.is, language) : null}
      {decision.reason ? <q>{decision.reason}</q> : null}
    </span>
  );
}

/** What a correction changed, as told before and after. */
function Differences({ was, is }: { readonly was: Meaning; readonly is: Meaning }) {
  const { t, language } = useSpeech();
  const tell: readonly (readonly [Word, (meaning: Meaning) => string])[] = [
    ["field.value", (meaning) => valueWords(meaning, language)],
    ["field.indicator", ({ indicator }) => indicator],
    ["field.region", ({ region }) => region ?? "–"],
    ["field.period", ({ period }) => periodOr(period, language, "–")],
    ["field.scope", ({ scope }) => scope ?? t("field.scopeNone")],
    ["field.status", ({ status }) => t(`status.${status}`)],
  ];
  return tell
    .filter(([, words]) => words(was) !== words(is))
    .map(([field, words]) => (
      <span key={field} className="change">
        {t(field)} <del>{words(was)}</del> → <ins>{words(is)}</ins>
      </span>
    ));
}
