import { type FormEvent, type KeyboardEvent, type Ref, useImperativeHandle, useMemo, useRef, useState } from "react";
import type { Figure } from "../../../server/contract/index.js";
import { Comments } from "../../components/comments.js";
import { Confidence, periodOr, ReviewTag, valueWords } from "../../components/figure-parts.js";
import { Findings } from "../../components/findings.js";
import { cropAddress } from "../../components/source-pane.js";
import { useSpeech, type Word } from "../../i18n/index.js";
import { Link } from "../../router.js";
import { changeOf, check, draftOf, type Field } from "./draft.js";
import { Editor } from "./editor.js";
import type { Choice, Item, Mode } from "./use-queue.js";
import { useTyping } from "./use-typing.js";

export interface PanelHandle {
  accept(): void;
  reject(): void;
  edit(): void;
  comment(): void;
}

interface Props {
  readonly item: Item;
  readonly mode: Mode;
  readonly canUndo: boolean;
  readonly canBack: boolean;
  readonly ref: Ref<PanelHandle>;
  decide(choice: Choice): void;
  skip(): void;
  back(): void;
  undo(): void;
  add(): void;
  copyLink(): void;
  patch(item: Item): void;
}

/** What is claimed, why it is doubted, and what to say to it. */
export function Panel({ item, mode, ref, decide, ...does }: Props) {
  const { t, language } = useSpeech();
  const { figure } = item;
  const [draft, setDraft] = useState(() => draftOf(figure, language));
  const checked = useMemo(() => check(draft), [draft]);
  const change = checked.meaning ? changeOf(figure, checked.meaning) : {};
  const changed = new Set(Object.keys(change) as Field[]);
  const isChanged = changed.size > 0;
  const value = useRef<HTMLInputElement>(null);
  const comment = useRef<HTMLTextAreaElement>(null);

  const form = useRef<HTMLFormElement>(null);
  const { onTyping, isSettled } = useTyping();

  const save = () => {
    if (!isSettled(form.current)) return;
    if (checked.meaning) decide(isChanged ? { kind: "correct", change } : { kind: "accept" });
    else value.current?.focus();
  };
  useImperativeHandle(ref, () => ({
    accept: save,
    reject: () => decide({ kind: "reject" }),
    edit: () => {
      value.current?.focus();
      value.current?.select();
    },
    comment: () => comment.current?.focus(),
  }));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    setDraft(draftOf(figure, language));
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };

  return (
    <aside className="review-panel" aria-label={t("review.panel")}>
      <header className="review-why">
        {item.turn ? <span className="tag is-warn">{t(`turn.${item.turn}` as Word)}</span> : null}
        {mode === "first" ? <ReviewTag review={figure.review} /> : null}
        <Confidence value={figure.confidence} />
        <span className="quote" lang="zh">
          {figure.quote}
        </span>
      </header>
      <Findings findings={figure.findings} />
      <form ref={form} onSubmit={onSubmit} onKeyDown={onKeyDown} noValidate>
        <Editor
          draft={draft}
          setDraft={setDraft}
          checked={checked}
          changed={changed}
          published={figure.published}
          onTyping={onTyping}
          valueField={value}
          beside={item.image ? <Crop figure={figure} /> : null}
        />
        <div className="review-acts">
          <button type="submit" className="button is-first">
            {isChanged ? t("review.correct") : t("review.accept")} <kbd>{isChanged ? "↵" : "A"}</kbd>
          </button>
          <button type="button" className="button" onClick={() => decide({ kind: "reject" })}>
            {t("review.reject")} <kbd>X</kbd>
          </button>
          <button type="button" className="button" onClick={does.skip}>
            {t("review.skip")} <kbd>J</kbd>
          </button>
        </div>
      </form>
      <div className="review-more">
        {mode === "first" ? (
          <>
            <button type="button" className="button is-quiet" onClick={does.undo} disabled={!does.canUndo}>
              {t("review.undo")} <kbd>U</kbd>
            </button>
            <button type="button" className="button is-quiet" onClick={does.add}>
              {t("review.add")} <kbd>M</kbd>
            </button>
          </>
        ) : null}
        <button type="button" className="button is-quiet" onClick={does.back} disabled={!does.canBack}>
          {t("review.back")} <kbd>K</kbd>
        </button>
        <button type="button" className="button is-quiet" onClick={does.copyLink}>
          {t("review.copyLink")} <kbd>L</kbd>
        </button>
      </div>
      {item.conflicts.length > 0 ? <Conflicts figures={item.conflicts} /> : null}
      <Origin figure={figure} />
      {mode === "first" ? (
        <Comments
          of={{ figure: figure.id }}
          comments={item.comments}
          field={comment}
          onAdded={(added) => does.patch({ ...item, comments: [added, ...item.comments] })}
        />
      ) : null}
    </aside>
  );
}

/** The number as it stands on the page: what was read of it may be wrong. */
function Crop({ figure }: { readonly figure: Figure }) {
  const { t } = useSpeech();
  const [failed, setFailed] = useState(false);
  if (failed) return null;
  return (
    <img
      className="crop"
      src={cropAddress(figure.id)}
      alt={t("review.crop", { quote: figure.quote })}
      onError={() => setFailed(true)}
    />
  );
}

function Conflicts({ figures }: { readonly figures: readonly Figure[] }) {
  const { t, language } = useSpeech();
  return (
    <section className="panel is-small">
      <header>
        <h2>{t("figure.conflicts")}</h2>
      </header>
      <ul className="says">
        {figures.map((other) => (
          <li key={other.id}>
            <Link to={`/figures/${other.id}`}>
              <b>{valueWords(other, language)}</b>
            </Link>
            <span>{other.publisher ?? other.file}</span>
            <span className="note">{other.published ?? ""}</span>
            <ReviewTag review={other.review} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Origin({ figure }: { readonly figure: Figure }) {
  const { t, language } = useSpeech();
  return (
    <p className="origin note">
      <Link to={`/clippings/${figure.clipping}?figure=${figure.id}`}>{figure.title ?? figure.file}</Link>
      {[figure.publisher, figure.published && periodOr(figure.published, language, "")]
        .filter((part) => part)
        .map((part) => (
          <span key={part}>{part}</span>
        ))}
      {figure.repostOf ? <span className="tag">{t("clipping.repost")}</span> : null}
      <Link to={`/figures/${figure.id}`}>{t("figure.history")}</Link>
    </p>
  );
}
