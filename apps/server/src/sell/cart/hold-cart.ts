import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import * as z from 'zod';
import { componentsOf, findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { job, jobType } from '../../platform/jobs.ts';
import { addMs } from '../../platform/time.ts';
import { promisesOf, promiseStock, promiseStocks, releasePromises } from '../../supply/inventory/index.ts';
import { routeOrders } from '../../supply/routing/index.ts';
import { type Cart, type Hold, holdMinutes, holdRenewalsMax } from './cart.ts';
import { type OpenCart, openCarts, saveCarts } from './open-carts.ts';
import { quoteCarts, shopChannel, shopLocation } from './quote-carts.ts';

const holdMs = holdMinutes * 60_000;

/**
 * Keeps the cart's units for this shopper while checkout is open: 10 minutes, renewed at most three times; then they are anybody's
 * again, and for 10 minutes not kept anew. The hold always follows the cart as it is. Refuses `cart.empty`, `stock.insufficient`,
 * `cart.hold_exhausted`.
 */
export async function holdCart(ctx: Ctx): Promise<Cart> {
  const cart = await openOwn(ctx);
  if (cart.lines.length === 0) refuse('cart.empty');
  const hold = nextHold(cart.hold, ctx.now);
  await keep(ctx, cart, hold.id);
  return saveHold(ctx, cart, hold);
}

/** Promises the units where the shop looks first, or wherever they lie: what checkout can sell, a hold can keep. */
async function keep(ctx: Ctx, cart: OpenCart, holdId: string): Promise<void> {
  const claim = { orderId: holdId, channel: shopChannel, insteadOf: cart.hold?.id };
  const lines = cart.lines.map(({ sku, quantity }, index) => ({ lineNo: index + 1, sku, quantity }));
  const [short = []] = await promiseStocks(ctx, [
    { ...claim, lines: lines.map((line) => ({ ...line, location: shopLocation })) },
  ]);
  if (short.length === 0) return;
  const skus = lines.map(({ sku }) => sku);
  const facts = await findSkus(ctx.tx, skus);
  const kits = await componentsOf(ctx.tx, skus);
  const keeps = cart.hold === undefined ? [] : await promisesOf(ctx.tx, [cart.hold.id]);
  const asked = lines.map((line) => ({
    ...line,
    amountFen: 0,
    storage: facts.get(line.sku)?.storage ?? ('ambient' as const),
    grams: facts.get(line.sku)?.weightGrams ?? 0,
    parts: kits.get(line.sku) ?? [{ sku: line.sku, quantity: 1 }],
  }));
  const [found] = await routeOrders(ctx, { orders: [{ region: '', channel: shopChannel, lines: asked, keeps }] });
  if (found === undefined) return refuse('stock.insufficient', { lines: short });
  const elsewhere = found.parcels.flatMap(({ location, lines: own }) => own.map((line) => ({ ...line, location })));
  await promiseStock(ctx, { ...claim, lines: elsewhere });
}

/** Each renewal is a promise of its own that takes the place of the one before. */
function nextHold(before: Hold | undefined, now: Date): Hold {
  const id = randomUUIDv7();
  const expiresAt = addMs(now, holdMs);
  if (before === undefined || addMs(before.expiresAt, holdMs) <= now) return { id, expiresAt, renewals: 0 };
  if (before.renewals >= holdRenewalsMax) refuse('cart.hold_exhausted', { expiresAt: before.expiresAt.toISOString() });
  return { id, expiresAt, renewals: before.renewals + 1 };
}

/** Gives kept units back. */
export async function dropCartHold(ctx: Ctx): Promise<Cart> {
  const cart = await openOwn(ctx);
  if (cart.hold === undefined) return shown(await quoteCarts(ctx, [cart]));
  await releasePromises(ctx, [cart.hold.id]);
  return saveHold(ctx, cart, undefined);
}

async function openOwn(ctx: Ctx): Promise<OpenCart> {
  const [cart] = await openCarts(ctx, [ctx.actor]);
  if (cart === undefined) throw new Error('no cart was opened');
  return cart;
}

/** A hold changes nothing about what is in the cart: its version stays, and with it what the shopper was shown. */
async function saveHold(ctx: Ctx, cart: OpenCart, hold: Hold | undefined): Promise<Cart> {
  if (cart.version === 0) await saveCarts(ctx, [{ ...cart, hold }]);
  else
    await run(
      ctx.tx,
      sql`update cart.cart set hold_id = ${hold?.id ?? null}, hold_expires_at = ${hold?.expiresAt ?? null},
        hold_renewals = ${hold?.renewals ?? 0} where id = ${cart.id}`,
    );
  return shown(await quoteCarts(ctx, [{ ...cart, version: Math.max(1, cart.version), hold }]));
}

function shown([cart]: readonly Cart[]): Cart {
  if (cart === undefined) throw new Error('a cart was not quoted');
  return cart;
}

export const endHolds = jobType('cart/end-holds', z.object({}));

const atOnce = 200;

/** Gives units back whose time is up. The hold stays named until it may begin anew, so that nobody keeps a shelf for ever. */
export const endHoldsJob = job(endHolds, async ({ inTx }) => {
  await inTx(async (ctx) => {
    const ended = await run(
      ctx.tx,
      sql<{ holdId: string }>`select hold_id as "holdId" from cart.cart
        where hold_id is not null and hold_expires_at <= ${ctx.now} order by id limit ${atOnce} for no key update skip locked`,
    );
    await releasePromises(
      ctx,
      ended.map(({ holdId }) => holdId),
    );
    await run(
      ctx.tx,
      sql`update cart.cart set hold_id = null, hold_expires_at = null, hold_renewals = 0
        where hold_id is not null and hold_expires_at <= ${addMs(ctx.now, -holdMs)}`,
    );
  });
});
