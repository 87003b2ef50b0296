import { useQuery as useAsked } from "@tanstack/react-query";
import { useMemo } from "react";
import { indicatorsQuery } from "../../api/queries.js";
import { Loading } from "../../components/states.js";
import { useSpeech } from "../../i18n/index.js";
import { useQuery } from "../../router.js";
import { Controls } from "./controls.js";
import { Downloads } from "./downloads.js";
import { Regions } from "./regions.js";
import { Times } from "./times.js";
import { type Asked, VIEWS, type View } from "./view.js";

/** Regions side by side: like with like, every value with its figures, conflicts and gaps told. */
export default function Compare() {
  const { t } = useSpeech();
  const [query, change] = useQuery();
  const list = useAsked(indicatorsQuery).data;
  const view: View = VIEWS.find((each) => each === query.get("view")) ?? "bars";
  const asked = useMemo<Asked | undefined>(() => {
    const given = query.getAll("measure").flatMap((each) => each.split(","));
    const measure = given.length > 0 ? given : usual(list?.items ?? []);
    if (measure.length === 0) return undefined;
    const text = (name: string) => query.get(name) ?? "";
    return {
      measure,
      within: text("within"),
      level: text("level"),
      period: text("period"),
      by: text("by"),
      ascending: text("ascending"),
    };
  }, [query, list]);
  return (
    <div className="compare">
      <div className="head">
        <h1>{t("compare.title")}</h1>
        <p className="about">{t("compare.about")}</p>
        {asked ? <Downloads asked={asked} view={view} /> : null}
      </div>
      <Controls asked={asked} view={view} change={change} />
      {asked ? (
        view === "lines" ? (
          <Times asked={asked} />
        ) : (
          <Regions asked={asked} view={view} />
        )
      ) : list ? null : (
        <Loading />
      )}
    </div>
  );
}

/** What there is most of, where nothing was asked for. */
const usual = (items: readonly { readonly id: string; readonly figures: number | null }[]): string[] =>
  [...items]
    .sort((a, b) => (b.figures ?? 0) - (a.figures ?? 0))
    .slice(0, 2)
    .map(({ id }) => id);
