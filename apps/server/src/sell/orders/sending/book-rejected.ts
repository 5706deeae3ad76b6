import type { Ctx } from '../../../platform/ctx.ts';
import { askForCount, setConditions, stockLevelsOf } from '../../../supply/inventory/index.ts';

export interface RejectedUnits {
  number: string;
  location: string;
  reason: 'not_found' | 'damaged' | 'no_staff';
  /** As they lie on the shelf. */
  units: readonly { sku: string; quantity: number }[];
}

/**
 * What a rejection says about the stock there: damaged units are unavailable from now on, units that were not found wait for a count that
 * is asked for, once while it is open, and nobody's hands being free changes nothing. Never more units than are free there.
 */
export async function bookRejected(ctx: Ctx, { number, location, reason, units }: RejectedUnits): Promise<void> {
  if (reason === 'no_staff' || units.length === 0) return;
  const sums = new Map<string, number>();
  for (const { sku, quantity } of units) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  const levels = await stockLevelsOf(ctx.tx, [...sums.keys()], location);
  const changes = levels.flatMap(({ sku, onHand, promised, unavailable }) => {
    const quantity = Math.min(sums.get(sku) ?? 0, onHand - promised - unavailable);
    const to = reason === 'damaged' ? ('damaged' as const) : ('inspection' as const);
    return quantity > 0 ? [{ sku, location, from: 'sellable' as const, to, quantity, reason: `rejected:${reason}` }] : [];
  });
  const cause = `fulfilment:${number}`;
  if (changes.length > 0) await setConditions(ctx, cause, changes);
  if (reason !== 'not_found') return;
  const items = [...sums.keys()].toSorted().map((sku) => ({ sku }));
  await askForCount(ctx, { location, items, note: reason, cause });
}
