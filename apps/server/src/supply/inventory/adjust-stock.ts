import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { moveStock } from './move-stock.ts';
import { stockLevelsOf } from './queries.ts';
import { inventory } from './tables.ts';

export interface AdjustStock {
  sku: string;
  location: string;
  /** Units, signed. */
  change: number;
  reason: 'count' | 'damage' | 'found' | 'lost' | 'expired';
  note?: string | undefined;
}

/** Corrects a balance, with a reason. Never below what is promised. Answers the level as it is now. */
export async function adjustStock(ctx: Ctx, { sku, location, change, reason, note }: AdjustStock) {
  if (!(await findSkus(ctx.tx, [sku])).has(sku)) refuse('sku.not_found', { sku });
  const known = await inventory(ctx.tx).selectFrom('location').select('code').where('code', '=', location).executeTakeFirst();
  if (known === undefined) refuse('location.not_found', { location });

  const why = note === undefined ? reason : `${reason}: ${note}`;
  await moveStock(ctx, { kind: 'adjustment', cause: 'adjustment', moves: [{ sku, location, quantity: change, reason: why }] });

  const [level] = await stockLevelsOf(ctx.tx, [sku], location);
  return level ?? refuse('sku.not_found', { sku });
}
