import { useQuery } from '@tanstack/react-query';
import { operations, orders, type Permission, playbooks, purchasing, valuation } from '@tongshang/contract';
import { Link } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import type { WordKey } from '../../words/keys.ts';

const counts = q(orders.countOrders);
const decisions = q(playbooks.listDecisions, { query: { waitsForMe: 'true', limit: 5 } });
const purchases = q(purchasing.listPurchases, { query: { limit: 1 } });
const jobs = q(operations.listJobs, { query: { limit: 1 } });
const drift = q(valuation.listDriftReports, { query: { limit: 1 } });

/** Asks ahead what the tasks of these rights need; a question that fails leaves its count empty. */
export async function prefetchTodo(rights: readonly Permission[]): Promise<void> {
  await Promise.all([
    rights.includes('orders.view') && client.prefetchQuery(counts),
    rights.includes('decisions.view') && client.prefetchQuery(decisions),
    rights.includes('purchasing.view') && client.prefetchQuery(purchases),
    rights.includes('jobs.view') && client.prefetchQuery(jobs),
    rights.includes('inventory.approve') && client.prefetchQuery(drift),
  ]);
}

interface Task {
  word: WordKey;
  to: string;
  count: number | undefined;
  isUrgent?: boolean;
}

/** Work that waits for this person, with its count; what their rights do not open is absent. */
export default function Todo() {
  const words = useWords();
  const f = useFormat();
  const tasks = useTasks();
  if (tasks.length === 0) return null;
  return (
    <section aria-labelledby="todo-title">
      <h2 id="todo-title" className="home-title">
        {words('home.todo')}
      </h2>
      <ul className="todo">
        {tasks.map((task) => (
          <li key={task.to}>
            <Link to={task.to} className="card">
              <span className={task.isUrgent && task.count ? 'todo-count bad-text' : 'todo-count'}>{f.count(task.count)}</span>
              <span>{words(task.word)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useTasks(): Task[] {
  const mayDo = useMay();
  const order = useQuery({ ...counts, enabled: mayDo('orders.view') }).data;
  const waiting = useQuery({ ...decisions, enabled: mayDo('decisions.view') }).data?.waitingForMe;
  const purchase = useQuery({ ...purchases, enabled: mayDo('purchasing.view') }).data?.counts;
  const queue = useQuery({ ...jobs, enabled: mayDo('jobs.view') }).data?.queue;
  const drifted = useQuery({ ...drift, enabled: mayDo('inventory.approve') }).data?.open;
  const arriving = purchase && (purchase.requested ?? 0) + (purchase.partly_received ?? 0);
  const tasks: (Task & { need: Permission })[] = [
    { need: 'decisions.view', word: 'home.waitsForMe', to: '/steer/decisions?waitsForMe=true', count: waiting, isUrgent: true },
    { need: 'orders.release', word: 'home.attention', to: '/sell/orders?attention=any', count: order?.attention, isUrgent: true },
    { need: 'orders.release', word: 'home.toRelease', to: '/sell/orders?state=paid', count: order?.states.paid },
    { need: 'orders.ship', word: 'home.toShip', to: '/sell/orders?state=released', count: order?.states.released },
    { need: 'orders.place', word: 'home.unpaid', to: '/sell/orders?state=placed', count: order?.states.placed },
    { need: 'purchasing.receive', word: 'home.toReceive', to: '/supply/purchases?state=requested', count: arriving },
    ...(drifted
      ? [
          {
            need: 'inventory.approve' as const,
            word: 'home.drift' as const,
            to: '/supply/stock/drift',
            count: drifted,
            isUrgent: true,
          },
        ]
      : []),
    { need: 'jobs.retry', word: 'home.deadJobs', to: '/settings/jobs', count: queue?.dead, isUrgent: true },
  ];
  return tasks.filter(({ need }) => mayDo(need));
}
