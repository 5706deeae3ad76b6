import type { LoaderFunctionArgs } from 'react-router';
import { useFormat } from '../../lib/format.ts';
import { loadWords, useTerm, useWords } from '../../lib/language.ts';
import { requireSession, useMay, useSession } from '../../lib/session.ts';
import { roleWords } from '@tongshang/ui';
import { lazy, Suspense } from 'react';
import { Alone } from '../../parts/alone.tsx';
import { PageHead } from '../../parts/page-head.tsx';

// Each tile comes by itself: what it asks and shows is not read before the frame of the page.
const Todo = lazy(() => import('./todo.tsx'));
const Inbox = lazy(() => import('./inbox.tsx'));
const Signals = lazy(() => import('./signals.tsx'));
const StockOuts = lazy(() => import('./stock-outs.tsx'));
const Today = lazy(async () => {
  const [{ Today: Live }] = await Promise.all([import('../../parts/today.tsx'), loadWords('know')]);
  return { default: Live };
});

/** Asks for the counts ahead of the page; a tile whose figures fail says so by itself. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const session = await requireSession(request);
  void import('./todo.tsx').then(({ prefetchTodo }) => prefetchTodo(session.permissions));
  return null;
};

const headlines: Readonly<Record<string, readonly string[]>> = {
  executive: ['net_sales', 'gross_margin', 'orders'],
  analyst: ['gmv', 'net_sales', 'conversion', 'visitors', 'return_rate', 'repurchase_90d'],
  marketer: ['net_sales', 'conversion', 'new_customers', 'aov'],
};
const usual = ['net_sales', 'orders', 'aov', 'order_handling_time'];

/** What waits for this person, today's figures of their post, and what burns. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const mayDo = useMay();
  const { name, role, location } = useSession();
  return (
    <div className="stack">
      <PageHead
        title={words('home.title', { name })}
        about={`${f.today()} ${f.weekday(f.today())} · ${term(roleWords, role)}${location ? ` · ${location}` : ''}`}
      />
      <Suspense fallback={<div className="todo-coming" />}>
        <Todo />
      </Suspense>
      {mayDo('metrics.view') && (
        <Alone title={words('home.today')}>
          <Today only={headlines[role] ?? usual} />
        </Alone>
      )}
      <div className="home-columns">
        {mayDo('decisions.view') && (
          <Alone title={words('home.decisions')}>
            <Inbox />
          </Alone>
        )}
        {mayDo('warnings.view') && (
          <Alone title={words('home.signals')}>
            <Signals />
          </Alone>
        )}
        {mayDo('inventory.view') && (
          <Alone title={words('home.stockOuts')}>
            <StockOuts />
          </Alone>
        )}
      </div>
    </div>
  );
}
