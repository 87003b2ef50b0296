import { useQuery as useAsked, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { User } from "../../server/contract/index.js";
import { send } from "../api/client.js";
import { sessionQuery, usersQuery } from "../api/queries.js";
import { Dialog } from "../components/dialog.js";
import { Answer, Empty } from "../components/states.js";
import { useTell } from "../components/toasts.js";
import { momentWords } from "../format.js";
import { useWords } from "../i18n/index.js";

const ROLES = ["reader", "reviewer", "admin"] as const;

/** Who may sign in, and what each may do. */
export default function Users() {
  const t = useWords();
  const session = useAsked(sessionQuery).data;
  const isAdmin = session?.user?.role === "admin";
  const asked = useAsked({ ...usersQuery, enabled: isAdmin });
  if (session && !isAdmin)
    return (
      <Empty page title={t("state.forbidden")}>
        {t("users.adminOnly")}
      </Empty>
    );
  return (
    <>
      <div className="head">
        <h1>{t("users.title")}</h1>
        <p className="about">{t("users.about")}</p>
      </div>
      <Answer of={asked}>
        {({ items }) => (
          <>
            {items.length === 0 ? <p className="note">{t("users.none")}</p> : <UserTable users={items} />}
            <AddUser />
          </>
        )}
      </Answer>
    </>
  );
}

/** Does something to the users, says so, and shows them anew. */
function useChange() {
  const client = useQueryClient();
  const tell = useTell();
  return async (change: () => Promise<unknown>, done: string): Promise<boolean> => {
    try {
      await change();
      tell(done);
      await client.invalidateQueries({ queryKey: usersQuery.queryKey });
      return true;
    } catch (error) {
      tell(String(error instanceof Error ? error.message : error));
      return false;
    }
  };
}

function UserTable({ users }: { readonly users: readonly User[] }) {
  const t = useWords();
  const change = useChange();
  const [asking, setAsking] = useState<{ readonly user: User; readonly what: "password" | "remove" }>();
  const address = (user: User) => `/users/${encodeURIComponent(user.name)}`;
  return (
    <div className="scroll-x">
      <table className="data">
        <thead>
          <tr>
            <th scope="col">{t("user.name")}</th>
            <th scope="col">{t("users.role")}</th>
            <th scope="col">{t("users.added")}</th>
            <th scope="col">{t("users.lastSeen")}</th>
            <th scope="col">
              <span className="only-spoken">{t("users.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.name}>
              <th scope="row">{user.name}</th>
              <td>
                <select
                  value={user.role}
                  aria-label={t("users.roleOf", { name: user.name })}
                  onChange={(event) =>
                    void change(
                      () => send("PATCH", address(user), { role: event.currentTarget.value }),
                      t("users.changed"),
                    )
                  }
                >
                  {ROLES.map((role) => (
                    <option key={role} value={role}>
                      {t(`role.${role}`)}
                    </option>
                  ))}
                </select>
              </td>
              <td className="nowrap">{momentWords(user.added)}</td>
              <td className="nowrap">{user.lastSeen ? momentWords(user.lastSeen) : "–"}</td>
              <td className="nowrap">
                <button type="button" className="button is-quiet" onClick={() => setAsking({ user, what: "password" })}>
                  {t("users.setPassword")}
                </button>
                <button type="button" className="button is-quiet" onClick={() => setAsking({ user, what: "remove" })}>
                  {t("users.remove")}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asking?.what === "remove" ? (
        <Dialog title={t("users.removeSure", { name: asking.user.name })} onClose={() => setAsking(undefined)}>
          <p>{t("users.removeMore")}</p>
          <div className="dialog-acts">
            <button
              type="button"
              className="button is-first"
              onClick={() => {
                void change(() => send("DELETE", address(asking.user)), t("users.removed"));
                setAsking(undefined);
              }}
            >
              {t("users.remove")}
            </button>
          </div>
        </Dialog>
      ) : null}
      {asking?.what === "password" ? (
        <Dialog title={t("users.passwordOf", { name: asking.user.name })} onClose={() => setAsking(undefined)}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const password = new FormData(event.currentTarget).get("password");
              void change(() => send("PATCH", address(asking.user), { password }), t("users.changed"));
              setAsking(undefined);
            }}
          >
            <NewPassword />
            <div className="dialog-acts">
              <button type="submit" className="button is-first">
                {t("action.save")}
              </button>
            </div>
          </form>
        </Dialog>
      ) : null}
    </div>
  );
}

export function NewPassword({ name = "password" }: { readonly name?: string }) {
  const t = useWords();
  return (
    <div className="field">
      <label htmlFor={`new-${name}`}>{t("users.newPassword")}</label>
      <input id={`new-${name}`} name={name} type="password" autoComplete="new-password" minLength={10} required />
      <span className="hint">{t("users.passwordHint")}</span>
    </div>
  );
}

function AddUser() {
  const t = useWords();
  const change = useChange();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = Object.fromEntries(new FormData(element));
    if (await change(() => send("POST", "/users", form), t("users.addedOne"))) element.reset();
  };
  return (
    <form className="panel" onSubmit={(event) => void submit(event)}>
      <header>
        <h2>{t("users.add")}</h2>
      </header>
      <div className="filters">
        <div className="field">
          <label htmlFor="user-name">{t("user.name")}</label>
          <input id="user-name" name="name" autoComplete="off" maxLength={40} required />
        </div>
        <NewPassword />
        <div className="field">
          <label htmlFor="user-role">{t("users.role")}</label>
          <select id="user-role" name="role" defaultValue="reviewer">
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`role.${role}`)}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" className="button is-first">
          {t("users.add")}
        </button>
      </div>
    </form>
  );
}
