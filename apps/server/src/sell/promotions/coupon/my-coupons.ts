import type { promotions as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import { run, type Tx } from '../../../platform/db.ts';
import { inBusinessZone } from '../../../platform/time.ts';
import { publicRuleOf } from '../public-rule.ts';
import { rulesOf } from '../running-set.ts';
import { couponStateOf, type CouponState, shownCode, windowOfCoupon } from './code.ts';

type MyCoupon = z.input<typeof contract.MyCoupon>;

interface Row {
  code: string;
  uses: number;
  validTo: Date | null;
  promotionId: string;
  prefix: string;
  word: string | null;
  usesPerCode: number | null;
  batchState: 'making' | 'ready' | 'stopped';
  batchFrom: Date;
  batchTo: Date | null;
  usedAt: Date | null;
  orderId: string | null;
}

const shownMax = 200;
const order: Readonly<Record<CouponState, number>> = {
  usable: 0, not_started: 1, used_up: 2, expired: 3, promotion_off: 4, stopped: 5,
}; // prettier-ignore

/** A member's coupons: those that work first, by the earliest end; then the others, each with what became of it. */
export async function listMyCoupons(ctx: Ctx, customerId: string): Promise<MyCoupon[]> {
  const coupons = await readCoupons(ctx, await ownCoupons(ctx.tx, customerId, sql`true`));
  const endOf = (coupon: MyCoupon): string => coupon.validTo ?? '9999';
  return coupons.toSorted((a, b) => order[a.state] - order[b.state] || (endOf(a) < endOf(b) ? -1 : endOf(a) > endOf(b) ? 1 : 0));
}

/** One coupon of a member. */
export async function getMyCoupon(ctx: Ctx, { customerId, code }: { customerId: string; code: string }): Promise<MyCoupon> {
  const [coupon] = await readCoupons(ctx, await ownCoupons(ctx.tx, customerId, sql`c.code = ${code}`));
  if (coupon === undefined) throw new Error(`coupon ${code} is not of customer ${customerId}`);
  return coupon;
}

const ownCoupons = (tx: Tx, customerId: string, which: ReturnType<typeof sql>): Promise<Row[]> =>
  run(
    tx,
    sql<Row>`select c.code, c.uses, c.valid_to as "validTo", b.promotion_id as "promotionId", b.prefix, b.word, b.uses_per_code as "usesPerCode",
        b.state as "batchState", b.valid_from as "batchFrom", b.valid_to as "batchTo", last.at as "usedAt", last.order_id as "orderId"
      from promotions.coupon c
      join promotions.coupon_batch b on b.id = c.batch_id
      left join lateral (
        select t.at, t.order_id from promotions.claim t where t.coupon_code = c.code and t.coupon_code <> '' and t.kind = 'taken' and c.uses > 0
          and not exists (select from promotions.claim r where r.order_id = t.order_id and r.promotion_id = t.promotion_id
            and r.coupon_code = t.coupon_code and r.round = t.round and r.kind = 'returned')
        order by t.at desc limit 1
      ) last on true
      where c.customer_id = ${customerId} and ${which} order by c.given_at desc, c.code limit ${shownMax}`,
  );

async function readCoupons(ctx: Ctx, rows: readonly Row[]): Promise<MyCoupon[]> {
  const rules = await rulesOf(ctx.tx, [...new Set(rows.map((row) => row.promotionId))], ctx.now);
  return rows.flatMap((row) => {
    const rule = rules.get(row.promotionId);
    if (rule === undefined) return [];
    const window = windowOfCoupon(row);
    return {
      code: shownCode(row.code, row),
      rule: publicRuleOf(rule.promotion),
      state: couponStateOf(row, { at: ctx.now, isPromotionOn: rule.isOn }),
      usesLeft: row.usesPerCode === null ? null : Math.max(0, row.usesPerCode - row.uses),
      validFrom: inBusinessZone(window.startsAt),
      validTo: window.endsAt === null ? null : inBusinessZone(window.endsAt),
      usedAt: row.usedAt?.toISOString() ?? null,
      orderId: row.orderId,
    };
  });
}
