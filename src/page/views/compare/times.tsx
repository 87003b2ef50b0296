import { useQuery as useAsked } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useMemo } from "react";
import type { SeriesReply } from "../../../server/contract/index.js";
import { seriesQuery } from "../../api/queries.js";
import { chosenLines, LINES_PX, type Line, lineOption } from "../../chart/lines.js";
import { lookOf } from "../../chart/look.js";
import { valueWords } from "../../components/figure-parts.js";
import { Answer, Empty } from "../../components/states.js";
import { periodWords } from "../../format.js";
import { useSpeech } from "../../i18n/index.js";
import { useQuery } from "../../router.js";
import { useTheme } from "../../theme.js";
import { CellPanel } from "./cell-panel.js";
import type { Asked } from "./view.js";

const Chart = lazy(() => import("../../chart/echart.js"));

/** Each region's values over time. */
export function Times({ asked }: { readonly asked: Asked }) {
  const { t } = useSpeech();
  const { by: _, ascending: __, ...query } = asked;
  const answer = useAsked(seriesQuery(query));
  return (
    <Answer of={answer}>
      {(reply) =>
        reply.series.length === 0 ? (
          <Empty title={t("compare.none")}>{t("compare.noneMore")}</Empty>
        ) : (
          <Shown reply={reply} />
        )
      }
    </Answer>
  );
}

function Shown({ reply }: { readonly reply: SeriesReply }) {
  const { t, language } = useSpeech();
  const [query, change] = useQuery();
  const [region, key = ""] = (query.get("cell") ?? "").split("|");
  const line = reply.series.find((each) => each.region === region && key.startsWith(`${each.measure} `));
  const point = line?.points.find(({ period }) => key === `${line.measure} ${period}`);
  const nameOf = (id: string) => reply.measures.find((measure) => measure.id === id)?.name ?? { zh: id, en: id };
  const open = useCallback(
    (mark: { readonly region: string; readonly key: string }) =>
      change({ cell: `${mark.region}|${mark.key}` }, { replace: true }),
    [change],
  );
  return (
    <>
      {line && point ? (
        <CellPanel
          key={`${region} ${key}`}
          name={line.name}
          title={nameOf(line.measure)}
          cell={point.cell}
          conflicts={point.others.length > 0 ? [{ chosen: point.cell.figure, others: point.others }] : []}
          onClose={() => change({ cell: undefined }, { replace: true })}
        />
      ) : null}
      {reply.measures.map((measure) => (
        <OneLines
          key={measure.id}
          title={measure.name[language]}
          series={reply.series.filter((each) => each.measure === measure.id)}
          onMark={open}
        />
      ))}
      <p className="note chart-key">{t("compare.key")}</p>
      <details className="as-table">
        <summary>{t("compare.asTable")}</summary>
        <PointTable reply={reply} onMark={open} />
      </details>
    </>
  );
}

interface LinesProps {
  readonly title: string;
  readonly series: readonly Line[];
  onMark(mark: { readonly region: string; readonly key: string }): void;
}

function OneLines({ title, series, onMark }: LinesProps) {
  const { t, language } = useSpeech();
  const { dark } = useTheme();
  const lines = useMemo(() => chosenLines(series), [series]);
  const optionOf = useCallback(
    (width: number) => lineOption(lines, lookOf(dark), language, width),
    [lines, dark, language],
  );
  return (
    <figure>
      <figcaption>
        <h2>{title}</h2>
        <span className="note">{t("compare.lineCount", { shown: lines.length, all: series.length })}</span>
      </figcaption>
      {lines.length === 0 ? (
        <p className="note">{t("compare.none")}</p>
      ) : (
        <Suspense fallback={<div className="chart" style={{ height: LINES_PX }} />}>
          <Chart optionOf={optionOf} height={LINES_PX} label={t("compare.chartOf", { title })} onMark={onMark} />
        </Suspense>
      )}
    </figure>
  );
}

function PointTable({ reply, onMark }: { readonly reply: SeriesReply; readonly onMark: LinesProps["onMark"] }) {
  const { t, language } = useSpeech();
  return (
    <div className="scroll-x">
      <table className="data">
        <thead>
          <tr>
            <th scope="col">{t("field.region")}</th>
            <th scope="col">{t("field.indicator")}</th>
            <th scope="col">{t("field.period")}</th>
            <th scope="col" className="number">
              {t("field.value")}
            </th>
          </tr>
        </thead>
        <tbody>
          {reply.series.flatMap((line) =>
            line.points.map((point) => (
              <tr key={`${line.measure} ${line.region} ${point.period}`}>
                <th scope="row">{line.name[language]}</th>
                <td>{reply.measures.find(({ id }) => id === line.measure)?.name[language]}</td>
                <td>{periodWords(point.period, language)}</td>
                <td className="number">
                  <button
                    type="button"
                    className="cell-button"
                    onClick={() => onMark({ region: line.region, key: `${line.measure} ${point.period}` })}
                  >
                    {valueWords(point.cell, language)}
                    {point.others.length > 0 ? <span className="tag is-warn">{t("turn.contested")}</span> : null}
                  </button>
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
