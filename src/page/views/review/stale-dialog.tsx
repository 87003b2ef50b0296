import type { Decision, Figure, Meaning } from "../../../server/contract/index.js";
import type { StaleDecision } from "../../api/client.js";
import { Dialog } from "../../components/dialog.js";
import { valueWords } from "../../components/figure-parts.js";
import { momentWords, periodWords } from "../../format.js";
import { useSpeech, type Word } from "../../i18n/index.js";
import type { Choice, Item } from "./use-queue.js";

interface Props {
  readonly item: Item;
  readonly stale: StaleDecision;
  readonly choice: Choice;
  onClose(): void;
  /** The figure as it is now, to be decided on again. */
  onTake(item: Item): void;
  onSkip(): void;
}

/** Two people decided on one figure: both versions, side by side; nothing was overwritten. */
export function StaleDialog({ item, stale, choice, onClose, onTake, onSkip }: Props) {
  const { t } = useSpeech();
  const { current, latest } = stale.stale;
  const yours: Meaning = choice.kind === "correct" ? { ...item.figure, ...choice.change } : item.figure;
  const leave = () => {
    if (current) onTake({ ...item, figure: current });
    onSkip();
    onClose();
  };
  const again = () => {
    if (current) onTake({ ...item, figure: current });
    onClose();
  };
  return (
    <Dialog title={t("stale.title")} onClose={again}>
      <p>{t("stale.text", { who: latest?.reviewer ?? "?" })}</p>
      <table className="data stale">
        <thead>
          <tr>
            <th scope="col">
              <span className="only-spoken">{t("stale.field")}</span>
            </th>
            <th scope="col">{t("stale.yours")}</th>
            <th scope="col">{t("stale.theirs")}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t("stale.decision")}</th>
            <td>{t(`decision.${choice.kind}` as Word)}</td>
            <td>{latest ? theirs(latest, t) : "–"}</td>
          </tr>
          <Rows yours={yours} theirs={current ?? latest?.is} current={current} />
        </tbody>
      </table>
      <div className="dialog-acts">
        <button type="button" className="button is-first" onClick={leave}>
          {t("stale.leave")}
        </button>
        <button type="button" className="button" onClick={again} disabled={!current}>
          {t("stale.again")}
        </button>
      </div>
    </Dialog>
  );
}

const theirs = (latest: Decision, t: (word: Word) => string) =>
  `${t(`decision.${latest.kind}` as Word)} · ${latest.reviewer} · ${momentWords(latest.at)}`;

function Rows({
  yours,
  theirs,
  current,
}: {
  readonly yours: Meaning;
  readonly theirs: Meaning | undefined;
  readonly current: Figure | null;
}) {
  const { t, language } = useSpeech();
  const rows: readonly (readonly [Word, (meaning: Meaning) => string])[] = [
    ["field.value", (meaning) => valueWords(meaning, language)],
    [
      "field.indicator",
      ({ indicator }) => (indicator === current?.indicator ? current.indicatorName[language] : indicator),
    ],
    [
      "field.region",
      ({ region }) => (region === current?.region ? (current?.regionName?.[language] ?? "–") : (region ?? "–")),
    ],
    ["field.period", ({ period }) => (period ? periodWords(period, language) : "–")],
    ["field.scope", ({ scope }) => scope ?? t("field.scopeNone")],
    ["field.status", ({ status }) => t(`status.${status}`)],
  ];
  return rows.map(([word, tell]) => {
    const [mine, other] = [tell(yours), theirs ? tell(theirs) : "–"];
    return (
      <tr key={word} className={mine === other ? undefined : "is-other"}>
        <th scope="row">{t(word)}</th>
        <td>{mine}</td>
        <td>{other}</td>
      </tr>
    );
  });
}
