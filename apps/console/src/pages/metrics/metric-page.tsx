import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { metrics, type ReplyOf } from '@tongshang/contract';
import { dimensions as dimensionWords, grainWords, metricUnits, roleWords, say } from '@tongshang/ui';
import { useMemo, useState } from 'react';
import { type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { exactFigure, shortFigure } from '../../lib/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { explorePath } from '../../lib/question-url.ts';
import { useSession } from '../../lib/session.ts';
import { useLook } from '../../lib/theme.ts';
import { Chart } from '../../parts/chart.tsx';
import { linesOption } from '../../parts/chart-options.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';
import { MetricEditor } from './metric-editor.tsx';
import { formulaText } from './metric-form.ts';
import { MetricMarks } from './metric-marks.tsx';
import { UsedIn } from './used-in.tsx';
import { useMeasures } from './use-measures.ts';
import { Versions } from './versions.tsx';
import '../../metrics.css';

export type Shown = ReplyOf<typeof metrics.getMetric>;
const metricOf = (name: string) => q(metrics.getMetric, { params: { name } });

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([client.ensureQueryData(metricOf(params['name'] ?? '')), client.ensureQueryData(q(metrics.listMeasures))]);

/** One figure: what it means, how it is computed, what it was before, where it comes from and who relies on it. */
export function Page() {
  const words = useWords();
  const language = useLanguage();
  const { name = '' } = useParams();
  const { data } = useSuspenseQuery(metricOf(name));
  const [isEditing, setEditing] = useState(false);
  const { definition } = data;
  return (
    <ObjectPage
      title={say(definition.title, language)}
      module={words('nav.metrics')}
      back={{ to: '/know/metrics', text: words('nav.metrics') }}
      id={definition.name}
      status={<MetricMarks definition={definition} />}
      facts={`${words(`metrics.group.${definition.group}`)} · ${words('metrics.versionNo', { version: definition.version })}`}
      actions={
        <>
          {definition.hasSource && (
            <MayButton
              need="metrics.view"
              href={explorePath({ kind: 'metrics', question: { metrics: [name], by: ['day'], period: 'last_28_days' } })}
            >
              {words('metrics.open')}
            </MayButton>
          )}
          <MayButton need="metrics.edit" type="primary" onClick={() => setEditing(true)}>
            {words('metrics.edit')}
          </MayButton>
        </>
      }
      aside={
        <>
          <Quality shown={data} />
          <UsedIn definition={definition} />
        </>
      }
    >
      <Recent shown={data} />
      <Meaning shown={data} />
      <Lineage shown={data} />
      <Versions versions={data.versions} current={definition.version} />
      {isEditing && <MetricEditor shown={data} onClose={() => setEditing(false)} />}
    </ObjectPage>
  );
}

/** The last 28 full days; without a source the page says so and draws nothing. */
function Recent({ shown: { definition } }: { shown: Shown }) {
  const words = useWords();
  const language = useLanguage();
  const f = useFormat();
  const { palette } = useLook();
  const { location } = useSession();
  const { name, unit, hasSource, dimensions } = definition;
  const isOutside = location !== null && !dimensions.includes('store');
  const canRead = hasSource && !isOutside && dimensions.includes('day');
  const { data, error } = useQuery({
    ...q(metrics.queryMetrics, { query: { metrics: [name], period: 'last_28_days', by: ['day'] } }),
    enabled: canRead,
  });
  const title = say(definition.title, language);
  const option = useMemo(
    () =>
      linesOption({
        labels: (data?.rows ?? []).map(({ keys }) => keys[0] ?? ''),
        lines: [{ name: title, values: (data?.rows ?? []).map(({ values }) => values[name] ?? null) }],
        say: (value) => shortFigure(unit, value, f),
        grey: palette.textThird,
      }),
    [data, title, unit, name, f, palette],
  );
  if (!canRead)
    return (
      <Section title={words('metrics.recent')}>
        <p className="empty">{words(isOutside ? 'metrics.outsideScope' : 'metrics.noSourceText')}</p>
      </Section>
    );
  return (
    <Section title={words('metrics.recent')}>
      <ErrorNote error={error} />
      {data && (
        <Chart
          title={title}
          finding={words('metrics.recentFinding', {
            value: exactFigure(unit, data.total.values[name], f),
            time: f.instant(data.asOf),
          })}
          option={option}
          height={220}
          table={{
            head: [words('metrics.recent'), title],
            rows: data.rows.map((row) => [row.keys[0] ?? '', exactFigure(unit, row.values[name], f)]),
          }}
        />
      )}
    </Section>
  );
}

function Meaning({ shown: { definition } }: { shown: Shown }) {
  const words = useWords();
  const term = useTerm();
  const language = useLanguage();
  const { titleOf } = useMeasures();
  const hasParts = definition.additivity === 'sum' || definition.additivity === 'distinct';
  const named = (list: readonly string[]): string => list.map((one) => term(dimensionWords, one)).join(' · ');
  return (
    <Section title={words('metrics.meaning')}>
      <p className="metric-meaning">{say(definition.explanation, language)}</p>
      <Facts
        facts={[
          [words('metrics.formulaWords'), formulaText(definition.expression, titleOf)],
          [words('metrics.formula'), <code key="f">{definition.formula}</code>],
          [words('metrics.unit'), term(metricUnits, definition.unit)],
          [words('metrics.grain'), term(grainWords, definition.grain)],
          [words('metrics.additivity'), words(`metrics.${definition.additivity}`)],
          [words('metrics.missing'), words(`metrics.missing.${definition.missing}`)],
          [words('metrics.polarity'), words(`metrics.${definition.polarity}`)],
          [words('metrics.zone'), definition.zone],
          [words('metrics.dimensions'), named(definition.dimensions)],
          ...(hasParts ? ([[words('metrics.overlaps'), named(definition.overlaps)]] as const) : []),
          [words('metrics.owner'), term(roleWords, definition.owner)],
        ]}
      />
    </Section>
  );
}

/** From the formula's measures to the columns they are read from and the events that write those. */
function Lineage({ shown: { measures } }: { shown: Shown }) {
  const words = useWords();
  const language = useLanguage();
  return (
    <Section title={words('metrics.lineageTitle')}>
      <div className="table-area" role="region" aria-label={words('metrics.lineageTitle')} tabIndex={0}>
        <table className="table table-compact">
          <caption className="hidden">{words('metrics.lineageTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{words('metrics.measure')}</th>
              <th scope="col">{words('metrics.columns')}</th>
              <th scope="col">{words('metrics.events')}</th>
            </tr>
          </thead>
          <tbody>
            {measures.map((measure) => (
              <tr key={measure.name}>
                <th scope="row">
                  {say(measure.title, language)} <span className="third">{measure.name}</span>
                </th>
                <td>{measure.columns.join(words('list.comma'))}</td>
                <td>{measure.events.join(words('list.comma'))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Quality({ shown: { definition, freshness } }: { shown: Shown }) {
  const words = useWords();
  const language = useLanguage();
  const f = useFormat();
  const { gaps, freshnessGoalSeconds } = definition.quality;
  const now = { time: f.instant(freshness.asOf), lag: f.duration(freshness.lagMs) };
  return (
    <Section title={words('metrics.quality')}>
      <Facts
        facts={[
          [words('metrics.freshnessGoal'), f.duration(freshnessGoalSeconds * 1000)],
          [words('metrics.freshNow'), words(freshness.isWithinGoal ? 'metrics.freshWithin' : 'metrics.freshLate', now)],
          [words('metrics.gaps'), gaps === null ? words('metrics.noGaps') : say(gaps, language)],
        ]}
      />
    </Section>
  );
}
