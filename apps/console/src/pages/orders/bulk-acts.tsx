import { orders } from '@tongshang/contract';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../../lib/language.ts';
import { MayButton } from '../../parts/may.tsx';
import type { RowOf } from '../../parts/query-list.tsx';
import type { Ticked } from '../../parts/use-ticks.ts';
import { type BulkAction, planBulk } from './bulk-plan.ts';

const BulkDialog = lazy(() => import('./bulk-dialog.tsx'));
const rights = { release: 'orders.release', cancel: 'orders.cancel' } as const;

/** What may be done to the ticked orders at once; each button says how many it would reach. */
export function BulkActs({ ticked }: { ticked: Ticked<RowOf<typeof orders.listOrders>> }) {
  const words = useWords();
  const [action, setAction] = useState<BulkAction | undefined>();
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
      {action && (
        <Suspense>
          <BulkDialog action={action} ticked={ticked} onClose={() => setAction(undefined)} />
        </Suspense>
      )}
    </>
  );
}
