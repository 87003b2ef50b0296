import { useQuery as useAsked, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import type { DecisionReply, Figure, Located } from "../../../server/contract/index.js";
import { send } from "../../api/client.js";
import { refresh } from "../../api/live.js";
import { indicatorsQuery } from "../../api/queries.js";
import type { Drawn } from "../../components/source-pane.js";
import { useTell } from "../../components/toasts.js";
import { useSpeech } from "../../i18n/index.js";
import { check, type Draft, emptyDraft, readValue } from "./draft.js";
import { Editor } from "./editor.js";
import { useTyping } from "./use-typing.js";

interface Props {
  readonly like: Figure | undefined;
  readonly clipping?: string;
  readonly drawn: Drawn | undefined;
  onClose(): void;
}

/** A figure that extraction missed: its place is marked in the text or drawn on the page, its fields are told here. */
export function AddForm({ like, clipping = like?.clipping ?? "", drawn, onClose }: Props) {
  const { t, language } = useSpeech();
  const tell = useTell();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(like, language));
  const [touched, setTouched] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const value = useRef<HTMLInputElement>(null);
  const checked = useMemo(() => check(draft), [draft]);
  const quote = useQuote(clipping, drawn);
  useEffect(() => {
    const number = quote && numberIn(quote);
    if (number) setDraft((now) => (now.value === "" ? { ...now, ...number } : now));
  }, [quote]);
  const form = useRef<HTMLFormElement>(null);
  const { onTyping, isSettled } = useTyping();
  const { indicator } = draft;
  const list = useAsked(indicatorsQuery).data;
  useEffect(() => {
    const unit = list?.items.find(({ id }) => id === indicator)?.unit;
    if (unit) setDraft((now) => ({ ...now, unit: unit !== "money" ? unit : now.unit.length === 3 ? now.unit : "CNY" }));
  }, [indicator, list]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTouched(true);
    if (!isSettled(form.current)) return;
    if (!drawn) return setWrong(t("add.noPlace"));
    if (!checked.meaning || busy) return;
    setBusy(true);
    const place = "box" in drawn ? { page: drawn.page, box: drawn.box } : { start: drawn.start, end: drawn.end };
    try {
      await send<DecisionReply>("POST", "/decisions", { kind: "add", clipping, is: checked.meaning, ...place });
      await refresh(client);
      tell(t("add.added"));
      onClose();
    } catch (error) {
      setWrong(String(error));
      setBusy(false);
    }
  };
  return (
    <aside className="review-panel is-adding" aria-label={t("add.title")}>
      <header className="review-why">
        <h2>{t("add.title")}</h2>
      </header>
      <p className="note">{t("add.how")}</p>
      <p className="add-place" role="status">
        {drawn ? (
          <>
            {t("add.place")} <q lang="zh">{quote ?? "…"}</q>
          </>
        ) : (
          t("add.noPlace")
        )}
      </p>
      <form
        ref={form}
        onSubmit={(event) => void submit(event)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.defaultPrevented) onClose();
        }}
        noValidate
      >
        <Editor
          draft={draft}
          setDraft={setDraft}
          onTyping={onTyping}
          checked={touched ? checked : { errors: {} }}
          changed={new Set()}
          published={like?.published ?? null}
          valueField={value}
        />
        {wrong ? (
          <p className="wrong" role="alert">
            {wrong}
          </p>
        ) : null}
        <div className="review-acts">
          <button type="submit" className="button is-first" disabled={busy}>
            {t("add.save")} <kbd>↵</kbd>
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("action.cancel")} <kbd>Esc</kbd>
          </button>
        </div>
      </form>
    </aside>
  );
}

/** The words at the marked place; those under a box are found by the server. */
function useQuote(clipping: string, drawn: Drawn | undefined): string | undefined {
  const [quote, setQuote] = useState<string>();
  useEffect(() => {
    setQuote(drawn && "quote" in drawn ? drawn.quote : undefined);
    if (!drawn || !("box" in drawn)) return;
    let on = true;
    // while a box is being drawn it changes many times a second
    const timer = window.setTimeout(() => {
      send<Located>("POST", `/clippings/${clipping}/pages/${drawn.page}/locate`, { box: drawn.box })
        .then((found) => on && setQuote(found.quote))
        .catch(() => on && setQuote(undefined));
    }, 250);
    return () => {
      on = false;
      window.clearTimeout(timer);
    };
  }, [clipping, drawn]);
  return quote;
}

/** The first number of marked words, with its unit where it shows. */
function numberIn(quote: string): Pick<Draft, "value" | "unit"> | undefined {
  const plain = quote.normalize("NFKC");
  const [number = ""] = /\d[\d,.]*\d|\d/.exec(plain) ?? [];
  const at = plain.indexOf(number) + number.length;
  const [scale = ""] = /^[万亿千百]{1,2}/.exec(plain.slice(at)) ?? [];
  const value = `${number}${scale}`;
  if (number === "" || readValue(value) === undefined) return undefined;
  const rest = plain.slice(at + scale.length);
  return { value, unit: rest.startsWith("%") ? "percent" : /^余?元/.test(rest) ? "CNY" : "count" };
}
