import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, MarkLineComponent, TitleComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

echarts.use([
  AriaComponent,
  BarChart,
  CustomChart,
  GridComponent,
  LabelLayout,
  LineChart,
  MarkLineComponent,
  ScatterChart,
  SVGRenderer,
  TitleComponent,
]);

/** A chart as echarts takes it (on a page, too), with its size in pixels and what it says to those who cannot see it. */
export interface Chart {
  readonly width: number;
  readonly height: number;
  readonly name: string;
  readonly description: string;
  readonly option: echarts.EChartsCoreOption;
}

/** Draws without a browser. */
export function toSvg({ width, height, name, description, option }: Chart): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart
      .renderToSVGString({ useViewBox: true })
      .replace("<svg ", '<svg role="img" aria-labelledby="title desc" ')
      .replace(">", `><title id="title">${escaped(name)}</title><desc id="desc">${escaped(description)}</desc>`);
  } finally {
    chart.dispose();
  }
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text: string) => text.replace(/[&<>]/g, (char) => ENTITIES[char] as string);
