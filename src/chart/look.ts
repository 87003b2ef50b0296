/** Families that have Chinese characters, on the systems people have; the first that is there is taken. */
export const FONT =
  "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Hiragino Sans GB','WenQuanYi Micro Hei','WenQuanYi Zen Hei','Droid Sans Fallback',sans-serif";

/** Told apart by people who see colours otherwise, too (Okabe and Ito's, darkened to be read on white). */
export const PALETTE = [
  "#1f6f9f",
  "#c4661f",
  "#2a8a6d",
  "#a9528f",
  "#8a7a1c",
  "#3a5fc0",
  "#b03a3a",
  "#5a6b76",
] as const;

export const INK = { title: "#1c2733", text: "#3a4754", faint: "#75828f", rule: "#e3e8ed", mute: "#b9c3cc" } as const;

/** Places a text takes, in ems of its size: Han one, others about half. */
export function emsOf(text: string): number {
  let ems = 0;
  for (const char of text) ems += char > "\u2e7f" ? 1 : /[A-ZMWmw%]/.test(char) ? 0.68 : 0.54;
  return ems;
}
