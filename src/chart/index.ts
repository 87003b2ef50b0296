export { barChart, type ChartOptions } from "./bars.js";
export { lineChart } from "./lines.js";
export { FontError, toPng } from "./png.js";
export { scatterChart } from "./scatter.js";
export { type Chart, toSvg } from "./svg.js";
export type { ChartLanguage } from "./words.js";
