import { useEffect, useMemo, useRef } from "react";
import { Link } from "../router.js";
import { type Mark, type Piece, piecesOf } from "./text-pieces.js";

interface Props {
  readonly text: string;
  /** Offsets of `text`. */
  readonly marks: readonly Mark[];
  readonly lang: string;
  /** The range a reader selected, with what is selected; undefined when the selection is gone. */
  onSelect?(range: { readonly start: number; readonly end: number } | undefined): void;
  /** Changes when the current mark is to be scrolled to again. */
  readonly scrollKey?: string | undefined;
  readonly label: string;
}

/** A clipping's text, as text and never as HTML, with figures and repairs marked. */
export function MarkedText({ text, marks, lang, onSelect, scrollKey, label }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const pieces = useMemo(() => piecesOf(text, marks), [text, marks]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when to scroll
  useEffect(() => {
    const current = box.current?.querySelector("mark.is-current");
    if (current && box.current) centre(current, box.current);
  }, [scrollKey, pieces]);
  useEffect(() => {
    if (!onSelect) return;
    const tell = () => onSelect(selectedIn(box.current));
    document.addEventListener("selectionchange", tell);
    return () => document.removeEventListener("selectionchange", tell);
  }, [onSelect]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="reading" lang={lang} ref={box} tabIndex={0} aria-label={label}>
      {groupsOf(pieces).map((group) => (
        <Group key={group[0]?.start} pieces={group} />
      ))}
    </section>
  );
}

/** Pieces that follow each other under one mark: a repair inside a figure does not cut its mark. */
function groupsOf(pieces: readonly Piece[]): (readonly Piece[])[] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (piece.mark && last?.[0]?.mark === piece.mark) last.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

function Group({ pieces }: { readonly pieces: readonly Piece[] }) {
  const mark = pieces[0]?.mark;
  const shown = pieces.map((piece) => <Run key={piece.start} piece={piece} />);
  if (!mark) return shown;
  return (
    <mark className={mark.current ? "is-current" : undefined} aria-current={mark.current ? "true" : undefined}>
      {mark.to && !mark.current ? (
        <Link to={mark.to} title={mark.label}>
          {shown}
        </Link>
      ) : (
        shown
      )}
    </mark>
  );
}

function Run({ piece: { text, repair } }: { readonly piece: Piece }) {
  return repair ? (
    <span className="repair" title={repair.repair}>
      {text}
    </span>
  ) : (
    <span>{text}</span>
  );
}

/** Scrolls a box so that a part of it stands in the middle; the page itself stays where it is. */
export function centre(part: Element, box: Element): void {
  const inner = part.getBoundingClientRect();
  const outer = box.getBoundingClientRect();
  const fits = box.scrollHeight > box.clientHeight + 4 || box.scrollWidth > box.clientWidth + 4;
  if (!fits) return;
  box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  box.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
}

/** What is selected inside a box, as offsets of its text; undefined for nothing. */
export function selectedIn(box: Element | null): { start: number; end: number } | undefined {
  const selection = document.getSelection();
  if (!box || !selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return undefined;
  const start = lengthTo(box, range.startContainer, range.startOffset);
  const end = lengthTo(box, range.endContainer, range.endOffset);
  return start < end ? { start, end } : undefined;
}

/** Code units of a box's text before a place in it: all of its text is the clipping's. */
function lengthTo(box: Element, node: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(box, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}
