import { useInfiniteQuery } from "@tanstack/react-query";
import { findingsQuery } from "../api/queries.js";
import { IndicatorFilter, PeriodFilter, RegionFilter, Select } from "../components/fields.js";
import { periodOr, ReviewTag, valueWords } from "../components/figure-parts.js";
import { Filters } from "../components/filters.js";
import { codeWord } from "../components/findings.js";
import { Pages } from "../components/more.js";
import { Empty } from "../components/states.js";
import { useSpeech } from "../i18n/index.js";
import { Link, useQuery } from "../router.js";

/** Where clippings say different things of the same. */
export default function Findings() {
  const { t, language } = useSpeech();
  const [query, change] = useQuery();
  const names = ["indicator", "within", "period", "code"] as const;
  const filter = Object.fromEntries(names.map((name) => [name, query.get(name) ?? ""]));
  const asked = useInfiniteQuery(findingsQuery({ ...filter, limit: 50 }));
  const set = (name: string) => (value: string) => change({ [name]: value }, { replace: true });
  return (
    <>
      <div className="head">
        <h1>{t("findings.title")}</h1>
        <p className="about">
          {t("findings.about")} <Link to="/figures?failed=true">{t("findings.own")}</Link>
        </p>
      </div>
      <Filters>
        <IndicatorFilter value={query.get("indicator") ?? ""} onChange={set("indicator")} />
        <RegionFilter value={query.get("within") ?? ""} onChange={set("within")} />
        <PeriodFilter value={query.get("period") ?? ""} onChange={set("period")} />
        <Select
          label={t("findings.code")}
          name="code"
          value={query.get("code") ?? ""}
          options={[
            ["", t("filter.all")],
            ["check/conflict", t("code.check/conflict")],
            ["check/cumulative-falls", t("code.check/cumulative-falls")],
          ]}
          onChange={set("code")}
        />
      </Filters>
      <Pages of={asked} empty={<Empty title={t("findings.none")}>{t("findings.noneMore")}</Empty>}>
        {(items) => (
          <ol className="findings">
            {items.map((finding) => (
              <li key={`${finding.code} ${finding.figures.map(({ id }) => id).join()}`}>
                <header>
                  <span className={finding.level === "warning" ? "tag is-warn" : "tag"}>
                    {codeWord(finding.code, t)}
                  </span>
                  <h2>
                    {finding.regionName[language]} · {finding.figures[0]?.indicatorName[language] ?? finding.indicator}
                  </h2>
                  <span className="note">
                    {periodOr(finding.period, language, "–")}
                    {finding.scope ? ` · ${finding.scope}` : ""}
                  </span>
                </header>
                <ul className="says">
                  {finding.figures.map((figure) => (
                    <li key={figure.id}>
                      <Link to={`/figures/${figure.id}`}>
                        <b>{valueWords(figure, language)}</b>
                      </Link>
                      <q lang="zh">{figure.quote}</q>
                      <span className="origin">
                        {figure.publisher ?? figure.file}
                        {figure.published ? <span className="note"> {figure.published}</span> : null}
                      </span>
                      <ReviewTag review={figure.review} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ol>
        )}
      </Pages>
    </>
  );
}
