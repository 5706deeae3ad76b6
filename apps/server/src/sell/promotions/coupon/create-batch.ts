import type { promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { enqueue } from '../../../platform/jobs.ts';
import { promotions } from '../tables.ts';
import { spelled } from './code.ts';
import { makeCodes, makeSome } from './make-codes.ts';

export type CreateBatch = z.output<typeof contract.createCouponBatch.body>;

/** Up to here codes are made at once; more are made by a job, with progress. */
const atOnceMax = 1000;

/**
 * Begins a batch of codes of a promotion that needs a code; answers its id. Refuses `promotion.not_found`, `promotion.wrong_state` once
 * it has ended, `coupon_batch.invalid` with the field, `coupon.exists` for a word that is taken.
 */
export async function createBatch(ctx: Ctx, form: CreateBatch): Promise<string> {
  const db = promotions(ctx.tx);
  const promotion = await db
    .selectFrom('promotion')
    .select(['state', 'needs_code', 'ends_at'])
    .where('id', '=', form.promotionId)
    .executeTakeFirst();
  if (promotion === undefined) refuse('promotion.not_found', { id: form.promotionId });
  if (promotion.state === 'ended') refuse('promotion.wrong_state', { state: promotion.state });
  const field = promotion.needs_code ? contradictionIn(form) : 'promotionId';
  if (field !== undefined) refuse('coupon_batch.invalid', { field });

  const by = actorLabel(ctx.actor);
  const { id } = await db
    .insertInto('coupon_batch')
    .values({
      name: form.name,
      promotion_id: form.promotionId,
      kind: form.kind,
      size: form.size,
      prefix: form.prefix,
      word: form.code ?? null,
      uses_per_code: form.kind === 'single' ? 1 : form.usesPerCode,
      uses_per_customer: form.usesPerCustomer,
      valid_from: new Date(form.validFrom),
      valid_to: form.validTo === null ? null : new Date(form.validTo),
      valid_days: form.validDays,
      is_public: form.isPublic,
      created_by_id: by.id,
      created_by: by.name,
      created_at: ctx.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (form.code !== undefined) await saveWord(ctx, id, form.code);
  else if (form.size <= atOnceMax) await makeSome(ctx, id);
  else await enqueue(ctx.tx, makeCodes, { batchId: id }, { key: `make-codes:${id}` });
  return id;
}

function contradictionIn({ kind, code, size, isPublic, validFrom, validTo, prefix }: CreateBatch): string | undefined {
  if (validTo !== null && Date.parse(validTo) <= Date.parse(validFrom)) return 'validTo';
  if (code === undefined) return undefined;
  if (kind !== 'multi') return 'kind';
  if (size !== 1) return 'size';
  if (prefix !== '') return 'prefix';
  return isPublic ? 'isPublic' : undefined;
}

async function saveWord(ctx: Ctx, batchId: string, word: string): Promise<void> {
  const db = promotions(ctx.tx);
  const saved = await db
    .insertInto('coupon')
    .values({
      code: spelled(word),
      batch_id: batchId,
      position: 1,
      customer_id: null,
      given_at: null,
      valid_to: null,
      earned_by: null,
    })
    .onConflict((oc) => oc.column('code').doNothing())
    .executeTakeFirst();
  if (saved.numInsertedOrUpdatedRows === 0n) refuse('coupon.exists', { code: word });
  await db.updateTable('coupon_batch').set({ made: 1, state: 'ready' }).where('id', '=', batchId).execute();
}
