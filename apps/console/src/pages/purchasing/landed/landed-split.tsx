import type { ReplyOf, valuation } from '@tongshang/contract';
import { useFormat } from '../../../lib/format.ts';
import { useWords } from '../../../lib/language.ts';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { Facts } from '../../../parts/object-page.tsx';
import { skuColumn } from '../../../parts/sku-column.tsx';

type Split = ReplyOf<typeof valuation.previewLandedCost>;
type Part = Split['parts'][number];

const columns: readonly Column<Part>[] = [
  skuColumn(),
  {
    key: 'left',
    title: 'landed.leftOf',
    isNumber: true,
    show: (part, { f }) => `${f.count(part.left)} / ${f.count(part.received)}`,
  },
  { key: 'share', title: 'landed.share', isNumber: true, show: (part, { f }) => f.money(part.shareFen), card: 'right' },
  { key: 'stock', title: 'landed.toStock', isNumber: true, show: (part, { f }) => f.money(toStock(part)), card: 'second' },
  { key: 'sold', title: 'landed.sold', isNumber: true, show: (part, { f }) => f.money(part.soldFen), card: 'second' },
  { key: 'rounding', title: 'landed.rounding', isNumber: true, show: (part, { f }) => f.money(part.roundingFen) },
  {
    key: 'cost',
    title: 'landed.unitCost',
    show: (part, { f, words }) =>
      part.places.length === 0 ? (
        '—'
      ) : (
        <ul className="plain-list">
          {part.places.map((place) => (
            <li key={place.location ?? ''} className="tight">
              {words('landed.costAt', {
                location: place.location ?? words('landed.onTheWay'),
                units: f.count(place.quantity),
                before: f.money(place.unitCostBeforeFen),
                after: f.money(place.unitCostAfterFen),
              })}
            </li>
          ))}
        </ul>
      ),
  },
];

const toStock = (part: Part): number => part.places.reduce((sum, { toStockFen }) => sum + toStockFen, 0);

/** How a later cost falls on what is still here and on what is gone, SKU by SKU; the parts sum to the amount. */
export function LandedSplit({ amountFen, split, caption }: { amountFen: number; split: Split; caption: string }) {
  const words = useWords();
  const f = useFormat();
  return (
    <>
      <Facts
        facts={[
          [words('landed.amount'), <strong key="a">{f.money(amountFen)}</strong>],
          [words('landed.toStock'), f.money(split.toStockFen)],
          [words('landed.toSold'), f.money(split.toVarianceFen)],
        ]}
      />
      <DataTable caption={caption} columns={columns} rows={split.parts} rowKey={(part) => part.sku} />
    </>
  );
}
