import type { Ctx } from '../../platform/ctx.ts';
import { moveStock } from './move-stock.ts';
import { registerSerials } from './serial/register-serials.ts';

export interface ReceivedLine {
  sku: string;
  quantity: number;
  /** What one unit cost, fen; moves the average. */
  unitCostFen: number;
  lot?: string | undefined;
  /** Last usable day of the lot. */
  expiresOn?: string | undefined;
  serials?: readonly string[] | undefined;
}

export interface ReceiveStock {
  /** The document behind it, `purchase:PR-0001`. */
  cause: string;
  location: string;
  lines: readonly ReceivedLine[];
  /** When it happened, if not now (history). */
  at?: Date;
}

/** Books units that came in: balance, average cost, lots and serial numbers together. */
export async function receiveStock(ctx: Ctx, { cause, location, lines, at = ctx.now }: ReceiveStock): Promise<void> {
  const moves = lines.map(({ sku, quantity, unitCostFen, lot, expiresOn }) => ({
    sku,
    location,
    quantity,
    unitCostFen,
    lot,
    expiresOn,
  }));
  await moveStock(ctx, { kind: 'receipt', cause, moves, at });

  await registerSerials(
    ctx,
    lines.flatMap(({ sku, serials = [] }) => serials.map((serial) => ({ sku, serial, location }))),
    { cause, at },
  );
}
