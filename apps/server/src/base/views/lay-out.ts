import type { views as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { lockView } from './queries.ts';
import { views } from './tables.ts';
import { staffOf } from './view.ts';

/** Keeps how a person lays out a list, for them alone; null forgets it, and the view's or the list's own columns return. */
export async function putLayout(ctx: Ctx, { page, viewId, layout }: z.output<typeof contract.putLayout.body>): Promise<void> {
  const staff = staffOf(ctx.actor);
  if (viewId !== null) await lockView(ctx.tx, staff, viewId);
  const db = views(ctx.tx);
  if (layout === null) {
    const mine = db.deleteFrom('layout').where('staff_id', '=', staff.id).where('page', '=', page);
    await (viewId === null ? mine.where('view_id', 'is', null) : mine.where('view_id', '=', viewId)).execute();
    return;
  }
  const text = JSON.stringify(layout);
  await db
    .insertInto('layout')
    .values({ staff_id: staff.id, page, view_id: viewId, layout: text })
    .onConflict((on) => on.constraint('one_layout_each').doUpdateSet({ layout: text }))
    .execute();
}

/** Which view a list opens with for this person. Refuses `view.not_found` for one they cannot see. */
export async function chooseDefaultView(
  ctx: Ctx,
  { page, viewId }: z.output<typeof contract.chooseDefaultView.body>,
): Promise<void> {
  const staff = staffOf(ctx.actor);
  const db = views(ctx.tx);
  if (viewId === null) {
    await db.deleteFrom('opening').where('staff_id', '=', staff.id).where('page', '=', page).execute();
    return;
  }
  await lockView(ctx.tx, staff, viewId);
  await db
    .insertInto('opening')
    .values({ staff_id: staff.id, page, view_id: viewId })
    .onConflict((on) => on.columns(['staff_id', 'page']).doUpdateSet({ view_id: viewId }))
    .execute();
}
