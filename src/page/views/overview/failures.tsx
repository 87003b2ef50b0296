import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Ingest } from "../../../server/contract/index.js";
import { send } from "../../api/client.js";
import { refresh } from "../../api/live.js";
import { failuresQuery } from "../../api/queries.js";
import { useTell } from "../../components/toasts.js";
import { fileName, momentWords } from "../../format.js";
import { useSpeech } from "../../i18n/index.js";
import { failureWord } from "./failure-word.js";

/** Files that could not be read: why, and again. */
export function Failures({ counts }: { readonly counts: Readonly<Record<string, number>> }) {
  const { t } = useSpeech();
  const tell = useTell();
  const client = useQueryClient();
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const [code, setCode] = useState("");
  const asked = useInfiniteQuery({ ...failuresQuery({ code, limit: 50 }), enabled: all > 0 });
  if (all === 0) return null;
  const failures = asked.data?.pages.flatMap(({ items }) => items) ?? [];
  const retry = async (body: { readonly paths?: readonly string[]; readonly code?: string }) => {
    try {
      const ingest = await send<Ingest>("POST", "/failures/retry", body);
      tell(t("failures.retrying", { count: ingest.total }));
      await refresh(client);
    } catch (error) {
      tell(String(error));
    }
  };
  return (
    <section className="panel" id="failures">
      <header>
        <h2>{t("failures.title")}</h2>
        <p className="about">{t("failures.count", { count: all })}</p>
        <div className="actions">
          <button type="button" className="button" onClick={() => void retry(code === "" ? {} : { code })}>
            {t("failures.retryAll")}
          </button>
        </div>
      </header>
      <ul className="chips failure-codes">
        {Object.entries(counts).map(([each, count]) => (
          <li key={each}>
            <button type="button" aria-pressed={code === each} onClick={() => setCode(code === each ? "" : each)}>
              {failureWord(each, t)} {count.toLocaleString("en")}
            </button>
          </li>
        ))}
      </ul>
      <div className="scroll-x">
        <table className="data">
          <thead>
            <tr>
              <th scope="col">{t("failures.file")}</th>
              <th scope="col">{t("failures.why")}</th>
              <th scope="col" className="number">
                {t("failures.attempts")}
              </th>
              <th scope="col">{t("failures.at")}</th>
              <th scope="col">
                <span className="only-spoken">{t("action.retry")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {failures.map((failure) => (
              <tr key={failure.path}>
                <th scope="row" title={failure.path}>
                  {failure.file || fileName(failure.path)}
                </th>
                <td>
                  {failureWord(failure.code, t)} <span className="note">{failure.detail}</span>
                </td>
                <td className="number">{failure.attempts}</td>
                <td className="nowrap">{momentWords(failure.at)}</td>
                <td>
                  <button
                    type="button"
                    className="button is-quiet"
                    onClick={() => void retry({ paths: [failure.path] })}
                  >
                    {t("action.retry")}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {asked.hasNextPage ? (
        <button type="button" className="button" onClick={() => void asked.fetchNextPage()}>
          {t("action.more")}
        </button>
      ) : null}
    </section>
  );
}
