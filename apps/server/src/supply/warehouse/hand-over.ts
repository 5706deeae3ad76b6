import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { dayOf } from '../../platform/time.ts';
import { newNumber } from './fulfilment.ts';
import { movesFrom } from './fulfilment.ts';
import { lockFulfilments, mayReach } from './lock-fulfilments.ts';
import { type HeldBack, shipWhatCan } from './ship-fulfilments.ts';
import { warehouse } from './tables.ts';

export interface HandOver {
  location: string;
  carrier: string;
  fulfilmentIds?: readonly string[] | undefined;
}

/**
 * Hands the packed parcels of a carrier to its driver, all or those named, with one manifest; they are off the stock. One whose lot or
 * serial number may not leave stays, named with the reason, and stops no other. Refuses `fulfilment.not_found`, `fulfilment.wrong_state`,
 * `fulfilment.none_packed`; and, when none can go, what stops the first: `lot.not_usable`.
 */
export async function handOver(
  ctx: Ctx,
  { location, carrier, fulfilmentIds }: HandOver,
): Promise<{ manifestId: string; heldBack: HeldBack[] }> {
  if (!mayReach(ctx, location)) refuse('fulfilment.none_packed', { location, carrier });
  const wanted = fulfilmentIds ?? (await packedFor(ctx, { location, carrier }));
  const locked = await lockFulfilments(ctx, wanted);
  const parcels = wanted.flatMap((fulfilmentId) => {
    const one = locked.get(fulfilmentId);
    if (one === undefined || one.location !== location) return refuse('fulfilment.not_found', { fulfilmentId });
    if (one.state === 'packed' && one.kind === 'delivery' && one.carrier === carrier) return [one];
    if (fulfilmentIds === undefined) return []; // somebody else was quicker
    return refuse('fulfilment.wrong_state', {
      number: one.number,
      state: one.state,
      carrier: one.carrier,
      moves: [...movesFrom(one.state)],
    });
  });
  if (parcels.length === 0) refuse('fulfilment.none_packed', { location, carrier });

  const { id: manifestId } = await warehouse(ctx.tx)
    .insertInto('manifest')
    .values({
      number: newNumber('M', dayOf(ctx.now)),
      location,
      carrier,
      handed_over_at: ctx.now,
      handed_over_by: actorLabel(ctx.actor).name,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const heldBack = await shipWhatCan(
    ctx,
    parcels.map(({ id: fulfilmentId }) => ({ fulfilmentId, manifestId })),
  );
  if (heldBack[0] !== undefined && heldBack.length === parcels.length) throw heldBack[0].why; // nothing for the driver: no manifest
  return { manifestId, heldBack };
}

async function packedFor(ctx: Ctx, { location, carrier }: { location: string; carrier: string }): Promise<string[]> {
  const rows = await warehouse(ctx.tx)
    .selectFrom('fulfilment')
    .select('id')
    .where('location', '=', location)
    .where('state', '=', 'packed')
    .where('kind', '=', 'delivery')
    .where('carrier', '=', carrier)
    .orderBy('id')
    .limit(500)
    .execute();
  return rows.map(({ id }) => id);
}
