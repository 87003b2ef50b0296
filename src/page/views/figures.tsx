import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { Figure } from "../../server/contract/index.js";
import { apiAddress } from "../api/client.js";
import { figuresQuery } from "../api/queries.js";
import { IndicatorFilter, PeriodFilter, RegionFilter, Select } from "../components/fields.js";
import { Confidence, FullValue, periodOr, REVIEWS, ReviewTag } from "../components/figure-parts.js";
import { Filters } from "../components/filters.js";
import { Answer, Empty } from "../components/states.js";
import { useSpeech, type Word } from "../i18n/index.js";
import { addressOf, Link, useQuery } from "../router.js";

const FILTERS = [
  "indicator",
  "within",
  "level",
  "period",
  "status",
  "scope",
  "headline",
  "clipping",
  "review",
  "from",
  "below",
  "failed",
  "contested",
  "reposts",
  "sort",
] as const;
const ROW_PX = 34;
const PAGE = 200;

/** Every figure that fits the filters of the address, however many. */
export default function Figures() {
  const { t } = useSpeech();
  const [query, change] = useQuery();
  const filter = Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? ""]));
  const asked = useInfiniteQuery(figuresQuery({ ...filter, limit: PAGE }));
  const total = asked.data?.pages[0]?.total ?? undefined;
  const { sort: _, ...exported } = filter;
  return (
    <div className="figures">
      <div className="head">
        <h1>{t("figures.title")}</h1>
        <p className="about">{total === undefined ? null : t("figures.count", { count: total })}</p>
        <div className="actions">
          {(["csv", "xlsx", "json"] as const).map((format) => (
            <a key={format} className="button" href={apiAddress(`/export/figures.${format}`, exported)} download>
              {format.toUpperCase()}
            </a>
          ))}
        </div>
      </div>
      <FigureFilters query={query} change={change} />
      <Answer of={asked}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title={t("figures.none")}>{t("figures.noneMore")}</Empty>;
          return (
            <VirtualTable
              items={items}
              total={total ?? items.length}
              sort={query.get("sort") ?? "place"}
              onSort={(sort) => change({ sort: sort === "place" ? "" : sort }, { replace: true })}
              onEnd={() => {
                if (asked.hasNextPage && !asked.isFetchingNextPage) void asked.fetchNextPage();
              }}
              old={asked.isPlaceholderData}
            />
          );
        }}
      </Answer>
    </div>
  );
}

function FigureFilters({
  query,
  change,
}: {
  readonly query: URLSearchParams;
  readonly change: ReturnType<typeof useQuery>[1];
}) {
  const { t } = useSpeech();
  const value = (name: string) => query.get(name) ?? "";
  const set = (name: string) => (next: string) => change({ [name]: next }, { replace: true });
  const doubt =
    value("failed") === "true"
      ? "failed"
      : value("contested") === "true"
        ? "contested"
        : value("below") !== ""
          ? "doubtful"
          : "";
  return (
    <Filters>
      <IndicatorFilter value={value("indicator")} onChange={set("indicator")} />
      <RegionFilter value={value("within")} onChange={set("within")} />
      <PeriodFilter value={value("period")} onChange={set("period")} />
      <Select
        label={t("figures.level")}
        name="level"
        value={value("level")}
        options={[
          ["", t("filter.all")],
          ...(["province", "city", "county"] as const).map((level) => [level, t(`level.${level}`)] as const),
        ]}
        onChange={set("level")}
      />
      <Select
        label={t("figures.what")}
        name="headline"
        value={value("headline")}
        options={[
          ["", t("filter.all")],
          ["true", t("figures.headline")],
        ]}
        onChange={set("headline")}
      />
      <Select
        label={t("figures.review")}
        name="review"
        value={value("review")}
        options={[
          ["", t("figures.notRejected")],
          ["accepted,corrected,added", t("figures.reviewed")],
          ...REVIEWS.map((review) => [review, t(`review.${review}` as Word)] as const),
        ]}
        onChange={set("review")}
      />
      <Select
        label={t("figures.doubt")}
        name="doubt"
        value={doubt}
        options={[
          ["", t("filter.all")],
          ["failed", t("turn.failed")],
          ["contested", t("turn.contested")],
          ["doubtful", t("turn.doubtful")],
        ]}
        onChange={(next) =>
          change(
            {
              failed: next === "failed" ? "true" : "",
              contested: next === "contested" ? "true" : "",
              below: next === "doubtful" ? "0.6" : "",
            },
            { replace: true },
          )
        }
      />
      <Select
        label={t("figures.reposts")}
        name="reposts"
        value={value("reposts")}
        options={[
          ["", t("figures.repostsHide")],
          ["show", t("figures.repostsShow")],
        ]}
        onChange={set("reposts")}
      />
      {value("clipping") ? (
        <button type="button" className="button is-quiet" onClick={() => set("clipping")("")}>
          {t("review.oneClipping")} ✕
        </button>
      ) : null}
      <Link className="button is-quiet" to="/figures">
        {t("filter.clear")}
      </Link>
    </Filters>
  );
}

interface TableProps {
  readonly items: readonly Figure[];
  readonly total: number;
  readonly sort: string;
  onSort(sort: string): void;
  onEnd(): void;
  readonly old: boolean;
}

/** [word, sort upwards, sort downwards]. */
const COLUMNS: readonly (readonly [Word, string?, string?])[] = [
  ["field.region", "place"],
  ["field.indicator"],
  ["field.value", "value", "-value"],
  ["field.period", "period", "-period"],
  ["field.scope"],
  ["figure.quote"],
  ["figure.confidence", "confidence", "-confidence"],
  ["figures.review"],
  ["figure.source"],
];

/** Only the rows in sight are in the document; screen readers are told of all. */
function VirtualTable({ items, total, sort, onSort, onEnd, old }: TableProps) {
  const { t, language } = useSpeech();
  const view = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => view.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= items.length - 30) onEnd();
  }, [last, items.length, onEnd]);
  const next = (up: string, down: string | undefined) => (down === undefined ? up : sort === down ? up : down);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section ref={view} className={old ? "vtable is-old" : "vtable"} tabIndex={0} aria-label={t("figures.title")}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows of a table cannot be placed one by one */}
      <div role="table" aria-rowcount={total + 1} aria-label={t("figures.title")}>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the buttons in it are */}
        <div role="row" className="vrow vhead" aria-rowindex={1}>
          {COLUMNS.map(([word, up, down]) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <span
              key={word}
              role="columnheader"
              aria-sort={sort === up ? "ascending" : down !== undefined && sort === down ? "descending" : undefined}
            >
              {up ? (
                <button type="button" onClick={() => onSort(next(up, down))}>
                  {t(word)}
                  <i aria-hidden="true">{sort === up && down ? "▲" : down !== undefined && sort === down ? "▼" : ""}</i>
                </button>
              ) : (
                t(word)
              )}
            </span>
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div role="rowgroup" className="vbody" style={{ height: rows.getTotalSize() }}>
          {shown.map(({ index, start }) => {
            const figure = items[index];
            if (!figure) return null;
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above
              // biome-ignore lint/a11y/useFocusableInteractive: as above
              <div
                role="row"
                key={figure.id}
                className="vrow"
                aria-rowindex={index + 2}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Cells figure={figure} language={language} />
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

function Cells({ figure, language }: { readonly figure: Figure; readonly language: "zh" | "en" }) {
  const { t } = useSpeech();
  const cells = [
    <Link key="region" to={addressOf("/figures", { within: figure.region ?? "" })}>
      {figure.regionName?.[language] ?? t("field.regionNone")}
    </Link>,
    figure.indicatorName[language],
    <Link key="value" to={`/figures/${figure.id}`} className="value-link">
      <FullValue of={figure} />
    </Link>,
    periodOr(figure.period, language, "–"),
    figure.scope ?? (figure.status === "planned" ? t("status.planned") : ""),
    <Link key="quote" to={`/clippings/${figure.clipping}?figure=${figure.id}`}>
      <span lang="zh">{figure.quote}</span>
    </Link>,
    <Confidence key="confidence" value={figure.confidence} />,
    <ReviewTag key="review" review={figure.review} />,
    <span key="source" title={figure.title ?? figure.file}>
      {figure.contested ? <span className="tag is-warn">{t("turn.contested")}</span> : null}
      {figure.publisher ?? figure.file}
      {figure.published ? <small className="note"> {figure.published}</small> : null}
    </span>,
  ];
  return cells.map((cell, index) => (
    // biome-ignore lint/a11y/useSemanticElements: as above
    // biome-ignore lint/suspicious/noArrayIndexKey: cells have a fixed order
    <span role="cell" key={index}>
      {cell}
    </span>
  ));
}
