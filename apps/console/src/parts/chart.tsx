import { Segmented } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useWords } from '../lib/language.ts';

const Canvas = lazy(() => import('./chart-canvas.tsx'));

export interface ChartTable {
  head: readonly string[];
  /** Every row is what the chart shows, as text, in the same order. */
  rows: readonly (readonly string[])[];
}

/** The picture alone, for whoever shows the same numbers as a table beside it. Nothing for readers: the table is theirs. */
export function ChartPlot({ option, height }: { option: EChartsCoreOption; height: number }) {
  return (
    <div className="chart-plot" aria-hidden="true" style={{ height }}>
      <Suspense fallback={<div className="bone" style={{ height }} />}>
        <Canvas option={option} height={height} />
      </Suspense>
    </div>
  );
}

interface ChartProps {
  title: string;
  /** What it shows, in one sentence: read first, by everybody. */
  finding: ReactNode;
  option: EChartsCoreOption;
  table: ChartTable;
  height?: number;
  extra?: ReactNode;
}

/** A chart that is also a table: the same numbers either way, and the table is what a screen reader gets. */
export function Chart({ title, finding, option, table, height = 280, extra }: ChartProps) {
  const words = useWords();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  return (
    <figure className="chart">
      <figcaption>
        <span className="chart-finding">{finding}</span>
        <span className="row">
          {extra}
          <Segmented
            size="small"
            aria-label={words('chart.view', { title })}
            value={view}
            onChange={setView}
            options={[
              { value: 'chart', label: words('chart.chart') },
              { value: 'table', label: words('chart.table') },
            ]}
          />
        </span>
      </figcaption>
      {view === 'chart' ? (
        <>
          <ChartPlot option={option} height={height} />
          <div className="hidden">
            <ChartNumbers title={title} table={table} />
          </div>
        </>
      ) : (
        <div className="table-area" role="region" aria-label={title} tabIndex={0}>
          <ChartNumbers title={title} table={table} />
        </div>
      )}
    </figure>
  );
}

function ChartNumbers({ title, table }: { title: string; table: ChartTable }) {
  return (
    <table className="table table-compact">
      <caption className="hidden">{title}</caption>
      <thead>
        <tr>
          {table.head.map((name, index) => (
            <th key={name} scope="col" className={index > 0 ? 'number' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(([head, ...cells]) => (
          <tr key={head}>
            <th scope="row">{head}</th>
            {cells.map((cell, index) => (
              <td key={table.head[index + 1]} className="number">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
