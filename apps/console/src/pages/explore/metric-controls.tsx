import { metrics } from '@tongshang/contract';
import { chartWords, compareWords, dimensions as dimensionWords, say, windowWords } from '@tongshang/ui';
import { Button, Select } from 'antd';
import { useDefinitions } from '../../lib/definitions.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { chartsFor } from '../../parts/answers/metric-shape.ts';
import { sharedDimensions } from './drill.ts';
import { PeriodControl } from './period-control.tsx';
import type { Asked } from './use-question.ts';
import { ValueFilters } from './value-filters.tsx';

type Question = metrics.MetricQuestion;
type Dimension = metrics.Dimension;

/** More metrics than this no chart can tell. */
const metricsMax = 6;

/** Which figures, split by what, over which time, held against what, narrowed to what, drawn how. */
export function MetricControls({ asked }: { asked: Asked<Question> }) {
  const words = useWords();
  const { question, ask } = asked;
  const { all, titleOf } = useDefinitions();
  const able = useAble(question);
  const setMetrics = (names: string[]) => {
    const chosen = names.slice(0, metricsMax);
    if (chosen.length === 0) return;
    const shared = sharedDimensions(all.filter(({ name }) => chosen.includes(name)));
    const by = question.by.filter((one) => shared.includes(one));
    ask({ metrics: chosen, by, ...(!by.includes('day') && { window: 'none' as const }) });
  };
  return (
    <>
      <div className="filters">
        <Select<string[]>
          mode="multiple"
          className="choice metrics-choice"
          aria-label={words('explore.metrics')}
          placeholder={words('explore.metrics')}
          value={question.metrics}
          showSearch={{ optionFilterProp: 'label' }}
          options={all.map(({ name }) => ({ value: name, label: titleOf(name) }))}
          onChange={setMetrics}
        />
        <SplitControls asked={asked} able={able} />
      </div>
      <div className="filters">
        <PeriodControl when={question} onChange={ask} />
        <HowControls asked={asked} />
        <ValueFilters
          able={metrics.filterDimensions.filter((one) => able.includes(one))}
          values={question}
          onChange={(name, values) => ask({ [name]: values })}
        />
      </div>
    </>
  );
}

export function useAble(question: Question): Dimension[] {
  const { find } = useDefinitions();
  return sharedDimensions(question.metrics.map((name) => find(name)).filter((one) => one !== undefined));
}

function SplitControls({ asked: { question, ask }, able }: { asked: Asked<Question>; able: readonly Dimension[] }) {
  const words = useWords();
  const term = useTerm();
  const [first, second] = question.by;
  const options = (not: Dimension | undefined) =>
    able
      .filter((one) => one !== not)
      .map((value) => ({ value, label: words('overview.byOne', { dimension: term(dimensionWords, value) }) }));
  const split = (by: Dimension[]) => ask({ by, ...(!by.includes('day') && { window: 'none' as const }) });
  return (
    <>
      <Select<Dimension>
        className="choice"
        aria-label={words('explore.rows')}
        placeholder={words('explore.rows')}
        allowClear
        {...(first !== undefined && { value: first })}
        options={options(second)}
        onChange={(value: Dimension | undefined) => split(value === undefined ? [] : [value, ...question.by.slice(1)])}
      />
      {first !== undefined && (
        <Select<Dimension>
          className="choice"
          aria-label={words('explore.columns')}
          placeholder={words('explore.columns')}
          allowClear
          {...(second !== undefined && { value: second })}
          options={options(first)}
          onChange={(value: Dimension | undefined) => split(value === undefined ? [first] : [first, value])}
        />
      )}
      {first !== undefined && second !== undefined && (
        <Button aria-label={words('explore.turn')} title={words('explore.turn')} onClick={() => split([second, first])}>
          ⇄
        </Button>
      )}
    </>
  );
}

function HowControls({ asked: { question, ask, url, show } }: { asked: Asked<Question> }) {
  const words = useWords();
  const language = useLanguage();
  const { find } = useDefinitions();
  const shown = question.metrics.map((name) => find(name)).filter((one) => one !== undefined);
  const charts = chartsFor(
    question.by,
    shown.every(({ additivity }) => additivity === 'sum'),
  );
  const canWindow = question.by[0] === 'day' && shown.every(({ additivity }) => additivity === 'sum' || additivity === 'ratio');
  return (
    <>
      <Select
        className="choice"
        aria-label={words('overview.compare')}
        value={question.compare ?? ''}
        options={[
          { value: '', label: words('explore.noCompare') },
          ...metrics.compareKinds.map((value) => ({ value, label: say(compareWords[value], language) })),
        ]}
        onChange={(value) => ask({ compare: metrics.compareKinds.find((one) => one === value) })}
      />
      {(canWindow || question.window !== 'none') && (
        <Select
          className="choice"
          aria-label={words('explore.window')}
          value={question.window}
          options={metrics.metricWindows.map((value) => ({ value, label: say(windowWords[value], language) }))}
          onChange={(window) => ask({ window })}
        />
      )}
      {charts.length > 1 && (
        <Select<string>
          className="choice"
          aria-label={words('explore.chart')}
          value={charts.find((one) => one === url.get('chart')) ?? 'auto'}
          options={(['auto', ...charts] as const).map((value) => ({ value, label: say(chartWords[value], language) }))}
          onChange={(chart) => show({ chart: chart === 'auto' ? undefined : chart })}
        />
      )}
    </>
  );
}
