import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { emit } from '../../../platform/events.ts';
import { refuse } from '../../../platform/fail.ts';
import { lateLeft, lateTaken } from '../events.ts';
import { stream } from '../tables.ts';
import { type LateEntryView, lateEntry } from './queries.ts';

interface Decide {
  id: string;
  version: number;
  reason: string;
}

/**
 * Takes an entry of the late ledger into the figures of its own day: its rows go to ClickHouse by the log, once, and the day gets a new
 * version. Refuses `late_entry.not_found`, `late_entry.changed`, `late_entry.wrong_state` when it was taken before.
 */
export async function takeLate(ctx: Ctx, decision: Decide): Promise<LateEntryView> {
  const entry = await settle(ctx, decision, 'taken');
  const { id, day, what, entries, amountFen } = entry;
  await emit(ctx, lateTaken, { id, day, what, entries, amountFen, reason: decision.reason });
  return entry;
}

/** Leaves an entry out of the figures; it stays in the ledger and can still be taken in. Refusals as `takeLate`. */
export async function leaveLate(ctx: Ctx, decision: Decide): Promise<LateEntryView> {
  const entry = await settle(ctx, decision, 'left');
  const { id, day, what, entries, amountFen } = entry;
  await emit(ctx, lateLeft, { id, day, what, entries, amountFen, reason: decision.reason });
  return entry;
}

async function settle(ctx: Ctx, { id, version, reason }: Decide, state: 'taken' | 'left'): Promise<LateEntryView> {
  const changed = await stream(ctx.tx)
    .updateTable('late_entry')
    .set({ state, reason, decided_by: actorLabel(ctx.actor).name, decided_at: ctx.now, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', 'in', state === 'taken' ? ['open', 'left'] : ['open'])
    .executeTakeFirst();
  const entry = await lateEntry(ctx.tx, id);
  if (changed.numUpdatedRows === 1n) return entry;
  if (entry.version !== version) refuse('late_entry.changed', { id });
  return refuse('late_entry.wrong_state', { id, state: entry.state });
}
