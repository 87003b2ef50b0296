import { type ReactNode, useState } from "react";
import { useWords } from "../i18n/index.js";

/** Filters of a view: in sight where there is room, behind a word on a narrow screen. */
export function Filters({ children }: { readonly children: ReactNode }) {
  const t = useWords();
  const [narrow] = useState(() => window.matchMedia("(max-width: 40rem)").matches);
  return (
    <details className="fold" open={!narrow}>
      <summary>{t("filter.title")}</summary>
      <div className="filters">{children}</div>
    </details>
  );
}
