import { sql } from 'kysely';
import * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { emitMany } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { job, jobType } from '../../platform/jobs.ts';
import { dayOf } from '../../platform/time.ts';
import { fulfilmentLapsed } from './events.ts';
import { pickupCodeOf, soldLines } from './fulfilment.ts';
import { type LockedFulfilment, lockFulfilments, mayReach, note } from './lock-fulfilments.ts';
import { shipFulfilments } from './ship-fulfilments.ts';
import { warehouse } from './tables.ts';

export interface PickupCode {
  location: string;
  /** As typed or scanned; spaces do not matter. */
  code: string;
}

/**
 * Finds what a buyer's code opens at this location, without changing anything. Refuses `pickup.code_unknown`, `pickup.elsewhere`,
 * `pickup.not_ready`, and `pickup.code_used` with when it was.
 */
export async function checkPickup(ctx: Ctx, { location, code }: PickupCode): Promise<LockedFulfilment> {
  const row = await warehouse(ctx.tx)
    .selectFrom('fulfilment')
    .select('id')
    .where('pickup_code', '=', pickupCodeOf(code))
    .executeTakeFirst();
  const fulfilment = row && mayReach(ctx, location) ? (await lockFulfilments(ctx, [row.id])).get(row.id) : undefined;
  if (fulfilment === undefined) return refuse('pickup.code_unknown');
  const { state, location: own, leftAt } = fulfilment;
  if (own !== location) refuse('pickup.elsewhere', { location: own });
  if (state === 'collected') refuse('pickup.code_used', { at: leftAt?.toISOString() ?? null });
  if (state === 'cancelled' || state === 'lapsed' || state === 'rejected') refuse('pickup.code_unknown', { state });
  if (state !== 'packed') refuse('pickup.not_ready', { state });
  return fulfilment;
}

/** Hands a pick-up out against its code, once: its units are off the store's stock. Refuses what `checkPickup` refuses, and `lot.not_usable`. */
export async function collectPickup(ctx: Ctx, asked: PickupCode): Promise<string> {
  const { id } = await checkPickup(ctx, asked);
  await shipFulfilments(ctx, [{ fulfilmentId: id }]);
  return id;
}

export const lapsePickups = jobType('warehouse/lapse-pickups', z.object({}));

/** Ends pick-ups that nobody came for by their last day, once each: whoever reacts cancels, refunds and gives the promise back. */
export const lapsePickupsJob = job(lapsePickups, async ({ inTx }) => {
  for (;;) if ((await inTx(lapseSome)) < atOnce) return;
});

const atOnce = 200;

async function lapseSome(ctx: Ctx): Promise<number> {
  const due = await run(
    ctx.tx,
    sql<{
      id: string;
    }>`select id from warehouse.fulfilment where kind = 'pickup' and state = 'packed' and keep_until < ${dayOf(ctx.now)}
      order by id limit ${atOnce} for no key update`,
  );
  const ids = due.map(({ id }) => id);
  const locked = [...(await lockFulfilments(ctx, ids)).values()].filter(({ state }) => state === 'packed');
  await run(
    ctx.tx,
    sql`update warehouse.fulfilment set state = 'lapsed', changed_at = ${ctx.now}, version = version + 1 where id = any(${locked.map(({ id }) => id)}::uuid[])`,
  );
  await note(
    ctx,
    locked.map(({ id, keepUntil }) => ({ fulfilmentId: id, state: 'lapsed' as const, what: 'lapsed', details: { keepUntil } })),
  );
  await emitMany(
    ctx,
    fulfilmentLapsed,
    locked.map(({ id, number, location, lines }) => ({ fulfilmentId: id, number, location, orders: soldLines(lines) })),
  );
  return ids.length;
}
