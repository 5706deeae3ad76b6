import type { Ctx } from '../../platform/ctx.ts';
import { brokeConstraint } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import type { Tier } from './points.ts';
import { membership } from './tables.ts';

/**
 * Adds a tier or changes it. Who holds one keeps it; a new level counts when goods are next delivered. One tier always begins at nothing.
 * Refuses `tier.level_taken` and `tier.lowest_fixed`.
 */
export async function saveTier(ctx: Ctx, { code, name, nameEn, fromFen }: Tier): Promise<Tier> {
  const db = membership(ctx.tx);
  const before = await db.selectFrom('tier').select('from_fen').where('code', '=', code).forUpdate().executeTakeFirst();
  if (before?.from_fen === 0 && fromFen !== 0) refuse('tier.lowest_fixed', { code });

  const values = { name, name_en: nameEn, from_fen: fromFen };
  try {
    await db
      .insertInto('tier')
      .values({ code, ...values })
      .onConflict((oc) => oc.column('code').doUpdateSet(values))
      .execute();
  } catch (error) {
    if (brokeConstraint(error, 'tier_level_is_unique')) refuse('tier.level_taken', { fromFen });
    throw error;
  }
  return { code, name, nameEn, fromFen };
}
