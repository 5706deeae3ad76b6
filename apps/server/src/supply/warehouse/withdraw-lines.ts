import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { voidParcels } from '../delivery/index.ts';
import { hasLeft, isInHouse, movesFrom, soldLines } from './fulfilment.ts';
import { type LockedFulfilment, type LockedLine, lockFulfilments, note } from './lock-fulfilments.ts';

export interface WithdrawLines {
  orderId: string;
  /** Units as they were sold; all that the order has in the house when absent, and then nothing of it may have left. */
  lines?: readonly { lineNo: number; quantity: number; location?: string | undefined }[] | undefined;
  reason?: string | undefined;
}

export interface Withdrawn {
  fulfilmentId: string;
  number: string;
  location: string;
  lines: { lineNo: number; quantity: number }[];
}

/**
 * Takes an order's units out of the work again, at every stage at which they are still in the house: what was packed is unpacked and its
 * label void, a fulfilment without units is called off. The same again has no effect. Refuses `fulfilment.too_late` with the state and
 * what is left to do when units have left. Promises are the caller's to give back.
 */
export async function withdrawLines(ctx: Ctx, { orderId, lines, reason }: WithdrawLines): Promise<Withdrawn[]> {
  const ids = await run(
    ctx.tx,
    sql<{
      id: string;
    }>`select distinct fulfilment_id as id from warehouse.fulfilment_line where order_id = ${orderId} and quantity > 0`,
  );
  const locked = [
    ...(
      await lockFulfilments(
        ctx,
        ids.map(({ id }) => id),
      )
    ).values(),
  ];
  const here = locked.filter(({ state }) => isInHouse(state)).toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const gone = locked.find(({ state }) => hasLeft(state));
  if (lines === undefined && gone !== undefined) return tooLate(gone);
  const taken = lines === undefined ? here.flatMap((one) => own(one, orderId)) : take(here, gone, { orderId, lines });
  if (taken.length === 0) return [];

  await lower(ctx, taken);
  const byFulfilment = Map.groupBy(taken, ({ line }) => line.fulfilmentId);
  const touched = here.filter(({ id }) => byFulfilment.has(id));
  await settle(ctx, touched, { byFulfilment, reason });
  return touched.map(({ id, number, location }) => ({
    fulfilmentId: id,
    number,
    location,
    lines: soldLines((byFulfilment.get(id) ?? []).map(({ line, quantity }) => ({ ...line, quantity })))[0]?.lines ?? [],
  }));
}

/** What nobody has begun goes first. */
const order = ['open', 'picking', 'picked', 'packed'];

interface Taken {
  line: LockedLine;
  /** Units of the SKU on the shelf. */
  quantity: number;
}

const own = ({ lines }: LockedFulfilment, orderId: string): Taken[] =>
  lines.filter((line) => line.orderId === orderId).map((line) => ({ line, quantity: line.quantity }));

function tooLate({ number, state, trackingNumber, carrier }: LockedFulfilment): never {
  return refuse('fulfilment.too_late', { number, state, moves: [...movesFrom(state)], carrier, trackingNumber });
}

function take(
  here: readonly LockedFulfilment[],
  gone: LockedFulfilment | undefined,
  { orderId, lines }: { orderId: string; lines: NonNullable<WithdrawLines['lines']> },
): Taken[] {
  const lowered = new Map<LockedLine, number>();
  const taken: Taken[] = [];
  for (const wanted of lines) {
    let left = wanted.quantity;
    for (const fulfilment of here) {
      if (wanted.location !== undefined && wanted.location !== fulfilment.location) continue;
      const parts = fulfilment.lines.filter((line) => line.orderId === orderId && line.lineNo === wanted.lineNo);
      const unitsOf = (part: LockedLine) => Math.ceil((part.quantity - (lowered.get(part) ?? 0)) / part.perSold);
      const units = Math.min(left, Math.max(0, ...parts.map(unitsOf)));
      left -= units;
      for (const part of parts) {
        const quantity = Math.min(units * part.perSold, part.quantity - (lowered.get(part) ?? 0));
        if (quantity === 0) continue;
        lowered.set(part, (lowered.get(part) ?? 0) + quantity);
        taken.push({ line: part, quantity });
      }
    }
    if (left > 0 && gone !== undefined) tooLate(gone);
    if (left > 0) refuse('fulfilment.too_late', { state: null, lineNo: wanted.lineNo, left: wanted.quantity - left, moves: [] });
  }
  return taken;
}

/** Parcels that held units of it are opened: everything in them is packed anew. */
async function lower(ctx: Ctx, taken: readonly Taken[]): Promise<void> {
  const rows = taken.map(({ line, quantity }) => ({ ...line, taken: quantity }));
  await run(
    ctx.tx,
    sql`update warehouse.fulfilment_line l set packed = 0 where l.fulfilment_id in
      (select "fulfilmentId" from jsonb_to_recordset(${json(rows)}) as r ("fulfilmentId" uuid)) and l.packed > 0`,
  );
  await run(
    ctx.tx,
    sql`update warehouse.fulfilment_line l set quantity = l.quantity - r.taken, picked = least(l.picked, l.quantity - r.taken)
      from (select "fulfilmentId", "orderId", "lineNo", sku, sum(taken)::int as taken from jsonb_to_recordset(${json(rows)})
          as r ("fulfilmentId" uuid, "orderId" uuid, "lineNo" int, sku text, taken int) group by 1, 2, 3, 4) r
      where l.fulfilment_id = r."fulfilmentId" and l.order_id = r."orderId" and l.line_no = r."lineNo" and l.sku = r.sku`,
  );
}

async function settle(
  ctx: Ctx,
  touched: readonly LockedFulfilment[],
  { byFulfilment, reason }: { byFulfilment: ReadonlyMap<string, Taken[]>; reason: string | undefined },
): Promise<void> {
  const rows = touched.map(({ id, state, lines }) => {
    const units = lines.reduce((sum, line) => sum + line.quantity, 0);
    const out = (byFulfilment.get(id) ?? []).reduce((sum, { quantity }) => sum + quantity, 0);
    return { id, state: units === out ? ('cancelled' as const) : state === 'packed' ? ('picked' as const) : state };
  });
  const ids = rows.map(({ id }) => id);
  await run(ctx.tx, sql`delete from warehouse.packed_unit where fulfilment_id = any(${ids}::uuid[])`);
  await voidParcels(ctx, ids);
  await run(
    ctx.tx,
    sql`update warehouse.fulfilment f set state = r.state, changed_at = ${ctx.now}, version = version + 1, packed_at = null, keep_until = null,
        tracking_number = null, parcel_id = null
      from jsonb_to_recordset(${json(rows)}) as r (id uuid, state text) where f.id = r.id`,
  );
  await note(
    ctx,
    rows.map(({ id, state }) => {
      const out = (byFulfilment.get(id) ?? []).map(({ line: { sku }, quantity }) => ({ sku, quantity }));
      const what = state === 'cancelled' ? 'cancelled' : 'withdrawn';
      return { fulfilmentId: id, state, what, details: { units: out, ...(reason !== undefined && { reason }) } };
    }),
  );
}
