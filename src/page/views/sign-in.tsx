import { useQuery as useAsked, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Session } from "../../server/contract/index.js";
import { ApiProblem, send } from "../api/client.js";
import { sessionQuery } from "../api/queries.js";
import { Empty } from "../components/states.js";
import { useWords } from "../i18n/index.js";
import { Link, useRouter } from "../router.js";

export default function SignIn() {
  const t = useWords();
  const client = useQueryClient();
  const { place, go } = useRouter();
  const session = useAsked(sessionQuery).data;
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(undefined);
    try {
      const next = await send<Session>("POST", "/session", { name: form.get("name"), password: form.get("password") });
      // what was asked for before was refused
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
      client.setQueryData(sessionQuery.queryKey, next);
      const wanted = place.query.get("next");
      // only a place of this page: an address of another site is no place to go
      if (place.path === "/sign-in") go(wanted && /^\/(?![/\\])/.test(wanted) ? wanted : "/");
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  if (session?.user)
    return (
      <Empty
        page
        title={t("signin.already", { name: session.user.name })}
        action={<Link to="/">{t("nav.overview")}</Link>}
      />
    );
  return (
    <form className="narrow-form" onSubmit={(event) => void submit(event)}>
      <h1>{t("signin.title")}</h1>
      <div className="field">
        <label htmlFor="sign-in-name">{t("user.name")}</label>
        <input id="sign-in-name" name="name" autoComplete="username" required />
      </div>
      <div className="field">
        <label htmlFor="sign-in-password">{t("user.password")}</label>
        <input id="sign-in-password" name="password" type="password" autoComplete="current-password" required />
      </div>
      {error ? (
        <p className="wrong" role="alert">
          {error instanceof ApiProblem && error.status === 401
            ? t("signin.wrong")
            : error instanceof ApiProblem && error.status === 429
              ? t("signin.tooMany", { count: error.problem?.retryAfter ?? 60 })
              : String(error instanceof Error ? error.message : error)}
        </p>
      ) : null}
      <button type="submit" className="button is-first" disabled={busy}>
        {t("user.signIn")}
      </button>
    </form>
  );
}
