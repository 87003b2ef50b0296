import { useQuery as useAsked } from "@tanstack/react-query";
import { useState } from "react";
import type { RegionTree } from "../../server/contract/index.js";
import { treeQuery } from "../api/queries.js";
import { RegionFilter } from "../components/fields.js";
import { Answer, Empty, Loading } from "../components/states.js";
import { percent } from "../format.js";
import { useSpeech } from "../i18n/index.js";
import { addressOf, Link, useQuery } from "../router.js";

type Branch = RegionTree["items"][number];

/** Regions with what is stored of each and all below it; opened branch by branch. */
export default function Regions() {
  const { t, language } = useSpeech();
  const [query, change] = useQuery();
  const within = query.get("within") ?? "";
  const all = query.get("all") === "1";
  const asked = useAsked(treeQuery(within === "" ? undefined : within));
  return (
    <>
      <div className="head">
        <h1>{asked.data?.parent ? asked.data.parent.path[language] : t("regions.title")}</h1>
        <p className="about">{t("regions.about")}</p>
      </div>
      <div className="filters">
        <RegionFilter value={within} onChange={(value) => change({ within: value })} />
        <label className="check">
          <input
            type="checkbox"
            checked={all}
            onChange={(event) => change({ all: event.currentTarget.checked ? "1" : "" }, { replace: true })}
          />
          {t("regions.all")}
        </label>
        {asked.data?.parent ? (
          <Link className="button is-quiet" to={addressOf("/regions", { within: asked.data.parent.parent ?? "" })}>
            {t("coverage.up")}
          </Link>
        ) : null}
      </div>
      <Answer of={asked}>
        {({ items, unknown }) => {
          const shown = items.filter(({ figures }) => all || figures > 0);
          if (shown.length === 0) return <Empty title={t("regions.none")} />;
          return (
            <>
              <div className="scroll-x">
                <table className="data tree">
                  <thead>
                    <tr>
                      <th scope="col">{t("field.region")}</th>
                      <th scope="col" className="number">
                        {t("overview.figures")}
                      </th>
                      <th scope="col" className="number">
                        {t("regions.headline")}
                      </th>
                      <th scope="col" className="number">
                        {t("overview.reviewed")}
                      </th>
                      <th scope="col">
                        <span className="only-spoken">{t("regions.more")}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {shown.map((branch) => (
                      <BranchRows key={branch.code} branch={branch} depth={0} all={all} />
                    ))}
                  </tbody>
                </table>
              </div>
              {unknown ? <p className="note">{t("regions.unknown", { count: unknown })}</p> : null}
            </>
          );
        }}
      </Answer>
    </>
  );
}

function BranchRows({
  branch,
  depth,
  all,
}: {
  readonly branch: Branch;
  readonly depth: number;
  readonly all: boolean;
}) {
  const { t, language } = useSpeech();
  const [open, setOpen] = useState(false);
  const name = branch.name[language];
  return (
    <>
      <tr className={branch.figures === 0 ? "is-empty" : undefined}>
        <th scope="row" className={`depth-${Math.min(depth, 2)}`}>
          {branch.children > 0 ? (
            <button
              type="button"
              className="icon-button fold"
              aria-expanded={open}
              aria-label={t(open ? "regions.close" : "regions.open", { name })}
              onClick={() => setOpen(!open)}
            >
              <span aria-hidden="true">{open ? "▾" : "▸"}</span>
            </button>
          ) : (
            <span className="fold" />
          )}
          <Link to={addressOf("/figures", { within: branch.code })}>{name}</Link>
          <small className="note">
            {branch.code}
            {branch.until ? ` · ${t("regions.until", { year: String(branch.until) })}` : ""}
          </small>
        </th>
        <td className="number">{branch.figures.toLocaleString("en")}</td>
        <td className="number">{branch.headline.toLocaleString("en")}</td>
        <td className="number">{branch.figures === 0 ? "–" : percent(branch.reviewed / branch.figures)}</td>
        <td className="nowrap">
          {branch.children > 0 && branch.figures > 0 ? (
            <Link to={addressOf("/compare", { within: branch.code })}>{t("regions.compare")}</Link>
          ) : null}
        </td>
      </tr>
      {open ? <Children code={branch.code} depth={depth + 1} all={all} /> : null}
    </>
  );
}

function Children({ code, depth, all }: { readonly code: string; readonly depth: number; readonly all: boolean }) {
  const { t } = useSpeech();
  const asked = useAsked(treeQuery(code));
  if (!asked.data)
    return (
      <tr>
        <td colSpan={5}>{asked.error ? String(asked.error) : <Loading small />}</td>
      </tr>
    );
  const shown = asked.data.items.filter(({ figures }) => all || figures > 0);
  if (shown.length === 0)
    return (
      <tr>
        <td colSpan={5} className="note">
          {t("regions.onlyItself")}
        </td>
      </tr>
    );
  return shown.map((branch) => <BranchRows key={branch.code} branch={branch} depth={depth} all={all} />);
}
