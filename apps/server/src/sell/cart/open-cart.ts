import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import type { StoredLine } from './cart.ts';
import { cart } from './tables.ts';

export interface OpenCart {
  id: string;
  version: number;
  lines: StoredLine[];
}

export const unitsMax = 999;

/**
 * The shopper's own cart, locked: what is done to it happens one after another. A member finds what was put in as a guest of the
 * same browser added to it, once.
 */
export async function openCart(ctx: Ctx): Promise<OpenCart> {
  const { visitorId, customerId } = shopperOf(ctx);
  const [found] = await run(
    ctx.tx,
    sql<{ id: string; version: number }>`insert into cart.cart (customer_id, visitor_id, updated_at)
      values (${customerId ?? null}, ${customerId === undefined ? visitorId : null}, ${ctx.now})
      on conflict (${sql.raw(customerId === undefined ? 'visitor_id' : 'customer_id')}) do update set updated_at = excluded.updated_at
      returning id, version`,
  );
  if (found === undefined) throw new Error('an upsert answered no row');
  const joined = customerId === undefined ? 0 : await joinGuestCart(ctx, visitorId, found.id);
  const version = joined === 0 ? found.version : await touchCart(ctx, found.id);
  return { id: found.id, version, lines: await linesOf(ctx, found.id) };
}

/** The shopper's cart for checkout, locked, without its lines; undefined when there never was one. A guest's lines join it first. */
export async function lockCart(ctx: Ctx): Promise<{ id: string; version: number } | undefined> {
  const { visitorId, customerId } = shopperOf(ctx);
  if (customerId !== undefined) return openCart(ctx);
  return cart(ctx.tx)
    .selectFrom('cart')
    .select(['id', 'version'])
    .where('visitor_id', '=', visitorId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Empties a locked cart and answers what was in it, in one statement; a refusal later puts everything back. */
export const takeLines = (ctx: Ctx, cartId: string): Promise<StoredLine[]> =>
  run(
    ctx.tx,
    sql<StoredLine>`with gone as (
        delete from cart.line where cart_id = ${cartId} returning sku, quantity, seen_price_fen as "seenFen", added_at
      ), emptied as (
        update cart.cart set version = version + 1, updated_at = ${ctx.now} where id = ${cartId}
      )
      select sku, quantity, "seenFen" from gone order by added_at, sku`,
  );

export function shopperOf({ actor }: Ctx): { visitorId: string; customerId: string | undefined } {
  return actor.kind === 'shopper' ? actor : refuse('auth.required');
}

async function joinGuestCart(ctx: Ctx, visitorId: string, cartId: string): Promise<number> {
  const joined = await run(
    ctx.tx,
    sql<{ sku: string }>`with moved as (
        delete from cart.line where cart_id = (select id from cart.cart where visitor_id = ${visitorId} for update)
        returning sku, quantity, seen_price_fen, added_at
      )
      insert into cart.line (cart_id, sku, quantity, seen_price_fen, added_at)
      select ${cartId}::uuid, sku, quantity, seen_price_fen, added_at from moved order by sku
      on conflict (cart_id, sku) do update set quantity = least(${unitsMax}, line.quantity + excluded.quantity) returning sku`,
  );
  return joined.length;
}

/** The contents changed: what was checked out with the older version is another cart. */
export async function touchCart(ctx: Ctx, cartId: string): Promise<number> {
  const touched = await cart(ctx.tx)
    .updateTable('cart')
    .set((eb) => ({ version: eb('version', '+', 1), updated_at: ctx.now }))
    .where('id', '=', cartId)
    .returning('version')
    .executeTakeFirstOrThrow();
  return touched.version;
}

const linesOf = (ctx: Ctx, cartId: string): Promise<StoredLine[]> =>
  cart(ctx.tx)
    .selectFrom('line')
    .select(['sku', 'quantity', 'seen_price_fen as seenFen'])
    .where('cart_id', '=', cartId)
    .orderBy('added_at')
    .orderBy('sku')
    .execute();
