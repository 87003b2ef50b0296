import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import type { Session } from "../../server/contract/index.js";
import { send } from "../api/client.js";
import { useSpeech } from "../i18n/index.js";
import { addressOf, Link, matchPath, useRouter } from "../router.js";
import { ROUTES } from "../routes.js";
import { THEMES, useTheme } from "../theme.js";

const THEME_SIGN = { auto: "◐", light: "○", dark: "●" } as const;

/** Name, navigation, search, and who one is. */
export function Mast({ session }: { readonly session: Session | undefined }) {
  const { t, language, setLanguage } = useSpeech();
  const { theme, setTheme } = useTheme();
  const { place } = useRouter();
  const [open, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes where one arrives
  useEffect(() => setOpen(false), [place.path]);
  const nextTheme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "auto";
  return (
    <header className={open ? "mast is-open" : "mast"}>
      <div className="mast-in">
        <Link to="/" className="mast-name">
          <b lang="zh-CN">剪报</b>
          <span lang="zh-Latn">jianbao</span>
        </Link>
        <nav className="nav" id="nav" aria-label={t("nav.label")}>
          {ROUTES.map(({ pattern, nav, preload }) =>
            nav ? (
              <Link
                key={pattern}
                to={pattern}
                aria-current={isAt(pattern, place.path) ? "page" : undefined}
                onMouseEnter={preload}
                onFocus={preload}
              >
                {t(nav)}
              </Link>
            ) : null,
          )}
        </nav>
        <SearchBox />
        <div className="mast-tools">
          <button
            type="button"
            className="icon-button"
            onClick={() => setLanguage(language === "zh" ? "en" : "zh")}
            lang={language === "zh" ? "en" : "zh-CN"}
          >
            {language === "zh" ? "English" : "中文"}
          </button>
          <button
            type="button"
            className="icon-button"
            onClick={() => setTheme(nextTheme)}
            aria-label={`${t("theme.label")}: ${t(`theme.${theme}`)}`}
            title={`${t("theme.label")}: ${t(`theme.${theme}`)}`}
          >
            <span aria-hidden="true">{THEME_SIGN[theme]}</span>
          </button>
          <Who session={session} />
          <button
            type="button"
            className="icon-button nav-toggle"
            aria-expanded={open}
            aria-controls="nav"
            aria-label={t("nav.menu")}
            onClick={() => setOpen(!open)}
          >
            <span aria-hidden="true">{open ? "✕" : "☰"}</span>
          </button>
        </div>
      </div>
    </header>
  );
}

/** A view stands for those below it: a clipping for the clippings. */
const isAt = (pattern: string, path: string): boolean =>
  matchPath(pattern, path) !== undefined || (pattern !== "/" && path.startsWith(`${pattern}/`));

function SearchBox() {
  const { t } = useSpeech();
  const { place, go } = useRouter();
  const [text, setText] = useState(place.path === "/search" ? (place.query.get("q") ?? "") : "");
  const search = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "") go(addressOf("/search", { q: text.trim() }));
  };
  return (
    <search className="mast-search">
      <form onSubmit={search}>
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          placeholder={t("search.box")}
          aria-label={t("search.box")}
        />
      </form>
    </search>
  );
}

function Who({ session }: { readonly session: Session | undefined }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  if (!session) return null;
  if (!session.user && session.signIn === "password") return null;
  const signOut = async () => {
    await send("DELETE", "/session");
    client.clear();
    window.location.assign("/");
  };
  return (
    <>
      {session.user?.role === "admin" && session.signIn === "password" ? (
        <Link className="button is-quiet" to="/users">
          {t("users.title")}
        </Link>
      ) : null}
      <Link className="button is-quiet" to="/account">
        {session.user ? session.user.name : t("user.noName")}
      </Link>
      {session.signIn === "password" ? (
        <button type="button" className="button is-quiet" onClick={() => void signOut()}>
          {t("user.signOut")}
        </button>
      ) : null}
    </>
  );
}
