import { Tabs } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/language.ts';
import { useRested } from '../../lib/rested.ts';
import { Alone } from '../../parts/alone.tsx';
import { Conflicts } from './conflicts.tsx';
import type { PromotionDraft } from './draft.ts';
import { PastOrders } from './past-orders.tsx';
import { SampleCarts } from './sample-carts.tsx';

export interface PreviewProps {
  draft: PromotionDraft;
  /** The stored promotion that the draft would replace. */
  promotionId: string | undefined;
}

/** What the rule would do, before it does anything: to sample carts, to real past orders, beside what runs already. */
export function Preview({ draft, promotionId }: { draft: PromotionDraft | undefined; promotionId: string | undefined }) {
  const words = useWords();
  const [tab, setTab] = useState('carts');
  // Asked for when typing pauses; a rule that cannot be read keeps the last one that could.
  const text = useRested(JSON.stringify(draft), 600);
  const rested = draft === undefined || text === undefined ? undefined : (JSON.parse(text) as PromotionDraft);
  if (rested === undefined)
    return (
      <section className="card" aria-label={words('promo.preview')}>
        <h2>{words('promo.preview')}</h2>
        <p className="second">{words('promo.previewWaits')}</p>
      </section>
    );
  // The preview needs no name yet.
  const named = { ...rested, name: rested.name.trim() || '—', nameEn: rested.nameEn.trim() || '—' };
  const props = { draft: named, promotionId };
  const titles = { carts: words('promo.sampleCarts'), orders: words('promo.pastOrders'), warnings: words('promo.warnings') };
  return (
    <section className="card preview" aria-label={words('promo.preview')}>
      <h2>{words('promo.preview')}</h2>
      <Tabs
        activeKey={tab}
        onChange={setTab}
        items={[
          { key: 'carts', label: titles.carts, children: <SampleCarts {...props} /> },
          {
            key: 'orders',
            label: titles.orders,
            children: (
              <Alone title={titles.orders}>
                <PastOrders {...props} />
              </Alone>
            ),
          },
          {
            key: 'warnings',
            label: titles.warnings,
            children: (
              <Alone title={titles.warnings}>
                <Conflicts {...props} />
              </Alone>
            ),
          },
        ]}
      />
    </section>
  );
}
