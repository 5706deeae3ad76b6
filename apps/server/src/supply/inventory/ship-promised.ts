import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { lockLevels } from './lock-levels.ts';
import { moveStock, type StockMove } from './move-stock.ts';
import { byPlace, levelKey, type LotLevel, takeFirstExpiring } from './stock.ts';

interface Held {
  lineNo: number;
  sku: string;
  location: string;
  quantity: number;
}

export interface ShippedLine extends Held {
  unitCostFen: number;
  lots: string[];
  serials: string[];
}

/**
 * Ships what was promised to an order: units leave, first expiring lots first, serial numbers get their new owner. Safe to call
 * twice: only what is still held ships.
 */
export async function shipPromised(ctx: Ctx, { orderId, cause }: { orderId: string; cause: string }): Promise<ShippedLine[]> {
  const held = await run(
    ctx.tx,
    sql<Held>`update inventory.reservation set state = 'shipped', at = ${ctx.now}
      where order_id = ${orderId} and state = 'held' returning line_no as "lineNo", sku, location, quantity`,
  );
  if (held.length === 0) return [];
  const lines = held.toSorted((a, b) => byPlace(a, b) || a.lineNo - b.lineNo);
  await lockLevels(ctx, lines);

  const lots = await splitOverLots(ctx, lines);
  const moves: (StockMove & { lineNo: number })[] = lines.flatMap((line) =>
    (lots.get(partKey(line)) ?? []).map(({ lot, quantity }) => ({
      lineNo: line.lineNo,
      sku: line.sku,
      location: line.location,
      quantity: -quantity,
      fromPromise: quantity,
      lot,
    })),
  );
  const booked = await moveStock(ctx, { kind: 'shipment', cause, moves });
  const serials = await takeSerials(ctx, orderId, lines);

  return lines.map((line) => ({
    ...line,
    unitCostFen: booked[moves.findIndex((move) => partKey(move) === partKey(line))]?.unitCostFen ?? 0,
    lots: (lots.get(partKey(line)) ?? []).flatMap(({ lot }) => lot ?? []),
    serials: serials.get(partKey(line)) ?? [],
  }));
}

/** A line of a kit ships as several parts, one a component. */
const partKey = ({ lineNo, sku }: { lineNo: number; sku: string }): string => `${lineNo}\n${sku}`;

type LotParts = Map<string, { lot: string | undefined; quantity: number }[]>;

/** Splits each line over its lots; the stock rows are locked, so the lots hold still. */
async function splitOverLots(ctx: Ctx, lines: readonly Held[]): Promise<LotParts> {
  const rows = await run(
    ctx.tx,
    sql<LotLevel & { sku: string; location: string; expiresOn: string | null }>`
      select id, sku, location, code, expires_on as "expiresOn", on_hand as "onHand" from inventory.lot
      where on_hand > 0 and (sku, location) in (select sku, location from jsonb_to_recordset(${json(lines)}) as l (sku text, location text))`,
  );
  const byPlaceKey = Map.groupBy(
    rows.map((row) => ({ ...row, expiresOn: row.expiresOn ?? undefined })),
    levelKey,
  );
  const parts: LotParts = new Map();
  const lowered = new Map<string, number>();
  for (const line of lines) {
    const open = (byPlaceKey.get(levelKey(line)) ?? []).map((lot) => ({
      ...lot,
      onHand: lot.onHand - (lowered.get(lot.id) ?? 0),
    }));
    const { taken, rest } = takeFirstExpiring(open, line.quantity);
    for (const { lot, quantity } of taken) lowered.set(lot.id, (lowered.get(lot.id) ?? 0) + quantity);
    const withLot = taken.map(({ lot, quantity }) => ({ lot: lot.code, quantity }));
    parts.set(partKey(line), rest > 0 ? [...withLot, { lot: undefined, quantity: rest }] : withLot);
  }
  return parts;
}

/** Hands the oldest serial numbers in stock to the order, as many as each line ships. */
async function takeSerials(ctx: Ctx, orderId: string, lines: readonly Held[]): Promise<Map<string, string[]>> {
  const rows = await run(
    ctx.tx,
    sql<{ lineNo: number; sku: string; serial: string }>`with wanted as (
        select "lineNo", sku, location, quantity,
          sum(quantity) over (partition by sku, location order by "lineNo") - quantity as before
        from jsonb_to_recordset(${json(lines)}) as l ("lineNo" int, sku text, location text, quantity int)
      ), open as (
        select sku, location, serial, row_number() over (partition by sku, location order by serial) as place
        from inventory.serial where state = 'in_stock' and (sku, location) in (select sku, location from wanted)
      )
      update inventory.serial s set state = 'shipped', order_id = ${orderId}, location = null, changed_at = ${ctx.now}
      from wanted join open using (sku, location)
      where open.place > wanted.before and open.place <= wanted.before + wanted.quantity and s.sku = open.sku and s.serial = open.serial
      returning wanted."lineNo" as "lineNo", s.sku, s.serial as serial`,
  );
  return new Map([...Map.groupBy(rows, partKey)].map(([key, found]) => [key, found.map((row) => row.serial)]));
}
