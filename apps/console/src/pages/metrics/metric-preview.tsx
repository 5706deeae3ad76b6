import { useQuery } from '@tanstack/react-query';
import { metrics, RefusedError, type ReplyOf } from '@tongshang/contract';
import { Form } from 'antd';
import { useMemo } from 'react';
import { ask } from '../../lib/api.ts';
import { exactFigure, shortFigure } from '../../lib/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { useRested } from '../../lib/rested.ts';
import { useLook } from '../../lib/theme.ts';
import { Chart } from '../../parts/chart.tsx';
import { linesOption } from '../../parts/chart-options.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { type Body, bodyOf, type MetricForm } from './metric-form.ts';

type Preview = ReplyOf<typeof metrics.previewMetric>;
const draftName = 'draft_metric';

/** The figure as it is beside the figure as the form would have it, live while one types. */
export function MetricPreview({ name = draftName }: { name: string | undefined }) {
  const words = useWords();
  const form = Form.useFormInstance<MetricForm>();
  const typed = Form.useWatch<Partial<MetricForm> | undefined>([], { form, preserve: true });
  const rested = useRested(JSON.stringify(bodyOf({ ...form.getFieldsValue(true), ...typed }) ?? null), 400);
  const body = JSON.parse(rested) as Body | null;
  const { data, error, isFetching } = useQuery({
    ...ask(metrics.previewMetric, { params: { name }, body: { body: body ?? emptyBody, period: 'last_28_days', by: 'day' } }),
    enabled: body !== null,
    placeholderData: (before) => before,
    retry: false,
  });
  const why = invalidText(error, words);
  return (
    <section className="card" aria-live="polite" aria-label={words('metrics.preview')}>
      <h3>{words('metrics.preview')}</h3>
      <p className="third">{words('metrics.previewAbout')}</p>
      {body === null && <p className="second">{words('metrics.previewIncomplete')}</p>}
      {body !== null && isFetching && data === undefined && <p className="second">{words('metrics.previewReading')}</p>}
      {body !== null && (why === undefined ? <ErrorNote error={error} /> : <p role="alert">{why}</p>)}
      {body !== null && error === null && data && <Both preview={data} unit={body.unit} />}
    </section>
  );
}

// Never sent: the query waits for a whole body.
const emptyBody = {} as Body;

const reasons = [
  'measure_unknown', 'zone_unknown', 'zone_fixed', 'not_additive', 'percentile_in_ratio', 'unit_differs', 'no_common_dimension',
] as const; // prettier-ignore

/** Why a formula cannot be computed, by name where the server says so. */
function invalidText(error: unknown, words: ReturnType<typeof useWords>): string | undefined {
  if (!(error instanceof RefusedError) || error.code !== 'metric.invalid') return undefined;
  const { reason: said, measure } = error.problem.details;
  const reason = reasons.find((one) => one === said);
  return reason && words(`metrics.invalid.${reason}`, { measure: typeof measure === 'string' ? measure : '' });
}

function Both({ preview, unit }: { preview: Preview; unit: Body['unit'] }) {
  const words = useWords();
  const f = useFormat();
  const { palette } = useLook();
  const { rows, total } = preview;
  const [old, now] = [words('metrics.previewOld'), words('metrics.previewNew')];
  const option = useMemo(
    () =>
      linesOption({
        labels: rows.map(({ key }) => key),
        lines: [
          { name: now, values: rows.map((row) => row.new) },
          { name: old, values: rows.map((row) => row.old), isPast: true },
        ],
        say: (value) => shortFigure(unit, value, f),
        grey: palette.textThird,
      }),
    [rows, now, old, unit, f, palette],
  );
  return (
    <Chart
      title={words('metrics.preview')}
      finding={`${old} ${exactFigure(unit, total.old, f)} → ${now} ${exactFigure(unit, total.new, f)}`}
      option={option}
      height={180}
      table={{
        head: [words('metrics.recent'), old, now],
        rows: rows.map((row) => [row.key, exactFigure(unit, row.old, f), exactFigure(unit, row.new, f)]),
      }}
    />
  );
}
