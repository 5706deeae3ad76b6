import { Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWords } from '../../lib/language.ts';

export type AnswerLayoutKind = 'beside' | 'toggle';

interface AnswerLayoutProps {
  title: string;
  /** beside: chart and table together (a page); toggle: one at a time (a tile). */
  layout: AnswerLayoutKind;
  /** Null where the table tells it all. */
  chart: ReactNode;
  table: ReactNode;
  /** The table needs the whole width. */
  isWide?: boolean;
  foot?: ReactNode;
}

/** A chart and the same numbers as a table: both on a page, one at a time on a tile, where readers always get the table. */
export function AnswerLayout({ title, layout, chart, table, isWide = false, foot }: AnswerLayoutProps) {
  const words = useWords();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const hasToggle = layout === 'toggle' && chart !== null;
  return (
    <div className={`answer answer-${layout}`}>
      {hasToggle && (
        <Segmented
          className="answer-toggle"
          size="small"
          aria-label={words('chart.view', { title })}
          value={view}
          onChange={setView}
          options={[
            { value: 'chart', label: words('chart.chart') },
            { value: 'table', label: words('chart.table') },
          ]}
        />
      )}
      <div className={isWide || chart === null ? 'answer-body' : 'answer-body answer-columns'}>
        {(!hasToggle || view === 'chart') && chart}
        <div className={!hasToggle ? undefined : view === 'chart' ? 'hidden' : 'answer-under'}>{table}</div>
      </div>
      {foot}
    </div>
  );
}
