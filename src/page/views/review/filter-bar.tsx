import { useQuery as useAsked } from "@tanstack/react-query";
import type { Turn } from "../../../server/contract/index.js";
import { progressQuery } from "../../api/queries.js";
import { IndicatorFilter, RegionFilter, Select } from "../../components/fields.js";
import { Filters } from "../../components/filters.js";
import { useSpeech, type Word } from "../../i18n/index.js";
import type { useQuery } from "../../router.js";

/** Why an item's turn comes, the most urgent first. */
export const TURNS = [
  "renew",
  "failed",
  "contested",
  "doubtful",
  "headline",
  "part-failed",
  "rest",
] as const satisfies readonly Turn[];

interface Props {
  readonly query: URLSearchParams;
  readonly change: ReturnType<typeof useQuery>[1];
  readonly mode: "first" | "second";
}

/** Which figures are reviewed: by urgency, indicator and region. */
export function FilterBar({ query, change, mode }: Props) {
  const { t } = useSpeech();
  const progress = useAsked(progressQuery).data;
  const clipping = query.get("clipping");
  const set = (name: string, value: string | undefined) => change({ [name]: value ?? "", figure: undefined });
  return (
    <Filters>
      {mode === "first" ? (
        <Select
          label={t("review.turn")}
          name="turn"
          value={query.get("turn") ?? ""}
          options={[
            ["", t("filter.all")],
            ...TURNS.map((turn) => {
              const count = progress?.byTurn[turn];
              const word = t(`turn.${turn}` as Word);
              return [turn, count === undefined ? word : `${word} (${count.toLocaleString("en")})`] as const;
            }),
          ]}
          onChange={(turn) => set("turn", turn)}
        />
      ) : null}
      <IndicatorFilter value={query.get("indicator") ?? ""} onChange={(value) => set("indicator", value)} />
      <RegionFilter value={query.get("within") ?? ""} onChange={(value) => set("within", value)} />
      {clipping ? (
        <button type="button" className="button is-quiet" onClick={() => set("clipping", undefined)}>
          {t("review.oneClipping")} ✕
        </button>
      ) : null}
    </Filters>
  );
}
