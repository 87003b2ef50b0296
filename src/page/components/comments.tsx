import { type FormEvent, type Ref, useId, useState } from "react";
import type { Comment } from "../../server/contract/index.js";
import { send } from "../api/client.js";
import { momentWords } from "../format.js";
import { useSpeech } from "../i18n/index.js";

interface Props {
  readonly of: { readonly figure: string } | { readonly clipping: string };
  readonly comments: readonly Comment[];
  onAdded(comment: Comment): void;
  readonly field?: Ref<HTMLTextAreaElement>;
  readonly readOnly?: boolean;
}

/** What people said of a figure or a clipping, and a word more; a link may come with it. */
export function Comments({ of, comments, onAdded, field, readOnly = false }: Props) {
  const { t } = useSpeech();
  const id = useId();
  const [text, setText] = useState("");
  const [link, setLink] = useState("");
  const [wrong, setWrong] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    if (link.trim() !== "" && !/^https?:\/\/\S+$/.test(link.trim())) return setWrong(t("wrong.link"));
    try {
      onAdded(await send<Comment>("POST", "/comments", { ...of, text, link: link.trim() || null }));
      setText("");
      setLink("");
      setWrong(undefined);
    } catch (error) {
      setWrong(String(error));
    }
  };
  return (
    <section className="panel is-small comments">
      <header>
        <h2>{t("comment.title")}</h2>
      </header>
      <ul>
        {comments.map((comment) => (
          <li key={comment.id}>
            <p className="note">
              {comment.author} · {momentWords(comment.at)}
            </p>
            <p className="said">{comment.text}</p>
            {comment.link && /^https?:\/\//.test(comment.link) ? (
              <a href={comment.link} rel="noreferrer noopener" target="_blank">
                {comment.link}
              </a>
            ) : null}
          </li>
        ))}
      </ul>
      {readOnly ? null : (
        <form onSubmit={(event) => void submit(event)}>
          <label className="only-spoken" htmlFor={`${id}-text`}>
            {t("comment.text")}
          </label>
          <textarea
            id={`${id}-text`}
            ref={field}
            rows={2}
            value={text}
            placeholder={t("comment.text")}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit(event);
              if (event.key === "Escape") event.currentTarget.blur();
            }}
          />
          <div className="comment-foot">
            <label className="only-spoken" htmlFor={`${id}-link`}>
              {t("comment.link")}
            </label>
            <input
              id={`${id}-link`}
              value={link}
              placeholder={t("comment.link")}
              onChange={(event) => setLink(event.currentTarget.value)}
            />
            <button type="submit" className="button" disabled={text.trim() === ""}>
              {t("comment.send")}
            </button>
          </div>
          {wrong ? (
            <p className="wrong" role="alert">
              {wrong}
            </p>
          ) : null}
        </form>
      )}
    </section>
  );
}
