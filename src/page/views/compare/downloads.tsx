import { apiAddress } from "../../api/client.js";
import { useSpeech } from "../../i18n/index.js";
import type { Asked, View } from "./view.js";

/** What is shown, as files. */
export function Downloads({ asked, view }: { readonly asked: Asked; readonly view: View }) {
  const { t, language } = useSpeech();
  const path = view === "lines" ? "/series" : "/compare";
  const query = {
    ...asked,
    lang: language,
    chart: view === "scatter" ? "scatter" : view === "lines" ? "lines" : "bars",
  };
  return (
    <div className="actions">
      {(["csv", "json", "svg"] as const).map((format) => (
        <a
          key={format}
          className="button"
          href={apiAddress(`${path}.${format}`, query)}
          download={`${t("app.name")}.${format}`}
          aria-label={t("compare.download", { format: format.toUpperCase() })}
        >
          {format.toUpperCase()}
        </a>
      ))}
    </div>
  );
}
