import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { dayOf } from '../../platform/time.ts';

export interface CapacityClaim {
  orderId: string;
  location: string;
}

/**
 * Takes a place in today's work of limited locations, in the order given, never more than there are, however many processes do so. Answers
 * the claims that found none. A claim that was made before is kept. `isForced`: what is full takes it all the same, and counts it. Locations
 * without a limit are not asked: no statement then. All limited ones are locked, in one order: the next claims may be for another.
 */
export async function takeCapacity(
  ctx: Ctx,
  claims: readonly CapacityClaim[],
  limits: ReadonlyMap<string, number>,
  { isForced = false } = {},
): Promise<CapacityClaim[]> {
  const limited = claims.filter(({ location }) => limits.has(location));
  if (limited.length === 0) return [];
  const day = dayOf(ctx.now);
  const rows = await lockDay(ctx, day, [...limits.keys()].toSorted());
  const before = await run(
    ctx.tx,
    sql<CapacityClaim>`select order_id as "orderId", location from routing.capacity_claim
      where order_id = any(${limited.map(({ orderId }) => orderId)}::uuid[])`,
  );
  const used = new Map(rows.map((row) => [row.location, row.used]));
  const known = new Set(before.map(keyOf));
  const taken: CapacityClaim[] = [];
  const missed: CapacityClaim[] = [];
  for (const claim of limited) {
    if (known.has(keyOf(claim))) continue;
    const now = used.get(claim.location) ?? 0;
    if (!isForced && now >= (limits.get(claim.location) ?? 0)) missed.push(claim);
    else {
      used.set(claim.location, now + 1);
      taken.push(claim);
    }
  }
  await save(ctx, day, taken);
  return missed;
}

async function lockDay(ctx: Ctx, day: string, places: readonly string[]): Promise<{ location: string; used: number }[]> {
  const lock = () =>
    run(
      ctx.tx,
      sql<{ location: string; used: number }>`select location, used from routing.capacity
        where location = any(${[...places]}::text[]) and day = ${day}::date order by location for no key update`,
    );
  const rows = await lock();
  if (rows.length === places.length) return rows;
  await run(
    ctx.tx,
    sql`insert into routing.capacity (location, day, used)
      select location, ${day}::date, 0 from unnest(${[...places]}::text[]) as location order by location on conflict do nothing`,
  );
  return lock();
}

const keyOf = ({ orderId, location }: CapacityClaim): string => `${orderId}\n${location}`;

async function save(ctx: Ctx, day: string, taken: readonly CapacityClaim[]): Promise<void> {
  if (taken.length === 0) return;
  await run(
    ctx.tx,
    sql`with claimed as (
        insert into routing.capacity_claim (order_id, location, day)
        select "orderId", location, ${day}::date from jsonb_to_recordset(${json(taken)}) as t ("orderId" uuid, location text)
        returning location
      )
      update routing.capacity c set used = c.used + n.orders
      from (select location, count(*)::int as orders from claimed group by location) n where c.location = n.location and c.day = ${day}::date`,
  );
}

/** Gives the places of orders back, at some locations or at all, once: they do not go out from there after all. */
export async function giveCapacityBack(ctx: Ctx, orderIds: readonly string[], locations?: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  const rows = await run(
    ctx.tx,
    sql<{ location: string; day: string; orders: number }>`with gone as (
        delete from routing.capacity_claim where order_id = any(${[...orderIds]}::uuid[])
          and (${locations === undefined} or location = any(${[...(locations ?? [])]}::text[])) returning location, day
      )
      select location, day::text, count(*)::int as orders from gone group by location, day order by location, day`,
  );
  for (const { location, day, orders } of rows)
    await run(
      ctx.tx,
      sql`update routing.capacity set used = used - ${orders} where location = ${location} and day = ${day}::date`,
    );
}
