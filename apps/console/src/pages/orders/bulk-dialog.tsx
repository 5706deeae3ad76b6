import { createClient, orders } from '@tongshang/contract';
import { orderAttentions, orderStates } from '@tongshang/ui';
import { Form, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { forget } from '../../lib/api.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { useRefusal } from '../../parts/error-state.tsx';
import type { RowOf } from '../../parts/query-list.tsx';
import type { Ticked } from '../../parts/use-ticks.ts';
import { type BulkAction, type BulkResult, inCalls, planBulk, reasonsOf } from './bulk-plan.ts';

type Row = RowOf<typeof orders.listOrders>;
const call = createClient();

interface BulkDialogProps {
  action: BulkAction;
  ticked: Ticked<Row>;
  onClose: () => void;
}

/** Says first what would happen to which orders, then does it and reports each that failed with its reason; those can be tried again. */
export default function BulkDialog({ action, ticked, onClose }: BulkDialogProps) {
  const words = useWords();
  const [form] = Form.useForm<{ reason: string }>();
  const [plan] = useState(() => planBulk(action, ticked.rows)); // as it was when the dialog opened
  const { results, isBusy, error, run } = useBulk(action);
  const failed = results?.filter(({ problem }) => problem !== null) ?? [];
  const next = results === undefined ? plan.able : plan.able.filter(({ id }) => failed.some(({ orderId }) => orderId === id));
  const close = () => {
    if (results !== undefined) {
      const isFailed = new Set(failed.map(({ orderId }) => orderId));
      ticked.keep((key) => isFailed.has(key) || plan.unable.some(({ id }) => id === key));
      if (failed.length === 0) toast(words(`bulk.done.${action}`, { count: results.length }));
    }
    onClose();
  };
  const act = async () => {
    if (results !== undefined && failed.length === 0) return close();
    const reason = action === 'cancel' ? (await form.validateFields()).reason : undefined;
    return run(
      next.map(({ id }) => id),
      reason,
    );
  };
  const count = next.length;
  return (
    <Dialog
      title={results === undefined ? words(`bulk.title.${action}`, { count: plan.able.length }) : words('bulk.result')}
      {...((results !== undefined || action === 'cancel') && {
        wayOut: words(results === undefined ? 'bulk.keep' : 'act.close'),
      })}
      act={actText(words, action, results !== undefined, count)}
      isOpen
      isDanger={action === 'cancel' && (results === undefined || count > 0)}
      isBusy={isBusy}
      error={error}
      onClose={close}
      onAct={() => void act()}
      width={640}
    >
      {results === undefined ? <Preview action={action} plan={plan} /> : <Report action={action} results={results} />}
      {action === 'cancel' && (results === undefined || count > 0) && (
        <Form form={form} layout="vertical" className="bulk-reason">
          <Form.Item
            name="reason"
            label={words('form.reason')}
            rules={[{ required: true, message: words('form.missing', { name: words('form.reason') }) }]}
          >
            <Input maxLength={200} />
          </Form.Item>
        </Form>
      )}
    </Dialog>
  );
}

function actText(words: ReturnType<typeof useWords>, action: BulkAction, isDone: boolean, count: number): string {
  if (!isDone) return words(`bulk.act.${action}`, { count });
  return count === 0 ? words('bulk.finish') : words('bulk.retry', { count });
}

/** One action on many orders, as many calls as it takes; what is done stays done when a later call fails. */
function useBulk(action: BulkAction) {
  const [results, setResults] = useState<BulkResult[] | undefined>();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (orderIds: string[], reason: string | undefined): Promise<void> => {
    setBusy(true);
    setError(undefined);
    let done = (results ?? []).filter(({ orderId }) => !orderIds.includes(orderId));
    try {
      for (const some of inCalls(orderIds)) {
        const reply = await call(orders.actOnOrders, {
          body: { action, orderIds: some, ...(reason !== undefined && { reason }) },
        });
        done = [...done, ...reply.results];
        setResults(done);
      }
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
      await Promise.all([orders.listOrders, orders.countOrders, orders.getOrder].map(forget));
    }
  };
  return { results, isBusy, error, run };
}

function Preview({ action, plan }: { action: BulkAction; plan: { able: Row[]; unable: Row[] } }) {
  const words = useWords();
  const term = useTerm();
  const states = Map.groupBy(plan.unable, ({ state }) => state);
  const held = action === 'release' ? plan.able.filter(({ attention }) => attention !== null) : [];
  const hindrances = Map.groupBy(held, ({ attention }) => attention ?? '');
  const told = (groups: Map<string, Row[]>, terms: Parameters<typeof term>[0]) =>
    [...groups].map(([code, rows]) => `${term(terms, code)} ${rows.length}`).join(words('list.comma'));
  return (
    <div className="stack">
      <p>{words(`bulk.text.${action}`, { count: plan.able.length })}</p>
      {held.length > 0 && (
        <p className="notice">{words('bulk.held', { count: held.length, reasons: told(hindrances, orderAttentions) })}</p>
      )}
      {plan.unable.length > 0 && (
        <p className="notice">
          {words('bulk.unable', {
            count: plan.unable.length,
            states: told(states, orderStates),
          })}
        </p>
      )}
    </div>
  );
}

function Report({ action, results }: { action: BulkAction; results: readonly BulkResult[] }) {
  const words = useWords();
  const say = useRefusal();
  const failed = results.filter(({ problem }) => problem !== null);
  return (
    <div className="stack" role="status">
      <p>
        <strong>{words(`bulk.done.${action}`, { count: results.length - failed.length })}</strong>
        {failed.length > 0 && ` ${words('bulk.failed', { count: failed.length })}`}
      </p>
      {failed.length > 0 && (
        <>
          <ul className="plain-list">
            {reasonsOf(results).map(({ problem, count }) => (
              <li key={problem}>
                {say(problem)} · {words('bulk.orders', { count })}
              </li>
            ))}
          </ul>
          <div className="table-area bulk-report" role="region" aria-label={words('bulk.failedTable')} tabIndex={0}>
            <table className="table table-compact">
              <caption className="hidden">{words('bulk.failedTable')}</caption>
              <thead>
                <tr>
                  <th scope="col">{words('orders.number')}</th>
                  <th scope="col">{words('form.reason')}</th>
                </tr>
              </thead>
              <tbody>
                {failed.map(({ orderId, number, problem }) => (
                  <tr key={orderId}>
                    <th scope="row">
                      <Link to={`/sell/orders/${orderId}`}>{number ?? orderId}</Link>
                    </th>
                    <td>{say(problem)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </div>
  );
}
