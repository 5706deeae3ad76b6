import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { checkLocation } from './check-location.ts';
import { proposeCorrection } from './correction/propose-correction.ts';
import { stockLevelsOf } from './queries.ts';
import type { Condition } from './tables.ts';

export interface AdjustStock {
  sku: string;
  location: string;
  /** Units, signed. */
  change: number;
  reason: 'count' | 'damage' | 'found' | 'lost' | 'expired';
  note?: string | undefined;
  lot?: string | undefined;
  /** Units that leave are taken from those in this condition. */
  condition?: Condition | undefined;
}

/**
 * Corrects a balance, with a reason; above the limit of value it waits for somebody else, and nothing has moved yet. Never below what is
 * promised. Answers the level as it is now, and what became of the correction.
 */
export async function adjustStock(ctx: Ctx, { sku, location, reason, note, ...line }: AdjustStock) {
  if (!(await findSkus(ctx.tx, [sku])).has(sku)) refuse('sku.not_found', { sku });
  await checkLocation(ctx.tx, location);

  const correction = await proposeCorrection(ctx, { kind: 'adjustment', reason, note, lines: [{ sku, location, ...line }] });

  const [level] = await stockLevelsOf(ctx.tx, [sku], location);
  return { ...(level ?? (await emptyLevel(ctx, sku, location))), correction };
}

/** A place that never had the SKU, while its first units wait for approval. */
async function emptyLevel(ctx: Ctx, sku: string, location: string) {
  const facts = (await findSkus(ctx.tx, [sku])).get(sku);
  const none = { onHand: 0, promised: 0, unavailable: 0, buffer: 0, unusable: 0, keptForOthers: 0, available: 0, unitCostFen: 0 };
  return { sku, location, name: facts?.name ?? sku, nameEn: facts?.nameEn ?? '', ...none };
}
