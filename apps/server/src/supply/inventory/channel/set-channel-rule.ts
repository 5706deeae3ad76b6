import type { lots as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { run, type Tx } from '../../../platform/db.ts';
import { emit } from '../../../platform/events.ts';
import { refuse } from '../../../platform/fail.ts';
import { termsChanged } from '../events.ts';
import { inventory } from '../tables.ts';

/**
 * Says how much life a channel asks of a lot and how many units it leaves alone, for all SKUs or for one; what is promised already stays
 * promised. Both figures null end the rule. Refuses `sku.not_found`.
 */
export async function setChannelRule(
  ctx: Ctx,
  { channel, sku, minimumLifeDays, buffer }: z.output<typeof contract.setChannelRule.body>,
) {
  if (sku !== null && !(await findSkus(ctx.tx, [sku])).has(sku)) refuse('sku.not_found', { sku });
  const db = inventory(ctx.tx);
  const [before] = await db
    .selectFrom('channel_rule')
    .select(['minimum_life_days as minimumLifeDays', 'buffer'])
    .where('channel', '=', channel)
    .where('sku', '=', sku ?? '')
    .execute();
  if (minimumLifeDays === null && buffer === null)
    await db
      .deleteFrom('channel_rule')
      .where('channel', '=', channel)
      .where('sku', '=', sku ?? '')
      .execute();
  else {
    const values = { minimum_life_days: minimumLifeDays, buffer, changed_by: actorLabel(ctx.actor).name, changed_at: ctx.now };
    await db
      .insertInto('channel_rule')
      .values({ channel, sku: sku ?? '', ...values })
      .onConflict((conflict) => conflict.columns(['channel', 'sku']).doUpdateSet(values))
      .execute();
  }
  if (sku !== null) await run(ctx.tx, sql`update inventory.stock set has_limits = true where sku = ${sku} and not has_limits`);
  const after = minimumLifeDays === null && buffer === null ? null : { minimumLifeDays, buffer };
  await emit(ctx, termsChanged, { what: 'channel_rule', sku, location: null, channel, before: before ?? null, after });
  return listChannelRules(ctx.tx);
}

export async function listChannelRules(tx: Tx): Promise<z.input<typeof contract.listChannelRules.reply>> {
  const rows = await inventory(tx)
    .selectFrom('channel_rule')
    .select([
      'channel',
      'sku',
      'minimum_life_days as minimumLifeDays',
      'buffer',
      'changed_by as changedBy',
      'changed_at as changedAt',
    ])
    .orderBy('channel')
    .orderBy('sku')
    .execute();
  return { items: rows.map((row) => ({ ...row, sku: row.sku === '' ? null : row.sku, changedAt: row.changedAt.toISOString() })) };
}
