import { useCallback, useRef } from "react";
import type { Field } from "./draft.js";

/** Remembers which fields have text that is no choice yet. */
export function useTyping() {
  const fields = useRef(new Set<Field>());
  const onTyping = useCallback((field: Field, typing: boolean) => {
    if (typing) fields.current.add(field);
    else fields.current.delete(field);
  }, []);
  /** False where a field still waits for a choice; the first of them has the focus then. */
  const isSettled = useCallback((form: HTMLElement | null): boolean => {
    const [first] = fields.current;
    if (first === undefined) return true;
    form?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
    return false;
  }, []);
  return { onTyping, isSettled };
}
