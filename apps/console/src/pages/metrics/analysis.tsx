import { useSuspenseQuery } from '@tanstack/react-query';
import { metrics, type ReplyOf, urlOf } from '@tongshang/contract';
import { dimensions as dimensionWords, say } from '@tongshang/ui';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { withFilter } from '../../lib/list-url.ts';
import { useLook } from '../../lib/theme.ts';
import { Chart } from '../../parts/chart.tsx';
import { barsOption, linesOption } from '../../parts/chart-options.ts';
import { DateRange } from '../../parts/date-range.tsx';
import { ComparisonLine } from '../../parts/figure.tsx';
import { MayButton } from '../../parts/may.tsx';
import { useDefinitions } from '../../lib/definitions.ts';
import { compareFigure, type Definition, exactFigure, shortFigure } from '../../lib/figures.ts';
import { type Analysis as Asked, drillInto, filterDimensions, questionOf, readAnalysis } from './question.ts';

type Answer = ReplyOf<typeof metrics.queryMetrics>;

/** One figure over a period, split by one dimension, beside an earlier period; every row leads one step deeper. */
export function Analysis() {
  const words = useWords();
  const f = useFormat();
  const language = useLanguage();
  const { find, titleOf } = useDefinitions();
  const [url] = useSearchParams();
  const asked = readAnalysis(url, f.today());
  const { data } = useSuspenseQuery(q(metrics.queryMetrics, { query: questionOf(asked) }));
  const definition = find(asked.metric);
  if (!definition) return null;
  const total = compareFigure(
    definition,
    data.total.values[asked.metric],
    data.total.before?.[asked.metric],
    words('overview.comparedWith', periodOf(data)),
    f,
  );
  return (
    <section className="card" id="analysis" aria-labelledby="analysis-title">
      <div className="section-head">
        <h2 id="analysis-title">{words('overview.analysis', { metric: titleOf(asked.metric) })}</h2>
        <MayButton
          need="metrics.export"
          data-export=""
          href={urlOf(metrics.exportMetrics, { query: { ...questionOf(asked), language } })}
          download
        >
          {words('overview.export')}
        </MayButton>
      </div>
      <Controls asked={asked} definition={definition} />
      <p className="second">{say(definition.explanation, language)}</p>
      <div className="row analysis-total">
        <span className="figure-value">{exactFigure(definition.unit, data.total.values[asked.metric], f)}</span>
        {total && <ComparisonLine comparison={total} />}
      </div>
      {data.rows.length === 0 ? (
        <p className="empty">{words('overview.noRows')}</p>
      ) : (
        <Breakdown asked={asked} definition={definition} data={data} />
      )}
      <p className="third">
        {words('overview.zone', { time: f.instant(data.asOf) })}
        {data.isCut && ` ${words('overview.cut', { count: data.rows.length })}`}
      </p>
    </section>
  );
}

const periodOf = ({ compared }: Answer): { from: string; to: string } => ({
  from: compared?.from ?? '—',
  to: compared?.to ?? '—',
});

function Controls({ asked, definition }: { asked: Asked; definition: Definition }) {
  const words = useWords();
  const term = useTerm();
  const { all, titleOf } = useDefinitions();
  const [url, setUrl] = useSearchParams();
  const set = (changes: Parameters<typeof withFilter>[1]) => setUrl(withFilter(url, changes), { preventScrollReset: true });
  const chips = filterDimensions.flatMap((name) => asked.filters[name].map((value) => ({ name, value })));
  return (
    <div className="filters">
      <Select
        className="choice metric-choice"
        aria-label={words('overview.metric')}
        value={asked.metric}
        showSearch={{ optionFilterProp: 'label' }}
        options={all.map((one) => ({ value: one.name, label: titleOf(one.name) }))}
        onChange={(metric) => set({ metric })}
      />
      <Select
        className="choice"
        aria-label={words('overview.by')}
        value={asked.by}
        options={definition.dimensions.map((value) => ({
          value,
          label: words('overview.byOne', { dimension: term(dimensionWords, value) }),
        }))}
        onChange={(by) => set({ by })}
      />
      <DateRange
        label={words('overview.period')}
        from={asked.from}
        to={asked.to}
        onChange={({ from, to }) => set({ from, to })}
      />
      <Select
        className="choice"
        aria-label={words('overview.compare')}
        value={asked.compare}
        options={metrics.compareKinds.map((value) => ({ value, label: words(`overview.compare.${value}`) }))}
        onChange={(compare) => set({ compare })}
      />
      {chips.map(({ name, value }) => (
        <Button
          key={`${name} ${value}`}
          size="small"
          aria-label={words('overview.removeFilter', { name: term(dimensionWords, name), value })}
          onClick={() => set({ [name]: asked.filters[name].filter((one) => one !== value) })}
        >
          {term(dimensionWords, name)}: {value} ×
        </Button>
      ))}
    </div>
  );
}

function Breakdown({ asked, definition, data }: { asked: Asked; definition: Definition; data: Answer }) {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const language = useLanguage();
  const { palette } = useLook();
  const { titleOf } = useDefinitions();
  const [url] = useSearchParams();
  const { metric, by } = asked;
  const rows = useMemo(
    () =>
      data.rows.map((row) => ({
        key: row.keys[0] ?? '',
        label: row.labels[0] ? say(row.labels[0], language) : (row.keys[0] ?? ''),
        value: row.values[metric] ?? null,
        before: row.before?.[metric] ?? null,
      })),
    [data.rows, metric, language],
  );
  const isTime = by === 'day' || by === 'hour' || by === 'month';
  const before = words('overview.before');
  const option = useMemo(() => {
    const labels = rows.map(({ label }) => label);
    const shared = { labels, say: (value: number) => shortFigure(definition.unit, value, f), grey: palette.textThird };
    return isTime
      ? linesOption({
          ...shared,
          lines: [
            { name: titleOf(metric), values: rows.map(({ value }) => value) },
            { name: before, values: rows.map((row) => row.before), isPast: true },
          ],
        })
      : barsOption({
          ...shared,
          labels: labels.slice(0, 12),
          values: rows.slice(0, 12).map(({ value }) => value),
          before: rows.slice(0, 12).map((row) => row.before),
          names: { now: titleOf(metric), before },
        });
  }, [rows, isTime, palette, definition.unit, metric, before, titleOf, f]);
  const [best] = rows.toSorted((one, other) => (other.value ?? -Infinity) - (one.value ?? -Infinity));
  const canDrill = by !== 'hour';
  const title = words('overview.chartTitle', { metric: titleOf(metric), dimension: term(dimensionWords, by) });
  return (
    <>
      <Chart
        title={title}
        finding={best ? words('overview.finding', { label: best.label, value: exactFigure(definition.unit, best.value, f) }) : ''}
        option={option}
        table={{
          head: [term(dimensionWords, by), titleOf(metric), before],
          rows: rows.map((row) => [
            row.label,
            exactFigure(definition.unit, row.value, f),
            exactFigure(definition.unit, row.before, f),
          ]),
        }}
      />
      <div className="table-area breakdown" role="region" aria-label={title} tabIndex={0}>
        <table className="table table-compact">
          <caption className="hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{term(dimensionWords, by)}</th>
              <th scope="col" className="number">
                {titleOf(metric)}
              </th>
              <th scope="col" className="number">
                {before}
              </th>
              <th scope="col" className="number">
                {words('overview.change')}
              </th>
            </tr>
          </thead>
          <tbody>
            {(isTime ? rows.toReversed() : rows).map((row) => (
              <tr key={row.key}>
                <th scope="row">
                  {canDrill ? (
                    <Link to={`?${drillInto(url, by, row.key, definition.dimensions)}`} preventScrollReset>
                      {row.label} <span aria-hidden="true">›</span>
                    </Link>
                  ) : (
                    row.label
                  )}
                  {row.label !== row.key && <span className="third"> {row.key}</span>}
                </th>
                <td className="number">{exactFigure(definition.unit, row.value, f)}</td>
                <td className="number">{exactFigure(definition.unit, row.before, f)}</td>
                <td className="number">{compareFigure(definition, row.value, row.before, '', f)?.text ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
