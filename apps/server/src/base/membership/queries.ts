import type { membership as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findCustomers, segmentsIn } from '../customers/index.ts';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { ledgersOf } from './expire-points.ts';
import { lastDayOf, type LedgerRow, pointsByYear } from './expiry.ts';
import { fenOfPoints, nextTier, type Tier } from './points.ts';
import { membership } from './tables.ts';

type PointPage = z.input<typeof contract.listPoints.reply>;

/** What a price may ask of a customer. */
export interface StandingFacts {
  tier: string;
  points: number;
  /** Codes of the segments they are in. */
  segments: string[];
}

/** Tier, points and segments of these customers, in one statement; who has no balance yet stands on the lowest tier with none. */
export async function standingsOf(tx: Tx, customerIds: readonly string[]): Promise<Map<string, StandingFacts>> {
  if (customerIds.length === 0) return new Map();
  const rows = await run(
    tx,
    sql<StandingFacts & { id: string }>`
      select g.id, coalesce(s.tier, (select code from membership.tier order by from_fen limit 1)) as tier, coalesce(s.points, 0) as points,
        ${segmentsIn(sql`g.id`)} as segments
      from unnest(${[...new Set(customerIds)]}::uuid[]) as g (id) left join membership.standing s on s.customer_id = g.id`,
  );
  return new Map(rows.map(({ id, ...standing }) => [id, standing]));
}

/** All tiers, the lowest first. */
export const tiersOf = (tx: Tx): Promise<Tier[]> =>
  membership(tx)
    .selectFrom('tier')
    .select(['code', 'name', 'name_en as nameEn', 'from_fen as fromFen'])
    .orderBy('from_fen')
    .execute();

/** Tiers from the lowest up, with how many customers hold each; who has no balance yet is not counted. */
export async function listTiers(tx: Tx): Promise<z.input<typeof contract.listTiers.reply>> {
  const counts = await membership(tx)
    .selectFrom('standing')
    .select((eb) => ['tier', eb.fn.countAll<number>().as('holders')])
    .groupBy('tier')
    .execute();
  const holders = new Map(counts.map((row) => [row.tier, row.holders]));
  return { items: (await tiersOf(tx)).map((tier) => ({ ...tier, holders: holders.get(tier.code) ?? 0 })) };
}

/** A customer's tier and points, and what the next tier takes. Refuses `customer.not_found`. */
export async function getStanding(tx: Tx, customerId: string): Promise<z.input<typeof contract.getStanding.reply>> {
  if (!(await findCustomers(tx, [customerId])).has(customerId)) refuse('customer.not_found', { id: customerId });
  const tiers = await tiersOf(tx);
  const row = await membership(tx)
    .selectFrom('standing')
    .select(['tier', 'points', 'earned_fen as earnedFen'])
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  const tier = tiers.find((one) => one.code === row?.tier) ?? tiers[0];
  if (tier === undefined) throw new Error('there is no lowest tier');
  const { points, earnedFen } = row ?? { points: 0, earnedFen: 0 };
  return {
    tier,
    points,
    worthFen: fenOfPoints(points),
    earnedFen,
    next: nextTier(tiers, { tier: tier.code, earnedFen }) ?? null,
    expiring: points === 0 ? [] : expiringOf((await ledgersOf(tx, [customerId])).get(customerId) ?? []),
  };
}

const expiringOf = (ledger: readonly LedgerRow[]) =>
  [...pointsByYear(ledger)].map(([year, points]) => ({ points, lastDay: lastDayOf(year) }));

/** Every point of a customer, newest first, a page at a time. */
export async function listPoints(
  tx: Tx,
  customerId: string,
  { after, limit }: z.output<typeof contract.listPoints.query>,
): Promise<PointPage> {
  let query = membership(tx)
    .selectFrom('points_ledger')
    .select(['id', 'kind', 'points', 'balance', 'cause', 'order_id as orderId', 'actor', 'reason', 'at'])
    .where('customer_id', '=', customerId);
  if (after !== undefined) {
    const [at = '', id = ''] = after.split('\n');
    query = query.where(sql<boolean>`(at, id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const rows = await query
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.at}\n${last.id}` : null };
}

/** Balances that are not the sum of their ledger. None, unless a row was corrupted. */
export const findDrift = (tx: Tx) =>
  run(
    tx,
    sql<{ customerId: string; points: number; booked: number; earnedFen: number; goodsFen: number }>`
      select s.customer_id as "customerId", s.points, coalesce(l.points, 0)::int as booked, s.earned_fen as "earnedFen",
        coalesce(l.goods_fen, 0)::bigint as "goodsFen"
      from membership.standing s
      full join (select customer_id, sum(points) as points, sum(goods_fen) as goods_fen from membership.points_ledger group by customer_id) l
        using (customer_id)
      where s.points is distinct from coalesce(l.points, 0) or s.earned_fen is distinct from coalesce(l.goods_fen, 0)
      order by customer_id`,
  );
