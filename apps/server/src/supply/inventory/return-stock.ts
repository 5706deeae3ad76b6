import type { Ctx } from '../../platform/ctx.ts';
import { moveStock } from './move-stock.ts';

export interface ReturnStock {
  /** The document behind it, `return:RT-0001`. */
  cause: string;
  location: string;
  lines: readonly { sku: string; quantity: number; unitCostFen: number }[];
  at?: Date;
}

/** Puts returned units that can be sold again back on the shelf, at the cost at which they left. */
export async function returnStock(ctx: Ctx, { cause, location, lines, at = ctx.now }: ReturnStock): Promise<void> {
  const moves = lines.map((line) => ({ ...line, location }));
  await moveStock(ctx, { kind: 'return', cause, moves, at });
}
