import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { priceChanged } from './events.ts';
import { stateAt } from './price.ts';
import { type PriceRecord, priceColumns } from './queries.ts';
import { lockSkus } from './set-prices.ts';

/**
 * Calls off a price that has not begun: it never holds, and the price that it would have ended runs on to its own end or to the next one.
 * Refuses `price.wrong_state` once it runs.
 */
export async function cancelPrice(ctx: Ctx, { id }: { id: string }): Promise<void> {
  const price = await lockPrice(ctx, id);
  const state = stateAt(price, ctx.now);
  if (state !== 'scheduled') refuse('price.wrong_state', { state });

  await run(ctx.tx, sql`delete from pricing.price where id = ${id}`);
  await run(
    ctx.tx,
    sql`update pricing.price p set valid_to = least(p.wanted_to, (select min(n.valid_from) from pricing.price n
        where n.sku = p.sku and n.kind = p.kind and n.channel is not distinct from p.channel
          and n.customer_group is not distinct from p.customer_group and n.from_quantity = p.from_quantity and n.valid_from > p.valid_from))
      where p.sku = ${price.sku} and p.kind = ${price.kind} and p.kind <> 'markdown' and p.channel is not distinct from ${price.channel}
        and p.customer_group is not distinct from ${price.group} and p.from_quantity = ${price.fromQuantity} and p.valid_to = ${price.validFrom}`,
  );

  await emit(ctx, priceChanged, { skus: [price.sku] });
}

/**
 * Ends a running price now; what is general holds again. Refuses `price.wrong_state` when it does not run, and for the list price for
 * everybody, without which the SKU would have none: set another instead.
 */
export async function endPrice(ctx: Ctx, { id }: { id: string }): Promise<void> {
  const price = await lockPrice(ctx, id);
  const state = stateAt(price, ctx.now);
  const isBase = price.kind === 'list' && price.fromQuantity === 1;
  if (state !== 'running' || isBase) refuse('price.wrong_state', { state });

  if (price.validFrom.getTime() === ctx.now.getTime()) await run(ctx.tx, sql`delete from pricing.price where id = ${id}`);
  else await run(ctx.tx, sql`update pricing.price set valid_to = ${ctx.now}, wanted_to = ${ctx.now} where id = ${id}`);

  await emit(ctx, priceChanged, { skus: [price.sku] });
}

/** Finds a price under the lock that all writers of its SKU meet at. */
async function lockPrice(ctx: Ctx, id: string): Promise<PriceRecord> {
  const find = () => run(ctx.tx, sql<PriceRecord>`select ${priceColumns} from pricing.price p where p.id = ${id}`);
  const [seen] = await find();
  if (seen === undefined) refuse('price.not_found', { id });
  await lockSkus(ctx, [seen.sku]);
  const [price] = await find();
  return price ?? refuse('price.not_found', { id });
}
