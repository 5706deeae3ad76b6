import type { Ctx } from '../../platform/ctx.ts';
import { inventory } from './tables.ts';

export interface LocationFacts {
  code: string;
  name: string;
  nameEn: string;
  kind: 'warehouse' | 'store';
}

/** Opens warehouses and stores, or renames them; their order is the given one. */
export async function saveLocations(ctx: Ctx, locations: readonly LocationFacts[]): Promise<void> {
  const rows = locations.map(({ code, name, nameEn, kind }, position) => ({ code, name, name_en: nameEn, kind, position }));
  await inventory(ctx.tx)
    .insertInto('location')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('code').doUpdateSet((eb) => ({
        name: eb.ref('excluded.name'),
        name_en: eb.ref('excluded.name_en'),
        kind: eb.ref('excluded.kind'),
        position: eb.ref('excluded.position'),
      })),
    )
    .execute();
}
