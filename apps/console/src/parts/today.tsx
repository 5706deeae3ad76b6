import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { metrics, type ReplyOf, targets } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { useMemo } from 'react';
import { q } from '../lib/api.ts';
import { type Format, useFormat } from '../lib/format.ts';
import { type Say, useLanguage, useWords } from '../lib/language.ts';
import { explorePath } from '../lib/question-url.ts';
import { useMay, useSession } from '../lib/session.ts';
import { useLook } from '../lib/theme.ts';
import { Chart } from './chart.tsx';
import { linesOption } from './chart-options.ts';
import { type Comparison, Figure } from './figure.tsx';
import { useDefinitions } from '../lib/definitions.ts';
import { compareFigure, type Definition, exactFigure, shortFigure } from '../lib/figures.ts';
import { useLiveCockpit } from '../lib/live.ts';

export const cockpit = { ...q(metrics.getCockpit, { query: {} }), staleTime: 1_000 };
export const progress = (today: string) => q(targets.getTargetProgress, { query: { month: today.slice(0, 7) } });

type Cockpit = ReplyOf<typeof metrics.getCockpit>;

/** Today so far, beside the same weekday a week ago at this time and beside today's target. */
export function Today({ only }: { only?: readonly string[] }) {
  const words = useWords();
  const f = useFormat();
  const isLive = useLiveCockpit();
  const { data } = useSuspenseQuery(cockpit);
  const figures = only ? only.flatMap((name) => data.figures.filter((one) => one.metric === name)) : data.figures;
  return (
    <section aria-labelledby="today-title">
      <div className="section-head">
        <h2 id="today-title">{words('overview.today', { day: `${data.day} ${f.weekday(data.day)}` })}</h2>
        <span className={isLive ? 'second' : 'stale'}>
          {words(isLive ? 'overview.live' : 'overview.notLive', { time: f.instantExact(data.asOf).slice(11) })}
        </span>
      </div>
      <div className="figures">
        {figures.map((figure) => (
          <TodayFigure key={figure.metric} figure={figure} data={data} />
        ))}
      </div>
      {!only && <Hours data={data} />}
    </section>
  );
}

/** Targets are those of the whole house: they say nothing to who sees one store alone. */
function useSeesTargets(): boolean {
  const mayDo = useMay();
  return useSession().location === null && mayDo('targets.view');
}

function TodayFigure({ figure, data }: { figure: Cockpit['figures'][number]; data: Cockpit }) {
  const words = useWords();
  const language = useLanguage();
  const f = useFormat();
  const { find, titleOf } = useDefinitions();
  const seesTargets = useSeesTargets();
  const { data: plan } = useQuery({ ...progress(data.day), enabled: seesTargets });
  const definition = find(figure.metric);
  if (!definition) return null;
  const { unit } = definition;
  const target = plan?.items
    .find(({ target: one }) => one.metric === figure.metric && Object.keys(one.scope).length === 0)
    ?.days.find((one) => one.day === data.day)?.target;
  const comparisons = [
    compareFigure(
      definition,
      figure.value,
      figure.before,
      words('overview.sameWeekday', { value: shortFigure(unit, figure.before, f) }),
      f,
    ),
  ].filter((one): one is Comparison => one !== undefined);
  // Today so far beside the same weekday, as the figure says; what knows no hours, over the last weeks.
  const deeper = definition.dimensions.includes('hour')
    ? { metrics: [figure.metric], by: ['hour'], period: 'today', compare: 'same_weekday' }
    : { metrics: [figure.metric], by: ['day'], period: 'last_28_days', compare: 'previous' };
  return (
    <Figure
      name={titleOf(figure.metric)}
      definition={
        <>
          <p>{say(definition.explanation, language)}</p>
          <p className="third">{definition.formula}</p>
        </>
      }
      value={shortFigure(unit, figure.value, f)}
      exact={exactFigure(unit, figure.value, f)}
      comparisons={comparisons}
      note={targetNote(definition, figure.value, target, words, f)}
      to={explorePath({ kind: 'metrics', question: deeper })}
    />
  );
}

/** How today stands to its target: what adds up says how much of the day's target is reached, the rest only names it. */
function targetNote(
  { unit, additivity }: Definition,
  value: number | null,
  target: number | undefined,
  words: Say,
  f: Format,
): string | undefined {
  if (target === undefined) return undefined;
  const shown = shortFigure(unit, target, f);
  if (additivity !== 'sum' || value === null || target === 0) return words('overview.target', { value: shown });
  return words('overview.targetReached', { value: shown, share: f.percent(value / target) });
}

/** Net sales hour by hour; hours that have not come are a gap, not zero. */
function Hours({ data }: { data: Cockpit }) {
  const words = useWords();
  const f = useFormat();
  const { palette } = useLook();
  const title = words('overview.hours');
  const option = useMemo(
    () =>
      linesOption({
        labels: data.hours.map(({ hour }) => hour),
        lines: [
          { name: words('overview.todayLine'), values: data.hours.map(({ netSalesFen }) => netSalesFen) },
          { name: data.comparedDay, values: data.hours.map(({ beforeFen }) => beforeFen), isPast: true },
        ],
        say: (fen) => f.moneyShort(fen),
        grey: palette.textThird,
      }),
    [data.hours, data.comparedDay, palette, words, f],
  );
  const soFar = data.hours.reduce((sum, { netSalesFen }) => sum + (netSalesFen ?? 0), 0);
  return (
    <div className="card chart-card">
      <h3>{title}</h3>
      <Chart
        title={title}
        finding={words('overview.hoursFinding', { time: f.time(data.until), amount: f.money(soFar) })}
        option={option}
        height={220}
        table={{
          head: [words('overview.hour'), words('overview.todayLine'), data.comparedDay],
          rows: data.hours.map(({ hour, netSalesFen, beforeFen }) => [`${hour}:00`, f.money(netSalesFen), f.money(beforeFen)]),
        }}
      />
    </div>
  );
}
