import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type Ref, useId } from "react";
import { indicatorsQuery } from "../../api/queries.js";
import { Combobox } from "../../components/combobox.js";
import { Select } from "../../components/fields.js";
import { findIndicators, findPeriods, findRegions } from "../../components/find.js";
import { periodWords } from "../../format.js";
import { useSpeech, type Word } from "../../i18n/index.js";
import { type Checked, type Draft, type Field, readValue } from "./draft.js";

const QUALIFIERS = ["exact", "over", "about", "under"] as const;
const MONEY_UNITS = ["CNY", "TWD", "HKD", "MOP", "USD", "EUR", "JPY", "GBP"] as const;

interface Props {
  readonly draft: Draft;
  setDraft(change: (now: Draft) => Draft): void;
  readonly checked: Checked;
  /** Fields that are another than the figure's. */
  readonly changed: ReadonlySet<Field>;
  /** ISO date of the clipping: what 今年 is counted from. */
  readonly published: string | null;
  /** Whether a field has text that is no choice yet: what is in hand is not to be saved then. */
  onTyping(field: Field, typing: boolean): void;
  readonly valueField?: Ref<HTMLInputElement>;
  readonly disabled?: boolean;
  /** Beside the value: its picture on the page. */
  readonly beside?: ReactNode;
}

/** The fields of a figure, each told by name and each checked. */
export function Editor({
  draft,
  setDraft,
  checked,
  changed,
  published,
  onTyping,
  valueField,
  disabled = false,
  beside,
}: Props) {
  const { t, language } = useSpeech();
  const client = useQueryClient();
  const id = useId();
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const wrong = (field: Field) => {
    const word = checked.errors?.[field];
    return word ? t(word) : undefined;
  };
  const value = readValue(draft.value);
  const isScaled = value !== undefined && !/^[\d.]*$/.test(draft.value.replace(/[,\s]/g, ""));
  return (
    <fieldset className="editor" disabled={disabled}>
      <legend className="only-spoken">{t("figure.fields")}</legend>
      <Changed on={changed.has("indicator")} wide>
        <Combobox
          label={t("field.indicator")}
          name="indicator"
          onTyping={(typing) => onTyping("indicator", typing)}
          shown={draft.indicatorLabel}
          find={async (text) => findIndicators(await client.ensureQueryData(indicatorsQuery), text, language)}
          onChoose={(choice) => set({ indicator: choice?.value ?? "", indicatorLabel: choice?.label ?? "" })}
          invalid={wrong("indicator")}
        />
      </Changed>
      <Changed on={changed.has("value")}>
        <div className="field">
          <label htmlFor={`${id}-value`}>{t("field.value")}</label>
          <input
            id={`${id}-value`}
            name="value"
            ref={valueField}
            className="number"
            inputMode="decimal"
            autoComplete="off"
            value={draft.value}
            aria-invalid={wrong("value") ? true : undefined}
            aria-describedby={`${id}-value-more`}
            onChange={(event) => set({ value: event.currentTarget.value })}
          />
          <span id={`${id}-value-more`} className={wrong("value") ? "wrong" : "hint"}>
            {wrong("value") ?? (isScaled ? `= ${value.toLocaleString("en", { maximumFractionDigits: 6 })}` : "")}
          </span>
        </div>
      </Changed>
      <div className="beside">{beside}</div>
      <Changed on={changed.has("unit")}>
        <Select
          label={t("field.unit")}
          name="unit"
          value={draft.unit}
          options={unitsOf(draft.unit).map((unit) => [unit, unitLabel(unit, t)])}
          onChange={(unit) => set({ unit })}
        />
      </Changed>
      <Changed on={changed.has("qualifier")}>
        <Select
          label={t("field.qualifier")}
          name="qualifier"
          value={draft.qualifier}
          options={QUALIFIERS.map((each) => [each, t(`qualifier.${each}`)])}
          onChange={(qualifier) => set({ qualifier: qualifier as Draft["qualifier"] })}
        />
      </Changed>
      <Changed on={changed.has("region")} wide>
        <Combobox
          label={t("field.region")}
          name="region"
          onTyping={(typing) => onTyping("region", typing)}
          shown={draft.regionLabel}
          placeholder={t("field.regionNone")}
          find={(text) => findRegions(text, language)}
          onChoose={(choice) => set({ region: choice?.value ?? null, regionLabel: choice?.label ?? "" })}
        />
      </Changed>
      <Changed on={changed.has("period")} wide>
        <Combobox
          label={t("field.period")}
          name="period"
          onTyping={(typing) => onTyping("period", typing)}
          shown={draft.period === null ? "" : periodWords(draft.period, language)}
          placeholder={t("field.periodHint")}
          find={(text) => findPeriods(text, published, language)}
          onChoose={(choice) => set({ period: choice?.value ?? null })}
        />
      </Changed>
      <Changed on={changed.has("scope")}>
        <div className="field">
          <label htmlFor={`${id}-scope`}>{t("field.scope")}</label>
          <input
            id={`${id}-scope`}
            name="scope"
            autoComplete="off"
            value={draft.scope ?? ""}
            placeholder={t("field.scopeNone")}
            onChange={(event) => set({ scope: event.currentTarget.value === "" ? null : event.currentTarget.value })}
          />
        </div>
      </Changed>
      <Changed on={changed.has("status")}>
        <Select
          label={t("field.status")}
          name="status"
          value={draft.status}
          options={(["actual", "planned"] as const).map((each) => [each, t(`status.${each}`)])}
          onChange={(status) => set({ status: status as Draft["status"] })}
        />
      </Changed>
    </fieldset>
  );
}

/** The unit in hand is always among them, however rare. */
const unitsOf = (unit: string): string[] => [...new Set(["count", "percent", ...MONEY_UNITS, unit])];

export function unitLabel(unit: string, t: (word: Word) => string): string {
  if (unit === "count" || unit === "percent") return t(`unit.${unit}`);
  return MONEY_UNITS.some((each) => each === unit) ? t(`unit.${unit}` as Word) : unit;
}

function Changed({
  on,
  wide = false,
  children,
}: {
  readonly on: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return <div className={`${on ? "is-changed" : ""} ${wide ? "is-wide" : ""}`.trim()}>{children}</div>;
}
