import type { views as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Tx } from '../../platform/db.ts';
import type { StaffActor } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { views } from './tables.ts';
import { maySee } from './view.ts';

/** Everything a person's lists need, in three statements: what is not theirs and not shared does not exist for them. */
export async function listViews(tx: Tx, staff: StaffActor): Promise<z.input<typeof contract.listViews.reply>> {
  const db = views(tx);
  const seen = await db
    .selectFrom('view')
    .select(shown)
    .where((eb) => eb.or([eb('owner_id', '=', staff.id), eb('is_shared', '=', true)]))
    .orderBy('created_at')
    .execute();
  const layouts = await db
    .selectFrom('layout')
    .select(['page', 'view_id as viewId', 'layout'])
    .where('staff_id', '=', staff.id)
    .execute();
  const openings = await db
    .selectFrom('opening')
    .select(['page', 'view_id as viewId'])
    .where('staff_id', '=', staff.id)
    .execute();

  const isSeen = new Set(seen.map(({ id }) => id));
  return {
    views: seen.map((row) => toView(row, staff)),
    layouts: layouts
      .filter(({ viewId }) => viewId === null || isSeen.has(viewId))
      .map(({ layout, ...rest }) => ({ ...rest, ...layout })),
    defaults: openings.filter(({ viewId }) => isSeen.has(viewId)),
  };
}

export const shown = ['id', 'page', 'name', 'query', 'layout', 'is_shared', 'owner_id', 'owner_name', 'version'] as const;

interface Row {
  id: string;
  page: string;
  name: string;
  query: string;
  layout: contract.Layout | null;
  is_shared: boolean;
  owner_id: string;
  owner_name: string;
  version: number;
}

export const toView = ({ is_shared, owner_id, owner_name, ...row }: Row, staff: StaffActor): contract.SavedView => ({
  ...row,
  isShared: is_shared,
  isMine: owner_id === staff.id,
  ownerName: owner_name,
});

/** A view as it is, held until the transaction ends. Refuses `view.not_found` also where it may not be seen. */
export async function lockView(tx: Tx, staff: StaffActor, id: string): Promise<Row> {
  const row = await views(tx).selectFrom('view').select(shown).where('id', '=', id).forUpdate().executeTakeFirst();
  return row !== undefined && maySee(staff, row) ? row : refuse('view.not_found', { id });
}
