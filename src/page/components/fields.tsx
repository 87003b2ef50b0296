import { useQuery as useAsked, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { indicatorsQuery, regionQuery } from "../api/queries.js";
import { periodWords } from "../format.js";
import { useSpeech } from "../i18n/index.js";
import { Combobox } from "./combobox.js";
import { findIndicators, findPeriods, findRegions } from "./find.js";

interface SelectProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  onChange(value: string): void;
}

export function Select({ label, name, value, options, onChange }: SelectProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface FilterProps {
  /** The code, id or ISO period in the address; "" for all. */
  readonly value: string;
  onChange(value: string): void;
}

/** A region and all below it. */
export function RegionFilter({ value, onChange }: FilterProps) {
  const { t, language } = useSpeech();
  const region = useAsked({ ...regionQuery(value), enabled: value !== "" }).data;
  return (
    <Combobox
      label={t("filter.within")}
      name="within"
      shown={value === "" ? "" : (region?.path[language] ?? value)}
      placeholder={t("filter.all")}
      find={(text) => findRegions(text, language)}
      onChoose={(choice) => onChange(choice?.value ?? "")}
    />
  );
}

export function IndicatorFilter({ value, onChange }: FilterProps) {
  const { t, language } = useSpeech();
  const client = useQueryClient();
  const list = useAsked(indicatorsQuery).data;
  return (
    <Combobox
      label={t("field.indicator")}
      name="indicator"
      shown={value === "" ? "" : (list?.items.find(({ id }) => id === value)?.name[language] ?? value)}
      placeholder={t("filter.all")}
      find={async (text) => findIndicators(await client.ensureQueryData(indicatorsQuery), text, language)}
      onChoose={(choice) => onChange(choice?.value ?? "")}
    />
  );
}

export function PeriodFilter({ value, onChange }: FilterProps) {
  const { t, language } = useSpeech();
  return (
    <Combobox
      label={t("field.period")}
      name="period"
      shown={value === "" ? "" : periodWords(value, language)}
      placeholder={t("field.periodHint")}
      find={(text) => findPeriods(text, null, language)}
      onChoose={(choice) => onChange(choice?.value ?? "")}
    />
  );
}
