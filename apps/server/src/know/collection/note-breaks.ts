import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { dayOf } from '../../platform/time.ts';
import type { PlanBreak } from './sort-out.ts';

interface Count extends PlanBreak {
  source: string;
  times: number;
}

/** Names of unplanned events that one commit may add: whoever makes names up fills no table with them. */
const namesMax = 50;
const otherNames = '…';

/** Counts where events went against the plan, a row a way and business day. */
export async function noteBreaks(ctx: Ctx, batches: readonly { source: string; breaks: readonly PlanBreak[] }[]): Promise<void> {
  const counts = new Map<string, Count>();
  const names = new Set<string>();
  for (const { source, breaks } of batches) {
    for (const one of breaks) {
      const isOther = one.problem === 'unplanned' && !names.has(one.event) && names.size >= namesMax;
      const event = isOther ? otherNames : one.event;
      if (one.problem === 'unplanned' && !isOther) names.add(event);
      const key = `${source}\n${event}\n${one.property}\n${one.problem}`;
      const before = counts.get(key);
      if (before === undefined) counts.set(key, { ...one, event, source, times: 1 });
      else before.times += 1;
    }
  }
  if (counts.size === 0) return;
  const sorted = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count); // one order of locks
  await run(
    ctx.tx,
    sql`insert into collection.violation (day, source, event, property, problem, times, last_at, message_id)
      select ${dayOf(ctx.now)}::date, source, event, property, problem, times, ${ctx.now}, "messageId"
      from jsonb_to_recordset(${json(sorted)}) as c (source text, event text, property text, problem text, times bigint, "messageId" text)
      on conflict (day, source, event, property, problem) do update
      set times = violation.times + excluded.times, last_at = excluded.last_at, message_id = excluded.message_id`,
  );
}
