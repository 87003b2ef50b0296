import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { keep, kept } from "./kept.js";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

interface Themed {
  readonly theme: Theme;
  /** What `auto` comes to on this device. */
  readonly dark: boolean;
  setTheme(theme: Theme): void;
}

const ThemeContext = createContext<Themed | undefined>(undefined);

const isTheme = (value: string | null): value is Theme => THEMES.some((theme) => theme === value);

/** Light or dark: the device's choice, or the reader's, kept in this browser. */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const [theme, setTheme] = useState<Theme>(() => {
    const value = kept("theme");
    return isTheme(value) ? value : "auto";
  });
  const [deviceDark, setDeviceDark] = useState(() => window.matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const media = window.matchMedia("(prefers-color-scheme: dark)");
    const follow = () => setDeviceDark(media.matches);
    media.addEventListener("change", follow);
    return () => media.removeEventListener("change", follow);
  }, []);
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
    keep("theme", theme);
  }, [theme]);
  const value = useMemo(
    () => ({ theme, setTheme, dark: theme === "dark" || (theme === "auto" && deviceDark) }),
    [theme, deviceDark],
  );
  return <ThemeContext value={value}>{children}</ThemeContext>;
}

export function useTheme(): Themed {
  const themed = useContext(ThemeContext);
  if (!themed) throw new Error("no theme");
  return themed;
}
