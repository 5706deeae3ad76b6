import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { type CategoryFacts, listCategories } from './queries.ts';
import { type CategoryRow, upsertCategories } from './upsert-categories.ts';

/** Adds one category or changes its names and place. Refuses `category.not_found` when its parent does not exist. */
export async function saveCategory(ctx: Ctx, row: CategoryRow): Promise<CategoryFacts> {
  await upsertCategories(ctx, [row]);
  const saved = (await listCategories(ctx.tx)).find((category) => category.code === row.code);
  return saved ?? refuse('category.not_found', { category: row.code });
}
