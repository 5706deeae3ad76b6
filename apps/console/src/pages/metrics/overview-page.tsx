import { useSuspenseQuery } from '@tanstack/react-query';
import { metrics } from '@tongshang/contract';
import { dayOf } from '@tongshang/ui';
import { Link, type LoaderFunctionArgs, redirect } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { definitions } from '../../lib/definitions.ts';
import { useWords } from '../../lib/language.ts';
import { readSession } from '../../lib/session.ts';
import { explorePath } from '../../lib/question-url.ts';
import { MetricAnswerView } from '../../parts/answers/metric-answer.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { cockpit, progress, Today } from '../../parts/today.tsx';
import { formerly } from './formerly.ts';

const trend = { metrics: ['net_sales'], by: ['day' as const], period: 'last_28_days' as const, compare: 'previous' as const };

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const moved = formerly(new URL(request.url).searchParams);
  if (moved !== undefined) throw redirect(moved);
  const session = await readSession();
  await Promise.all([
    client.ensureQueryData(definitions),
    client.ensureQueryData(cockpit),
    ...(session?.permissions.includes('targets.view') ? [client.ensureQueryData(progress(dayOf(Date.now())))] : []),
    client.ensureQueryData(q(metrics.queryMetrics, { query: trend })),
  ]);
  return null;
};

/** How is it going today, and where does it come from? Live figures above, the last weeks below; each leads into the explorer. */
export function Page() {
  const words = useWords();
  return (
    <div className="stack">
      <PageHead title={words('nav.overview')} module={words('wing.know')} about={words('overview.question')} />
      <Today />
      <Trend />
    </div>
  );
}

function Trend() {
  const words = useWords();
  const { data } = useSuspenseQuery(q(metrics.queryMetrics, { query: trend }));
  return (
    <section className="card" aria-labelledby="trend-title">
      <div className="section-head">
        <h2 id="trend-title">{words('overview.trend')}</h2>
        <Link to={explorePath({ kind: 'metrics', question: trend })}>{words('overview.takeApart')}</Link>
      </div>
      <MetricAnswerView answer={data} />
    </section>
  );
}
