import { useSuspenseQuery } from '@tanstack/react-query';
import { type ReplyOf, targets } from '@tongshang/contract';
import { channels, dayOf, targetStates } from '@tongshang/ui';
import { Button } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { type LoaderFunctionArgs, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { definitions, useDefinitions } from '../../lib/definitions.ts';
import { exactFigure, shortFigure } from '../../lib/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { useLook } from '../../lib/theme.ts';
import { Chart } from '../../parts/chart.tsx';
import { linesOption } from '../../parts/chart-options.ts';
import { MayButton } from '../../parts/may.tsx';
import { Facts, Section } from '../../parts/object-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { TargetDialog } from './target-dialog.tsx';

const MonthPicker = lazy(() => import('./month-picker.tsx'));

type Progress = ReplyOf<typeof targets.getTargetProgress>['items'][number];

const monthOf = (url: URLSearchParams): string => {
  const month = url.get('month') ?? '';
  return targets.Month.safeParse(month).success ? month : dayOf(Date.now()).slice(0, 7);
};
const progress = (url: URLSearchParams) => q(targets.getTargetProgress, { query: { month: monthOf(url) } });

export const loader = async ({ request }: LoaderFunctionArgs) => {
  await Promise.all([client.ensureQueryData(progress(new URL(request.url).searchParams)), client.ensureQueryData(definitions)]);
  return null;
};

/** Targets of a month: the plan, where we are, and where this pace leads. */
export function Page() {
  const words = useWords();
  const [url, setUrl] = useSearchParams();
  const month = monthOf(url);
  const { data } = useSuspenseQuery(progress(url));
  const [edited, setEdited] = useState<Progress | 'new' | undefined>();
  const add = (
    <MayButton need="targets.edit" type="primary" onClick={() => setEdited('new')}>
      {words('targets.new')}
    </MayButton>
  );
  return (
    <div className="stack">
      <PageHead
        title={words('nav.targets')}
        module={words('wing.steer')}
        about={words('targets.about')}
        actions={
          <>
            <Suspense fallback={<span className="month-coming" />}>
              <MonthPicker label={words('targets.month')} month={month} onChange={(picked) => setUrl({ month: picked })} />
            </Suspense>
            {add}
          </>
        }
      />
      {data.items.length === 0 && (
        <div className="card empty">
          <p>{words('targets.empty', { month })}</p>
          {add}
        </div>
      )}
      {data.items.map((one) => (
        <TargetCard key={one.target.id} progress={one} onEdit={() => setEdited(one)} />
      ))}
      {edited && (
        <TargetDialog month={month} {...(edited !== 'new' && { progress: edited })} onClose={() => setEdited(undefined)} />
      )}
    </div>
  );
}

function TargetCard({ progress: one, onEdit }: { progress: Progress; onEdit: () => void }) {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const { palette } = useLook();
  const { find, titleOf } = useDefinitions();
  const [isOpen, setOpen] = useState(false);
  const { target } = one;
  const unit = find(target.metric)?.unit ?? 'count';
  const scope = [target.scope.channel && term(channels, target.scope.channel), target.scope.store, target.scope.category]
    .filter(Boolean)
    .join(' · ');
  const option = useMemo(
    () =>
      linesOption({
        labels: one.days.map(({ day }) => day.slice(5)),
        lines: [
          { name: words('targets.actual'), values: one.days.map(({ actual }) => actual) },
          { name: words('targets.plan'), values: one.days.map((day) => day.target), isPast: true },
        ],
        say: (value) => shortFigure(unit, value, f),
        grey: palette.textThird,
      }),
    [one.days, palette, unit, words, f],
  );
  const title = `${titleOf(target.metric)}${scope ? ` · ${scope}` : ''} · ${target.period === 'month' ? target.startsOn.slice(0, 7) : target.startsOn}`;
  return (
    <Section
      title={title}
      extra={
        <span className="row">
          <StatusTag status={targetStates[one.state]} code={one.state} />
          <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {words(isOpen ? 'targets.hideDays' : 'targets.showDays')}
          </Button>
          <MayButton need="targets.edit" size="small" onClick={onEdit}>
            {words('targets.change')}
          </MayButton>
        </span>
      }
    >
      <Facts
        facts={[
          [words('targets.value'), exactFigure(unit, target.value, f)],
          [words('targets.actual'), exactFigure(unit, one.actual, f)],
          [words('targets.byNow'), exactFigure(unit, one.expectedByNow, f)],
          [words('targets.deviation'), one.deviationRatio === null ? '—' : f.change(one.deviationRatio)],
          [words('targets.projected'), exactFigure(unit, one.projected, f)],
          [words('targets.setBy'), `${target.setBy} · ${f.instant(target.setAt)}`],
        ]}
      />
      {target.note && <p className="second">{target.note}</p>}
      {isOpen && (
        <Chart
          title={title}
          finding={words('targets.finding', {
            actual: exactFigure(unit, one.actual, f),
            plan: exactFigure(unit, one.expectedByNow, f),
          })}
          option={option}
          height={220}
          table={{
            head: [words('targets.day'), words('targets.actual'), words('targets.plan')],
            rows: one.days.map((day) => [day.day, exactFigure(unit, day.actual, f), exactFigure(unit, day.target, f)]),
          }}
        />
      )}
    </Section>
  );
}
