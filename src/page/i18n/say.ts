import { en } from "./en.js";
import { type Word, zh } from "./zh.js";

export type Language = "zh" | "en";

/** What stands in the brackets of a word: `{count}`. Numbers are written in the reader's way. */
export type Values = Readonly<Record<string, string | number>>;

export type Translate = (word: Word, values?: Values) => string;

export type { Word };

const WORDS: Readonly<Record<Language, Readonly<Record<Word, string>>>> = { zh, en };

/** The first language of the browser that we have; Chinese where it has neither. */
export function languageOf(languages: readonly string[]): Language {
  for (const language of languages) {
    if (language.startsWith("zh")) return "zh";
    if (language.startsWith("en")) return "en";
  }
  return "zh";
}

/**
 * A word with its values. Where it has two forms with `|` between, the second
 * is for a `{count}` other than one: "{count} figure|{count} figures".
 */
export function say(language: Language, word: Word, values: Values = {}): string {
  const forms = WORDS[language][word].split("|");
  const form = (values["count"] === 1 ? forms[0] : forms.at(-1)) ?? "";
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? value.toLocaleString("en") : value;
  });
}
