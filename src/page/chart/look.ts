import { FONT, PALETTE } from "../../chart/look.js";

/** Inks of a chart on the page's ground, by day and by night. */
export interface Look {
  readonly text: string;
  readonly faint: string;
  readonly rule: string;
  /** Marks that are not ranked. */
  readonly mute: string;
  readonly ground: string;
  readonly palette: readonly string[];
}

const DAY: Look = {
  text: "#1f1c18",
  faint: "#6a6257",
  rule: "#e4ded2",
  mute: "#b4aa9a",
  ground: "#fffdf9",
  palette: PALETTE,
};

/** The same hues, lighter: they are read on black. */
const NIGHT: Look = {
  text: "#ece7dd",
  faint: "#a0978a",
  rule: "#35312b",
  mute: "#5d564b",
  ground: "#1e1c19",
  palette: ["#62aede", "#eb9a5a", "#5cc0a1", "#d58abd", "#c9b84f", "#8ea6f5", "#ea7f7f", "#a3b3be"],
};

export const lookOf = (dark: boolean): Look => (dark ? NIGHT : DAY);

export const textStyle = (look: Look, size = 12) => ({ color: look.text, fontFamily: FONT, fontSize: size });
export const faintStyle = (look: Look, size = 11) => ({ color: look.faint, fontFamily: FONT, fontSize: size });

export const valueAxis = (look: Look) => ({
  type: "value",
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: look.rule } },
});
