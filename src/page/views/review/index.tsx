import { useQuery as useAsked } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Turn } from "../../../server/contract/index.js";
import type { StaleDecision } from "../../api/client.js";
import { figuresOfQuery, progressQuery, sessionQuery, settingsQuery } from "../../api/queries.js";
import { markLabel } from "../../components/figure-parts.js";
import { type Drawn, FACES, type Face, SourcePane } from "../../components/source-pane.js";
import { Empty, Loading, Problem } from "../../components/states.js";
import { useTell } from "../../components/toasts.js";
import { useSpeech } from "../../i18n/index.js";
import { addressOf, Link, useQuery } from "../../router.js";
import { AddForm } from "./add-form.js";
import { FilterBar, TURNS } from "./filter-bar.js";
import { Help } from "./help.js";
import { useKeys } from "./keys.js";
import { Panel, type PanelHandle } from "./panel.js";
import { StaleDialog } from "./stale-dialog.js";
import { type Choice, type Item, useQueue } from "./use-queue.js";

/** Figures one after another beside their source; from the keyboard alone where one likes. */
export default function Review() {
  const { t, language } = useSpeech();
  const tell = useTell();
  const [query, change] = useQuery();
  const session = useAsked(sessionQuery);
  const mode = query.get("second") === "1" ? "second" : "first";
  const filter = useMemo(() => filterOf(query), [query]);
  const [stale, setStale] = useState<{ item: Item; stale: StaleDecision; choice: Choice }>();
  const queue = useQueue(mode, filter, {
    onStale: useCallback(
      (item: Item, problem: StaleDecision, choice: Choice) => setStale({ item, stale: problem, choice }),
      [],
    ),
    onError: useCallback((_: Item, error: unknown) => tell(t("review.notSaved", { why: String(error) })), [tell, t]),
  });
  const { current } = queue;
  useFigureInAddress(current?.figure.id, queue.show);

  const panel = useRef<PanelHandle>(null);
  const [help, setHelp] = useState(false);
  const [marking, setMarking] = useState(false);
  const [drawn, setDrawn] = useState<Drawn>();
  const [face, setFace] = useState<Face>();
  const stopMarking = useCallback(() => {
    setMarking(false);
    setDrawn(undefined);
  }, []);
  const undo = async () => {
    const last = queue.done.at(-1);
    if (!last || mode === "second") return;
    if (await queue.undo()) tell(t("review.undone"));
  };
  const copyLink = async () => {
    if (!current) return;
    await navigator.clipboard.writeText(
      new URL(addressOf("/review", { figure: current.figure.id }), window.location.href).href,
    );
    tell(t("review.linkCopied"));
  };
  useKeys({
    accept: () => panel.current?.accept(),
    edit: () => panel.current?.edit(),
    reject: () => panel.current?.reject(),
    comment: () => panel.current?.comment(),
    next: queue.skip,
    previous: queue.back,
    undo: () => void undo(),
    add: () => {
      if (current && mode === "first") setMarking(true);
    },
    face: () => setFace(nextFace),
    link: () => void copyLink(),
    help: () => setHelp(true),
  });

  if (session.data?.user?.role === "reader") return <Empty page title={t("review.readers")} />;
  return (
    <div className="review">
      <ReviewHead mode={mode} waiting={queue.status} onHelp={() => setHelp(true)} />
      <FilterBar query={query} change={change} mode={mode} />
      <p className="only-spoken" role="status">
        {current ? markLabel(current.figure, language, "–") : ""}
      </p>
      {current ? (
        <div className="review-both">
          <ReviewSource
            item={current}
            face={face}
            setFace={setFace}
            query={query}
            {...(marking ? { marking: { drawn, setDrawn } } : {})}
          />
          {marking ? (
            <AddForm like={current.figure} drawn={drawn} onClose={stopMarking} />
          ) : (
            <Panel
              key={`${current.figure.id} ${current.figure.version}`}
              ref={panel}
              item={current}
              mode={mode}
              canUndo={queue.done.length > 0 && mode === "first"}
              canBack={queue.aside.length > 0}
              decide={(choice) => void queue.decide(choice)}
              skip={queue.skip}
              back={queue.back}
              undo={() => void undo()}
              add={() => setMarking(true)}
              copyLink={() => void copyLink()}
              patch={queue.patch}
            />
          )}
        </div>
      ) : queue.status === "failed" ? (
        <Problem error={queue.error} retry={queue.retry} />
      ) : queue.status === "end" ? (
        <AtEnd mode={mode} done={queue.done.length} aside={queue.aside.length} back={queue.back} />
      ) : (
        <Loading />
      )}
      {help ? <Help onClose={() => setHelp(false)} /> : null}
      {stale ? (
        <StaleDialog
          {...stale}
          onClose={() => setStale(undefined)}
          onTake={(item) => queue.patch(item)}
          onSkip={queue.skip}
        />
      ) : null}
    </div>
  );
}

const nextFace = (face: Face | undefined): Face => {
  if (face === undefined) return "normal";
  return FACES[(FACES.indexOf(face) + 1) % FACES.length] as Face;
};

function filterOf(query: URLSearchParams) {
  const turn = (query.get("turn") ?? "").split(",").filter((each): each is Turn => TURNS.some((one) => one === each));
  const indicator = query.getAll("indicator");
  const [within, period, clipping] = ["within", "period", "clipping"].map((name) => query.get(name));
  return {
    ...(indicator.length > 0 ? { indicator } : {}),
    ...(within ? { within } : {}),
    ...(period ? { period } : {}),
    ...(clipping ? { clipping } : {}),
    ...(turn.length > 0 ? { turn } : {}),
  };
}

/** The figure in hand stands in the address; a figure that the address names is shown. */
function useFigureInAddress(current: string | undefined, show: (figure: string) => Promise<void>): void {
  const [query, change] = useQuery();
  const tell = useTell();
  const { t } = useSpeech();
  const asked = query.get("figure");
  const written = useRef<string | null>(null);
  const pending = useRef<string | null>(asked);
  useEffect(() => {
    if (asked === null || asked === written.current) return;
    pending.current = asked;
    show(asked)
      .catch((error: unknown) => tell(t("review.noFigure", { why: String(error) })))
      .finally(() => {
        pending.current = null;
        written.current = asked;
      });
  }, [asked, show, tell, t]);
  useEffect(() => {
    if (!current || pending.current !== null || written.current === current) return;
    written.current = current;
    change({ figure: current }, { replace: true });
  }, [current, change]);
}

function ReviewHead({
  mode,
  waiting,
  onHelp,
}: {
  readonly mode: "first" | "second";
  readonly waiting: string;
  readonly onHelp: () => void;
}) {
  const { t } = useSpeech();
  const progress = useAsked(progressQuery).data;
  const settings = useAsked(settingsQuery).data;
  return (
    <div className="head review-head" aria-busy={waiting === "loading"}>
      <h1>{t(mode === "second" ? "review.second" : "review.title")}</h1>
      <p className="about">
        {progress
          ? t("review.progress", { done: progress.reviewedHeadline, all: progress.headline })
          : t("state.loading")}
      </p>
      <div className="actions">
        {mode === "second" ? (
          <Link className="button is-quiet" to="/review">
            {t("review.first")}
          </Link>
        ) : settings?.second ? (
          <Link className="button is-quiet" to="/review?second=1">
            {t("review.second")}
          </Link>
        ) : null}
        <Link className="button is-quiet" to="/disagreements">
          {t("disagree.title")}
        </Link>
        <button type="button" className="button" onClick={onHelp}>
          {t("key.title")} <kbd>?</kbd>
        </button>
      </div>
    </div>
  );
}

interface SourceProps {
  readonly item: Item;
  readonly face: Face | undefined;
  setFace(face: Face): void;
  readonly query: URLSearchParams;
  readonly marking?: { readonly drawn: Drawn | undefined; setDrawn(drawn: Drawn | undefined): void };
}

function ReviewSource({ item, face, setFace, query, marking }: SourceProps) {
  const { figure } = item;
  const all = useAsked(figuresOfQuery(figure.clipping)).data?.items;
  const figures = useMemo(
    () => [figure, ...(all ?? []).filter(({ id, review }) => id !== figure.id && review !== "rejected")],
    [all, figure],
  );
  const linkTo = useCallback(
    ({ id }: { readonly id: string }) => {
      const params = new URLSearchParams(query);
      params.set("figure", id);
      return `/review?${params}`;
    },
    [query],
  );
  return (
    <SourcePane
      clipping={figure.clipping}
      figures={figures}
      current={figure}
      linkTo={linkTo}
      face={face}
      setFace={setFace}
      marking={marking}
    />
  );
}

function AtEnd({
  mode,
  done,
  aside,
  back,
}: {
  readonly mode: "first" | "second";
  readonly done: number;
  readonly aside: number;
  readonly back: () => void;
}) {
  const { t } = useSpeech();
  return (
    <Empty
      title={t("review.end")}
      action={
        aside > 0 ? (
          <button type="button" className="button" onClick={back}>
            {t("review.aside", { count: aside })}
          </button>
        ) : (
          <Link className="button" to={mode === "second" ? "/disagreements" : "/"}>
            {t(mode === "second" ? "disagree.title" : "nav.overview")}
          </Link>
        )
      }
    >
      {t("review.endMore", { count: done })}
    </Empty>
  );
}
