import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { dayOf } from '../../platform/time.ts';
import { listLocations } from '../inventory/index.ts';
import { move, newNumber, type RejectReason } from './fulfilment.ts';
import { type LockedFulfilment, lockFulfilments, mayReach, note } from './lock-fulfilments.ts';
import { warehouse } from './tables.ts';

export interface StartPicking {
  location: string;
  fulfilmentIds?: readonly string[] | undefined;
  maximum: number;
}

/**
 * Gives a picker open fulfilments of a location, those that leave first, or those named; nobody else gets them. Answers the pick list.
 * Refuses `location.not_found`, `fulfilment.not_found`, `fulfilment.wrong_state`, `fulfilment.none_open`.
 */
export async function startPicking(ctx: Ctx, { location, fulfilmentIds, maximum }: StartPicking): Promise<string> {
  const { items } = await listLocations(ctx.tx);
  if (!items.some(({ code }) => code === location) || !mayReach(ctx, location)) refuse('location.not_found', { location });
  const wanted = fulfilmentIds ?? (await nextOpen(ctx, location, maximum));
  const locked = await lockFulfilments(ctx, wanted);
  const taken = wanted.map((id) => {
    const one = locked.get(id);
    return one?.location === location ? one : refuse('fulfilment.not_found', { fulfilmentId: id });
  });
  if (taken.length === 0) refuse('fulfilment.none_open', { location });
  for (const { state } of taken) move(state, 'picking');

  const list = await warehouse(ctx.tx)
    .insertInto('pick_list')
    .values({
      number: newNumber('P', dayOf(ctx.now)),
      location,
      picker: actorLabel(ctx.actor).name,
      started_at: ctx.now,
      done_at: null,
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow();
  await setState(
    ctx,
    taken.map(({ id }) => ({ id, state: 'picking' as const, pickListId: list.id })),
  );
  await note(
    ctx,
    taken.map(({ id }) => ({ fulfilmentId: id, state: 'picking' as const, what: 'picking', details: { pickList: list.number } })),
  );
  return list.id;
}

/** Passes over what somebody else is just taking. */
async function nextOpen(ctx: Ctx, location: string, maximum: number): Promise<string[]> {
  const rows = await run(
    ctx.tx,
    sql<{ id: string }>`select id from warehouse.fulfilment where location = ${location} and state = 'open'
      order by dispatch_by nulls last, created_at, id limit ${maximum} for no key update skip locked`,
  );
  return rows.map(({ id }) => id);
}

/** Moves fulfilments, into or out of a pick list. */
export const setState = (
  ctx: Ctx,
  rows: readonly { id: string; state: string; pickListId?: string | null; reason?: RejectReason }[],
) =>
  run(
    ctx.tx,
    sql`update warehouse.fulfilment f set state = r.state, changed_at = ${ctx.now}, version = version + 1,
        pick_list_id = case when r.state = 'open' then null else coalesce(r."pickListId", f.pick_list_id) end,
        reject_reason = coalesce(r.reason, f.reject_reason)
      from jsonb_to_recordset(${json(rows)}) as r (id uuid, state text, "pickListId" uuid, reason text) where f.id = r.id`,
  );

export interface LockedList {
  number: string;
  location: string;
  fulfilments: LockedFulfilment[];
}

/** Locks a pick list that is still open, with those of its fulfilments that still are in the picker's hands. */
export async function lockList(ctx: Ctx, pickListId: string): Promise<LockedList> {
  const list = await warehouse(ctx.tx)
    .selectFrom('pick_list')
    .select(['number', 'location', 'state'])
    .where('id', '=', pickListId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (list === undefined || !mayReach(ctx, list.location)) return refuse('pick_list.not_found', { pickListId });
  if (list.state !== 'open') refuse('pick_list.wrong_state', { state: list.state });
  const rows = await warehouse(ctx.tx).selectFrom('fulfilment').select('id').where('pick_list_id', '=', pickListId).execute();
  const locked = await lockFulfilments(
    ctx,
    rows.map(({ id }) => id),
  );
  return { ...list, fulfilments: [...locked.values()].filter(({ state }) => state === 'picking') };
}

/** Ends a pick list. */
export const closeList = (ctx: Ctx, pickListId: string, state: 'done' | 'abandoned') =>
  warehouse(ctx.tx).updateTable('pick_list').set({ state, done_at: ctx.now }).where('id', '=', pickListId).execute();

/** Gives everything back that the picker took, as if nobody had. Refuses `pick_list.not_found`, `pick_list.wrong_state`. */
export async function abandonPicking(ctx: Ctx, { pickListId }: { pickListId: string }): Promise<void> {
  const { fulfilments, number } = await lockList(ctx, pickListId);
  // two fulfilments of the same buyer may be open again: the later one stays a parcel of its own
  await run(
    ctx.tx,
    sql`update warehouse.fulfilment set merge_key = null where id = any(${fulfilments.map(({ id }) => id)}::uuid[])`,
  );
  await setState(
    ctx,
    fulfilments.map(({ id }) => ({ id, state: 'open' })),
  );
  await closeList(ctx, pickListId, 'abandoned');
  await note(
    ctx,
    fulfilments.map(({ id }) => ({
      fulfilmentId: id,
      state: 'open' as const,
      what: 'given_back',
      details: { pickList: number },
    })),
  );
}
