import { useQuery as useAsked } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { ClippingDetail, Figure, NormalText } from "../../server/contract/index.js";
import { apiAddress } from "../api/client.js";
import { clippingQuery, normalQuery, textQuery } from "../api/queries.js";
import { useSpeech, type Word } from "../i18n/index.js";
import { markLabel } from "./figure-parts.js";
import { MarkedText } from "./marked-text.js";
import { type BoxMark, PageImage } from "./page-image.js";
import { Answer } from "./states.js";
import { type Range, toNormal, toSource } from "./text-map.js";
import type { Mark } from "./text-pieces.js";

export const FACES = ["page", "source", "normal"] as const;
/** How a clipping is looked at: its page's picture, its text as read, or the simplified and repaired text. */
export type Face = (typeof FACES)[number];

/** A missed figure in the making: where it stands. */
export type Drawn =
  | { readonly page: number; readonly box: readonly [number, number, number, number] }
  | { readonly start: number; readonly end: number; readonly quote: string };

export interface SourceProps {
  readonly clipping: string;
  readonly figures: readonly Figure[];
  readonly current: Figure | undefined;
  /** Where a click on another figure's mark leads. */
  linkTo(figure: Figure): string;
  readonly face: Face | undefined;
  setFace(face: Face): void;
  /** Marking a missed figure: what is marked so far. */
  readonly marking?: { readonly drawn: Drawn | undefined; setDrawn(drawn: Drawn | undefined): void } | undefined;
  readonly page?: number | undefined;
}

/** A clipping beside its figures: the place of the current one in sight, the others marked. */
export function SourcePane(props: SourceProps) {
  const detail = useAsked(clippingQuery(props.clipping));
  return (
    <div className="source-slot">
      <Answer of={detail}>{(data) => <Source key={props.clipping} {...props} detail={data} />}</Answer>
    </div>
  );
}

/** The picture where there is one, as that is what the reader knows; of web pages the text without its markup. */
export function usualFace(detail: ClippingDetail): Face {
  if (detail.pages.some(({ image }) => image !== null)) return "page";
  return detail.clipping.kind === "html" ? "normal" : "source";
}

function Source({ detail, ...props }: SourceProps & { readonly detail: ClippingDetail }) {
  const { t } = useSpeech();
  const hasPages = detail.pages.some(({ image }) => image !== null);
  const wanted = props.face ?? usualFace(detail);
  const face = wanted === "page" && !hasPages ? usualFace(detail) : wanted;
  return (
    <div className="source">
      <div className="source-bar">
        <fieldset className="segmented">
          <legend className="only-spoken">{t("source.face")}</legend>
          {FACES.filter((each) => each !== "page" || hasPages).map((each) => (
            <button key={each} type="button" aria-pressed={each === face} onClick={() => props.setFace(each)}>
              {t(`source.${each}` as Word)}
            </button>
          ))}
        </fieldset>
      </div>
      {face === "page" ? (
        <Pages {...props} detail={detail} />
      ) : face === "normal" ? (
        <NormalFace {...props} />
      ) : (
        <SourceFace {...props} />
      )}
    </div>
  );
}

function Pages({
  detail,
  figures,
  current,
  linkTo,
  marking,
  page: asked,
}: SourceProps & { readonly detail: ClippingDetail }) {
  const { t, language } = useSpeech();
  const [chosen, setChosen] = useState<{ readonly of: string | undefined; readonly page: number }>();
  const own = chosen && chosen.of === current?.id ? chosen.page : undefined;
  const number = own ?? current?.page ?? asked ?? 1;
  const page = detail.pages.find((each) => each.number === number) ?? detail.pages[0];
  if (!page?.image) return <p className="state">{t("source.gone")}</p>;
  const boxes = figures
    .filter((figure) => figure.page === page.number)
    .flatMap((figure) =>
      boxesOf(figure).map(
        (box): BoxMark => ({
          box,
          label: markLabel(figure, language, "–"),
          to: linkTo(figure),
          current: figure.id === current?.id,
        }),
      ),
    );
  const drawn =
    marking?.drawn && "box" in marking.drawn && marking.drawn.page === page.number ? marking.drawn : undefined;
  return (
    <>
      {detail.pages.length > 1 ? (
        <nav className="pager" aria-label={t("page.pages")}>
          {detail.pages.map((each) => (
            <button
              key={each.number}
              type="button"
              className="icon-button"
              aria-current={each.number === page.number ? "page" : undefined}
              aria-label={t("page.number", { number: each.number })}
              onClick={() => setChosen({ of: current?.id, page: each.number })}
            >
              {each.number}
            </button>
          ))}
        </nav>
      ) : null}
      <PageImage
        key={page.image}
        src={pageAddress(page.image)}
        alt={t("page.of", { number: page.number, all: detail.pages.length })}
        width={page.width}
        height={page.height}
        boxes={boxes}
        scrollKey={current?.id}
        drawing={
          marking ? { box: drawn?.box, onDraw: (box) => marking.setDrawn({ page: page.number, box }) } : undefined
        }
      />
    </>
  );
}

const boxesOf = (figure: Figure) => figure.boxes ?? (figure.box ? [figure.box] : []);

/** A picture wide enough for a screen with fine dots. */
export const pageAddress = (image: string): string => `${image}?width=1600`;
export const cropAddress = (figure: string): string =>
  apiAddress(`/figures/${encodeURIComponent(figure)}/image`, { pad: 8, width: 800 });

function SourceFace({ clipping, figures, current, linkTo, marking }: SourceProps) {
  const { t, language } = useSpeech();
  const text = useAsked(textQuery(clipping));
  const normal = useAsked(normalQuery(clipping));
  const marks = useMemo(
    () => [
      ...figures.map((figure) => markOf(figure, figure, current, linkTo, language)),
      ...(normal.data?.repairs ?? []).map(({ start, end, after }) => ({
        start,
        end,
        repair: `→ ${after === "" ? t("source.removed") : after}`,
      })),
    ],
    [figures, current, linkTo, language, normal.data, t],
  );
  return (
    <Answer of={text}>
      {(data) => (
        <MarkedText
          text={data.text}
          marks={withDrawn(marks, marking?.drawn)}
          lang="zh"
          label={t("source.source")}
          scrollKey={current?.id}
          {...(marking ? { onSelect: (range) => range && marking.setDrawn(quoted(range, data.text)) } : {})}
        />
      )}
    </Answer>
  );
}

function NormalFace({ clipping, figures, current, linkTo, marking }: SourceProps) {
  const { t, language } = useSpeech();
  const normal = useAsked(normalQuery(clipping));
  const text = useAsked(textQuery(clipping));
  const marks = useMemo(() => {
    const map = normal.data?.map ?? [];
    const figureMarks = figures.flatMap((figure) => {
      const range = toNormal(map, figure);
      return range ? [markOf(range, figure, current, linkTo, language)] : [];
    });
    return [...figureMarks, ...repairsIn(normal.data)];
  }, [normal.data, figures, current, linkTo, language]);
  return (
    <Answer of={normal}>
      {(data) => {
        const drawn = marking?.drawn && "start" in marking.drawn ? toNormal(data.map, marking.drawn) : undefined;
        const select = (range: Range | undefined) => {
          const source = range && toSource(data.map, range);
          if (source && text.data) marking?.setDrawn(quoted(source, text.data.text));
        };
        return (
          <MarkedText
            text={data.text}
            marks={drawn ? [...marks, { ...drawn, current: true }] : marks}
            lang="zh-CN"
            label={t("source.normal")}
            scrollKey={current?.id}
            {...(marking ? { onSelect: select } : {})}
          />
        );
      }}
    </Answer>
  );
}

function markOf(
  { start, end }: Range,
  figure: Figure,
  current: Figure | undefined,
  linkTo: (figure: Figure) => string,
  language: "zh" | "en",
): Mark {
  return {
    start,
    end,
    to: linkTo(figure),
    label: markLabel(figure, language, "–"),
    current: figure.id === current?.id,
  };
}

const withDrawn = (marks: readonly Mark[], drawn: Drawn | undefined): readonly Mark[] =>
  drawn && "start" in drawn ? [...marks, { start: drawn.start, end: drawn.end, current: true }] : marks;

const quoted = ({ start, end }: Range, text: string): Drawn => ({ start, end, quote: text.slice(start, end) });

/** Repaired runs of the normal text, and what stood there. */
function repairsIn(normal: NormalText | undefined): Mark[] {
  if (!normal) return [];
  return normal.repairs.flatMap((repair) => {
    const range = toNormal(normal.map, repair);
    return range ? [{ ...range, repair: `← ${repair.before}` }] : [];
  });
}
