import type { promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import type { StepKind } from './promotion.ts';
import { promotions } from './tables.ts';

/** Writes down who did what with a promotion, in the transaction that does it. */
export async function noteStep(ctx: Ctx, promotionId: string, what: StepKind, note: string | null = null): Promise<void> {
  const by = actorLabel(ctx.actor);
  await promotions(ctx.tx)
    .insertInto('step')
    .values({ promotion_id: promotionId, what, note, by_id: by.id, by: by.name, at: ctx.now })
    .execute();
}

/** Who did what with a promotion, the latest first. Refuses `promotion.not_found`. */
export async function listSteps(
  { tx }: Pick<Ctx, 'tx'>,
  promotionId: string,
): Promise<z.input<typeof contract.listPromotionSteps.reply>> {
  const db = promotions(tx);
  const found = await db.selectFrom('promotion').select('id').where('id', '=', promotionId).executeTakeFirst();
  if (found === undefined) refuse('promotion.not_found', { id: promotionId });
  const rows = await db
    .selectFrom('step')
    .select(['id', 'what', 'note', 'by_id', 'by', 'at'])
    .where('promotion_id', '=', promotionId)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return {
    items: rows.map(({ id, what, note, by_id, by, at }) => ({
      id,
      what,
      note,
      by: { id: by_id, name: by },
      at: at.toISOString(),
    })),
  };
}
