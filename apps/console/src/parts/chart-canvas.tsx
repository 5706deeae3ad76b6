import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { type Look, useLook } from '../lib/theme.ts';

use([
  BarChart,
  LineChart,
  ScatterChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

/** Pixels of an A4 sheet between its margins. */
const sheetWidth = 680;

/** ECharts on a card, in the checked colours, without motion, as SVG. */
export default function ChartCanvas({ option, height }: { option: EChartsCoreOption; height: number }) {
  const place = useRef<HTMLDivElement>(null);
  const look = useLook();
  // ECharts draws into a node of its own.
  useEffect(() => {
    if (place.current === null) return undefined;
    const chart = init(place.current, chartTheme(look), { renderer: 'svg' });
    const follow = new ResizeObserver(() => chart.resize());
    follow.observe(place.current);
    chart.setOption({ animation: false, aria: { enabled: true }, ...option });
    // On paper a chart is as wide as the sheet, and its colours are told apart by patterns too.
    const paper = matchMedia('print');
    const onPaper = () => {
      chart.setOption({ aria: { enabled: true, decal: { show: paper.matches } } });
      chart.resize(paper.matches ? { width: sheetWidth } : {});
    };
    paper.addEventListener('change', onPaper);
    return () => {
      paper.removeEventListener('change', onPaper);
      follow.disconnect();
      chart.dispose();
    };
  }, [option, look]);
  return <div ref={place} style={{ height, width: '100%' }} />;
}

function chartTheme({ palette }: Look) {
  const axis = {
    axisLine: { lineStyle: { color: palette.controlBorder } },
    axisTick: { lineStyle: { color: palette.controlBorder } },
    axisLabel: { color: palette.textSecond },
    splitLine: { lineStyle: { color: palette.hairline } },
    nameTextStyle: { color: palette.textSecond },
  };
  return {
    color: [...palette.series],
    backgroundColor: 'transparent',
    textStyle: { color: palette.text },
    legend: { textStyle: { color: palette.text } },
    tooltip: {
      backgroundColor: palette.raised,
      borderColor: palette.hairline,
      textStyle: { color: palette.text },
    },
    categoryAxis: axis,
    valueAxis: axis,
    timeAxis: axis,
  };
}
