import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";

interface Toast {
  readonly key: number;
  readonly text: string;
  readonly action?: { readonly label: string; run(): void } | undefined;
}

type Tell = (text: string, action?: Toast["action"]) => void;

const ToastContext = createContext<Tell>(() => undefined);

const SHOWN_MS = 6000;

/** Short messages at the foot, spoken by screen readers; only the last one is shown. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toast, setToast] = useState<Toast>();
  const count = useRef(0);
  const timer = useRef<number>(undefined);
  const tell = useCallback<Tell>((text, action) => {
    const key = ++count.current;
    setToast({ key, text, action });
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setToast((now) => (now?.key === key ? undefined : now)), SHOWN_MS);
  }, []);
  const shown = useMemo(
    () => (
      <div className="toasts" role="status" aria-live="polite">
        {toast ? (
          <div className="toast" key={toast.key}>
            <span>{toast.text}</span>
            {toast.action ? (
              <button
                type="button"
                onClick={() => {
                  setToast(undefined);
                  toast.action?.run();
                }}
              >
                {toast.action.label}
              </button>
            ) : null}
          </div>
        ) : null}
      </div>
    ),
    [toast],
  );
  return (
    <ToastContext value={tell}>
      {children}
      {shown}
    </ToastContext>
  );
}

export const useTell = (): Tell => useContext(ToastContext);
