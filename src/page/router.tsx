import {
  type AnchorHTMLAttributes,
  createContext,
  type MouseEvent,
  type ReactNode,
  startTransition,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";

/** Where the reader is: all of a view's state is in its address, so that a view can be sent as a link. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface GoOptions {
  /** Without an entry of its own in the history: typing into a filter. */
  readonly replace?: boolean;
}

interface Router {
  readonly place: Place;
  go(to: string, options?: GoOptions): void;
}

const RouterContext = createContext<Router | undefined>(undefined);

const here = (): Place => ({ path: window.location.pathname, query: new URLSearchParams(window.location.search) });

export function RouterProvider({ children }: { readonly children: ReactNode }) {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const back = () => startTransition(() => setPlace(here()));
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, []);
  const go = useCallback((to: string, options: GoOptions = {}) => {
    const before = window.location.pathname;
    if (options.replace) window.history.replaceState(null, "", to);
    else window.history.pushState(null, "", to);
    // the old view stays until the code of the next one is there: no blank page between
    startTransition(() => setPlace(here()));
    if (window.location.pathname !== before) window.scrollTo(0, 0);
  }, []);
  const router = useMemo(() => ({ place, go }), [place, go]);
  return <RouterContext value={router}>{children}</RouterContext>;
}

export function useRouter(): Router {
  const router = useContext(RouterContext);
  if (!router) throw new Error("no router");
  return router;
}

export const usePlace = (): Place => useRouter().place;

/** A path with a query; empty values are left out, so that addresses stay short. */
export function addressOf(
  path: string,
  query: Readonly<Record<string, string | readonly string[] | undefined>>,
): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value.length === 0) continue;
    if (typeof value === "string") params.set(key, value);
    else for (const one of value) params.append(key, one);
  }
  const text = params.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** The query of the address, and how to change some of it. */
export function useQuery(): [
  URLSearchParams,
  (change: Readonly<Record<string, string | readonly string[] | undefined>>, options?: GoOptions) => void,
] {
  const { place, go } = useRouter();
  const change = useCallback(
    (changes: Readonly<Record<string, string | readonly string[] | undefined>>, options?: GoOptions) => {
      // of the address as it is now: two changes may come before the next render
      const params = new URLSearchParams(window.location.search);
      for (const [key, value] of Object.entries(changes)) {
        params.delete(key);
        if (value === undefined || value.length === 0) continue;
        if (typeof value === "string") params.set(key, value);
        else for (const one of value) params.append(key, one);
      }
      const text = params.toString();
      go(`${window.location.pathname}${text === "" ? "" : `?${text}`}`, options);
    },
    [go],
  );
  return [place.query, change];
}

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly to: string;
}

/** A real link: it opens in a new tab, is copied and is announced as one. */
export function Link({ to, onClick, children, ...rest }: LinkProps) {
  const { go } = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !plain || rest.target === "_blank") return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} onClick={follow} {...rest}>
      {children}
    </a>
  );
}

/** Parts of a path by a pattern (`/clippings/:id`); undefined where it does not fit. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split("/").filter((part) => part !== "");
  const given = path.split("/").filter((part) => part !== "");
  if (wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const actual = given[index] ?? "";
    if (part.startsWith(":")) found[part.slice(1)] = decodeURIComponent(actual);
    else if (part !== actual) return undefined;
  }
  return found;
}
