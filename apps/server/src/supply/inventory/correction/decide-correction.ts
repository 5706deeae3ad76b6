import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { settleCount } from '../count/settle-count.ts';
import { inventory } from '../tables.ts';
import { bookCorrection } from './book-correction.ts';
import { mayDecide } from './correction.ts';
import { findCorrection, linesOf } from './queries.ts';

/**
 * Books what somebody else proposed. Refuses `correction.needs_second_person` to whoever proposed or counted it,
 * `correction.overtaken` when a later count or import has set the same balance, `stock.insufficient` when the units are gone.
 */
export async function approveCorrection(ctx: Ctx, { id, note }: { id: string; note?: string | undefined }) {
  const correction = await lockWaiting(ctx, id);
  const lines = await linesOf(ctx.tx, id);
  if (correction.kind !== 'adjustment') await checkNotOvertaken(ctx, id);

  await bookCorrection(ctx, { ...correction, note: correction.note ?? undefined, lines });
  await decide(ctx, id, 'booked', note);
  if (correction.countId !== null) await settleCount(ctx, correction.countId, 'booked');
  return findCorrection(ctx, id);
}

/** Turns a proposal down: nothing moves, and a count is asked for again. Refuses what approving does. */
export async function rejectCorrection(ctx: Ctx, { id, note }: { id: string; note: string }) {
  const correction = await lockWaiting(ctx, id);
  await decide(ctx, id, 'rejected', note);
  if (correction.countId !== null) await settleCount(ctx, correction.countId, 'recount');
  return findCorrection(ctx, id);
}

async function lockWaiting(ctx: Ctx, id: string) {
  const correction = await inventory(ctx.tx)
    .selectFrom('correction')
    .select(['kind', 'state', 'reason', 'note', 'cause', 'count_id as countId', 'proposer_ids as proposerIds'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (correction === undefined) return refuse('correction.not_found', { id });
  if (correction.state !== 'waiting') refuse('correction.wrong_state', { state: correction.state });
  if (!mayDecide(correction.proposerIds, actorLabel(ctx.actor))) refuse('correction.needs_second_person', { id });
  return correction;
}

/** Ids are given out in the order of time: a movement with a greater one was booked after the proposal. */
async function checkNotOvertaken(ctx: Ctx, id: string): Promise<void> {
  const [later] = await run(
    ctx.tx,
    sql<{ sku: string; cause: string }>`select m.sku, m.cause from inventory.correction_line l
      join inventory.movement m on m.sku = l.sku and m.location = l.location and m.kind in ('count', 'import', 'opening') and m.id > l.correction_id
      where l.correction_id = ${id} limit 1`,
  );
  if (later !== undefined) refuse('correction.overtaken', later);
}

const decide = (ctx: Ctx, id: string, state: 'booked' | 'rejected', note: string | undefined) =>
  inventory(ctx.tx)
    .updateTable('correction')
    .set({ state, decided_by: actorLabel(ctx.actor).name, decided_at: ctx.now, decision_note: note ?? null })
    .where('id', '=', id)
    .execute();
