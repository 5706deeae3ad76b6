import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import { shownCode, spelled } from './coupon/code.ts';
import { type GivenCoupon, type TakenSoFar, useKey } from './offers.ts';
import { keptSet, type RunningSet, runningSetOf } from './running-set.ts';

interface Asked {
  customerKey: string;
  customerId?: string | undefined;
  couponCodes: readonly string[] | 'best';
}

/**
 * The running set and what has been taken of it so far, as far as these carts need it: one statement when this process knows the set,
 * however many carts.
 */
export async function readTaken(tx: Tx, carts: readonly Asked[], now: Date): Promise<{ set: RunningSet; taken: TakenSoFar }> {
  const kept = keptSet();
  const first = await readState(tx, kept, { carts, now });
  if (first.token === kept?.token) return { set: kept, taken: takenOf(first) };
  const set = await runningSetOf(tx, first.token, now);
  if (set.limited.length === 0 && set.perCustomer.length === 0) return { set, taken: takenOf(first) };
  return { set, taken: takenOf(await readState(tx, set, { carts, now })) };
}

interface State {
  token: string;
  balances: [promotionId: string, spentFen: number, uses: number, units: number][] | null;
  uses: [scope: string, customerKey: string, uses: number, units: number][] | null;
  coupons: CouponRow[] | null;
}

interface CouponRow extends Omit<GivenCoupon, 'shown' | 'validTo' | 'batchFrom' | 'batchTo'> {
  validTo: string | null;
  batchFrom: string;
  batchTo: string | null;
  prefix: string;
  word: string | null;
}

async function readState(
  tx: Tx,
  set: RunningSet | undefined,
  { carts, now }: { carts: readonly Asked[]; now: Date },
): Promise<State> {
  const codes = [...new Set(carts.flatMap(({ couponCodes }) => (couponCodes === 'best' ? [] : couponCodes.map(spelled))))];
  const owners = carts.flatMap(({ couponCodes, customerId }) => (couponCodes === 'best' ? (customerId ?? []) : []));
  const hasCoupons = codes.length > 0 || owners.length > 0;
  const perCustomer = set?.perCustomer ?? [];
  if (!hasCoupons && perCustomer.length === 0 && (set?.limited ?? []).length === 0) return readToken(tx);
  const keys = perCustomer.length === 0 && !hasCoupons ? [] : [...new Set(carts.map((cart) => cart.customerKey))];
  const asked =
    owners.length === 0
      ? sql`any(${codes}::text[])`
      : sql`any(${codes}::text[] || array(${ownCodes([...new Set(owners)], now)}))`;
  const [state] = await run(
    tx,
    sql<State>`select r.token,
      (select json_agg(json_build_array(b.promotion_id, b.spent, b.uses, b.units)) from (
        select promotion_id, sum(spent_fen)::bigint as spent, sum(uses)::bigint as uses, sum(units)::bigint as units
        from promotions.balance where promotion_id = any(${[...(set?.limited ?? [])]}::uuid[]) group by promotion_id) b) as balances,
      (select json_agg(json_build_array(u.scope, u.customer_key, u.uses, u.units)) from promotions.customer_use u
        where u.customer_key = any(${keys}::text[]) and (u.scope = any(${[...perCustomer]}::uuid[])
          or u.scope in (select c.batch_id from promotions.coupon c where c.code = ${asked}))) as uses,
      (select json_agg(json_build_object('code', c.code, 'batchId', c.batch_id, 'customerId', c.customer_id, 'uses', c.uses,
          'validTo', c.valid_to, 'promotionId', b.promotion_id, 'name', p.name, 'nameEn', p.name_en, 'usesPerCode', b.uses_per_code,
          'usesPerCustomer', b.uses_per_customer, 'batchState', b.state, 'batchFrom', b.valid_from, 'batchTo', b.valid_to,
          'prefix', b.prefix, 'word', b.word))
        from promotions.coupon c join promotions.coupon_batch b on b.id = c.batch_id join promotions.promotion p on p.id = b.promotion_id
        where c.code = ${asked}) as coupons
      from promotions.revision r`,
  );
  if (state === undefined) throw new Error('promotions.revision has no row');
  return state;
}

const ownMax = 60;

/** Codes that these members could use now, of each the ones that end first; what they give is worked out elsewhere. */
const ownCodes = (customerIds: readonly string[], now: Date) =>
  sql`select own.code from unnest(${[...customerIds]}::uuid[]) as member (id) cross join lateral (
      select c.code from promotions.coupon c join promotions.coupon_batch b on b.id = c.batch_id
      where c.customer_id = member.id and b.state = 'ready' and (b.uses_per_code is null or c.uses < b.uses_per_code)
        and b.valid_from <= ${now} and (c.valid_to is null or c.valid_to > ${now}) and (b.valid_to is null or b.valid_to > ${now})
      order by least(c.valid_to, b.valid_to) nulls last, c.code limit ${ownMax}) own`;

/** Nothing is limited and nobody gave a code: only whether the set is still the same is asked. */
async function readToken(tx: Tx): Promise<State> {
  const [row] = await run(tx, sql<{ token: string }>`select token from promotions.revision`);
  if (row === undefined) throw new Error('promotions.revision has no row');
  return { token: row.token, balances: null, uses: null, coupons: null };
}

function takenOf({ balances, uses, coupons }: State): TakenSoFar {
  return {
    balances: new Map((balances ?? []).map(([id, spentFen, count, units]) => [id, { spentFen, uses: count, units }])),
    uses: new Map((uses ?? []).map(([scope, key, count, units]) => [useKey(scope, key), { uses: count, units }])),
    coupons: new Map(
      (coupons ?? []).map(({ prefix, word, ...row }) => [
        row.code,
        {
          ...row,
          shown: shownCode(row.code, { word, prefix }),
          validTo: row.validTo === null ? null : new Date(row.validTo),
          batchFrom: new Date(row.batchFrom),
          batchTo: row.batchTo === null ? null : new Date(row.batchTo),
        },
      ]),
    ),
  };
}
