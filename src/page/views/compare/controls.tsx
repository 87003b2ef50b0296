import { useQuery as useAsked, useQueryClient } from "@tanstack/react-query";
import { indicatorsQuery } from "../../api/queries.js";
import { Combobox } from "../../components/combobox.js";
import { PeriodFilter, RegionFilter, Select } from "../../components/fields.js";
import { Filters } from "../../components/filters.js";
import { findMeasures } from "../../components/find.js";
import { useSpeech } from "../../i18n/index.js";
import type { useQuery } from "../../router.js";
import { type Asked, VIEWS, type View } from "./view.js";

interface Props {
  readonly asked: Asked | undefined;
  readonly view: View;
  readonly change: ReturnType<typeof useQuery>[1];
}

/** What is compared, of whom, when, and how it is shown. */
export function Controls({ asked, view, change }: Props) {
  const { t, language } = useSpeech();
  const client = useQueryClient();
  const list = useAsked(indicatorsQuery).data;
  const measures = asked?.measure ?? [];
  const nameOf = (id: string) =>
    list?.items.find((each) => each.id === id)?.name[language] ??
    list?.measures.find((each) => each.id === id)?.name[language] ??
    id;
  const set = (name: string) => (value: string) => change({ [name]: value, cell: undefined }, { replace: true });
  const setMeasures = (next: readonly string[]) => change({ measure: next, cell: undefined }, { replace: true });
  return (
    <>
      <Filters>
        <div className="compare-measures">
          <ul className="chips" aria-label={t("compare.measures")}>
            {measures.map((id, index) => (
              <li key={id}>
                {index > 0 ? (
                  <button
                    type="button"
                    title={t("compare.lead", { name: nameOf(id) })}
                    aria-label={t("compare.lead", { name: nameOf(id) })}
                    onClick={() => setMeasures([id, ...measures.filter((each) => each !== id)])}
                  >
                    ↑
                  </button>
                ) : null}
                {nameOf(id)}
                <button
                  type="button"
                  aria-label={t("compare.remove", { name: nameOf(id) })}
                  disabled={measures.length === 1}
                  onClick={() => setMeasures(measures.filter((each) => each !== id))}
                >
                  ✕
                </button>
              </li>
            ))}
          </ul>
          <Combobox
            label={t("compare.add")}
            name="measure"
            shown=""
            placeholder={t("compare.addHint")}
            find={async (text) => findMeasures(await client.ensureQueryData(indicatorsQuery), text, language)}
            onChoose={(choice) => {
              if (choice && !measures.includes(choice.value)) setMeasures([...measures, choice.value]);
            }}
          />
        </div>
        <RegionFilter value={asked?.within ?? ""} onChange={set("within")} />
        <Select
          label={t("figures.level")}
          name="level"
          value={asked?.level ?? ""}
          options={[
            ["", t("compare.eachLevel")],
            ...(["province", "city", "county"] as const).map((level) => [level, t(`level.${level}`)] as const),
          ]}
          onChange={set("level")}
        />
        <PeriodFilter value={asked?.period ?? ""} onChange={set("period")} />
        {view === "lines" ? null : (
          <>
            <Select
              label={t("compare.by")}
              name="by"
              value={asked?.by ?? ""}
              options={[
                ["", t("compare.latest")],
                ...(["year", "half", "quarter", "month"] as const).map((step) => [step, t(`step.${step}`)] as const),
              ]}
              onChange={set("by")}
            />
            <Select
              label={t("compare.order")}
              name="ascending"
              value={asked?.ascending ?? ""}
              options={[
                ["", t("compare.highest")],
                ["true", t("compare.lowest")],
              ]}
              onChange={set("ascending")}
            />
          </>
        )}
      </Filters>
      <fieldset className="segmented compare-views">
        <legend className="only-spoken">{t("compare.view")}</legend>
        {VIEWS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === view}
            onClick={() => change({ view: each === "bars" ? "" : each, cell: undefined })}
          >
            {t(`compare.${each}`)}
          </button>
        ))}
      </fieldset>
    </>
  );
}
