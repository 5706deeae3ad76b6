import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import type { Cart } from './cart.ts';
import { openCart, type OpenCart, touchCart, unitsMax } from './open-cart.ts';
import { known, quote } from './quote-cart.ts';
import { cart } from './tables.ts';

interface Units {
  sku: string;
  quantity: number;
}

/** Puts units on top of those already in the cart, at most 999 a line. Refuses `sku.not_found`, `sku.not_for_sale`, `price.missing`. */
export const addToCart = (ctx: Ctx, { sku, quantity }: Units): Promise<Cart> =>
  changeLine(ctx, sku, (before) => Math.min(unitsMax, before + quantity));

/** Sets a line's quantity and agrees to its present price. Refuses like `addToCart`. */
export const putCartLine = (ctx: Ctx, { sku, quantity }: Units): Promise<Cart> => changeLine(ctx, sku, () => quantity);

async function changeLine(ctx: Ctx, sku: string, quantityAfter: (before: number) => number): Promise<Cart> {
  const open = await openCart(ctx);
  const before = open.lines.find((line) => line.sku === sku);
  const of = await known(ctx, [...new Set([...open.lines.map((line) => line.sku), sku])]);
  const { facts, price } = of(sku);
  if (facts === undefined) refuse('sku.not_found', { sku });
  if (facts.state !== 'active') refuse('sku.not_for_sale', { sku });
  if (price === undefined) refuse('price.missing', { sku });

  const line = { sku, quantity: quantityAfter(before?.quantity ?? 0), seenFen: price.amountFen };
  const version = await saveLine(ctx, open, line);
  const lines = before === undefined ? [...open.lines, line] : open.lines.map((one) => (one === before ? line : one));
  return quote({ version, lines }, of);
}

async function saveLine(ctx: Ctx, { id }: OpenCart, line: Units & { seenFen: number }): Promise<number> {
  const [saved] = await run(
    ctx.tx,
    sql<{ version: number }>`with saved as (
        insert into cart.line (cart_id, sku, quantity, seen_price_fen, added_at)
        values (${id}, ${line.sku}, ${line.quantity}, ${line.seenFen}, ${ctx.now})
        on conflict (cart_id, sku) do update set quantity = excluded.quantity, seen_price_fen = excluded.seen_price_fen
      )
      update cart.cart set version = version + 1, updated_at = ${ctx.now} where id = ${id} returning version`,
  );
  return saved?.version ?? 0;
}

/** Takes a line out. Refuses `cart.line_not_found`. */
export async function removeCartLine(ctx: Ctx, { sku }: { sku: string }): Promise<Cart> {
  const open = await openCart(ctx);
  const lines = open.lines.filter((line) => line.sku !== sku);
  if (lines.length === open.lines.length) refuse('cart.line_not_found', { sku });

  await cart(ctx.tx).deleteFrom('line').where('cart_id', '=', open.id).where('sku', '=', sku).execute();
  const version = await touchCart(ctx, open.id);
  return quote(
    { version, lines },
    await known(
      ctx,
      lines.map((line) => line.sku),
    ),
  );
}
