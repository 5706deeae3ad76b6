import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run, type Tx } from '../../../platform/db.ts';
import type { HoldReason } from '../order.ts';
import { orders } from '../tables.ts';

export interface NewHold {
  orderId: string;
  reason: HoldReason;
  details?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Puts holds on locked orders, many with one statement, each said on its order's timeline. A reason that holds an order already is not
 * raised again. `isTold` false: the timeline says it already. Answers the orders that got one.
 */
export async function raiseHolds(ctx: Ctx, holds: readonly NewHold[], { isTold = true } = {}): Promise<string[]> {
  if (holds.length === 0) return [];
  const by = actorLabel(ctx.actor);
  const rows = holds.map(({ details = {}, ...hold }) => ({ ...hold, details }));
  const raised = await run(
    ctx.tx,
    sql<{ orderId: string }>`with raised as (
        insert into orders.hold (order_id, reason, details, raised_at, raised_by)
        select "orderId", reason, details, ${ctx.now}, ${by.name}
        from jsonb_to_recordset(${json(rows)}) as h ("orderId" uuid, reason text, details jsonb) order by "orderId"
        on conflict (order_id, reason) where released_at is null do nothing
        returning order_id, reason, details
      ), told as (
        insert into orders.timeline (order_id, at, actor_kind, actor, what, details)
        select order_id, ${ctx.now}, ${by.kind}, ${by.name}, 'held', jsonb_build_object('reason', reason) || details from raised where ${isTold}
      ), shown as (
        update orders."order" o set attention = coalesce(o.attention, r.reason), version = o.version + 1
        from (select distinct on (order_id) order_id, reason from raised) r where o.id = r.order_id
      )
      select distinct order_id as "orderId" from raised`,
  );
  return raised.map(({ orderId }) => orderId);
}

export interface ReleaseHolds {
  orderIds: readonly string[];
  /** Only these; all that are open when both are absent. */
  reasons?: readonly HoldReason[] | undefined;
  holdIds?: readonly string[] | undefined;
  note?: string | undefined;
}

/** Ends holds of locked orders, each once and by itself. Answers the orders of which one ended. */
export async function releaseHolds(ctx: Ctx, { orderIds, reasons, holdIds, note }: ReleaseHolds): Promise<string[]> {
  if (orderIds.length === 0) return [];
  const by = actorLabel(ctx.actor);
  const isTouched = ctx.actor.kind === 'staff';
  const ended = await run(
    ctx.tx,
    sql<{ orderId: string }>`with ended as (
        update orders.hold set released_at = ${ctx.now}, released_by = ${by.name}, note = coalesce(${note ?? null}::text, note)
        where order_id = any(${[...orderIds]}::uuid[]) and released_at is null
          and (${reasons === undefined} or reason = any(${[...(reasons ?? [])]}::text[]))
          and (${holdIds === undefined} or id = any(${[...(holdIds ?? [])]}::uuid[]))
        returning id, order_id, reason
      ), told as (
        insert into orders.timeline (order_id, at, actor_kind, actor, what, details)
        select order_id, ${ctx.now}, ${by.kind}, ${by.name}, 'hold_released',
          jsonb_strip_nulls(jsonb_build_object('reason', reason, 'note', ${note ?? null}::text)) from ended
      )
      update orders."order" o set version = version + 1,
        touched_at = case when ${isTouched} and o.released_at is null then coalesce(touched_at, ${ctx.now}) else touched_at end,
        attention = (select h.reason from orders.hold h where h.order_id = o.id and h.released_at is null
          and h.id not in (select id from ended) order by h.raised_at, h.id limit 1)
      where id in (select order_id from ended) returning id as "orderId"`,
  );
  return ended.map(({ orderId }) => orderId);
}

export interface HoldRow {
  id: string;
  orderId: string;
  reason: HoldReason;
  details: Record<string, unknown>;
  raisedAt: Date;
  raisedBy: string;
  releasedAt: Date | null;
  releasedBy: string | null;
  note: string | null;
}

/** The holds of these orders, the oldest first; `isOpen`: only those that stand. */
export async function holdsOf(tx: Tx, orderIds: readonly string[], { isOpen = false } = {}): Promise<Map<string, HoldRow[]>> {
  if (orderIds.length === 0) return new Map();
  let query = orders(tx)
    .selectFrom('hold')
    .select(['id', 'order_id as orderId', 'reason', 'details', 'raised_at as raisedAt', 'raised_by as raisedBy'])
    .select(['released_at as releasedAt', 'released_by as releasedBy', 'note'])
    .where('order_id', '=', sql<string>`any(${[...orderIds]}::uuid[])`);
  if (isOpen) query = query.where('released_at', 'is', null);
  const rows = await query.orderBy('raised_at').orderBy('id').execute();
  return Map.groupBy(rows, ({ orderId }) => orderId);
}
