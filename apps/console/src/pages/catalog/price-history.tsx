import type { pricing, ReplyOf } from '@tongshang/contract';
import { channels, priceKinds, priceStates } from '@tongshang/ui';
import { useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Section } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';

type Prices = ReplyOf<typeof pricing.listPrices>;

const columns: readonly Column<Prices['items'][number]>[] = [
  { key: 'kind', title: 'products.priceKind', show: (price, { term }) => term(priceKinds, price.kind) },
  {
    key: 'channel',
    title: 'orders.channel',
    show: (price, { term, words }) => (price.channel ? term(channels, price.channel) : words('products.allChannels')),
  },
  { key: 'amount', title: 'products.price', isNumber: true, show: (price, { f }) => f.money(price.amountFen, price.currency) },
  { key: 'from', title: 'products.validFrom', show: (price, { f }) => f.instant(price.validFrom) },
  {
    key: 'to',
    title: 'products.validTo',
    show: (price, { f, words }) => (price.validTo ? f.instant(price.validTo) : words('products.openEnd')),
  },
  { key: 'cause', title: 'form.reason', show: (price) => price.cause || '—' },
  { key: 'by', title: 'products.changedBy', show: (price) => price.createdBy },
  { key: 'state', title: 'orders.state', show: (price) => <StatusTag status={priceStates[price.state]} code={price.state} /> },
];

/** Every price a SKU had, has and will have. */
export function PriceHistory({ prices }: { prices: Prices }) {
  const words = useWords();
  const title = words('products.historyOf', { sku: prices.current.sku });
  return (
    <Section title={title}>
      <DataTable caption={title} columns={columns} rows={prices.items} rowKey={(price) => price.id} />
    </Section>
  );
}
