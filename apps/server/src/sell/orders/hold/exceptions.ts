import type { orders as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { maskName, maskPhone } from '../../../base/customers/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { addMs } from '../../../platform/time.ts';
import type { HoldReason, OrderState } from '../order.ts';
import { decisionsFor } from './hold.ts';
import { type HoldRow, holdsOf } from './holds.ts';

type Reply = z.input<typeof contract.listExceptions.reply>;
type Hold = z.input<typeof contract.Hold>;

export const holdOnWire = ({ orderId: _, ...hold }: HoldRow, state: OrderState): Hold => ({
  ...hold,
  raisedAt: hold.raisedAt.toISOString(),
  releasedAt: hold.releasedAt?.toISOString() ?? null,
  decisions: hold.releasedAt === null ? decisionsFor(hold.reason, state) : [],
});

type Summary = Omit<Reply['items'][number], 'holds' | 'since' | 'placedAt' | 'paidAt'> & {
  placedAt: Date;
  paidAt: Date | null;
  since: Date;
};

/** A clerk sees the own store's orders only. */
const ownStore = ({ actor }: Ctx): string | null => (actor.kind === 'staff' ? (actor.location ?? null) : null);

/** Orders that wait for a person, the longest waiting first, a page at a time. Names and phones are masked. */
export async function listExceptions(
  ctx: Ctx,
  { reason, channel, store, after, limit }: z.output<typeof contract.listExceptions.query>,
): Promise<Reply> {
  const own = ownStore(ctx) ?? store ?? null;
  const [at, id] = cursorIn(after);
  const rows = await run(
    ctx.tx,
    sql<Summary>`with open as (
        select order_id, min(raised_at) as since from orders.hold where released_at is null group by order_id
        having ${reason ?? null}::text is null or bool_or(reason = ${reason ?? null}::text)
      )
      select o.id, o.number, o.channel, o.store, o.state, o.attention, o.currency, o.total_fen as "totalFen", o.placed_at as "placedAt",
        o.paid_at as "paidAt", o.customer_id as "customerId", o.recipient_name as "recipientName", o.recipient_phone as "recipientPhone",
        o.note, o.version, open.since, (select sum(quantity)::int from orders.line l where l.order_id = o.id) as units
      from open join orders."order" o on o.id = open.order_id
      where (${channel ?? null}::text is null or o.channel = ${channel ?? null}::text)
        and (${own}::text is null or o.store = ${own}::text)
        and (${at}::timestamptz is null or (open.since, o.id) > (${at}::timestamptz, ${id}::uuid))
      order by open.since, o.id limit ${limit + 1}`,
  );
  const shown = rows.slice(0, limit);
  const holds = await holdsOf(
    ctx.tx,
    shown.map((row) => row.id),
    { isOpen: true },
  );
  const items = shown.map((row) => ({
    ...row,
    placedAt: row.placedAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
    since: row.since.toISOString(),
    recipientName: row.recipientName === null ? null : maskName(row.recipientName),
    recipientPhone: maskPhone(row.recipientPhone),
    holds: (holds.get(row.id) ?? []).map((hold) => holdOnWire(hold, row.state)),
  }));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.since}_${last.id}` : null };
}

function cursorIn(after: string | undefined): [at: string | null, id: string | null] {
  if (after === undefined) return [null, null];
  const [at = '', id = ''] = after.split('_');
  if (Number.isNaN(Date.parse(at)) || !/^[\da-f-]{36}$/.test(id))
    refuse('request.invalid', { issues: [{ at: 'query', path: 'after' }] });
  return [at, id];
}

/** How many orders wait for a person, by reason, and how many of the last day's needed none. */
export async function countExceptions(
  ctx: Ctx,
  { channel, store }: z.output<typeof contract.countExceptions.query>,
): Promise<z.input<typeof contract.countExceptions.reply>> {
  const own = ownStore(ctx) ?? store ?? null;
  const reasons = await run(
    ctx.tx,
    sql<{
      reason: HoldReason;
      orders: number;
      oldest: Date;
      all: number;
    }>`select h.reason, count(*)::int as orders, min(h.raised_at) as oldest,
        (select count(distinct a.order_id)::int from orders.hold a join orders."order" p on p.id = a.order_id where a.released_at is null
          and (${channel ?? null}::text is null or p.channel = ${channel ?? null}::text) and (${own}::text is null or p.store = ${own}::text)) as all
      from orders.hold h join orders."order" o on o.id = h.order_id
      where h.released_at is null and (${channel ?? null}::text is null or o.channel = ${channel ?? null}::text)
        and (${own}::text is null or o.store = ${own}::text)
      group by h.reason order by orders desc, h.reason`,
  );
  const [share] = await run(
    ctx.tx,
    sql<{
      released: number;
      untouched: number;
    }>`select count(*)::int as released, count(*) filter (where touched_at is null)::int as untouched
      from orders."order" where released_at > ${addMs(ctx.now, -86_400_000)} and source = 'live' and channel <> 'store'
        and placed_at > ${addMs(ctx.now, -30 * 86_400_000)} and (${channel ?? null}::text is null or channel = ${channel ?? null}::text)
        and (${own}::text is null or store = ${own}::text)`,
  );
  return {
    orders: reasons[0]?.all ?? 0,
    reasons: reasons.map(({ reason, orders, oldest }) => ({ reason, orders, oldest: oldest.toISOString() })),
    untouched: share ?? { released: 0, untouched: 0 },
  };
}
