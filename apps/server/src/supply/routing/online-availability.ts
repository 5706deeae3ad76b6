import type { Ctx } from '../../platform/ctx.ts';
import { availabilityOf } from '../inventory/index.ts';
import { onlineLocations } from './queries.ts';

export interface OnlineAvailability {
  skus: readonly string[];
  channel: string;
  /** Where the channel looks first. */
  first: string;
  /** Units that are wanted of each; one, when absent. */
  wanted?: ((sku: string) => number) | undefined;
  hasKits?: boolean | undefined;
}

/**
 * Units of each SKU that the channel may sell. The first location is asked alone, and the others only about what is short there: nothing is
 * sold out online that lies somewhere it can be sent from.
 */
export async function onlineAvailability(
  ctx: Pick<Ctx, 'tx' | 'now'>,
  { skus, channel, first, wanted = () => 1, hasKits = true }: OnlineAvailability,
): Promise<Map<string, number>> {
  if (skus.length === 0) return new Map();
  const asked = { channel, at: ctx.now, hasKits };
  const here = await availabilityOf(ctx.tx, { ...asked, skus, locations: [first] });
  const short = skus.filter((sku) => (here.get(sku) ?? 0) < wanted(sku));
  if (short.length === 0) return here;
  const locations = [...new Set([first, ...(await onlineLocations(ctx))])];
  if (locations.length === 1) return here;
  return new Map([...here, ...(await availabilityOf(ctx.tx, { ...asked, skus: short, locations }))]);
}
