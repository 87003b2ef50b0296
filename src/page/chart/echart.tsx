import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

echarts.use([
  BarChart,
  CustomChart,
  GridComponent,
  LabelLayout,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  ScatterChart,
  SVGRenderer,
]);

/** What a mark stands for: a cell of the comparison. */
export interface Marked {
  readonly region: string;
  readonly key: string;
}

interface Props {
  /** Of a width in pixels: names and ticks take the room there is. */
  optionOf(width: number): object;
  readonly height: number;
  /** What the chart says, for those who cannot see it; the table below has all of it. */
  readonly label: string;
  onMark(mark: Marked): void;
}

/** A chart that is drawn anew when its room changes; its marks can be clicked. */
export default function Chart({ optionOf, height, label, onMark }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(onMark);
  latest.current = onMark;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const chart = echarts.init(element, null, { renderer: "svg", height });
    chart.on("click", (event) => {
      const mark = (event.data as { mark?: Marked } | undefined)?.mark;
      if (mark) latest.current(mark);
    });
    const draw = () => {
      chart.resize({ height });
      chart.setOption(optionOf(element.clientWidth) as echarts.EChartsCoreOption, { notMerge: true });
    };
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [optionOf, height]);
  return <div ref={box} className="chart" role="img" aria-label={label} style={{ height }} />;
}
