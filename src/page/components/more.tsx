import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWords } from "../i18n/index.js";
import { Answer } from "./states.js";

interface Props<P extends { readonly items: readonly unknown[] }> {
  readonly of: UseInfiniteQueryResult<InfiniteData<P>>;
  /** What is shown of all items that are there. */
  readonly children: (items: readonly P["items"][number][], first: P) => ReactNode;
  readonly empty: ReactNode;
}

/** A list that comes page by page: what is there, and a button for more. */
export function Pages<P extends { readonly items: readonly unknown[] }>({ of, children, empty }: Props<P>) {
  const t = useWords();
  return (
    <Answer of={of}>
      {({ pages }) => {
        const items = pages.flatMap((page) => [...page.items]);
        const [first] = pages;
        if (items.length === 0 || !first) return empty;
        return (
          <div className={of.isPlaceholderData ? "is-old" : undefined}>
            {children(items, first)}
            {of.hasNextPage ? (
              <p className="more">
                <button
                  type="button"
                  className="button"
                  disabled={of.isFetchingNextPage}
                  onClick={() => void of.fetchNextPage()}
                >
                  {t(of.isFetchingNextPage ? "state.loading" : "action.more")}
                </button>
              </p>
            ) : null}
          </div>
        );
      }}
    </Answer>
  );
}
