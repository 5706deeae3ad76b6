import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { lockLevels } from '../lock-levels.ts';
import { byPlace } from '../stock.ts';
import { inventory } from '../tables.ts';

export interface RecallHead {
  id: string;
  number: string;
  sku: string;
  lot: string;
  reason: string;
  state: 'open' | 'closed' | 'lifted';
  startedBy: string;
  startedAt: Date;
  endedBy: string | null;
  endedAt: Date | null;
  endReason: string | null;
}

const columns = [
  'id', 'number', 'sku', 'lot', 'reason', 'state', 'started_by as startedBy', 'started_at as startedAt', 'ended_by as endedBy',
  'ended_at as endedAt', 'end_reason as endReason',
] as const; // prettier-ignore

/**
 * Recalls a lot: from now on no channel sells it, nobody picks or ships it, and units of it that come later are blocked too. Refuses
 * `lot.not_found`, `recall.exists`.
 */
export async function blockLot(
  ctx: Ctx,
  { sku, lot, reason }: { sku: string; lot: string; reason: string },
): Promise<RecallHead> {
  const places = await placesOf(ctx, { sku, lot });
  if (places.length === 0) refuse('lot.not_found', { sku, lot });
  await lockLevels(ctx, places.toSorted(byPlace));
  const standing = await inventory(ctx.tx)
    .selectFrom('recall')
    .select('number')
    .where('sku', '=', sku)
    .where('lot', '=', lot)
    .where('state', '<>', 'lifted')
    .executeTakeFirst();
  if (standing !== undefined) refuse('recall.exists', { number: standing.number });
  await setRecalled(ctx, { sku, lot }, true);
  return inventory(ctx.tx)
    .insertInto('recall')
    .values({
      number: sql<string>`'RC-' || lpad(nextval('inventory.recall_number')::text, 6, '0')`,
      sku,
      lot,
      reason,
      started_by: actorLabel(ctx.actor).name,
      started_at: ctx.now,
      ended_by: null,
      ended_at: null,
      end_reason: null,
    }) // prettier-ignore
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** Ends a recall: `closed` keeps the lot blocked, `lifted` lets it be sold again. Refuses `recall.not_found`, `recall.wrong_state`. */
export async function endRecall(
  ctx: Ctx,
  { id, to, reason }: { id: string; to: 'closed' | 'lifted'; reason: string },
): Promise<RecallHead> {
  const before = await inventory(ctx.tx).selectFrom('recall').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
  if (before === undefined) return refuse('recall.not_found', { id });
  if (before.state === 'lifted' || before.state === to) refuse('recall.wrong_state', { state: before.state });
  if (to === 'lifted') {
    await lockLevels(ctx, (await placesOf(ctx, before)).toSorted(byPlace));
    await setRecalled(ctx, before, false);
  }
  return inventory(ctx.tx)
    .updateTable('recall')
    .set({ state: to, ended_by: actorLabel(ctx.actor).name, ended_at: ctx.now, end_reason: reason })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}

const placesOf = (ctx: Ctx, { sku, lot }: { sku: string; lot: string }) =>
  inventory(ctx.tx).selectFrom('lot').select(['sku', 'location']).where('sku', '=', sku).where('code', '=', lot).execute();

const setRecalled = (ctx: Ctx, { sku, lot }: { sku: string; lot: string }, isRecalled: boolean) =>
  inventory(ctx.tx).updateTable('lot').set({ is_recalled: isRecalled }).where('sku', '=', sku).where('code', '=', lot).execute();

/** Recalls, newest first, a page at a time; `after` is the id of the last seen. */
export async function listRecalls(
  { tx }: Ctx,
  {
    state,
    sku,
    after,
    limit,
  }: { state?: RecallHead['state'] | undefined; sku?: string | undefined; after?: string | undefined; limit: number },
): Promise<RecallHead[]> {
  let query = inventory(tx).selectFrom('recall').select(columns);
  if (state !== undefined) query = query.where('state', '=', state);
  if (sku !== undefined) query = query.where('sku', '=', sku);
  if (after !== undefined) query = query.where(sql<boolean>`id::text < ${after}`);
  return query
    .orderBy(sql`id::text`, 'desc')
    .limit(limit)
    .execute();
}

/** One recall. Refuses `recall.not_found`. */
export async function getRecall({ tx }: Ctx, id: string): Promise<RecallHead> {
  const found = await inventory(tx).selectFrom('recall').select(columns).where('id', '=', id).executeTakeFirst();
  return found ?? refuse('recall.not_found', { id });
}

export interface LotTrail {
  /** How units came in: by which document, where, when. */
  came: { cause: string; location: string; quantity: number; at: Date }[];
  shelf: { location: string; expiresOn: string | null; onHand: number; allocated: number }[];
  /** What is set aside for orders and not sent. */
  waiting: { orderId: string; quantity: number }[];
  /** What was sent, and what of it came back, by order. */
  sent: { orderId: string; quantity: number; returned: number; at: Date }[];
  transfers: { transferId: string; number: string; from: string; to: string; quantity: number; expectedOn: string | null }[];
}

/** Everywhere that units of a lot came from, lie and went to. Refuses `lot.not_found`. */
export async function trailOf(ctx: Ctx, { sku, lot }: { sku: string; lot: string }): Promise<LotTrail> {
  const [found] = await run(
    ctx.tx,
    sql<LotTrail>`select
      (select coalesce(jsonb_agg(m order by m.at), '[]') from (
        select cause, location, sum(quantity)::int as quantity, min(at) as at from inventory.movement
        where sku = ${sku} and lot = ${lot} and kind in ('receipt', 'opening', 'import') and quantity > 0 group by cause, location) m) as came,
      (select coalesce(jsonb_agg(jsonb_build_object('location', location, 'expiresOn', expires_on, 'onHand', on_hand, 'allocated', allocated)
          order by location), '[]')
        from inventory.lot where sku = ${sku} and code = ${lot} and on_hand > 0) as shelf,
      (select coalesce(jsonb_agg(jsonb_build_object('orderId', order_id, 'quantity', quantity)), '[]') from (
        select order_id, sum(quantity)::int as quantity from inventory.allocation where sku = ${sku} and lot = ${lot} group by order_id) a) as waiting,
      (select coalesce(jsonb_agg(jsonb_build_object('orderId', d.order_id, 'quantity', d.quantity, 'returned', coalesce(b.quantity, 0),
          'at', d.at)), '[]')
        from (select order_id, sum(quantity)::int as quantity, min(at) as at from inventory.dispatch
          where sku = ${sku} and lot = ${lot} group by order_id) d
        left join (select order_id, sum(quantity)::int as quantity from inventory.takeback where sku = ${sku} and lot = ${lot} group by order_id) b
          using (order_id)) as sent,
      (select coalesce(jsonb_agg(jsonb_build_object('transferId', t.id, 'number', t.number, 'from', t.from_location, 'to', t.to_location,
          'quantity', p.quantity, 'expectedOn', t.expected_on) order by t.number), '[]')
        from inventory.transfer_part p
        join inventory.transfer_line l on l.transfer_id = p.transfer_id and l.line_no = p.line_no and l.sku = ${sku}
        join inventory.transfer t on t.id = p.transfer_id and t.state = 'sent'
        where p.lot = ${lot}) as transfers`,
  );
  const trail = found ?? refuse('lot.not_found', { sku, lot });
  if (
    [trail.came, trail.shelf, trail.sent, trail.transfers].every((part) => part.length === 0) &&
    !(await isKnown(ctx, { sku, lot }))
  )
    refuse('lot.not_found', { sku, lot });
  return {
    ...trail,
    came: trail.came.map((row) => ({ ...row, at: new Date(row.at) })),
    sent: trail.sent.map((row) => ({ ...row, at: new Date(row.at) })),
  };
}

const isKnown = async (ctx: Ctx, lot: { sku: string; lot: string }): Promise<boolean> => (await placesOf(ctx, lot)).length > 0;
