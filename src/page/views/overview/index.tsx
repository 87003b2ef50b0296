import { useQuery as useAsked } from "@tanstack/react-query";
import type { Overview as Stored } from "../../../server/contract/index.js";
import { overviewQuery } from "../../api/queries.js";
import { Answer } from "../../components/states.js";
import { byteWords, percent, periodWords } from "../../format.js";
import { useSpeech, type Word } from "../../i18n/index.js";
import { Link } from "../../router.js";
import { AccuracyPanel } from "./accuracy.js";
import { CoverageGrid } from "./coverage.js";
import { Failures } from "./failures.js";
import { ProgressPanel } from "./progress.js";
import { Upload } from "./upload.js";

/** What is in the store, what is wrong with it, and how far its review is. */
export default function Overview() {
  const { t } = useSpeech();
  const asked = useAsked(overviewQuery);
  return (
    <>
      <div className="head">
        <h1>{t("overview.title")}</h1>
        {asked.data ? <Held of={asked.data} /> : null}
      </div>
      <Upload />
      <Answer of={asked}>
        {(stored) =>
          stored.clippings === 0 && Object.keys(stored.failures).length === 0 ? (
            <div className="state">
              <p className="big">{t("overview.empty")}</p>
              <p>{t("overview.emptyMore")}</p>
            </div>
          ) : (
            <div className="overview">
              <Numbers of={stored} />
              <CoverageGrid />
              <div className="overview-pair">
                <ProgressPanel progress={stored.progress} />
                <AccuracyPanel />
              </div>
              <Failures counts={stored.failures} />
            </div>
          )
        }
      </Answer>
    </>
  );
}

function Held({ of }: { readonly of: Stored }) {
  const { t, language } = useSpeech();
  const { first, last } = of.periods;
  return (
    <p className="about">
      {first && last
        ? t("overview.span", { first: periodWords(first, language), last: periodWords(last, language) })
        : null}{" "}
      {byteWords(of.bytes)}
    </p>
  );
}

function Numbers({ of }: { readonly of: Stored }) {
  const { t } = useSpeech();
  const kinds = Object.entries(of.byKind)
    .map(([kind, count]) => `${t(`kind.${kind}` as Word)} ${count?.toLocaleString("en")}`)
    .join(" · ");
  const reviewed = of.progress.headline === 0 ? 0 : of.progress.reviewedHeadline / of.progress.headline;
  const rows: readonly { word: Word; value: string; more: string; to: string }[] = [
    { word: "nav.clippings", value: of.clippings.toLocaleString("en"), more: kinds, to: "/clippings" },
    {
      word: "overview.figures",
      value: of.figures.toLocaleString("en"),
      more: t("overview.headline", { count: of.progress.headline }),
      to: "/figures",
    },
    {
      word: "overview.regions",
      value: of.regions.toLocaleString("en"),
      more: t("overview.indicators", { count: of.indicators }),
      to: "/regions",
    },
    {
      word: "overview.reviewed",
      value: percent(reviewed),
      more: t("overview.decisions", { count: of.decisions }),
      to: "/review",
    },
    {
      word: "overview.contested",
      value: of.contested.toLocaleString("en"),
      more: t("overview.reposts", { count: of.reposts }),
      to: "/findings",
    },
  ];
  return (
    <ul className="numbers">
      {rows.map(({ word, value, more, to }) => (
        <li key={word}>
          <Link to={to}>
            <span>{t(word)}</span>
            <b>{value}</b>
          </Link>
          <small>{more}</small>
        </li>
      ))}
    </ul>
  );
}
