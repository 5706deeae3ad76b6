import { setImmediate } from 'node:timers/promises';
import type { promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import type { Tx } from '../../../platform/db.ts';
import { roundHalfUp } from '../../../platform/money.ts';
import { loadGoods } from '../load-goods.ts';
import { useKey } from '../offers.ts';
import { type CartToPrice, type PricedCart, priceOne } from '../price-carts.ts';
import { setBetween } from '../running-set.ts';
import { checkDraft } from '../save-promotion.ts';
import { asRunning, draftId, untaken, without, withAlso } from './draft-set.ts';

/** An order that was placed: what was bought, by whom, when; gifts left out. */
export interface PastOrder {
  orderId: string;
  number: string;
  placedAt: Date;
  channel: string;
  customerId: string | undefined;
  /** It was the customer's first. */
  isFirstOrder: boolean;
  lines: readonly { sku: string; quantity: number }[];
}

/** The orders of a time [from, to) that stand: how many, and the latest of them. Orders stand above promotions; the house hands this in. */
export type PastOrders = (
  tx: Tx,
  time: { from: Date; to: Date; limit: number },
) => Promise<{ orders: number; latest: readonly PastOrder[] }>;

type Body = z.output<typeof contract.previewPromotionOnOrders.body>;
type Reply = z.input<typeof contract.previewPromotionOnOrders.reply>;

const ordersMax = 2000;
const breathEvery = 50;
const sampleMax = 20;

/**
 * What a draft would have cost on real orders, priced again as of their own instant beside what ran then; its budget and limits count,
 * oldest order first. Codes are taken as given by everybody: for coupons it is the most it could have cost. Stores nothing. Refuses
 * `promotion.invalid_rule`, `promotion_group.not_found`.
 */
export async function previewOrders(
  ctx: Ctx,
  pastOrders: PastOrders,
  { draft, promotionId = draftId, ...time }: Body,
): Promise<Reply> {
  await checkDraft(ctx, draft);
  const [from, to] = [new Date(time.from), new Date(time.to)];
  if (to <= from) return { ...nothing };
  const { orders, latest } = await pastOrders(ctx.tx, { from, to, limit: ordersMax });
  const past = without(await setBetween(ctx.tx, { from, to }), promotionId);
  const mine = { ...asRunning(draft, promotionId), needsCode: false, startsAt: from, endsAt: null };
  const sets = { before: past, after: withAlso(past, mine) };
  const carts = latest.map(cartOf);
  const goods = await loadGoods(ctx.tx, carts, { now: ctx.now, giftSkus: sets.after.giftSkus, isPast: true });

  const meter = makeMeter(promotionId);
  const hits: Reply['sample'] = [];
  let [costFen, units] = [0, 0];
  for (const index of latest.keys().toArray().toReversed()) {
    const [order, cart] = [latest[index], carts[index]];
    if (order === undefined || cart === undefined) continue;
    if (index % breathEvery === 0) await setImmediate(); // other requests come in between
    const after = priceOne(cart, { set: sets.after, taken: meter.taken(cart.customerKey), goods, now: ctx.now });
    const applied = after.breakdown.applied.filter((one) => one.promotionId === promotionId);
    if (applied.length === 0) continue;
    const before = priceOne(cart, { set: sets.before, taken: untaken, goods, now: ctx.now });
    const savedFen = Math.max(0, before.breakdown.totalFen - after.breakdown.totalFen) + giftsFen(after, promotionId);
    costFen += savedFen;
    units += applied.reduce((sum, one) => sum + one.units, 0);
    meter.take(cart.customerKey, applied);
    hits.push({
      orderId: order.orderId,
      number: order.number,
      placedAt: order.placedAt.toISOString(),
      beforeFen: before.breakdown.totalFen,
      afterFen: after.breakdown.totalFen,
      savedFen,
    });
  }
  const costAllFen = latest.length === 0 ? 0 : roundHalfUp((costFen * orders) / latest.length);
  const sample = hits.toReversed().slice(0, sampleMax);
  return { orders, ordersPriced: latest.length, ordersHit: hits.length, costFen, units, costAllFen, sample };
}

const nothing: Reply = { orders: 0, ordersPriced: 0, ordersHit: 0, costFen: 0, units: 0, costAllFen: 0, sample: [] };

const cartOf = (order: PastOrder): CartToPrice => ({
  key: order.orderId,
  channel: order.channel,
  customerId: order.customerId,
  customerKey: order.customerId ?? `order:${order.orderId}`,
  isFirstOrder: order.isFirstOrder,
  lines: order.lines.map((line, index) => ({ key: String(index + 1), ...line })),
  couponCodes: [],
  pointsWanted: 0,
  at: order.placedAt,
});

/** What units given free of charge are worth: they cost without lowering the total. */
const giftsFen = ({ breakdown }: PricedCart, promotionId: string): number =>
  breakdown.lines
    .filter((line) => line.isGift)
    .flatMap((line) => line.adjustments)
    .reduce((sum, one) => (one.promotionId === promotionId ? sum + one.amountFen : sum), 0);

/** What the draft would have taken so far, in all and of each customer. */
function makeMeter(promotionId: string) {
  const sum = { spentFen: 0, uses: 0, units: 0 };
  const uses = new Map<string, { uses: number; units: number }>();
  return {
    taken: (customerKey: string) => {
      const key = useKey(promotionId, customerKey);
      const own = uses.get(key);
      return { ...untaken, balances: new Map([[promotionId, sum]]), uses: new Map(own === undefined ? [] : [[key, own]]) };
    },
    take: (customerKey: string, applied: readonly { amountFen: number; units: number }[]) => {
      const key = useKey(promotionId, customerKey);
      const own = uses.get(key) ?? { uses: 0, units: 0 };
      for (const one of applied) {
        sum.spentFen += one.amountFen;
        sum.uses += 1;
        sum.units += one.units;
        uses.set(key, { uses: own.uses + 1, units: own.units + one.units });
      }
    },
  };
}
