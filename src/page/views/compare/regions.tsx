import { useQuery as useAsked } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import type { Comparison } from "../../../server/contract/index.js";
import { compareQuery } from "../../api/queries.js";
import { barOption, barsHeight, type Row } from "../../chart/bars.js";
import { lookOf } from "../../chart/look.js";
import { dotsOf, SCATTER_PX, scatterOption } from "../../chart/scatter.js";
import { Answer, Empty, Loading } from "../../components/states.js";
import { useSpeech } from "../../i18n/index.js";
import { useQuery } from "../../router.js";
import { useTheme } from "../../theme.js";
import { CellPanel } from "./cell-panel.js";
import { Conflicts, Gaps } from "./doubts.js";
import { ComparisonTable } from "./table.js";
import { columnTitle } from "./titles.js";
import type { Asked, View } from "./view.js";

const Chart = lazy(() => import("../../chart/echart.js"));

/** Panels of bars at most: the latest steps of time, or the first measures. */
const PANELS = 4;
const FEW = 30;

export function Regions({ asked, view }: { readonly asked: Asked; readonly view: Exclude<View, "lines"> }) {
  const answer = useAsked(compareQuery({ ...asked }));
  return (
    <Answer of={answer}>
      {(comparison) => (
        <div className={answer.isPlaceholderData ? "is-old" : undefined}>
          <Shown comparison={comparison} view={view} />
        </div>
      )}
    </Answer>
  );
}

function Shown({ comparison, view }: { readonly comparison: Comparison; readonly view: Exclude<View, "lines"> }) {
  const { t } = useSpeech();
  const [query, change] = useQuery();
  const [region = "", key = ""] = (query.get("cell") ?? "").split("|");
  const row = comparison.rows.find((each) => each.region === region);
  const cell = row?.cells[key];
  const open = useCallback(
    (mark: { readonly region: string; readonly key: string }) =>
      change({ cell: `${mark.region}|${mark.key}` }, { replace: true }),
    [change],
  );
  const withValues = comparison.rows.filter(({ cells }) => Object.keys(cells).length > 0);
  if (withValues.length === 0)
    return (
      <>
        <Empty title={t("compare.none")}>{t("compare.noneMore")}</Empty>
        <Gaps comparison={comparison} />
      </>
    );
  return (
    <>
      {row && cell ? (
        <CellPanel
          key={`${region} ${key}`}
          name={row.name}
          title={columnTitle(comparison, key)}
          cell={cell}
          conflicts={comparison.conflicts.filter(({ chosen }) => chosen.id === cell.figure.id)}
          onClose={() => change({ cell: undefined }, { replace: true })}
        />
      ) : null}
      {view === "bars" ? <Bars comparison={comparison} rows={withValues} onMark={open} /> : null}
      {view === "scatter" ? <Scatter comparison={comparison} onMark={open} /> : null}
      {view === "table" ? (
        <ComparisonTable comparison={comparison} onMark={open} />
      ) : (
        <details className="as-table">
          <summary>{t("compare.asTable")}</summary>
          <ComparisonTable comparison={comparison} onMark={open} />
        </details>
      )}
      <Conflicts comparison={comparison} />
      <Gaps comparison={comparison} />
    </>
  );
}

interface ChartProps {
  readonly comparison: Comparison;
  onMark(mark: { readonly region: string; readonly key: string }): void;
}

function Bars({ comparison, rows, onMark }: ChartProps & { readonly rows: readonly Row[] }) {
  const { t, language } = useSpeech();
  const { dark } = useTheme();
  const [all, setAll] = useState(false);
  const steps = comparison.columns.some(({ step }) => step !== null);
  const columns = steps ? comparison.columns.slice(-PANELS).reverse() : comparison.columns.slice(0, PANELS);
  const levels = [...new Set(rows.map(({ level }) => level))];
  return (
    <>
      {levels.map((level) => {
        const own = rows.filter((row) => row.level === level);
        const shown = all ? own : own.slice(0, FEW);
        return (
          <section key={level ?? "other"}>
            {levels.length > 1 ? <h2 className="level">{t(level ? `level.${level}` : "level.other")}</h2> : null}
            <div className={columns.length > 1 ? "charts" : undefined}>
              {columns.map(({ key }) => (
                <OneBars
                  key={key}
                  comparison={comparison}
                  column={key}
                  rows={shown}
                  nested={levels.length > 1}
                  dark={dark}
                  language={language}
                  onMark={onMark}
                />
              ))}
            </div>
            {own.length > shown.length ? (
              <button type="button" className="button" onClick={() => setAll(true)}>
                {t("compare.all", { count: own.length })}
              </button>
            ) : null}
          </section>
        );
      })}
      <p className="note chart-key">{t("compare.key")}</p>
    </>
  );
}

interface OneProps extends ChartProps {
  readonly column: string;
  readonly rows: readonly Row[];
  /** Under the heading of a level. */
  readonly nested: boolean;
  readonly dark: boolean;
  readonly language: "zh" | "en";
}

function OneBars({ comparison, column, rows, nested, dark, language, onMark }: OneProps) {
  const { t } = useSpeech();
  const withValue = useMemo(() => rows.filter(({ cells }) => cells[column]), [rows, column]);
  const optionOf = useCallback(
    (width: number) => barOption(comparison, column, withValue, lookOf(dark), language, width),
    [comparison, column, withValue, dark, language],
  );
  const title = columnTitle(comparison, column)[language];
  const height = barsHeight(withValue.length);
  return (
    <figure>
      <figcaption>
        {nested ? <h3>{title}</h3> : <h2>{title}</h2>}
        <span className="note">{t("compare.regions", { count: withValue.length })}</span>
      </figcaption>
      {withValue.length === 0 ? (
        <p className="note">{t("compare.none")}</p>
      ) : (
        <Suspense fallback={<div className="chart" style={{ height }} />}>
          <Chart optionOf={optionOf} height={height} label={t("compare.chartOf", { title })} onMark={onMark} />
        </Suspense>
      )}
    </figure>
  );
}

function Scatter({ comparison, onMark }: ChartProps) {
  const { t, language } = useSpeech();
  const { dark } = useTheme();
  const dots = useMemo(() => dotsOf(comparison, language), [comparison, language]);
  const [across, up] = comparison.columns;
  const titles = useMemo(
    () => ({
      x: across ? columnTitle(comparison, across.key)[language] : "",
      y: up ? columnTitle(comparison, up.key)[language] : "",
      log: t("compare.log"),
      median: t("compare.median"),
    }),
    [comparison, across, up, language, t],
  );
  const optionOf = useCallback(
    () => scatterOption(dots, up?.key ?? "", titles, lookOf(dark), language),
    [dots, up, titles, dark, language],
  );
  if (!up) return <Empty title={t("compare.needTwo")} />;
  if (dots.length === 0) return <Empty title={t("compare.noBoth")} />;
  return (
    <figure>
      <figcaption>
        <h2>
          {titles.x} × {titles.y}
        </h2>
        <span className="note">{t("compare.both", { count: dots.length })}</span>
      </figcaption>
      <Suspense fallback={<Loading />}>
        <Chart
          optionOf={optionOf}
          height={SCATTER_PX}
          label={t("compare.chartOf", { title: `${titles.x} × ${titles.y}` })}
          onMark={onMark}
        />
      </Suspense>
    </figure>
  );
}
