import { useEffect, useRef } from "react";
import type { Word } from "../../i18n/say.js";
import { keep, kept } from "../../kept.js";

/** What the keyboard does in a review; the help sheet is made of this. */
export const KEYS = [
  { does: "accept", keys: ["a"], word: "key.accept" },
  { does: "edit", keys: ["e"], word: "key.edit" },
  { does: "reject", keys: ["x"], word: "key.reject" },
  { does: "next", keys: ["j"], word: "key.next" },
  { does: "previous", keys: ["k"], word: "key.previous" },
  { does: "undo", keys: ["u"], word: "key.undo" },
  { does: "add", keys: ["m"], word: "key.add" },
  { does: "face", keys: ["t"], word: "key.face" },
  { does: "comment", keys: ["c"], word: "key.comment" },
  { does: "link", keys: ["l"], word: "key.link" },
  { does: "help", keys: ["?"], word: "key.help" },
] as const satisfies readonly { does: string; keys: readonly string[]; word: Word }[];

export type Action = (typeof KEYS)[number]["does"];

/** Keys inside the fields; always on, as they need a field to be typed in. */
export const FIELD_KEYS = [
  { keys: ["Enter"], word: "key.save" },
  { keys: ["Esc"], word: "key.leave" },
  { keys: ["Tab"], word: "key.tab" },
] as const satisfies readonly { keys: readonly string[]; word: Word }[];

/** Keys of one letter can be switched off: speech input would set them off (WCAG 2.1.4). */
export const areKeysOn = (): boolean => kept("keys") !== "off";
export const switchKeys = (on: boolean): void => keep("keys", on ? "on" : "off");

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable], dialog") !== null;

/** Runs actions on single keys, outside fields and dialogs. */
export function useKeys(actions: Readonly<Partial<Record<Action, () => void>>>): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (isTyping(event.target) || document.querySelector("dialog[open]") || !areKeysOn()) return;
      const found = KEYS.find(({ keys }) => keys.some((key) => key === event.key.toLowerCase()));
      const run = found && latest.current[found.does];
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
