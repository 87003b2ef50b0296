import { around, type Box } from "../doc/index.js";
import { byPlace, overlap, type Piece, textOf } from "./piece.js";

/** How a caption opens, and who took the picture. */
const OPENS = /^[▲△↑←→▼]?\s*(?:图[为片：:]|圖[為片：:]|（?[图圖][:：])/;
const CREDIT = /(?:摄|攝|供图|供圖|提供|摄影|攝影|摄影报道|攝影報導|资料图片|資料照片)[）)]?$/;
const LONGEST_CREDIT = 18;
/** Captions start this near below a picture, and go on this near, in heights of a character. */
const NEAR = 1.6;

/**
 * Puts together what is said below a picture: lines under it in smaller type,
 * and a credit with its caption, so that what spans columns is seen to.
 */
export function withCaptions(pieces: readonly Piece[], pictures: readonly Box[], em: number): Piece[] {
  const used = new Set<Piece>();
  const made: Piece[] = [];
  for (const group of [...pictures.map((box) => below(box, pieces, em)), ...credited(pieces, em)]) {
    const held = group.filter((piece) => !used.has(piece));
    if (held.length === 0) continue;
    for (const piece of held) used.add(piece);
    const run = held.sort(byPlace).map((piece): Piece => ({ ...piece, role: "caption" }));
    made.push({ box: around(run.map(({ box }) => box)) as Box, em: run[0]?.em ?? em, lines: [], inner: [run] });
  }
  return [...pieces.filter((piece) => !used.has(piece)), ...made];
}

/** The lines right under a picture that look like its caption. */
function below(picture: Box, pieces: readonly Piece[], em: number): Piece[] {
  const found: Piece[] = [];
  let bottom = picture[3];
  for (const piece of [...pieces].sort(byPlace)) {
    if (piece.box[1] < bottom - em * 0.6 || piece.box[1] - bottom > em * NEAR) continue;
    if (piece.box[0] < picture[0] - em || piece.box[2] > picture[2] + em || piece.inner) continue;
    const text = textOf(piece).trim();
    const smaller = piece.em < em * 0.96;
    if (!smaller && !OPENS.test(text) && !isCredit(text)) break;
    found.push(piece);
    bottom = Math.max(bottom, piece.box[3]);
  }
  return found;
}

const isCredit = (text: string) => text.length <= LONGEST_CREDIT && CREDIT.test(text);

/** Each credit with the caption right above or left of it. */
function credited(pieces: readonly Piece[], em: number): Piece[][] {
  const captions = pieces.filter((piece) => !piece.inner && OPENS.test(textOf(piece).trim()));
  return pieces
    .filter((piece) => !piece.inner && isCredit(textOf(piece).trim()))
    .flatMap((credit) => {
      const caption = captions.find(
        (each) =>
          each !== credit &&
          each.box[0] <= credit.box[0] &&
          -overlap(each.box, credit.box, 1) < em * NEAR * 2 &&
          each.box[1] < credit.box[3],
      );
      if (!caption) return [];
      const rest = pieces.filter(
        (each) =>
          each !== credit &&
          !each.inner &&
          each.box[1] > caption.box[1] &&
          each.box[3] <= credit.box[3] &&
          Math.abs(each.box[0] - caption.box[0]) < em,
      );
      return [[caption, ...rest.filter((each) => each !== caption), credit]];
    });
}
