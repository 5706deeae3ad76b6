import { sql } from 'kysely';
import { json, run, type Tx } from '../../../platform/db.ts';
import { type Meter, meterKey, type Meters } from './claims.ts';

export interface Wanted {
  promotionIds: readonly string[];
  codes: readonly string[];
  /** Who asks for which promotion, with which code. */
  claims: readonly { promotionId: string; code: string | undefined; customerKey: string }[];
}

/** The meters as locked, and which counts are kept for customers. */
export interface Locked extends Meters {
  /** Promotions whose balance has an end: kept in shard 0 alone. */
  limited: ReadonlySet<string>;
  perCustomer: ReadonlySet<string>;
  batchOf: ReadonlyMap<string, { batchId: string; countsCustomer: boolean }>;
}

/**
 * Locks every row that these orders may have to stop at, in the one order of this module: balances with an end by promotion, codes,
 * customers' counts. Balances without an end are not locked: nobody waits for them.
 */
export async function lockMeters(tx: Tx, wanted: Wanted): Promise<Locked> {
  const balances = await lockBalances(tx, wanted.promotionIds);
  const coupons = wanted.codes.length === 0 ? [] : await lockCoupons(tx, wanted.codes);
  const perCustomer = new Map(balances.limits.flatMap((row) => (hasCustomerLimit(row) ? [[row.id, row] as const] : [])));
  const couponOf = new Map(coupons.map((row) => [row.code, row]));
  const counts = wanted.claims.flatMap(({ promotionId, code, customerKey }) => {
    const coupon = code === undefined ? undefined : couponOf.get(code);
    const scopes = perCustomer.has(promotionId) ? [promotionId] : [];
    if (coupon !== undefined && coupon.usesPerCustomer !== null) scopes.push(coupon.batchId);
    return scopes.map((scope) => ({ scope, customerKey }));
  });
  const customers = counts.length === 0 ? [] : await lockCustomers(tx, counts);

  const batches = new Map(coupons.map((row) => [row.batchId, row]));
  const customerMax = (scope: string): Pick<Meter, 'usesMax' | 'unitsMax'> => {
    const limits = perCustomer.get(scope);
    if (limits !== undefined)
      return { usesMax: limits.usesPerCustomer ?? undefined, unitsMax: limits.unitsPerCustomer ?? undefined };
    return { usesMax: batches.get(scope)?.usesPerCustomer ?? undefined };
  };
  return {
    promotions: balances.meters,
    coupons: new Map(coupons.map((row) => [row.code, { ...row, spentFen: 0, units: 0, usesMax: row.usesPerCode ?? undefined }])),
    customers: new Map(
      customers.map((row) => [meterKey(row.scope, row.customerKey), { ...row, spentFen: 0, ...customerMax(row.scope) }]),
    ),
    limited: new Set(balances.meters.keys()),
    perCustomer: new Set(perCustomer.keys()),
    batchOf: new Map(
      coupons.map(({ code, batchId, usesPerCustomer }) => [code, { batchId, countsCustomer: usesPerCustomer !== null }]),
    ),
  };
}

interface LimitsRow {
  id: string;
  budgetFen: number | null;
  usesMax: number | null;
  unitsMax: number | null;
  usesPerCustomer: number | null;
  unitsPerCustomer: number | null;
}
const hasCustomerLimit = (row: LimitsRow): boolean => row.usesPerCustomer !== null || row.unitsPerCustomer !== null;

async function lockBalances(tx: Tx, ids: readonly string[]): Promise<{ limits: LimitsRow[]; meters: Map<string, Meter> }> {
  const [found] = await run(
    tx,
    sql<{
      limits: LimitsRow[] | null;
      locked: { id: string; spentFen: number; uses: number; units: number }[] | null;
    }>`with limits as (
        select id, budget_fen as "budgetFen", uses_max as "usesMax", units_max as "unitsMax", uses_per_customer as "usesPerCustomer",
          units_per_customer as "unitsPerCustomer"
        from promotions.promotion where id = any(${[...ids]}::uuid[])
      ), locked as (
        select promotion_id as id, spent_fen as "spentFen", uses, units from promotions.balance
        where promotion_id in (select id from limits where "budgetFen" is not null or "usesMax" is not null or "unitsMax" is not null)
        order by promotion_id, shard for update
      )
      select (select json_agg(limits) from limits) as limits, (select json_agg(locked) from locked) as locked`,
  );
  const limits = found?.limits ?? [];
  const meters = new Map<string, Meter>();
  for (const { id, spentFen, uses, units } of found?.locked ?? []) {
    const sum = meters.get(id) ?? { spentFen: 0, uses: 0, units: 0 };
    const row = limits.find((one) => one.id === id);
    meters.set(id, {
      spentFen: sum.spentFen + spentFen,
      uses: sum.uses + uses,
      units: sum.units + units,
      spentMax: row?.budgetFen ?? undefined,
      usesMax: row?.usesMax ?? undefined,
      unitsMax: row?.unitsMax ?? undefined,
    });
  }
  return { limits, meters };
}

const lockCoupons = (tx: Tx, codes: readonly string[]) =>
  run(
    tx,
    sql<{
      code: string;
      uses: number;
      customerId: string | null;
      batchId: string;
      usesPerCode: number | null;
      usesPerCustomer: number | null;
      isOff: boolean;
    }>`select c.code, c.uses, c.customer_id as "customerId", c.batch_id as "batchId", b.uses_per_code as "usesPerCode",
        b.uses_per_customer as "usesPerCustomer", b.state <> 'ready' as "isOff"
      from promotions.coupon c join promotions.coupon_batch b on b.id = c.batch_id
      where c.code = any(${[...codes]}::text[]) order by c.code for update of c`,
  );

/** The rows are made where they are missing; either way they are locked, in one order. */
const lockCustomers = (tx: Tx, counts: readonly { scope: string; customerKey: string }[]) =>
  run(
    tx,
    sql<{
      scope: string;
      customerKey: string;
      uses: number;
      units: number;
    }>`insert into promotions.customer_use as u (scope, customer_key)
      select distinct scope, "customerKey" from jsonb_to_recordset(${json(counts)}) as c (scope uuid, "customerKey" text) order by 1, 2
      on conflict (scope, customer_key) do update set uses = u.uses
      returning u.scope, u.customer_key as "customerKey", u.uses, u.units`,
  );
