import type { boards } from '@tongshang/contract';
import { lazy } from 'react';
import { useMarks } from '../../lib/annotations.ts';
import type { CellAt } from '../../parts/answers/metric-answer.tsx';
import { MetricAnswerView } from '../../parts/answers/metric-answer.tsx';

// Most boards hold metrics alone; the other kinds come when one is shown.
const FunnelView = lazy(async () => ({ default: (await import('../../parts/answers/funnel-answer.tsx')).FunnelView }));
const RetentionView = lazy(async () => ({ default: (await import('../../parts/answers/retention-answer.tsx')).RetentionView }));
const CohortView = lazy(async () => ({ default: (await import('../../parts/answers/cohort-answer.tsx')).CohortView }));
const PathView = lazy(async () => ({ default: (await import('../../parts/answers/path-answer.tsx')).PathView }));
const RfmView = lazy(async () => ({ default: (await import('../../parts/answers/rfm-answer.tsx')).RfmView }));

interface AnswerViewProps {
  tile: boards.TileAnswer;
  chart: boards.Chart;
  height: number;
  cellTo?: ((cell: CellAt) => string | undefined) | undefined;
}

/** An answer of any kind, without its own foot: the tile around it says until when it holds. */
export function AnswerView({ tile, chart, height, cellTo }: AnswerViewProps) {
  const marks = useMarks(tile.kind === 'metrics' ? tile.answer : undefined);
  switch (tile.kind) {
    case 'metrics':
      return <MetricAnswerView answer={tile.answer} chart={chart} height={height} marks={marks} cellTo={cellTo} isBare />;
    case 'funnel':
      return <FunnelView answer={tile.answer} height={height} isBare />;
    case 'retention':
      return <RetentionView answer={tile.answer} height={height} isBare />;
    case 'cohorts':
      return <CohortView answer={tile.answer} height={height} isBare />;
    case 'paths':
      return <PathView answer={tile.answer} height={height} isBare />;
    case 'rfm':
      return <RfmView answer={tile.answer} isBare />;
  }
}
