import { useQuery as useAsked } from "@tanstack/react-query";
import { Component, type ReactNode, Suspense, useEffect, useRef } from "react";
import { useLive } from "./api/live.js";
import { sessionQuery } from "./api/queries.js";
import { Mast } from "./components/mast.js";
import { Empty, Loading, Problem } from "./components/states.js";
import { useWords } from "./i18n/index.js";
import { Link, matchPath, usePlace } from "./router.js";
import { ROUTES } from "./routes.js";

/** The frame around every view: skip link, masthead, and the view that the address names. */
export function App() {
  const t = useWords();
  const { path } = usePlace();
  const session = useAsked(sessionQuery);
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useLive(session.data?.user != null);

  const [match] = ROUTES.flatMap((route) => {
    const params = matchPath(route.pattern, path);
    return params ? [{ route, params }] : [];
  });
  const title = match ? t(match.route.title) : t("state.notFound");
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`;
  }, [title, t]);
  useEffect(() => {
    // as after a page load: what is read next is the new view
    if (before.current !== path) main.current?.focus({ preventScroll: true });
    before.current = path;
  }, [path]);

  const mustSignIn = session.data?.signIn === "password" && !session.data.user && path !== "/sign-in";
  return (
    <>
      <a className="skip" href="#main">
        {t("app.skip")}
      </a>
      <Mast session={session.data} />
      <main id="main" ref={main} tabIndex={-1} className={match?.route.wide ? "is-wide" : undefined}>
        <Broken key={path} title={t("state.broken")}>
          <Suspense fallback={<Loading />}>
            {session.error ? (
              <Problem page error={session.error} retry={() => void session.refetch()} />
            ) : mustSignIn ? (
              <SignInFirst />
            ) : match ? (
              <match.route.view params={match.params} />
            ) : (
              <Empty page title={t("state.notFound")} action={<Link to="/">{t("nav.overview")}</Link>}>
                {t("state.noPage")}
              </Empty>
            )}
          </Suspense>
        </Broken>
      </main>
    </>
  );
}

const SIGN_IN = ROUTES.find(({ pattern }) => pattern === "/sign-in");

/** The view one wanted comes after signing in: its address stays. */
function SignInFirst() {
  return SIGN_IN ? <SIGN_IN.view params={{}} /> : null;
}

/** A view that breaks leaves the rest of the page usable. */
class Broken extends Component<{ readonly title: string; readonly children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return (
      <div className="state is-problem" role="alert">
        <p className="big">{this.props.title}</p>
        <p>{String(this.state.error)}</p>
      </div>
    );
  }
}
