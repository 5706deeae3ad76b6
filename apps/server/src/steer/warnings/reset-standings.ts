import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { emitMany } from '../../platform/events.ts';
import { signalResolved } from './events.ts';
import type { EntityKind } from './warning.ts';

/** Forgets where the entities of a rule stood, and resolves what was firing. */
export async function resetStandings(ctx: Ctx, ruleId: string): Promise<void> {
  const resolved = await run(
    ctx.tx,
    sql<{ signalId: string; metric: string; entity: EntityKind; entityKey: string; direction: 'below' | 'above'; value: number }>`
      update warnings.signal set resolved_at = ${ctx.now} where rule_id = ${ruleId} and resolved_at is null
      returning id as "signalId", metric, entity, entity_key as "entityKey", direction, fired_value as value`,
  );
  await run(ctx.tx, sql`delete from warnings.state where rule_id = ${ruleId}`);
  await emitMany(
    ctx,
    signalResolved,
    resolved.map((row) => ({ ...row, ruleId })),
  );
}
