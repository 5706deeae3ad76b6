import type { cart as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { type Cart, splitParcels, type StoredTerms } from './cart.ts';
import { pickupPlaces, promiseForLines } from '../../supply/delivery/index.ts';
import { openCarts, readCart } from './open-carts.ts';
import { quoteCarts } from './quote-carts.ts';

type Plan = z.output<typeof contract.planDelivery.body>;

/**
 * Notes how the cart will travel and a guest's phone: from then on the cart costs what checkout will charge for it. What is bought stays,
 * and so does the cart's version: pressing twice is still one order. Refuses `cart.parcels_wrong`, `location.not_found`.
 */
export async function planDelivery(ctx: Ctx, plan: Plan): Promise<Cart> {
  const [cart] = await openCarts(ctx, [ctx.actor]);
  if (cart === undefined) throw new Error('no cart was opened');
  const { parcels = [] } = plan;
  if (parcels.length > 0 && splitParcels(cart.lines, parcels) === undefined) refuse('cart.parcels_wrong');
  const { pickupAt } = plan;
  if (typeof pickupAt === 'string') await checkPlace(ctx, pickupAt);
  const terms: StoredTerms = {
    ...cart.terms,
    ...(pickupAt !== undefined && { pickupAt }),
    ...(plan.parcels && { parcels: plan.parcels }),
    ...phoneOf(cart, plan),
  };
  await run(ctx.tx, sql`update cart.cart set terms = ${JSON.stringify(terms)} where id = ${cart.id}`);
  const [shown] = await quoteCarts(ctx, [{ ...cart, terms }]);
  if (shown === undefined) throw new Error('a cart was not quoted');
  return shown;
}

const phoneOf = ({ customerId }: { customerId: string | undefined }, { phone }: Plan): Pick<StoredTerms, 'phone'> =>
  customerId === undefined && phone !== undefined && phone !== '' ? { phone } : {};

/** Refuses `location.not_found` for a place where nobody can come for goods. */
async function checkPlace(ctx: Ctx, location: string): Promise<void> {
  const places = await pickupPlaces(ctx, { lines: [] });
  if (!places.some((place) => place.location === location)) refuse('location.not_found', { location });
}

/** By when the cart would be where it is asked for, and the stores where it may be collected. */
export async function getDeliveryOptions(
  ctx: Ctx,
  { region }: z.output<typeof contract.getDeliveryOptions.query>,
): Promise<z.input<typeof contract.getDeliveryOptions.reply>> {
  const cart = (await readCart(ctx.tx, ctx.actor)) ?? (await openCarts(ctx, [ctx.actor]))[0];
  const lines = (cart?.lines ?? []).map(({ sku, quantity }) => ({ sku, quantity }));
  if (lines.length === 0) return { promisedOn: null, orderBy: null, region: region ?? '', places: [] };
  const { promise, region: to } = await promiseForLines(ctx, { lines, region });
  const places = await pickupPlaces(ctx, { lines });
  return {
    promisedOn: promise?.promisedOn ?? null,
    orderBy: promise?.orderBy.toISOString() ?? null,
    region: to,
    places: places.map((place) => ({ ...place, readyAt: place.readyAt?.toISOString() ?? null })),
  };
}
