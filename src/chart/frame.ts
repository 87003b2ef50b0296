import { FONT, INK } from "./look.js";

export interface Head {
  readonly title: string;
  readonly subtitle: string;
  /** Below the marks, one line each. */
  readonly notes: readonly string[];
}

/** Pixels that title and subtitle take. */
export const HEAD_PX = 82;
const NOTE_PX = 18;
export const MARGIN_PX = 28;

export const footPx = ({ notes }: Head): number => 24 + notes.length * NOTE_PX;

/** What every chart of ours has: white ground, title, subtitle, notes at the foot; no animation, as nothing moves. */
export function framed({ title, subtitle, notes }: Head, height: number) {
  return {
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: FONT, color: INK.text },
    title: [
      {
        text: title,
        subtext: subtitle,
        left: MARGIN_PX,
        top: 22,
        padding: 0,
        itemGap: 9,
        textStyle: { fontFamily: FONT, fontSize: 19, fontWeight: 700, color: INK.title },
        subtextStyle: { fontFamily: FONT, fontSize: 13, color: INK.faint },
      },
      ...notes.map((text, index) => ({
        text,
        left: MARGIN_PX,
        top: height - 16 - (notes.length - index) * NOTE_PX,
        padding: 0,
        textStyle: { fontFamily: FONT, fontSize: 11.5, fontWeight: 400, color: INK.faint },
      })),
    ],
  };
}

/** A heading of one panel of several. */
export const heading = (text: string, left: number, top: number) => ({
  text,
  left,
  top,
  padding: 0,
  textStyle: { fontFamily: FONT, fontSize: 13, fontWeight: 700, color: INK.text },
});

export const valueAxisLook = {
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: INK.rule } },
} as const;
