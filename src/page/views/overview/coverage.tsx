import { useQuery as useAsked } from "@tanstack/react-query";
import { Fragment } from "react";
import type { Coverage } from "../../../server/contract/index.js";
import { coverageQuery, indicatorsQuery, regionQuery } from "../../api/queries.js";
import { Select } from "../../components/fields.js";
import { Answer, Empty } from "../../components/states.js";
import { useSpeech } from "../../i18n/index.js";
import { addressOf, Link, useQuery } from "../../router.js";

/** Where there are figures and where there are none: regions by indicators, or one of the two by years. */
export function CoverageGrid() {
  const { t, language } = useSpeech();
  const [query, change] = useQuery();
  const rows = query.get("rows") === "indicator" ? "indicator" : "region";
  const columns = rows === "indicator" || query.get("columns") === "year" ? "year" : "indicator";
  const within = query.get("within") ?? undefined;
  const indicator = rows === "region" && columns === "year" ? (query.get("indicator") ?? undefined) : undefined;
  const asked = useAsked(coverageQuery({ rows, columns, within, indicator }));
  const region = useAsked({ ...regionQuery(within ?? ""), enabled: within !== undefined }).data;
  const indicators = useAsked(indicatorsQuery).data?.items ?? [];
  return (
    <section className="panel">
      <header>
        <h2>{t("coverage.title")}</h2>
        <p className="about">
          {region ? (
            <>
              {region.path[language]} ·{" "}
              <Link
                to={addressOf("/", {
                  rows: query.get("rows") ?? "",
                  columns: query.get("columns") ?? "",
                  within: region.parent ?? "",
                })}
              >
                {t("coverage.up")}
              </Link>
            </>
          ) : (
            t("coverage.about")
          )}
        </p>
        <div className="actions coverage-tools">
          <Select
            label={t("coverage.shown")}
            name="coverage"
            value={`${rows} ${columns}`}
            options={[
              ["region indicator", t("coverage.regionIndicator")],
              ["region year", t("coverage.regionYear")],
              ["indicator year", t("coverage.indicatorYear")],
            ]}
            onChange={(value) => {
              const [row = "", column = ""] = value.split(" ");
              change(
                { rows: row === "region" ? "" : row, columns: column === "indicator" ? "" : column },
                { replace: true },
              );
            }}
          />
          {rows === "region" && columns === "year" ? (
            <Select
              label={t("field.indicator")}
              name="coverage-indicator"
              value={indicator ?? ""}
              options={[["", t("filter.all")], ...indicators.map(({ id, name }) => [id, name[language]] as const)]}
              onChange={(value) => change({ indicator: value }, { replace: true })}
            />
          ) : null}
        </div>
      </header>
      <Answer of={asked}>
        {(coverage) =>
          coverage.rows.length === 0 ? (
            <Empty title={t("coverage.none")} />
          ) : (
            <Grid coverage={coverage} rows={rows} columns={columns} within={within} indicator={indicator} />
          )
        }
      </Answer>
    </section>
  );
}

interface GridProps {
  readonly coverage: Coverage;
  readonly rows: "region" | "indicator";
  readonly columns: "indicator" | "year";
  readonly within: string | undefined;
  readonly indicator: string | undefined;
}

/** Steps of ink by the number of figures: one, a few, some, many. */
const shadeOf = (count: number): number => (count >= 50 ? 4 : count >= 10 ? 3 : count >= 3 ? 2 : 1);

function Grid({ coverage, rows, columns, within, indicator }: GridProps) {
  const { t, language } = useSpeech();
  const cells = new Map(
    coverage.cells.map(([row, column, count, reviewed]) => [`${row} ${column}`, { count, reviewed }]),
  );
  const to = (row: string, column: string) =>
    addressOf("/figures", {
      headline: "true",
      within: rows === "region" ? row : (within ?? ""),
      indicator: rows === "indicator" ? row : columns === "indicator" ? column : (indicator ?? ""),
      period: columns === "year" ? column : "",
    });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="scroll-x grid-view" tabIndex={0} aria-label={t("coverage.title")}>
      <table className="grid">
        <thead>
          <tr>
            <td />
            {coverage.columns.map(({ key, name }) => (
              <th key={key} scope="col">
                <span>{name[language]}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {coverage.rows.map(({ key, name }, row) => (
            <tr key={key}>
              <th scope="row">
                {rows === "region" ? (
                  <Link to={addressOf("/", { within: key })}>{name[language]}</Link>
                ) : (
                  name[language]
                )}
              </th>
              {coverage.columns.map((column, at) => {
                const cell = cells.get(`${row} ${at}`);
                return (
                  <Fragment key={column.key}>
                    {cell ? (
                      <td className={`shade-${shadeOf(cell.count)}${cell.reviewed > 0 ? " is-reviewed" : ""}`}>
                        <Link
                          to={to(key, column.key)}
                          aria-label={t("coverage.cell", {
                            row: name[language],
                            column: column.name[language],
                            count: cell.count,
                            reviewed: cell.reviewed,
                          })}
                        >
                          {cell.count}
                        </Link>
                      </td>
                    ) : (
                      <td className="is-gap" />
                    )}
                  </Fragment>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="note grid-key">{t("coverage.key")}</p>
    </section>
  );
}
