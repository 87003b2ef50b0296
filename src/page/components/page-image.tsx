import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { useWords } from "../i18n/index.js";
import { Link } from "../router.js";
import { centre } from "./marked-text.js";

/** [left, top, right, bottom] in points from the top left of the page. */
export type Box = readonly [number, number, number, number];

export interface BoxMark {
  readonly box: Box;
  readonly label: string;
  readonly to?: string;
  readonly current?: boolean;
}

interface Props {
  readonly src: string;
  readonly alt: string;
  /** Points. */
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly BoxMark[];
  /** Drawing a box: what is drawn so far, and what to do with a change of it. */
  readonly drawing?: { readonly box: Box | undefined; onDraw(box: Box): void } | undefined;
  readonly scrollKey?: string | undefined;
}

const ZOOMS = [1, 1.5, 2.25] as const;
/** Points a key moves or widens a drawn box by. */
const STEP = 4;
/** Room around a box, so that its frame does not cover the number. */
const ROOM = 2.5;

/** A page of a PDF or a scan, with boxes around figures; a box can be drawn with the pointer or with the arrow keys. */
export function PageImage({ src, alt, width, height, boxes, drawing, scrollKey }: Props) {
  const t = useWords();
  const view = useRef<HTMLDivElement>(null);
  const sheet = useRef<SVGSVGElement>(null);
  const from = useRef<readonly [number, number]>(undefined);
  const [zoom, setZoom] = useState(0);
  const [picture, setPicture] = useState<"coming" | "there" | "failed">("coming");

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key, the size and the picture say when to scroll
  useEffect(() => {
    const current = sheet.current?.querySelector(".is-current");
    if (current && view.current) centre(current, view.current);
  }, [scrollKey, zoom, src]);

  const pointOf = (event: PointerEvent): readonly [number, number] => {
    const rect = (sheet.current as SVGSVGElement).getBoundingClientRect();
    const clamp = (value: number, most: number) => Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;
    return [
      clamp(((event.clientX - rect.left) / rect.width) * width, width),
      clamp(((event.clientY - rect.top) / rect.height) * height, height),
    ];
  };
  const drawTo = (event: PointerEvent) => {
    if (!drawing || !from.current) return;
    const [x, y] = pointOf(event);
    const [x0, y0] = from.current;
    drawing.onDraw([Math.min(x, x0), Math.min(y, y0), Math.max(x, x0), Math.max(y, y0)]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-STEP, 0],
      ArrowRight: [STEP, 0],
      ArrowUp: [0, -STEP],
      ArrowDown: [0, STEP],
    };
    const move = moves[event.key];
    if (!drawing || !move) return;
    event.preventDefault();
    const [left, top, right, bottom] = drawing.box ?? [
      width / 2 - 40,
      height / 2 - 10,
      width / 2 + 40,
      height / 2 + 10,
    ];
    const [dx, dy] = move;
    drawing.onDraw(
      event.shiftKey
        ? [left, top, Math.max(left + STEP, right + dx), Math.max(top + STEP, bottom + dy)]
        : [left + dx, top + dy, right + dx, bottom + dy],
    );
  };

  return (
    <div className="page-image">
      <div className="page-tools">
        <button
          type="button"
          className="icon-button"
          onClick={() => setZoom((now) => Math.max(0, now - 1))}
          disabled={zoom === 0}
          aria-label={t("page.smaller")}
        >
          −
        </button>
        <span className="note">{Math.round((ZOOMS[zoom] ?? 1) * 100)}%</span>
        <button
          type="button"
          className="icon-button"
          onClick={() => setZoom((now) => Math.min(ZOOMS.length - 1, now + 1))}
          disabled={zoom === ZOOMS.length - 1}
          aria-label={t("page.larger")}
        >
          +
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className="page-view" ref={view} tabIndex={0} aria-label={alt}>
        <div className={`page-sheet zoom-${zoom}`}>
          {picture === "there" ? null : (
            <p className={picture === "failed" ? "page-word is-problem" : "page-word"} role="status">
              {t(picture === "failed" ? "page.failed" : "page.coming")}
            </p>
          )}
          <img
            src={src}
            alt={alt}
            width={width}
            height={height}
            onLoad={() => setPicture("there")}
            onError={() => setPicture("failed")}
          />
          {/* biome-ignore lint/a11y/useSemanticElements: no element of HTML is drawn on */}
          <svg
            ref={sheet}
            viewBox={`0 0 ${width} ${height}`}
            className={drawing ? "is-drawing" : undefined}
            role="group"
            aria-label={drawing ? t("page.draw") : t("page.boxes")}
            tabIndex={drawing ? 0 : undefined}
            onKeyDown={onKeyDown}
            onPointerDown={(event) => {
              if (!drawing) return;
              event.preventDefault();
              event.currentTarget.setPointerCapture(event.pointerId);
              event.currentTarget.focus();
              from.current = pointOf(event);
            }}
            onPointerMove={drawTo}
            onPointerUp={(event) => {
              drawTo(event);
              from.current = undefined;
            }}
          >
            {boxes.map((mark) => (
              <BoxOf key={`${mark.label} ${mark.box.join()}`} mark={mark} linked={!drawing} />
            ))}
            {drawing?.box ? <Frame box={drawing.box} className="box is-drawn" /> : null}
          </svg>
        </div>
      </section>
    </div>
  );
}

function BoxOf({ mark, linked }: { readonly mark: BoxMark; readonly linked: boolean }) {
  const frame = <Frame box={mark.box} className={mark.current ? "box is-current" : "box"} label={mark.label} />;
  if (!mark.to || mark.current || !linked) return frame;
  return (
    <Link to={mark.to} aria-label={mark.label}>
      {frame}
    </Link>
  );
}

function Frame({ box, className, label }: { readonly box: Box; readonly className: string; readonly label?: string }) {
  const [left, top, right, bottom] = box;
  return (
    <rect
      className={className}
      x={left - ROOM}
      y={top - ROOM}
      width={right - left + 2 * ROOM}
      height={bottom - top + 2 * ROOM}
      rx={1.5}
    >
      {label ? <title>{label}</title> : null}
    </rect>
  );
}
