import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { keep, kept } from "../kept.js";
import { type Language, languageOf, say, type Translate } from "./say.js";

export type { Language, Translate, Values, Word } from "./say.js";

interface Spoken {
  readonly language: Language;
  readonly t: Translate;
  setLanguage(language: Language): void;
}

const SpeechContext = createContext<Spoken | undefined>(undefined);

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => {
    const value = kept("language");
    return value === "zh" || value === "en" ? value : languageOf(navigator.languages);
  });
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
  const value = useMemo<Spoken>(
    () => ({
      language,
      t: (word, values) => say(language, word, values),
      setLanguage: (next) => {
        keep("language", next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <SpeechContext value={value}>{children}</SpeechContext>;
}

export function useSpeech(): Spoken {
  const spoken = useContext(SpeechContext);
  if (!spoken) throw new Error("no language");
  return spoken;
}

export const useWords = (): Translate => useSpeech().t;
