import { useInfiniteQuery } from "@tanstack/react-query";
import { clippingsQuery } from "../api/queries.js";
import { RegionFilter, Select } from "../components/fields.js";
import { Filters } from "../components/filters.js";
import { Pages } from "../components/more.js";
import { Empty } from "../components/states.js";
import { momentWords } from "../format.js";
import { useSpeech, type Word } from "../i18n/index.js";
import { Link, useQuery } from "../router.js";

const KINDS = ["text", "html", "pdf", "image", "docx", "rtf"] as const;

/** All clippings, the newest first. */
export default function Clippings() {
  const { t, language } = useSpeech();
  const [query, change] = useQuery();
  const filter = Object.fromEntries(
    ["within", "kind", "outcome", "sort", "work"].map((name) => [name, query.get(name) ?? ""]),
  );
  const asked = useInfiniteQuery(clippingsQuery({ ...filter, limit: 100 }));
  const total = asked.data?.pages[0]?.total;
  const set = (name: string) => (value: string) => change({ [name]: value }, { replace: true });
  return (
    <>
      <div className="head">
        <h1>{t("clippings.title")}</h1>
        <p className="about">{total === undefined || total === null ? null : t("clippings.count", { count: total })}</p>
      </div>
      <Filters>
        <RegionFilter value={query.get("within") ?? ""} onChange={set("within")} />
        <Select
          label={t("clippings.kind")}
          name="kind"
          value={query.get("kind") ?? ""}
          options={[["", t("filter.all")], ...KINDS.map((kind) => [kind, t(`kind.${kind}`)] as const)]}
          onChange={set("kind")}
        />
        <Select
          label={t("clippings.outcome")}
          name="outcome"
          value={query.get("outcome") ?? ""}
          options={[
            ["", t("filter.all")],
            ["complete", t("outcome.complete")],
            ["partial", t("outcome.partial")],
          ]}
          onChange={set("outcome")}
        />
        <Select
          label={t("clippings.sort")}
          name="sort"
          value={query.get("sort") ?? ""}
          options={[
            ["", t("clippings.newest")],
            ["path", t("clippings.path")],
          ]}
          onChange={set("sort")}
        />
      </Filters>
      <Pages
        of={asked}
        empty={
          <Empty title={t("clippings.none")} action={<Link to="/">{t("upload.title")}</Link>}>
            {t("clippings.noneMore")}
          </Empty>
        }
      >
        {(items) => (
          <table className="data stack">
            <thead>
              <tr>
                <th scope="col">{t("clippings.clipping")}</th>
                <th scope="col">{t("clippings.publisher")}</th>
                <th scope="col">{t("clippings.published")}</th>
                <th scope="col">{t("field.region")}</th>
                <th scope="col">{t("clippings.kind")}</th>
                <th scope="col" className="number">
                  {t("overview.figures")}
                </th>
                <th scope="col">{t("clippings.added")}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((clipping) => (
                <tr key={clipping.id}>
                  <th scope="row">
                    <Link to={`/clippings/${clipping.id}`}>{clipping.about.title ?? clipping.file}</Link>
                    {clipping.about.title ? <small className="file">{clipping.file}</small> : null}
                    {clipping.repostOf ? <span className="tag">{t("clipping.repost")}</span> : null}
                    {clipping.reposts > 0 && !clipping.repostOf ? (
                      <span className="tag">{t("clipping.reposted", { count: clipping.reposts })}</span>
                    ) : null}
                    {clipping.outcome === "partial" ? (
                      <span className="tag is-warn">{t("outcome.partial")}</span>
                    ) : null}
                  </th>
                  <td>{clipping.about.publisher ?? "–"}</td>
                  <td className="nowrap">{clipping.about.published ?? "–"}</td>
                  <td>{clipping.regionName?.[language] ?? "–"}</td>
                  <td className="nowrap">{t(`kind.${clipping.kind}` as Word)}</td>
                  <td className="number">{clipping.figures.toLocaleString("en")}</td>
                  <td className="nowrap">{momentWords(clipping.added)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Pages>
    </>
  );
}
