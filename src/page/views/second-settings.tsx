import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReviewSettings } from "../../server/contract/index.js";
import { send } from "../api/client.js";
import { settingsQuery } from "../api/queries.js";
import { percent } from "../format.js";
import { useWords } from "../i18n/index.js";

/** Whether figures are reviewed twice, and how many of them; an admin sets it. */
export function SecondSettings({
  settings,
  mayChange,
}: {
  readonly settings: ReviewSettings;
  readonly mayChange: boolean;
}) {
  const t = useWords();
  const client = useQueryClient();
  const [error, setError] = useState<string>();
  const save = async (change: Partial<ReviewSettings>) => {
    try {
      const saved = await send<ReviewSettings>("PUT", "/review/settings", { ...settings, ...change });
      client.setQueryData(settingsQuery.queryKey, saved);
      setError(undefined);
    } catch (failure) {
      setError(String(failure));
    }
  };
  if (!mayChange)
    return (
      <p className="note">{settings.second ? t("second.on", { share: percent(settings.share) }) : t("second.off")}</p>
    );
  return (
    <div className="filters">
      <label className="check">
        <input
          type="checkbox"
          checked={settings.second}
          onChange={(event) => void save({ second: event.currentTarget.checked })}
        />
        {t("second.switch")}
      </label>
      <div className="field is-narrow">
        <label htmlFor="second-share">{t("second.share")}</label>
        <select
          id="second-share"
          value={String(settings.share)}
          disabled={!settings.second}
          onChange={(event) => void save({ share: Number(event.currentTarget.value) })}
        >
          {[...new Set([0.05, 0.1, 0.2, 0.5, 1, settings.share])]
            .sort((a, b) => a - b)
            .map((share) => (
              <option key={share} value={share}>
                {percent(share)}
              </option>
            ))}
        </select>
      </div>
      {error ? (
        <p className="wrong" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}
