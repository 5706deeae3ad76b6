import type { cart as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { type Cart, splitParcels, type StoredTerms } from './cart.ts';
import { openCarts } from './open-carts.ts';
import { quoteCarts } from './quote-carts.ts';

type Plan = z.output<typeof contract.planDelivery.body>;

/**
 * Notes how the cart will travel and a guest's phone: from then on the cart costs what checkout will charge for it. What is bought stays,
 * and so does the cart's version: pressing twice is still one order. Refuses `cart.parcels_wrong`.
 */
export async function planDelivery(ctx: Ctx, plan: Plan): Promise<Cart> {
  const [cart] = await openCarts(ctx, [ctx.actor]);
  if (cart === undefined) throw new Error('no cart was opened');
  const { parcels = [] } = plan;
  if (parcels.length > 0 && splitParcels(cart.lines, parcels) === undefined) refuse('cart.parcels_wrong');
  const terms: StoredTerms = { ...cart.terms, ...(plan.parcels && { parcels: plan.parcels }), ...phoneOf(cart, plan) };
  await run(ctx.tx, sql`update cart.cart set terms = ${JSON.stringify(terms)} where id = ${cart.id}`);
  const [shown] = await quoteCarts(ctx, [{ ...cart, terms }]);
  if (shown === undefined) throw new Error('a cart was not quoted');
  return shown;
}

const phoneOf = ({ customerId }: { customerId: string | undefined }, { phone }: Plan): Pick<StoredTerms, 'phone'> =>
  customerId === undefined && phone !== undefined && phone !== '' ? { phone } : {};
