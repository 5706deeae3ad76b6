import { formatMoney } from '@tongshang/ui/format/money';
import { discountRows } from '../lib/explain.ts';
import type { Site } from '../site.ts';
import type { Cart, Order } from '../views.ts';
import { cart as cartWords } from '../words/cart.ts';
import { offers as words } from '../words/offers.ts';
import { ruleName } from './why.tsx';

export interface AmountRow {
  name: string;
  fen: number;
  /** What stands there instead of ¥0.00. */
  zero?: string;
  /** Struck before the amount: what it was. */
  wasFen?: number;
}

/** Every amount with its name, and the sum below. */
export function Amounts({ rows, total, tail }: { rows: readonly AmountRow[]; total: AmountRow; tail?: AmountRow | undefined }) {
  return (
    <dl class="amounts">
      {rows.map((row, index) => (
        <div key={index}>
          <dt>{row.name}</dt>
          <dd class={row.fen < 0 ? 'minus' : undefined}>
            {row.wasFen !== undefined && row.wasFen > row.fen && <s>{formatMoney(row.wasFen)}</s>}{' '}
            {row.fen === 0 && row.zero !== undefined ? row.zero : formatMoney(row.fen)}
          </dd>
        </div>
      ))}
      <div class="sum">
        <dt>{total.name}</dt>
        <dd>{formatMoney(total.fen)}</dd>
      </div>
      {tail && (
        <div class="tail">
          <dt>{tail.name}</dt>
          <dd>{formatMoney(tail.fen)}</dd>
        </div>
      )}
    </dl>
  );
}

type Priced = Pick<
  Cart | Order,
  'applied' | 'goodsFen' | 'freightFen' | 'freightListFen' | 'discountFen' | 'taxFen' | 'totalFen'
> & {
  parcelCount?: number;
  lines: readonly Pick<Cart['lines'][number] | Order['lines'][number], 'adjustments'>[];
};

const freightName = (site: Site, parcels = 1): string =>
  parcels > 1 ? site.say(cartWords.freightOfParcels, { count: parcels }) : site.say(cartWords.freight);

/** All amounts of a cart or an order: goods, each rule that took something off, freight before and after, total, the tax inside. */
export function PriceAmounts({ site, price, totalName }: { site: Site; price: Priced; totalName: string }) {
  const rows = discountRows(price.lines);
  // what gave something and is on no line made the freight cheaper
  const ofFreight = price.applied.filter(
    (one) => !rows.some((row) => row.promotionId === one.promotionId && row.couponCode === one.couponCode),
  );
  const isCheaper = price.freightListFen > price.freightFen && ofFreight.length > 0;
  const isExplained = price.discountFen === rows.reduce((sum, { amountFen }) => sum + amountFen, 0);
  return (
    <Amounts
      rows={[
        { name: site.say(cartWords.goods), fen: price.goodsFen },
        ...(isExplained ? rows.map((row) => ({ name: ruleName(site, row), fen: -row.amountFen })) : []),
        // of orders older than the explanation, and where the house would charge other than the cart says
        ...(isExplained ? [] : [{ name: site.say(cartWords.discount), fen: -price.discountFen }]),
        {
          name: [freightName(site, price.parcelCount), ...(isCheaper ? ofFreight.map(site.nameOf) : [])].join(' · '),
          fen: price.freightFen,
          wasFen: price.freightListFen,
          zero: site.say(cartWords.free),
        },
      ]}
      total={{ name: totalName, fen: price.totalFen }}
      tail={price.taxFen > 0 ? { name: site.say(words.tax), fen: price.taxFen } : undefined}
    />
  );
}
