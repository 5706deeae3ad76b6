import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { lockLevels } from './lock-levels.ts';
import { useAllocations, withAllocations } from './lot/allocations.ts';
import { chooseLots, type LotShare, type Uncovered } from './lot/choose-lots.ts';
import { firstExpiring } from './lot/lot.ts';
import { moveStock, type StockMove } from './move-stock.ts';
import { takeSerials } from './serial/take-serials.ts';
import { byPlace, type Level, levelKey, sumByPlace } from './stock.ts';

export interface ShipLine {
  lineNo: number;
  /** The SKU as it lies on the shelf: of a kit, its component. */
  sku: string;
  location: string;
  quantity: number;
  /** What was scanned; without it the numbers and lots are taken in their order. */
  serials?: readonly string[] | undefined;
  lots?: readonly { lot: string; quantity: number }[] | undefined;
}

export interface ShipUnits {
  orderId: string;
  /** The one document that sends them, such as a parcel: it makes it happen once. */
  cause: string;
  /** Left out: all that is still promised. */
  lines?: readonly ShipLine[] | undefined;
}

export interface ShippedLine {
  lineNo: number;
  sku: string;
  location: string;
  quantity: number;
  unitCostFen: number;
  lots: string[];
  serials: string[];
}

/**
 * Ships part of what was promised to orders, or all of it: units leave by their allocated lots, else first expiring first, serial
 * numbers get their new owner. A document ships once, however often it is told. Answers the lines of each shipment. Refuses
 * `stock.insufficient` when more ships than is promised there, `lot.not_usable` with the lot that expired or was recalled meanwhile,
 * `serial.not_in_stock`.
 */
export async function shipUnits(ctx: Ctx, shipments: readonly ShipUnits[]): Promise<ShippedLine[][]> {
  const open = await lockHeld(ctx, shipments);
  const done = await dispatched(ctx, shipments);
  const isDone = (one: ShipUnits) => one.lines !== undefined && done.has(documentKey(one));
  const asked = shipments.map((one) => (isDone(one) ? [] : decide(one, open.get(one.orderId) ?? [])));
  const places = sumByPlace(asked.flat());
  const channels = asked.flat().map(({ channel }) => channel);

  const shipped: ShippedLine[][] = [];
  for (const [index, shipment] of shipments.entries()) {
    const lines = asked[index] ?? [];
    if (isDone(shipment)) shipped.push(done.get(documentKey(shipment)) ?? []);
    else if (lines.length === 0) shipped.push([]);
    else {
      const levels = await lockLevels(ctx, places, channels); // all that this batch touches, first of all; read anew for each
      shipped.push(await ship(ctx, shipment, await withAllocations(ctx, lines, levels), levels));
    }
  }
  return shipped;
}

const documentKey = ({ orderId, cause }: { orderId: string; cause: string }): string => `${orderId}\n${cause}`;

interface Held {
  orderId: string;
  lineNo: number;
  sku: string;
  location: string;
  channel: string;
  quantity: number;
}

export type OpenLine = Held & Pick<ShipLine, 'serials' | 'lots'> & { held: number; allocated?: readonly LotShare[] };

async function lockHeld(ctx: Ctx, shipments: readonly ShipUnits[]): Promise<Map<string, Held[]>> {
  const rows = await run(
    ctx.tx,
    sql<Held>`select order_id as "orderId", line_no as "lineNo", sku, location, channel, quantity from inventory.reservation
      where order_id = any(${shipments.map(({ orderId }) => orderId)}::uuid[]) and state = 'held'
      order by order_id, line_no, sku, location for update`,
  );
  return Map.groupBy(rows, ({ orderId }) => orderId);
}

/** What these documents have already sent: asked after the promises were locked, so that a second call sees the first one's. */
async function dispatched(ctx: Ctx, shipments: readonly ShipUnits[]): Promise<Map<string, ShippedLine[]>> {
  const rows = await run(
    ctx.tx,
    sql<
      Omit<ShippedLine, 'serials'> & { orderId: string; cause: string }
    >`select order_id as "orderId", cause, line_no as "lineNo", sku,
        location, sum(quantity)::int as quantity, max(unit_cost_fen) as "unitCostFen",
        coalesce(array_agg(lot order by lot) filter (where lot is not null), '{}') as lots
      from inventory.dispatch
      where (order_id, cause) in (select * from unnest(${shipments.map(({ orderId }) => orderId)}::uuid[],
        ${shipments.map(({ cause }) => cause)}::text[]))
      group by order_id, cause, line_no, sku, location order by line_no, sku, location`,
  );
  return Map.groupBy(
    rows.map((row) => ({ ...row, serials: [] })),
    documentKey,
  );
}

/** The lines that ship, in the order of locks; never more than is promised there. */
function decide({ lines }: ShipUnits, held: readonly Held[]): OpenLine[] {
  const wanted =
    lines === undefined ? held.map((one) => ({ ...one, held: one.quantity })) : lines.map((line) => forHeld(line, held));
  return wanted.toSorted((a, b) => byPlace(a, b) || a.lineNo - b.lineNo);
}

function forHeld(line: ShipLine, held: readonly Held[]): OpenLine {
  const { lineNo, sku, location, quantity } = line;
  const promise = held.find((one) => one.lineNo === lineNo && one.sku === sku && one.location === location);
  if (promise === undefined || promise.quantity < quantity)
    return refuse('stock.insufficient', { lines: [{ sku, location, quantity, available: promise?.quantity ?? 0 }] });
  return { ...promise, ...line, held: promise.quantity };
}

async function ship(
  ctx: Ctx,
  { orderId, cause }: ShipUnits,
  lines: readonly OpenLine[],
  levels: ReadonlyMap<string, Level>,
): Promise<ShippedLine[]> {
  const { parts, uncovered } = chooseLots(ctx, lines, levels);
  refuseUncovered(lines, uncovered, levels);
  await useAllocations(ctx, lines, parts, levels);
  const moves: StockMove[] = parts.map(({ sku, location, lot, quantity }) => ({
    sku,
    location,
    lot,
    quantity: -quantity,
    fromPromise: quantity,
  }));
  const booked = await moveStock(ctx, { kind: 'shipment', cause, moves });
  const costs = parts.map((part, index) => ({ ...part, unitCostFen: booked[index]?.unitCostFen ?? 0 }));
  await save(ctx, { orderId, cause }, lines, costs);
  const serials = await takeSerials(ctx, { orderId, cause }, lines);

  return lines.map((line, index) => {
    const own = costs.filter((part) => part.index === index);
    return {
      lineNo: line.lineNo,
      sku: line.sku,
      location: line.location,
      quantity: line.quantity,
      unitCostFen: own[0]?.unitCostFen ?? 0,
      lots: own.flatMap(({ lot }) => lot ?? []),
      serials: serials[index] ?? [],
    };
  });
}

/** Names a lot that is in the way, where there is one. */
function refuseUncovered(lines: readonly OpenLine[], uncovered: readonly Uncovered[], levels: ReadonlyMap<string, Level>): void {
  const [first] = uncovered;
  const line = first === undefined ? undefined : lines[first.index];
  if (first === undefined || line === undefined) return;
  const { sku, location, quantity } = line;
  const [lot] = [...(levels.get(levelKey(line))?.limits?.lots ?? [])].toSorted(firstExpiring);
  if (lot === undefined)
    refuse('stock.insufficient', { lines: [{ sku, location, quantity, available: quantity - first.quantity }] });
  const { code, expiresOn = null, isRecalled } = lot;
  refuse('lot.not_usable', { sku, location, lot: code, expiresOn, isRecalled, missing: first.quantity });
}

async function save(
  ctx: Ctx,
  { orderId, cause }: ShipUnits,
  lines: readonly OpenLine[],
  parts: readonly {
    lineNo: number;
    sku: string;
    location: string;
    lot: string | undefined;
    quantity: number;
    unitCostFen: number;
  }[],
): Promise<void> {
  await run(
    ctx.tx,
    sql`update inventory.reservation r set at = ${ctx.now}, shipped = r.shipped + l.quantity,
        state = case when r.quantity = l.quantity then 'shipped' else r.state end,
        quantity = case when r.quantity = l.quantity then r.quantity else r.quantity - l.quantity end
      from jsonb_to_recordset(${json(lines)}) as l ("lineNo" int, sku text, location text, quantity int)
      where r.order_id = ${orderId} and r.line_no = l."lineNo" and r.sku = l.sku and r.location = l.location`,
  );
  await run(
    ctx.tx,
    sql`insert into inventory.dispatch (order_id, cause, line_no, sku, location, lot, quantity, unit_cost_fen, at)
      select ${orderId}, ${cause}, p."lineNo", p.sku, p.location, p.lot, sum(p.quantity), max(p."unitCostFen"), ${ctx.now}
      from jsonb_to_recordset(${json(parts)}) as p ("lineNo" int, sku text, location text, lot text, quantity int, "unitCostFen" bigint)
      group by p."lineNo", p.sku, p.location, p.lot`,
  );
}
