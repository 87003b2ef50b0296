import { useInfiniteQuery } from "@tanstack/react-query";
import { searchQuery } from "../api/queries.js";
import { RegionFilter } from "../components/fields.js";
import { Pages } from "../components/more.js";
import { Empty } from "../components/states.js";
import { useSpeech } from "../i18n/index.js";
import { Link, useQuery } from "../router.js";

/** Clippings by their words, with the words marked. */
export default function Search() {
  const { t, language } = useSpeech();
  const [query, change] = useQuery();
  const q = query.get("q") ?? "";
  const within = query.get("within") ?? "";
  const asked = useInfiniteQuery({ ...searchQuery({ q, within, limit: 20 }), enabled: q !== "" });
  return (
    <>
      <div className="head">
        <h1>{q === "" ? t("search.title") : t("search.for", { words: q })}</h1>
      </div>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          change({ q: String(new FormData(event.currentTarget).get("q") ?? "") });
        }}
      >
        <div className="field is-wide">
          <label htmlFor="search-words">{t("search.words")}</label>
          <input key={q} id="search-words" name="q" type="search" defaultValue={q} />
        </div>
        <RegionFilter value={within} onChange={(value) => change({ within: value }, { replace: true })} />
        <button type="submit" className="button is-first">
          {t("search.go")}
        </button>
      </form>
      {q === "" ? (
        <Empty title={t("search.start")}>{t("search.hint")}</Empty>
      ) : (
        <Pages of={asked} empty={<Empty title={t("search.none", { words: q })}>{t("search.hint")}</Empty>}>
          {(items) => (
            <ol className="hits">
              {items.map(({ clipping, snippet, marks }) => (
                <li key={clipping.id}>
                  <h2>
                    <Link to={`/clippings/${clipping.id}`}>{clipping.about.title ?? clipping.file}</Link>
                  </h2>
                  <p className="note">
                    {[
                      clipping.about.publisher,
                      clipping.about.published,
                      clipping.regionName?.[language],
                      t("upload.figures", { count: clipping.figures }),
                    ]
                      .filter((part) => part)
                      .join(" · ")}
                  </p>
                  <p className="snippet" lang="zh">
                    <Marked text={snippet} marks={marks} />
                  </p>
                </li>
              ))}
            </ol>
          )}
        </Pages>
      )}
    </>
  );
}

function Marked({ text, marks }: { readonly text: string; readonly marks: readonly { start: number; end: number }[] }) {
  const sorted = [...marks].sort((a, b) => a.start - b.start);
  return (
    <>
      {sorted.map(({ start, end }, index) => (
        <span key={start}>
          {text.slice(sorted[index - 1]?.end ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(sorted.at(-1)?.end ?? 0)}
    </>
  );
}
