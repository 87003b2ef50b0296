import {
  around,
  type Box,
  type OrderedLine,
  type PageContent,
  type PageLine,
  type Quarters,
  turned,
} from "../doc/index.js";
import { withCaptions } from "./captions.js";
import { cut } from "./cut.js";
import { partFurniture } from "./furniture.js";
import { moved } from "./line.js";
import { contains, median, type Piece } from "./piece.js";
import { piecesOf } from "./pieces.js";
import { type Frame, framesOf, gridOf, type Rules, rulesOf } from "./rules.js";
import { ruledTable } from "./tables.js";

/**
 * The lines of a page in reading order. Lines that run over a gutter are cut,
 * rows of tables made one line with tabs between cells, running heads put
 * first and page numbers last. The same for text layers and for OCR.
 */
export function orderPage(page: PageContent): OrderedLine[] {
  if (page.turn !== 0) return orderTurned(page);
  const rules = rulesOf(page.rules);
  const isAside = (line: PageLine) => line.role === "furniture";
  const pieces = piecesOf(
    page.lines.filter((line) => !isAside(line)),
    page.rules,
  );
  const em = median(pieces.map((piece) => piece.em));
  const held = framed(withCaptions(pieces, page.pictures, em), framesOf(rules), rules);
  const { head, body, foot } = partFurniture(held, page.height, rules, em);
  const runs = cut(body, rules);
  const aside = page.lines.filter(isAside).map((line): Piece => ({ box: line.box, em, lines: [line] }));
  return [asFurniture(head), ...runs, asFurniture([...foot, ...aside])].flatMap(linesOfRun);
}

/** A page that is read from another side is turned so that its lines run from left to right. */
function orderTurned(page: PageContent): OrderedLine[] {
  const { turn, width, height } = page;
  const forth = (box: Box) => turned(box, turn, width, height);
  const flat = turn % 2 === 0 ? ([width, height] as const) : ([height, width] as const);
  const back = (box: Box) => turned(box, ((4 - turn) % 4) as Quarters, ...flat);
  const ordered = orderPage({
    width: flat[0],
    height: flat[1],
    turn: 0,
    lines: page.lines.map((line) => moved(line, forth)),
    rules: page.rules.map(forth),
    pictures: page.pictures.map(forth),
  });
  return ordered.map((line) => moved(line, back));
}

const asFurniture = (row: readonly Piece[]): Piece[] => row.map((piece) => ({ ...piece, role: "furniture" }));

function linesOfRun(run: readonly Piece[], region: number): OrderedLine[] {
  return run.flatMap((piece) =>
    piece.lines.map((line) => ({ ...line, region, ...(piece.role ? { role: piece.role } : {}) })),
  );
}

/** Pieces with what a frame of rules holds made one: a table row by row, anything else in an order of its own. */
function framed(pieces: readonly Piece[], frames: readonly Frame[], rules: Rules): Piece[] {
  let rest = [...pieces];
  frames.forEach((frame, at) => {
    const held = rest.filter((piece) => contains(frame.box, piece.box, 2));
    if (held.length === 0) return;
    const grid = gridOf(frame, rules);
    const table = grid ? ruledTable(held, grid) : undefined;
    // a border around all of a page says nothing
    if (!table && (frame.open || held.length === rest.length)) return;
    const inside = table ?? innerOf(held, frame, frames.slice(at + 1), rules);
    rest = [...rest.filter((piece) => !held.includes(piece)), inside];
  });
  return rest;
}

function innerOf(held: readonly Piece[], frame: Frame, frames: readonly Frame[], rules: Rules): Piece {
  const within = frames.filter((other) => contains(frame.box, other.box, 0.5));
  const inner = cut(framed(held, within, rules), rules);
  return { box: around([frame.box]) as Box, em: median(held.map((piece) => piece.em)), lines: [], inner };
}
