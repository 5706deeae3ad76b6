import { metrics } from '@tongshang/contract';
import { dayOf } from '@tongshang/ui';
import type { LoaderFunctionArgs } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { Analysis } from './analysis.tsx';
import { definitions } from '../../lib/definitions.ts';
import { questionOf, readAnalysis } from './question.ts';
import { cockpit, progress, Today } from '../../parts/today.tsx';

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const today = dayOf(Date.now());
  const analysis = readAnalysis(new URL(request.url).searchParams, today);
  await Promise.all([
    client.ensureQueryData(definitions),
    client.ensureQueryData(cockpit),
    client.ensureQueryData(progress(today)),
    client.ensureQueryData(q(metrics.queryMetrics, { query: questionOf(analysis) })),
  ]);
  return null;
};

/** How is it going today, and why? Live figures above, one figure taken apart below. */
export function Page() {
  const words = useWords();
  return (
    <div className="stack">
      <PageHead title={words('nav.overview')} module={words('wing.know')} about={words('overview.question')} />
      <Today />
      <Analysis />
    </div>
  );
}
