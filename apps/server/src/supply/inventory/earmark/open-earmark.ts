import type { lots as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { emit } from '../../../platform/events.ts';
import { refuse } from '../../../platform/fail.ts';
import { dayOf } from '../../../platform/time.ts';
import { checkLocation } from '../check-location.ts';
import { termsChanged } from '../events.ts';
import { lockLevels } from '../lock-levels.ts';
import { availableFor, levelKey } from '../stock.ts';
import { inventory } from '../tables.ts';
import { getEarmark } from './queries.ts';

type OpenEarmark = z.output<typeof contract.openEarmark.body>;

/**
 * Sets units aside for a channel (earmark), or limits what it may take (quota), for a time. Earmarked units must be there and nobody's; they
 * are used first by their channel, and at the end what is left is everybody's again by itself. Refuses `sku.not_found`,
 * `location.not_found`, `earmark.invalid_window`, `stock.insufficient`.
 */
export async function openEarmark(ctx: Ctx, { kind, sku, location, channel, campaign, units, ...times }: OpenEarmark) {
  const [startsAt, endsAt] = [times.startsAt === undefined ? ctx.now : new Date(times.startsAt), new Date(times.endsAt)];
  if (endsAt <= ctx.now || endsAt <= startsAt) refuse('earmark.invalid_window', { endsAt: times.endsAt });
  if (!(await findSkus(ctx.tx, [sku])).has(sku)) refuse('sku.not_found', { sku });
  await checkLocation(ctx.tx, location);

  await limitPlace(ctx, { sku, location });
  const level = (await lockLevels(ctx, [{ sku, location }], [channel])).get(levelKey({ sku, location }));
  const available = level === undefined ? 0 : availableFor(level, { channel: undefined, day: dayOf(ctx.now) });
  if (kind === 'earmark' && available < units)
    refuse('stock.insufficient', { lines: [{ sku, location, quantity: units, available }] });

  const { id } = await inventory(ctx.tx)
    .insertInto('earmark')
    .values({
      kind,
      sku,
      location,
      channel,
      campaign,
      units,
      starts_at: startsAt,
      ends_at: endsAt,
      ended_at: null,
      ended_by: null,
      created_by: actorLabel(ctx.actor).name,
      created_at: ctx.now,
    }) // prettier-ignore
    .returning('id')
    .executeTakeFirstOrThrow();
  const after = { units, campaign, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
  await emit(ctx, termsChanged, { what: kind, sku, location, channel, before: null, after });
  return getEarmark(ctx, id);
}

/** From now on more than the balance itself limits what may be sold of a SKU at a place. */
export const limitPlace = (ctx: Ctx, { sku, location }: { sku: string; location: string }) =>
  run(
    ctx.tx,
    sql`insert into inventory.stock (sku, location, has_limits) values (${sku}, ${location}, true)
      on conflict (sku, location) do update set has_limits = true where not stock.has_limits`,
  );

/** Gives what is left of an earmark back to everybody now. Refuses `earmark.not_found`, `earmark.wrong_state`. */
export async function endEarmark(ctx: Ctx, id: string) {
  const before = await getEarmark(ctx, id);
  if (before.state === 'ended') refuse('earmark.wrong_state', { state: before.state });
  await lockLevels(ctx, [before]);
  await inventory(ctx.tx)
    .updateTable('earmark')
    .set({ ended_at: ctx.now, ended_by: actorLabel(ctx.actor).name })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
  const { kind: what, sku, location, channel, units, endsAt } = before;
  await emit(ctx, termsChanged, { what, sku, location, channel, before: { units, endsAt }, after: null });
  return getEarmark(ctx, id);
}
