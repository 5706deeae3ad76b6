import { orders } from '@tongshang/contract';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { MayButton } from '../../parts/may.tsx';
import type { RowOf } from '../../parts/query-list.tsx';
import type { Ticked } from '../../parts/use-ticks.ts';
import { type BulkAction, planBulk } from './bulk-plan.ts';

const BulkDialog = lazy(() => import('./bulk-dialog.tsx'));
const WholeDialog = lazy(() => import('./bulk/whole-dialog.tsx'));
const rights = { release: 'orders.release', cancel: 'orders.cancel' } as const;

/** What may be done to the ticked orders at once; each button says how many it would reach. And to everything that the filter finds, by the server. */
export function BulkActs({ ticked, filter }: { ticked: Ticked<RowOf<typeof orders.listOrders>>; filter: object }) {
  const words = useWords();
  const [action, setAction] = useState<BulkAction | 'whole' | undefined>();
  const mayDo = useMay();
  const mayAny = orders.bulkActions.some((one) => mayDo(rights[one]));
  return (
    <>
      {orders.bulkActions.map((one) => {
        const count = planBulk(one, ticked.rows).able.length;
        return (
          <MayButton
            key={one}
            size="small"
            need={rights[one]}
            danger={one === 'cancel'}
            not={count === 0 ? words(`bulk.none.${one}`) : undefined}
            onClick={() => setAction(one)}
          >
            {words(`bulk.act.${one}`, { count })}
          </MayButton>
        );
      })}
      {mayAny && (
        <Button size="small" onClick={() => setAction('whole')}>
          {words('bulk.wholeOpen')}
        </Button>
      )}
      {action === 'whole' && (
        <Suspense>
          <WholeDialog filter={filter} onClose={() => setAction(undefined)} />
        </Suspense>
      )}
      {action !== undefined && action !== 'whole' && (
        <Suspense>
          <BulkDialog action={action} ticked={ticked} onClose={() => setAction(undefined)} />
        </Suspense>
      )}
    </>
  );
}
