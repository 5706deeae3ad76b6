import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { categoryChanged } from './events.ts';

export interface CategoryRow {
  code: string;
  name: string;
  nameEn: string;
  position: number;
}

/**
 * Adds categories and changes their names; the parent is what stands before the last `/`. Doing it again changes nothing.
 * Answers the codes that are new or different. Refuses `category.not_found` when a parent is neither there nor given.
 */
export async function upsertCategories(ctx: Ctx, rows: readonly CategoryRow[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const given = [...new Map(rows.map((row) => [row.code, { ...row, parent: parentOf(row.code) }])).values()];
  const orphans = await run(
    ctx.tx,
    sql<{ parent: string }>`select parent from jsonb_to_recordset(${json(given)}) as g (code text, parent text)
      where parent is not null and not exists (select from catalog.category c where c.code = g.parent)
        and parent not in (select code from jsonb_to_recordset(${json(given)}) as g (code text))`,
  );
  if (orphans[0] !== undefined) refuse('category.not_found', { category: orphans[0].parent });

  const changed = await run(
    ctx.tx,
    sql<{ code: string }>`insert into catalog.category as c (code, parent, name, name_en, position)
      select code, parent, name, "nameEn", position
      from jsonb_to_recordset(${json(given)}) as g (code text, parent text, name text, "nameEn" text, position int) order by code
      on conflict (code) do update set name = excluded.name, name_en = excluded.name_en, position = excluded.position
        where (c.name, c.name_en, c.position) is distinct from (excluded.name, excluded.name_en, excluded.position)
      returning c.code`,
  );
  const codes = changed.map((row) => row.code);
  for (let start = 0; start < codes.length; start += 1000)
    await emit(ctx, categoryChanged, { codes: codes.slice(start, start + 1000) });
  return codes;
}

const parentOf = (code: string): string | null => (code.includes('/') ? code.slice(0, code.lastIndexOf('/')) : null);
