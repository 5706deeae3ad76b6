import type { Ctx } from '../../platform/ctx.ts';
import { shipUnits, type ShippedLine } from './ship-units.ts';

/** Ships all that is still promised to an order. Safe to call twice: only what is still held ships. Refuses what `shipUnits` refuses. */
export async function shipPromised(ctx: Ctx, { orderId, cause }: { orderId: string; cause: string }): Promise<ShippedLine[]> {
  const [shipped = []] = await shipUnits(ctx, [{ orderId, cause }]);
  return shipped;
}
