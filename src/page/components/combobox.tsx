import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useWords } from "../i18n/index.js";

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** What tells two of the same label apart. */
  readonly note?: string;
}

interface Props {
  readonly label: string;
  /** The label of what is chosen; "" for nothing. */
  readonly shown: string;
  readonly placeholder?: string;
  /** Choices for what was typed; "" for all, or the likely ones. */
  find(text: string): Promise<readonly Choice[]> | readonly Choice[];
  /** Undefined where the field was emptied. */
  onChoose(choice: Choice | undefined): void;
  /** Told while there is text that is no choice yet. Where it is given such text stays, and is marked as wrong. */
  onTyping?(typing: boolean): void;
  readonly hideLabel?: boolean;
  readonly invalid?: string | undefined;
  readonly disabled?: boolean;
  readonly hint?: string | undefined;
  readonly name?: string;
  readonly ref?: React.Ref<HTMLInputElement>;
}

/** A field that searches as one types: the ARIA pattern of an editable combobox with a list. */
export function Combobox(props: Props) {
  const t = useWords();
  const id = useId();
  const [text, setText] = useState<string>();
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const asked = useRef(0);
  /** Enter came before the answer: the first choice is taken when it is there. */
  const impatient = useRef(false);
  const [waiting, setWaiting] = useState(false);
  const [left, setLeft] = useState(false);
  const list = useRef<HTMLDivElement>(null);

  const ask = async (typed: string) => {
    const mine = ++asked.current;
    setWaiting(true);
    const found = await Promise.resolve(props.find(typed)).catch(() => []);
    // an answer to what was typed before may come last
    if (mine !== asked.current) return;
    setWaiting(false);
    setChoices(found);
    setAt(0);
    if (impatient.current && found[0]) choose(found[0]);
    impatient.current = false;
  };
  const type = (typed: string | undefined) => {
    setText(typed);
    setLeft(false);
    props.onTyping?.(typed !== undefined && typed !== "");
  };
  const show = (typed: string) => {
    setOpen(true);
    void ask(typed);
  };
  const close = () => {
    asked.current++;
    impatient.current = false;
    setWaiting(false);
    setOpen(false);
    type(undefined);
  };
  const leave = () => {
    if (text === "") props.onChoose(undefined);
    if (!text || !props.onTyping) return close();
    setOpen(false);
    setLeft(true);
  };
  const choose = (choice: Choice | undefined) => {
    props.onChoose(choice);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return show(text ?? "");
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((now) => (choices.length === 0 ? 0 : (now + step + choices.length) % choices.length));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      event.stopPropagation();
      const choice = choices[at];
      if (text === "") choose(undefined);
      else if (waiting) impatient.current = true;
      else if (choice) choose(choice);
    } else if (event.key === "Tab" && open && text && !waiting) {
      const choice = choices[at];
      if (choice) choose(choice);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });

  const wrong = left && !waiting ? t("wrong.choose") : props.invalid;
  return (
    <div className="field">
      <label htmlFor={id} className={props.hideLabel ? "only-spoken" : undefined}>
        {props.label}
      </label>
      <div className="combo">
        <input
          id={id}
          ref={props.ref}
          name={props.name}
          type="text"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && choices[at] ? `${id}-${at}` : undefined}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={wrong || props.hint ? `${id}-more` : undefined}
          disabled={props.disabled}
          placeholder={props.placeholder}
          value={text ?? props.shown}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => {
            type(event.currentTarget.value);
            show(event.currentTarget.value);
          }}
          onClick={() => {
            if (!open) show("");
          }}
          onKeyDown={onKeyDown}
          onBlur={leave}
        />
        <div id={`${id}-list`} role="listbox" aria-label={props.label} ref={list} hidden={!open}>
          {choices.map((choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys, as the ARIA pattern says
            <div
              key={choice.value}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              onMouseDown={(event) => event.preventDefault()}
              onMouseEnter={() => setAt(index)}
              onClick={() => choose(choice)}
            >
              <span>{choice.label}</span>
              {choice.note ? <small>{choice.note}</small> : null}
            </div>
          ))}
          {choices.length === 0 && !waiting ? (
            <div className="is-none" role="option" aria-selected={false} aria-disabled tabIndex={-1}>
              {t("state.nothing")}
            </div>
          ) : null}
        </div>
      </div>
      {wrong || props.hint ? (
        <span id={`${id}-more`} className={wrong ? "wrong" : "hint"}>
          {wrong ?? props.hint}
        </span>
      ) : null}
    </div>
  );
}
