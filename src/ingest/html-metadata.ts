import type { Metadata } from "../doc/index.js";
import { unmarked } from "./html-marks.js";

const DATE = /((?:19|20)\d{2})[-年/.](\d{1,2})[-月/.](\d{1,2})/;

/** Title, publisher and date as the page declares or prints them. */
export function pageMetadata(document: Document): Metadata {
  const meta = (...names: string[]): string | null => {
    for (const name of names) {
      const content = document
        .querySelector(`meta[name="${name}" i], meta[property="${name}" i]`)
        ?.getAttribute("content")
        ?.trim();
      if (content) return content;
    }
    return null;
  };
  const heading = unmarked(document.querySelector("h1")?.textContent ?? "").trim();
  const title =
    (meta("ArticleTitle", "og:title") ??
      (heading || siteless(unmarked(document.querySelector("title")?.textContent ?? "").trim()))) ||
    null;
  const printed = unmarked(document.body?.textContent ?? "")
    .slice(0, 6000)
    .replace(/\s+/g, " ");
  const date =
    isoDate(meta("PubDate", "publishdate", "article:published_time", "pubdate", "date", "DC.date")) ??
    isoDate(
      /(?:发布时间|发布日期|发表时间|時間|時间|时间|日期|日期)[：: ]*([^\s　]{0,4}(?:19|20)\d{2}[-年/.]\d{1,2}[-月/.]\d{1,2})/.exec(
        printed,
      )?.[1] ?? null,
    ) ??
    isoDate(printed.slice(0, 1500));
  const source =
    /(?:来源|稿源|來源|信息来源)\s*[：:]\s*([^\s　|｜，。；:：作编责点字【\[(（]{2,24})/.exec(printed)?.[1] ?? null;
  return {
    title: title ? title.slice(0, 200) : null,
    publisher: meta("ContentSource", "source", "og:site_name", "SiteName") ?? source,
    published: date,
    region: null,
    url: document.querySelector('link[rel="canonical"]')?.getAttribute("href") ?? meta("og:url"),
  };
}

function isoDate(text: string | null): string | null {
  const match = DATE.exec(text ?? "");
  if (!match) return null;
  const [, year, month = "", day = ""] = match;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** `某县开展活动_某某新闻网` → `某县开展活动`. */
const siteless = (title: string) => title.replace(/\s{0,8}[-_|–—]\s{0,8}[^-_|–—]{2,24}$/, "").trim() || title;
