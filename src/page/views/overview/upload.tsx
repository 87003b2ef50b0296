import { useQuery as useAsked, useQueryClient } from "@tanstack/react-query";
import { type DragEvent, useEffect, useRef, useState } from "react";
import type { z } from "zod";
import type { FileEvent, Ingest, IngestFile, UploadReply } from "../../../server/contract/index.js";
import { apiAddress, send } from "../../api/client.js";
import { refresh } from "../../api/live.js";
import { sessionQuery } from "../../api/queries.js";
import { byteWords } from "../../format.js";
import { useSpeech, type Word } from "../../i18n/index.js";
import { Link } from "../../router.js";
import { failureWord } from "./failure-word.js";

type Shown = Pick<IngestFile, "file" | "state" | "clipping" | "figures" | "outcome" | "code" | "detail"> & {
  readonly bytes: number | null;
};

const waiting = (file: File): Shown => ({
  file: file.name,
  bytes: file.size,
  state: "waiting",
  clipping: null,
  figures: null,
  outcome: null,
  code: null,
  detail: null,
});

const LOOK: Readonly<Record<Shown["state"], string>> = {
  waiting: "",
  reading: "is-warn",
  stored: "is-ok",
  known: "is-ok",
  failed: "is-bad",
};

/** Files dropped or chosen, and what becomes of each while it is read. */
export function Upload() {
  const { t } = useSpeech();
  const client = useQueryClient();
  const session = useAsked(sessionQuery).data;
  const [over, setOver] = useState(false);
  const [files, setFiles] = useState<readonly Shown[]>([]);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const events = useRef<EventSource>(undefined);
  useEffect(() => () => events.current?.close(), []);
  if (session?.user?.role === "reader") return null;

  const follow = (ingest: Ingest) => {
    events.current?.close();
    const source = new EventSource(apiAddress(`/ingests/${encodeURIComponent(ingest.id)}/events`));
    events.current = source;
    source.addEventListener("file", (event) => {
      const told = JSON.parse(event.data as string) as FileEventData;
      setFiles((now) => withTold(now, told));
    });
    source.addEventListener("ingest", (event) => {
      const told = JSON.parse(event.data as string) as Ingest;
      if (told.state === "waiting" || told.state === "running") return;
      source.close();
      setBusy(false);
      void refresh(client);
    });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) setBusy(false);
    };
  };
  const upload = async (chosen: readonly File[]) => {
    if (chosen.length === 0 || busy) return;
    setBusy(true);
    setWrong(undefined);
    setFiles(chosen.map(waiting));
    const form = new FormData();
    for (const file of chosen) form.append("files", file, file.name);
    try {
      const reply = await send<UploadReply>("POST", "/clippings", form);
      setFiles(reply.files);
      if (reply.ingest) follow(reply.ingest);
      else setBusy(false);
    } catch (error) {
      setWrong(String(error instanceof Error ? error.message : error));
      setFiles([]);
      setBusy(false);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void upload([...event.dataTransfer.files]);
  };
  const finished = files.filter(({ state }) => state !== "waiting" && state !== "reading").length;
  return (
    <section className="upload" aria-label={t("upload.title")}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is the other way; the button does the same */}
      <div
        className={over ? "drop is-over" : "drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <button type="button" className="button is-first" disabled={busy} onClick={() => input.current?.click()}>
          {t("upload.choose")}
        </button>
        <span>{t("upload.drop")}</span>
        <small>{session ? t("upload.limits", { size: byteWords(session.limits.fileBytes) }) : null}</small>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={t("upload.choose")}
          onChange={(event) => {
            void upload([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      {wrong ? (
        <p className="wrong" role="alert">
          {t("upload.broken")} {wrong}
        </p>
      ) : null}
      {files.length > 0 ? (
        <div className="upload-files">
          <p role="status">
            {busy
              ? t("upload.progress", { done: finished, all: files.length })
              : t("upload.done", { count: files.length })}
            {busy ? null : (
              <button type="button" className="button is-quiet" onClick={() => setFiles([])}>
                {t("action.close")}
              </button>
            )}
          </p>
          <progress max={files.length} value={finished} aria-label={t("upload.title")} />
          <ul>
            {files.map((file, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files of one upload may have one name
              <li key={`${index} ${file.file}`}>
                <span className="upload-name">
                  {file.clipping ? <Link to={`/clippings/${file.clipping}`}>{file.file}</Link> : file.file}
                </span>
                <span className={`tag ${LOOK[file.state]}`}>{t(`upload.${file.state}` as Word)}</span>
                <span className="note">{tellOf(file, t)}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}

type FileEventData = z.infer<typeof FileEvent>;

const withTold = (files: readonly Shown[], told: FileEventData): readonly Shown[] => {
  const at = files.findIndex(
    (file) =>
      file.file === told.file &&
      (file.state === "waiting" || file.state === "reading" || file.clipping === told.clipping),
  );
  return at < 0 ? [...files, told] : files.map((file, index) => (index === at ? told : file));
};

function tellOf(file: Shown, t: ReturnType<typeof useSpeech>["t"]): string {
  if (file.state === "failed") return [file.code ? failureWord(file.code, t) : "", file.detail ?? ""].join(" ").trim();
  if (file.figures !== null && file.figures !== undefined) return t("upload.figures", { count: file.figures });
  return file.bytes === null || file.bytes === undefined ? "" : byteWords(file.bytes);
}
