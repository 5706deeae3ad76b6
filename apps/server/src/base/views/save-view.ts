import type { views as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { brokeConstraint, run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { lockView, shown, toView } from './queries.ts';
import { views } from './tables.ts';
import { mayChange, staffOf } from './view.ts';

const viewsMax = 50;

/** Saves what a list shows under a name. Refuses `view.exists` for a name of one's own list, `view.too_many` beyond 50 a list. */
export async function saveView(ctx: Ctx, form: z.output<typeof contract.saveView.body>): Promise<contract.SavedView> {
  const staff = staffOf(ctx.actor);
  if (form.isShared) mustShare(staff);
  const db = views(ctx.tx);
  await run(ctx.tx, sql`select pg_advisory_xact_lock(hashtextextended(${`views:${staff.id}`}, 0))`); // the count holds
  const own = await db.selectFrom('view').select('name').where('owner_id', '=', staff.id).where('page', '=', form.page).execute();
  if (own.length >= viewsMax) refuse('view.too_many', { max: viewsMax });

  const row = await db
    .insertInto('view')
    .values({
      page: form.page,
      name: form.name,
      query: form.query,
      layout: form.layout === null ? null : JSON.stringify(form.layout),
      is_shared: form.isShared,
      owner_id: staff.id,
      owner_name: staff.name,
      created_at: ctx.now,
    })
    .returning(shown)
    .executeTakeFirstOrThrow()
    .catch(nameTaken(form.name));
  return toView(row, staff);
}

/** Changes a view as it was seen. Refuses `view.changed` when somebody was faster, so that no edit of a shared view is lost. */
export async function changeView(
  ctx: Ctx,
  { id, version, ...form }: z.output<typeof contract.changeView.body> & { id: string },
): Promise<contract.SavedView> {
  const staff = staffOf(ctx.actor);
  const before = await lockView(ctx.tx, staff, id);
  if (!mayChange(staff, before) || (form.isShared && !before.is_shared)) mustShare(staff);
  if (before.version !== version) refuse('view.changed', { version: before.version });

  const row = await views(ctx.tx)
    .updateTable('view')
    .set({
      name: form.name,
      query: form.query,
      layout: form.layout === null ? null : JSON.stringify(form.layout),
      is_shared: form.isShared,
      version: version + 1,
    })
    .where('id', '=', id)
    .returning(shown)
    .executeTakeFirstOrThrow()
    .catch(nameTaken(form.name));
  return toView(row, staff);
}

/** Deletes a view; lists that opened with it open as they are, and layouts made for it go with it. */
export async function removeView(ctx: Ctx, { id }: { id: string }): Promise<void> {
  const staff = staffOf(ctx.actor);
  const before = await lockView(ctx.tx, staff, id);
  if (!mayChange(staff, before)) mustShare(staff);
  await views(ctx.tx).deleteFrom('view').where('id', '=', id).execute();
}

function mustShare(staff: ReturnType<typeof staffOf>): void {
  if (!staff.permissions.has('views.share')) refuse('auth.forbidden', { permission: 'views.share' });
}

const nameTaken =
  (name: string) =>
  (error: unknown): never => {
    if (brokeConstraint(error, 'view_name_is_unique')) refuse('view.exists', { name });
    throw error;
  };
