import type { boards as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { mayChange, mustShare, staffOf } from './board.ts';
import { lockQuestion, questionColumns, toQuestion } from './queries.ts';
import { boards } from './tables.ts';

type Form = z.output<typeof contract.saveQuestion.body>;

const questionsMax = 200;

/** Saves a question under a name. Refuses `question.too_many` beyond 200 of one's own. */
export async function saveQuestion(ctx: Ctx, form: Form): Promise<contract.SavedQuestion> {
  const staff = staffOf(ctx.actor);
  if (form.isShared) mustShare(staff);
  await run(ctx.tx, sql`select pg_advisory_xact_lock(hashtextextended(${`questions:${staff.id}`}, 0))`); // the count holds
  const own = await boards(ctx.tx).selectFrom('question').select('id').where('owner_id', '=', staff.id).execute();
  if (own.length >= questionsMax) refuse('question.too_many', { max: questionsMax });
  const row = await boards(ctx.tx)
    .insertInto('question')
    .values({ ...written(form), owner_id: staff.id, owner_name: staff.name, created_at: ctx.now, changed_at: ctx.now })
    .returning(questionColumns)
    .executeTakeFirstOrThrow();
  return toQuestion(row, staff) ?? refuse('question.not_found', { id: row.id });
}

/** Changes a saved question as it was seen. Refuses `question.changed {version}` when somebody was faster. */
export async function changeQuestion(ctx: Ctx, { id, version, ...form }: Form & { id: string; version: number }) {
  const staff = staffOf(ctx.actor);
  const before = await lockQuestion(ctx.tx, staff, id);
  if (!mayChange(staff, before) || (form.isShared && !before.is_shared)) mustShare(staff);
  if (before.version !== version) refuse('question.changed', { version: before.version });
  const row = await boards(ctx.tx)
    .updateTable('question')
    .set({ ...written(form), version: version + 1, changed_at: ctx.now })
    .where('id', '=', id)
    .returning(questionColumns)
    .executeTakeFirstOrThrow();
  return toQuestion(row, staff) ?? refuse('question.not_found', { id });
}

/** Deletes a saved question; tiles that showed it say so. */
export async function removeQuestion(ctx: Ctx, { id }: { id: string }): Promise<void> {
  const staff = staffOf(ctx.actor);
  if (!mayChange(staff, await lockQuestion(ctx.tx, staff, id))) mustShare(staff);
  await boards(ctx.tx).deleteFrom('question').where('id', '=', id).execute();
}

const written = ({ name, question, chart, isShared }: Form) => ({
  name_zh: name.zh,
  name_en: name.en,
  body: JSON.stringify(question),
  chart,
  is_shared: isShared,
});
