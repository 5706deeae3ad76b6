import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { couponStateOf } from '../coupon/code.ts';
import { readTaken } from '../read-taken.ts';
import { rulesOf } from '../running-set.ts';
import { claimOffers } from './claim-offers.ts';

interface Given {
  promotionId: string;
  code: string;
  customerKey: string;
  amountFen: number;
  units: number;
  goodsFen: number;
  taxFen: number;
  costFen: number;
  round: number;
}

/**
 * Takes again what an order took and gave back, all or nothing: only while every promotion still runs, every code still works, and every
 * budget and limit still has the room. Answers whether it did; an order that took nothing has nothing to take. The given-back claims of
 * the round before stay in the ledger.
 */
export async function claimAgain(ctx: Ctx, orderId: string): Promise<boolean> {
  const given = await run(
    ctx.tx,
    sql<Given>`select promotion_id as "promotionId", coupon_code as code, customer_key as "customerKey", -amount_fen as "amountFen",
        -units as units, -goods_fen as "goodsFen", -tax_fen as "taxFen", -cost_fen as "costFen", round + 1 as round
      from promotions.claim c where order_id = ${orderId} and kind = 'returned'
        and round = (select max(round) from promotions.claim where order_id = ${orderId}) order by promotion_id, coupon_code`,
  );
  const [first] = given;
  if (first === undefined) return true;
  if (!(await stillWork(ctx, given))) return false;
  const [outcome] = await claimOffers(ctx, [
    {
      ...first,
      orderId,
      applied: given.map(({ promotionId, code, amountFen, units }) => ({
        promotionId,
        couponCode: code === '' ? null : code,
        amountFen,
        units,
      })),
    },
  ]);
  return outcome?.isOk === true;
}

async function stillWork(ctx: Ctx, given: readonly Given[]): Promise<boolean> {
  const rules = await rulesOf(ctx.tx, [...new Set(given.map(({ promotionId }) => promotionId))], ctx.now);
  if (given.some(({ promotionId }) => rules.get(promotionId)?.isOn !== true)) return false;
  const codes = given.flatMap(({ code }) => (code === '' ? [] : code));
  if (codes.length === 0) return true;
  const { taken } = await readTaken(ctx.tx, [{ customerKey: given[0]?.customerKey ?? '', couponCodes: codes }], ctx.now);
  return codes.every((code) => {
    const coupon = taken.coupons.get(code);
    return coupon !== undefined && couponStateOf(coupon, { at: ctx.now, isPromotionOn: true }) === 'usable';
  });
}
