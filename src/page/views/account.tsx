import { useQuery as useAsked, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { z } from "zod";
import type { Session, TokenReply } from "../../server/contract/index.js";
import { send } from "../api/client.js";
import { sessionQuery, tokensQuery } from "../api/queries.js";
import { Answer } from "../components/states.js";
import { useTell } from "../components/toasts.js";
import { momentWords } from "../format.js";
import { useWords, type Word } from "../i18n/index.js";
import { NewPassword } from "./users.js";

/** One's own name or password, and the keys for one's programs. */
export default function Account() {
  const t = useWords();
  const asked = useAsked(sessionQuery);
  return (
    <>
      <div className="head">
        <h1>{t("account.title")}</h1>
      </div>
      <Answer of={asked}>
        {(session) => (
          <div className="account">
            {session.signIn === "none" ? <NameForm session={session} /> : <PasswordForm session={session} />}
            {session.signIn === "password" ? <Tokens /> : null}
            <p className="note">{t("account.version", { version: session.version })}</p>
          </div>
        )}
      </Answer>
    </>
  );
}

function NameForm({ session }: { readonly session: Session }) {
  const t = useWords();
  const tell = useTell();
  const client = useQueryClient();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    try {
      const name = String(new FormData(event.currentTarget).get("name") ?? "").trim();
      client.setQueryData(sessionQuery.queryKey, await send<Session>("PUT", "/session/name", { name }));
      tell(t("account.named", { name }));
    } catch (error) {
      tell(String(error instanceof Error ? error.message : error));
    }
  };
  return (
    <form className="panel" onSubmit={(event) => void submit(event)}>
      <header>
        <h2>{t("account.name")}</h2>
        <p className="about">{t("account.nameMore")}</p>
      </header>
      <div className="filters">
        <div className="field">
          <label htmlFor="own-name">{t("user.name")}</label>
          <input id="own-name" name="name" defaultValue={session.user?.name ?? ""} maxLength={40} required />
        </div>
        <button type="submit" className="button is-first">
          {t("action.save")}
        </button>
      </div>
    </form>
  );
}

function PasswordForm({ session }: { readonly session: Session }) {
  const t = useWords();
  const tell = useTell();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    try {
      await send("PUT", "/me/password", Object.fromEntries(new FormData(element)));
      element.reset();
      tell(t("account.passwordChanged"));
    } catch (error) {
      tell(String(error instanceof Error ? error.message : error));
    }
  };
  return (
    <form className="panel" onSubmit={(event) => void submit(event)}>
      <header>
        <h2>{session.user?.name}</h2>
        <p className="about">{session.user ? t(`role.${session.user.role}` as Word) : null}</p>
      </header>
      <div className="filters">
        <div className="field">
          <label htmlFor="old-password">{t("account.oldPassword")}</label>
          <input id="old-password" name="old" type="password" autoComplete="current-password" required />
        </div>
        <NewPassword name="new" />
        <button type="submit" className="button is-first">
          {t("users.setPassword")}
        </button>
      </div>
    </form>
  );
}

function Tokens() {
  const t = useWords();
  const tell = useTell();
  const client = useQueryClient();
  const asked = useAsked(tokensQuery);
  const [made, setMade] = useState<string>();
  const again = () => client.invalidateQueries({ queryKey: tokensQuery.queryKey });
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const days = Number(form.get("days"));
    try {
      const reply = await send<z.infer<typeof TokenReply>>("POST", "/tokens", {
        label: form.get("label"),
        ...(days > 0 ? { days } : {}),
      });
      setMade(reply.token);
      element.reset();
      await again();
    } catch (error) {
      tell(String(error instanceof Error ? error.message : error));
    }
  };
  return (
    <section className="panel">
      <header>
        <h2>{t("token.title")}</h2>
        <p className="about">
          {t("token.about")} <a href="/reference">{t("token.reference")}</a>
        </p>
      </header>
      {made ? (
        <p className="made" role="status">
          {t("token.made")} <code>{made}</code>
        </p>
      ) : null}
      <Answer of={asked} small>
        {({ items }) =>
          items.length === 0 ? (
            <p className="note">{t("token.none")}</p>
          ) : (
            <div className="scroll-x">
              <table className="data">
                <thead>
                  <tr>
                    <th scope="col">{t("token.label")}</th>
                    <th scope="col">{t("user.name")}</th>
                    <th scope="col">{t("users.role")}</th>
                    <th scope="col">{t("token.expires")}</th>
                    <th scope="col">{t("token.lastUsed")}</th>
                    <th scope="col">
                      <span className="only-spoken">{t("token.remove")}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((token) => (
                    <tr key={token.id}>
                      <th scope="row">{token.label}</th>
                      <td>{token.user}</td>
                      <td>{t(`role.${token.role}`)}</td>
                      <td className="nowrap">{token.expires ? momentWords(token.expires) : t("token.never")}</td>
                      <td className="nowrap">{token.lastUsed ? momentWords(token.lastUsed) : "–"}</td>
                      <td>
                        <button
                          type="button"
                          className="button is-quiet"
                          onClick={() =>
                            void send("DELETE", `/tokens/${encodeURIComponent(token.id)}`).then(
                              again,
                              (error: unknown) => tell(String(error)),
                            )
                          }
                        >
                          {t("token.remove")}
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answer>
      <form className="filters" onSubmit={(event) => void submit(event)}>
        <div className="field">
          <label htmlFor="token-label">{t("token.label")}</label>
          <input id="token-label" name="label" maxLength={80} required />
        </div>
        <div className="field is-narrow">
          <label htmlFor="token-days">{t("token.expires")}</label>
          <select id="token-days" name="days" defaultValue="90">
            <option value="30">{t("token.days", { count: 30 })}</option>
            <option value="90">{t("token.days", { count: 90 })}</option>
            <option value="365">{t("token.days", { count: 365 })}</option>
            <option value="0">{t("token.never")}</option>
          </select>
        </div>
        <button type="submit" className="button">
          {t("token.make")}
        </button>
      </form>
    </section>
  );
}
