import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emitMany } from '../../platform/events.ts';
import { dayOf } from '../../platform/time.ts';
import { fulfilmentDelivered } from './events.ts';
import { soldLines } from './fulfilment.ts';
import { lockFulfilments, note } from './lock-fulfilments.ts';

/** Notes that parcels are with their buyers, by the carrier's instant or now; one that never left, or has arrived, stays as it is. */
export async function deliverFulfilments(
  ctx: Ctx,
  told: readonly { fulfilmentId: string; at?: Date | undefined }[],
): Promise<void> {
  const locked = await lockFulfilments(
    ctx,
    told.map(({ fulfilmentId }) => fulfilmentId),
  );
  const instants = new Map(told.map(({ fulfilmentId, at }) => [fulfilmentId, at ?? ctx.now]));
  const arrived = [...locked.values()]
    .filter(({ state }) => state === 'handed_over')
    .map((one) => ({ ...one, at: instants.get(one.id) ?? ctx.now }));
  if (arrived.length === 0) return;
  await run(
    ctx.tx,
    sql`update warehouse.fulfilment set state = 'delivered', changed_at = ${ctx.now}, version = version + 1
      where id in (select jsonb_array_elements_text(${json(arrived.map(({ id }) => id))})::uuid)`,
  );
  await note(
    ctx,
    arrived.map(({ id, at }) => ({ fulfilmentId: id, state: 'delivered' as const, what: 'delivered', details: { at } })),
  );
  await emitMany(
    ctx,
    fulfilmentDelivered,
    arrived.map(({ id, number, lines, promisedOn, at }) => ({
      fulfilmentId: id,
      number,
      orders: soldLines(lines),
      at: at.toISOString(),
      isLate: promisedOn !== null && dayOf(at) > promisedOn,
    })),
  );
}
