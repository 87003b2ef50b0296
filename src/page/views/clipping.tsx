import { useQuery as useAsked, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ClippingDetail, Figure } from "../../server/contract/index.js";
import { apiAddress } from "../api/client.js";
import { clippingQuery, figuresOfQuery, sessionQuery } from "../api/queries.js";
import { periodOr, ReviewTag, valueWords } from "../components/figure-parts.js";
import { centre } from "../components/marked-text.js";
import { type Drawn, FACES, type Face, SourcePane } from "../components/source-pane.js";
import { Answer } from "../components/states.js";
import { byteWords } from "../format.js";
import { useSpeech, type Word } from "../i18n/index.js";
import { addressOf, Link, useQuery } from "../router.js";
import { AboutForm } from "./about-form.js";
import { AddForm } from "./review/add-form.js";

/** One clipping: its text or pages with figures marked, and the figures in their order. */
export default function ClippingView({ params }: { readonly params: Readonly<Record<string, string>> }) {
  const id = params["id"] ?? "";
  const asked = useAsked(clippingQuery(id));
  return (
    <Answer page of={asked}>
      {(detail) => <Detail detail={detail} />}
    </Answer>
  );
}

function Detail({ detail }: { readonly detail: ClippingDetail }) {
  const { t, language } = useSpeech();
  const [query, change] = useQuery();
  const { clipping } = detail;
  const session = useAsked(sessionQuery).data;
  const asked = useAsked(figuresOfQuery(clipping.id));
  const figures = useMemo(
    () => (asked.data?.items ?? []).filter(({ review }) => review !== "rejected").sort((a, b) => a.start - b.start),
    [asked.data],
  );
  const current = figures.find(({ id }) => id === query.get("figure"));
  const face = FACES.find((each) => each === query.get("face"));
  const [adding, setAdding] = useState(false);
  const [drawn, setDrawn] = useState<Drawn>();
  const mayWrite = session?.user?.role !== "reader";
  const linkTo = ({ id }: Figure) => addressOf(`/clippings/${clipping.id}`, { figure: id, face: face ?? "" });
  return (
    <>
      <div className="head">
        <h1>{clipping.about.title ?? clipping.file}</h1>
        <div className="actions">
          {mayWrite ? (
            <>
              <button type="button" className="button" aria-pressed={adding} onClick={() => setAdding(!adding)}>
                {t("review.add")}
              </button>
              <Link className="button is-first" to={addressOf("/review", { clipping: clipping.id })}>
                {t("clipping.review")}
              </Link>
            </>
          ) : null}
        </div>
      </div>
      <About detail={detail} mayWrite={mayWrite} />
      <div className="clipping-both">
        <SourcePane
          clipping={clipping.id}
          figures={figures}
          current={current}
          linkTo={linkTo}
          face={face}
          setFace={(next: Face) => change({ face: next }, { replace: true })}
          {...(adding ? { marking: { drawn, setDrawn } } : {})}
        />
        {adding ? (
          <AddForm
            like={current ?? figures[0]}
            clipping={clipping.id}
            drawn={drawn}
            onClose={() => {
              setAdding(false);
              setDrawn(undefined);
            }}
          />
        ) : (
          <section className="clipping-figures" aria-label={t("overview.figures")}>
            <h2>{t("clipping.figures", { count: figures.length })}</h2>
            {figures.length === 0 && asked.data ? <p className="note">{t("clipping.noFigures")}</p> : null}
            <FigureList figures={figures} current={current} linkTo={linkTo} language={language} />
          </section>
        )}
      </div>
    </>
  );
}

interface ListProps {
  readonly figures: readonly Figure[];
  readonly current: Figure | undefined;
  linkTo(figure: Figure): string;
  readonly language: "zh" | "en";
}

function FigureList({ figures, current, linkTo, language }: ListProps) {
  const { t } = useSpeech();
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when another figure is looked at
  useEffect(() => {
    const item = list.current?.querySelector('[aria-current="true"]');
    if (item && list.current) centre(item, list.current);
  }, [current?.id]);
  return (
    <ol ref={list}>
      {figures.map((figure) => (
        <li key={figure.id} aria-current={figure.id === current?.id ? "true" : undefined}>
          <Link to={linkTo(figure)}>
            <span className="what">{figure.indicatorName[language]}</span>
            <b>{valueWords(figure, language)}</b>
          </Link>
          <p className="note">
            {figure.regionName?.[language] ?? t("field.regionNone")} · {periodOr(figure.period, language, "–")}
            {figure.scope ? ` · ${figure.scope}` : ""}
          </p>
          <p className="tags">
            <ReviewTag review={figure.review} />
            {figure.findings.some(({ level }) => level !== "note") ? (
              <span className="tag is-bad">{t("turn.failed")}</span>
            ) : null}
            {figure.contested ? <span className="tag is-warn">{t("turn.contested")}</span> : null}
            <Link to={`/figures/${figure.id}`}>{t("figure.open")}</Link>
          </p>
        </li>
      ))}
    </ol>
  );
}

function About({ detail, mayWrite }: { readonly detail: ClippingDetail; readonly mayWrite: boolean }) {
  const { t, language } = useSpeech();
  const client = useQueryClient();
  const [editing, setEditing] = useState(false);
  const { clipping, messages } = detail;
  const { about } = clipping;
  const parts = [
    about.publisher,
    about.published,
    clipping.regionName?.[language],
    t(`kind.${clipping.kind}` as Word),
    byteWords(clipping.bytes),
    detail.encoding,
  ].filter((part): part is string => Boolean(part));
  if (editing)
    return (
      <AboutForm
        clipping={clipping}
        onClose={() => setEditing(false)}
        onSaved={(next) => {
          client.setQueryData(clippingQuery(clipping.id).queryKey, next);
          setEditing(false);
        }}
      />
    );
  return (
    <div className="about-clipping">
      <p>
        {parts.map((part) => (
          <span key={part}>{part}</span>
        ))}
        {about.url && /^https?:\/\//.test(about.url) ? (
          <a href={about.url} rel="noreferrer noopener" target="_blank">
            {new URL(about.url).host}
          </a>
        ) : null}
        <span className="file">{clipping.file}</span>
        {detail.source === "gone" ? null : (
          <a href={apiAddress(`/clippings/${clipping.id}/source`)}>{t("clipping.download")}</a>
        )}
        {mayWrite ? (
          <button type="button" className="button is-quiet" onClick={() => setEditing(true)}>
            {t("clipping.edit")}
          </button>
        ) : null}
      </p>
      {clipping.repostOf ? (
        <p>
          <span className="tag">{t("clipping.repost")}</span>{" "}
          <Link to={`/clippings/${clipping.repostOf}`}>{t("clipping.original")}</Link>
        </p>
      ) : null}
      {detail.reposts.length > 0 ? (
        <details>
          <summary>{t("clipping.reposted", { count: detail.reposts.length })}</summary>
          <ul>
            {detail.reposts.map((repost) => (
              <li key={repost.id}>
                <Link to={`/clippings/${repost.id}`}>{repost.title ?? repost.file}</Link>{" "}
                <span className="note">{Math.round(repost.similarity * 100)}%</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {messages.some(({ level }) => level !== "note") ? (
        <details>
          <summary>
            {t("clipping.messages", { count: messages.filter(({ level }) => level !== "note").length })}
          </summary>
          <ul>
            {messages
              .filter(({ level }) => level !== "note")
              .map((message) => (
                <li key={`${message.code} ${message.start} ${message.detail}`}>
                  <span className={message.level === "error" ? "tag is-bad" : "tag is-warn"}>{message.code}</span>{" "}
                  {message.detail}
                </li>
              ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
