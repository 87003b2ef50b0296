import type { ReactNode } from "react";
import { ApiProblem } from "../api/client.js";
import { useWords } from "../i18n/index.js";
import { Link } from "../router.js";

/** Shown late: what comes at once shows no flicker. Takes the room that the view will take. */
export function Loading({ small = false }: { readonly small?: boolean }) {
  const t = useWords();
  return (
    <div className={small ? "note is-loading" : "state is-loading"} role="status">
      {t("state.loading")}
    </div>
  );
}

export function Empty({
  title,
  children,
  action,
  page = false,
}: {
  readonly title: string;
  /** Whether it is all of the view: its title is the view's then. */
  readonly page?: boolean;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="state">
      {page ? <h1 className="big">{title}</h1> : <p className="big">{title}</p>}
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  );
}

interface ProblemProps {
  readonly error: unknown;
  readonly retry?: () => void;
  readonly page?: boolean;
}

/** What went wrong, in the server's words, and a way to try again. */
export function Problem({ error, retry, page = false }: ProblemProps) {
  const t = useWords();
  const problem = error instanceof ApiProblem ? error : undefined;
  if (problem?.status === 401)
    return (
      <Empty
        page={page}
        title={t("state.signedOut")}
        action={
          <Link className="button is-first" to={`/sign-in?next=${encodeURIComponent(window.location.pathname)}`}>
            {t("user.signIn")}
          </Link>
        }
      />
    );
  const title =
    problem?.status === 404 ? t("state.notFound") : problem?.status === 403 ? t("state.forbidden") : t("state.problem");
  const detail = problem ? problem.message : error instanceof TypeError ? t("state.offline") : String(error);
  return (
    <div className="state is-problem" role="alert">
      {page ? <h1 className="big">{title}</h1> : <p className="big">{title}</p>}
      <p>{detail}</p>
      {retry && problem?.status !== 404 && problem?.status !== 403 ? (
        <button type="button" className="button" onClick={retry}>
          {t("action.retry")}
        </button>
      ) : null}
    </div>
  );
}

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  refetch(): unknown;
}

/** A view of what was asked for: while it loads, when it failed, and when it is there. */
export function Answer<T>({
  of,
  children,
  small,
  page,
}: {
  readonly of: Asked<T>;
  /** Whether it is all of the view. */
  readonly page?: boolean;
  readonly children: (data: T) => ReactNode;
  readonly small?: boolean;
}) {
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <Problem error={of.error} page={page ?? false} retry={() => void of.refetch()} />;
  return <Loading small={small ?? false} />;
}
