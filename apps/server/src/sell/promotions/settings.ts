import type { promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { promotions } from './tables.ts';

type Settings = z.output<typeof contract.PromotionSettings>;

export const getSettings = (tx: Tx): Promise<Settings> =>
  promotions(tx)
    .selectFrom('setting')
    .select(['second_person_above_fen as secondPersonAboveFen', 'version'])
    .executeTakeFirstOrThrow();

/** Sets from which possible cost on a second person is needed. Refuses `promotion.stale` when somebody changed it since. */
export async function saveSettings(ctx: Ctx, { secondPersonAboveFen, version }: Settings): Promise<Settings> {
  const saved = await promotions(ctx.tx)
    .updateTable('setting')
    .set({
      second_person_above_fen: secondPersonAboveFen,
      version: version + 1,
      changed_by: actorLabel(ctx.actor).name,
      changed_at: ctx.now,
    })
    .where('version', '=', version)
    .executeTakeFirst();
  if (saved.numUpdatedRows === 0n) refuse('promotion.stale', { seen: version });
  return getSettings(ctx.tx);
}
