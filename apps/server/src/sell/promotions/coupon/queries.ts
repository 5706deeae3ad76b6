import type { promotions as contract } from '@tongshang/contract';
import { type Selectable, sql } from 'kysely';
import type * as z from 'zod';
import { findCustomers } from '../../../base/customers/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { run, type Tx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { inBusinessZone } from '../../../platform/time.ts';
import { namesOf } from '../queries.ts';
import type { CouponBatchTable } from '../tables.ts';
import { couponStateOf, shownCode, spelled, windowOfCoupon } from './code.ts';

type Batch = z.input<typeof contract.CouponBatch>;
type ListBatches = z.output<typeof contract.listCouponBatches.query>;
type Coupon = z.input<typeof contract.Coupon>;
export type BatchRow = Selectable<CouponBatchTable> & { uses: number; only: string | null };

/** Batches of codes, newest first, a page at a time. */
export async function listBatches(
  ctx: Ctx,
  { promotionId, state, text, after, limit }: ListBatches,
): Promise<z.input<typeof contract.listCouponBatches.reply>> {
  const wanted = [
    promotionId === undefined ? sql`true` : sql`b.promotion_id = ${promotionId}`,
    state === undefined ? sql`true` : sql`b.state = ${state}`,
    text === undefined || text === ''
      ? sql`true`
      : sql`(b.name || ' ' || b.number || ' ' || coalesce(b.word, b.prefix)) ilike ${likePart(text)}`,
    after === undefined ? sql`true` : sql`b.id < ${after}::uuid`,
  ];
  if (after !== undefined && !/^[\da-f-]{36}$/.test(after))
    refuse('request.invalid', { issues: [{ at: 'query', path: 'after' }] });
  const rows = await run(
    ctx.tx,
    sql<BatchRow>`${batchRows} where ${sql.join(wanted, sql` and `)} order by b.id desc limit ${limit + 1}`,
  );
  const shown = rows.slice(0, limit);
  return { items: await batchesOnWire(ctx, shown), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** One batch: how many of its codes are made, given, used. Refuses `coupon_batch.not_found`. */
export async function getBatch(ctx: Ctx, id: string): Promise<Batch> {
  const [batch] = await batchesOnWire(ctx, await run(ctx.tx, sql<BatchRow>`${batchRows} where b.id = ${id}`));
  return batch ?? refuse('coupon_batch.not_found', { id });
}

/** What became of a code, however it is typed. Refuses `coupon.not_found`. */
export async function lookUpCoupon(ctx: Ctx, typed: string): Promise<Coupon> {
  const code = spelled(typed);
  const [row] = await run(
    ctx.tx,
    sql<{ batchId: string; customerId: string | null; uses: number; validTo: Date | null }>`
      select batch_id as "batchId", customer_id as "customerId", uses, valid_to as "validTo" from promotions.coupon where code = ${code}`,
  );
  if (row === undefined) refuse('coupon.not_found', { code: typed });
  const [batchRow] = await run(ctx.tx, sql<BatchRow>`${batchRows} where b.id = ${row.batchId}`);
  if (batchRow === undefined) throw new Error(`coupon ${code} is of no batch`);
  const [batch] = await batchesOnWire(ctx, [batchRow]);
  if (batch === undefined) throw new Error(`batch ${row.batchId} is of no promotion`);
  const facts = {
    uses: row.uses, validTo: row.validTo, usesPerCode: batchRow.uses_per_code, batchState: batchRow.state,
    batchFrom: batchRow.valid_from, batchTo: batchRow.valid_to,
  }; // prettier-ignore
  const window = windowOfCoupon(facts);
  const customer = row.customerId === null ? undefined : (await findCustomers(ctx.tx, [row.customerId])).get(row.customerId);
  return {
    code: shownCode(code, batchRow),
    state: couponStateOf(facts, { at: ctx.now, isPromotionOn: batch.promotionStatus === 'running' }),
    batch,
    uses: row.uses,
    usesMax: batchRow.uses_per_code,
    validFrom: inBusinessZone(window.startsAt),
    validTo: window.endsAt === null ? null : inBusinessZone(window.endsAt),
    customer: customer === undefined ? null : { id: customer.id, number: customer.number, name: customer.maskedName },
    orders: await ordersOfCode(ctx.tx, code),
  };
}

async function ordersOfCode(tx: Tx, code: string): Promise<Coupon['orders']> {
  const rows = await run(
    tx,
    sql<{ orderId: string; amountFen: number; isReturned: boolean; at: Date }>`
      select t.order_id as "orderId", t.amount_fen as "amountFen", t.at,
        exists (select from promotions.claim r where r.order_id = t.order_id and r.promotion_id = t.promotion_id
          and r.coupon_code = t.coupon_code and r.round = t.round and r.kind = 'returned') as "isReturned"
      from promotions.claim t where t.coupon_code = ${code} and t.coupon_code <> '' and t.kind = 'taken' order by t.at desc limit 50`,
  );
  return rows.map(({ isReturned, at, ...row }) => ({ ...row, state: isReturned ? 'returned' : 'held', at: at.toISOString() }));
}

const likePart = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (mark) => `\\${mark}`)}%`;

const batchRows = sql`select b.*,
  coalesce((select sum(c.uses) from promotions.coupon c where c.batch_id = b.id and c.uses > 0), 0)::bigint as uses,
  case when b.size = 1 then (select c.code from promotions.coupon c where c.batch_id = b.id limit 1) end as only
  from promotions.coupon_batch b`;

async function batchesOnWire(ctx: Ctx, rows: readonly BatchRow[]): Promise<Batch[]> {
  const names = await namesOf(ctx.tx, [...new Set(rows.map((row) => row.promotion_id))], ctx.now);
  return rows.flatMap((row) => {
    const promotion = names.get(row.promotion_id);
    return promotion === undefined ? [] : [onWire(row, promotion)];
  });
}

const onWire = (row: BatchRow, promotion: { name: string; nameEn: string; status: Batch['promotionStatus'] }): Batch => ({
  id: row.id,
  number: row.number,
  name: row.name,
  promotionId: row.promotion_id,
  promotionName: promotion.name,
  promotionNameEn: promotion.nameEn,
  promotionStatus: promotion.status,
  kind: row.kind,
  size: row.size,
  prefix: row.prefix,
  usesPerCode: row.uses_per_code,
  usesPerCustomer: row.uses_per_customer,
  validFrom: inBusinessZone(row.valid_from),
  validTo: row.valid_to === null ? null : inBusinessZone(row.valid_to),
  validDays: row.valid_days,
  isPublic: row.is_public,
  state: row.state,
  made: row.made,
  given: row.given,
  uses: row.uses,
  code: row.only === null ? null : shownCode(row.only, row),
  createdBy: { id: row.created_by_id, name: row.created_by },
  createdAt: inBusinessZone(row.created_at),
});
