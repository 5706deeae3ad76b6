import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { moveStock } from './move-stock.ts';

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
    at,
  );
}

/** Writes down which appliance stands where; a number that came back belongs to the shelf again. */
export async function registerSerials(
  ctx: Ctx,
  serials: readonly { sku: string; serial: string; location: string }[],
  at = ctx.now,
): Promise<void> {
  if (serials.length === 0) return;
  await run(
    ctx.tx,
    sql`insert into inventory.serial (sku, serial, location, state, changed_at)
      select sku, serial, location, 'in_stock', ${at} from jsonb_to_recordset(${json(serials)}) as s (sku text, serial text, location text)
      on conflict (sku, serial) do update set location = excluded.location, state = 'in_stock', order_id = null, changed_at = excluded.changed_at`,
  );
}
