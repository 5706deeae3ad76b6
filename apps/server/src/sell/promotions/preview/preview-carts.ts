import type { promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import { loadGoods } from '../load-goods.ts';
import { type CartToPrice, priceOne } from '../price-carts.ts';
import type { PromotionDraft } from '../promotion.ts';
import { readTaken } from '../read-taken.ts';
import { checkDraft } from '../save-promotion.ts';
import { asRunning, draftId, without, withAlso } from './draft-set.ts';

type Preview = z.output<typeof contract.previewPromotion.body>;
type Reply = z.input<typeof contract.previewPromotion.reply>;

/**
 * What sample carts cost without and with a draft, beside everything that runs; codes are taken as given. Stores nothing. Refuses
 * `promotion.invalid_rule`, `promotion_group.not_found`.
 */
export async function previewCarts(ctx: Ctx, { draft, promotionId = draftId, carts }: Preview): Promise<Reply> {
  await checkDraft(ctx, draft);
  const mine = { ...asRunning(draft, promotionId), needsCode: false };
  const { set, taken } = await readTaken(ctx.tx, [], ctx.now);
  const sets = { without: without(set, promotionId), with: withAlso(without(set, promotionId), mine) };
  const given = carts.map((cart, index) => sampleCart(cart, { index, at: instantFor(draft, ctx.now) }));
  const goods = await loadGoods(ctx.tx, given, { now: ctx.now, giftSkus: sets.with.giftSkus });

  const priced = given.map((cart, index) => {
    const before = priceOne(cart, { set: sets.without, taken, goods, now: ctx.now });
    const after = priceOne(cart, { set: sets.with, taken, goods, now: ctx.now });
    return {
      name: carts[index]?.name ?? '',
      without: before.breakdown,
      with: after.breakdown,
      savedFen: Math.max(0, before.breakdown.totalFen - after.breakdown.totalFen),
      leftOut: after.problems.map((problem) => problem.sku),
      names: namesIn(after.breakdown.lines, goods.facts),
    };
  });
  return { carts: priced };
}

function namesIn(lines: readonly { sku: string }[], facts: ReadonlyMap<string, { name: string; nameEn: string }>) {
  const known = lines.flatMap(({ sku }) => {
    const fact = facts.get(sku);
    return fact === undefined ? [] : [[sku, { name: fact.name, nameEn: fact.nameEn }] as const];
  });
  return Object.fromEntries(known);
}

/** The draft's own start when that is still to come, so that a preview shows what it will do. */
const instantFor = (draft: PromotionDraft, now: Date): Date => {
  const start = new Date(draft.startsAt);
  return start > now ? start : now;
};

type SampleCart = z.output<typeof contract.SampleCart>;

/** Nobody's customer: said to be a member, known to no table. */
export const sampleCustomer = 'ffffffff-ffff-4fff-8fff-ffffffffffff';

const sampleCart = (cart: SampleCart, { index, at }: { index: number; at: Date }): CartToPrice => ({
  key: String(index),
  channel: cart.channel,
  customerId: cart.isMember ? sampleCustomer : undefined,
  customerKey: `sample:${index}`,
  isFirstOrder: cart.isFirstOrder,
  lines: cart.lines.map((line, place) => ({ key: String(place + 1), ...line })),
  couponCodes: [],
  pointsWanted: cart.pointsWanted,
  paymentMethod: cart.paymentMethod,
  at: cart.at === undefined ? at : new Date(cart.at),
  standing: { tier: cart.tier ?? '', segments: cart.segments, points: cart.pointsWanted },
});
