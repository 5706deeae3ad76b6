import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { Refusal } from '../../platform/fail.ts';
import {
  type Decided,
  decideShipments,
  type Facts,
  type Held,
  type OpenLine,
  promiseKey,
  serialKey,
} from './decide-shipments.ts';
import { lockLevels } from './lock-levels.ts';
import { useAllocations, withAllocations } from './lot/allocations.ts';
import type { LotPart } from './lot/choose-lots.ts';
import { moveStock, type StockMove } from './move-stock.ts';
import { takeSerials } from './serial/take-serials.ts';
import { sumByPlace, type Wanted } from './stock.ts';

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
 * `serial.not_in_stock`, `serial.missing`.
 */
export async function shipUnits(ctx: Ctx, shipments: readonly ShipUnits[]): Promise<ShippedLine[][]> {
  const [answer = []] = await shipParcels(ctx, [shipments]);
  if (answer instanceof Refusal) throw answer;
  return answer;
}

/**
 * `shipUnits` for many parcels with the statements of one: each parcel with all of its documents, or not at all. One that may not leave
 * stops no other; its answer is why.
 */
export async function shipParcels(ctx: Ctx, parcels: readonly (readonly ShipUnits[])[]): Promise<(ShippedLine[][] | Refusal)[]> {
  const shipments = parcels.flat();
  const held = await lockHeld(ctx, shipments);
  const done = await dispatched(ctx, shipments);
  const open = parcels.map((parcel) => parcel.filter((one) => one.lines === undefined || !done.has(documentKey(one))));
  const decided = decideShipments(ctx, onceEach(open), await lockFacts(ctx, open.flat(), held));

  const leaving = decided.flatMap((one) => (one instanceof Refusal ? [] : [one]));
  const lines = leaving.flatMap((one) => one.lines);
  const shipped = Map.groupBy(lines.length === 0 ? [] : await ship(ctx, leaving), documentKey);
  return parcels.map((parcel, index) => {
    const refused = decided[index];
    if (refused instanceof Refusal) return refused;
    return parcel.map((one) => (open[index]?.includes(one) === true ? (shipped.get(documentKey(one)) ?? []) : (done.get(documentKey(one)) ?? []))); // prettier-ignore
  });
}

const documentKey = ({ orderId, cause }: { orderId: string; cause: string }): string => `${orderId}\n${cause}`;

/** A document that is named twice ships with the first. */
function onceEach(parcels: readonly (readonly ShipUnits[])[]): ShipUnits[][] {
  const seen = new Set<string>();
  const isFirst = (one: ShipUnits) => !seen.has(documentKey(one)) && seen.add(documentKey(one)).has(documentKey(one));
  return parcels.map((parcel) => parcel.filter(isFirst));
}

/** Locks the balances that these documents touch, all in the one order, and reads what decides. */
async function lockFacts(ctx: Ctx, shipments: readonly ShipUnits[], held: readonly Held[]): Promise<Facts> {
  if (shipments.length === 0) return { held: [], levels: new Map(), allocations: new Map(), serials: new Set() };
  const byOrder = Map.groupBy(held, ({ orderId }) => orderId);
  const wanted = shipments.flatMap(({ orderId, lines }): readonly Wanted[] => lines ?? byOrder.get(orderId) ?? []);
  const ids = new Set(shipments.map(({ orderId }) => orderId));
  const asked = held.filter(({ orderId }) => ids.has(orderId));
  const levels = await lockLevels(ctx, sumByPlace(wanted), asked.map(({ channel }) => channel)); // prettier-ignore
  const known = await withAllocations(ctx, asked, levels);
  const allocations = new Map(known.map(({ allocated, ...line }) => [promiseKey(line), allocated]));
  const scanned = shipments.flatMap(({ lines = [] }) => lines.flatMap(({ sku, serials = [] }) => serials.map((serial) => ({ sku, serial })))); // prettier-ignore
  const serials = scanned.length === 0 ? [] : await standing(ctx, scanned);
  return { held: asked, levels, allocations, serials: new Set(serials.map(serialKey)) };
}

/** Where these numbers stand; the locked balances keep them there. */
const standing = (ctx: Ctx, scanned: readonly { sku: string; serial: string }[]) =>
  run(
    ctx.tx,
    sql<{ sku: string; location: string; serial: string }>`select sku, location, serial from inventory.serial
      join jsonb_to_recordset(${json(scanned)}) as n (sku text, serial text) using (sku, serial) where state = 'in_stock'`,
  );

async function lockHeld(ctx: Ctx, shipments: readonly ShipUnits[]): Promise<Held[]> {
  if (shipments.length === 0) return [];
  return run(
    ctx.tx,
    sql<Held>`select order_id as "orderId", line_no as "lineNo", sku, location, channel, quantity from inventory.reservation
      where order_id = any(${shipments.map(({ orderId }) => orderId)}::uuid[]) and state = 'held'
      order by order_id, line_no, sku, location for update`,
  );
}

/** What these documents have already sent: asked after the promises were locked, so that a second call sees the first one's. */
async function dispatched(ctx: Ctx, shipments: readonly ShipUnits[]): Promise<Map<string, ShippedLine[]>> {
  if (shipments.length === 0) return new Map();
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

/** Takes what was decided off the stock. Answers its lines, each with its document. */
async function ship(ctx: Ctx, leaving: readonly Decided[]): Promise<(ShippedLine & { orderId: string; cause: string })[]> {
  const lines = leaving.flatMap((one) => one.lines);
  const starts = startsOf(leaving);
  const parts = leaving.flatMap((one, parcel) =>
    one.parts.flatMap((part) => {
      const line = one.lines[part.index];
      return line === undefined
        ? []
        : [{ ...part, index: part.index + (starts[parcel] ?? 0), orderId: line.orderId, cause: line.cause }];
    }),
  );
  await useAllocations(ctx, promisesIn(lines), parts);
  const moves = parts.map(({ sku, location, lot, quantity, cause }): StockMove => ({
    sku,
    location,
    lot,
    cause,
    quantity: -quantity,
    fromPromise: quantity,
  }));
  const booked = await moveStock(ctx, { kind: 'shipment', cause: 'shipment', moves });
  const costs = parts.map((part, index) => ({ ...part, unitCostFen: booked[index]?.unitCostFen ?? 0 }));
  await save(ctx, promisesIn(lines), costs);
  const serials = await takeSerials(ctx, lines);

  const own = Map.groupBy(costs, ({ index }) => index);
  return lines.map(({ orderId, cause, lineNo, sku, location, quantity }, index) => ({
    orderId,
    cause,
    lineNo,
    sku,
    location,
    quantity,
    unitCostFen: own.get(index)?.[0]?.unitCostFen ?? 0,
    lots: (own.get(index) ?? []).flatMap(({ lot }) => lot ?? []),
    serials: serials[index] ?? [],
  }));
}

/** Where the lines of each parcel begin among all. */
function startsOf(leaving: readonly Decided[]): number[] {
  let next = 0;
  return leaving.map(({ lines }) => {
    const start = next;
    next += lines.length;
    return start;
  });
}

/** What leaves of each promise, whichever documents send it. */
function promisesIn(lines: readonly OpenLine[]): (Omit<Held, 'channel'> & { held: number; isSetAside: boolean })[] {
  return [...Map.groupBy(lines, promiseKey).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { orderId, lineNo, sku, location } = first;
    const quantity = own.reduce((sum, line) => sum + line.quantity, 0);
    const isSetAside = own.some(({ allocated }) => allocated.length > 0);
    return [{ orderId, lineNo, sku, location, quantity, isSetAside, held: Math.max(...own.map(({ held }) => held)) }];
  });
}

async function save(
  ctx: Ctx,
  promises: readonly object[],
  parts: readonly (LotPart & { orderId: string; cause: string; unitCostFen: number })[],
): Promise<void> {
  await run(
    ctx.tx,
    sql`update inventory.reservation r set at = ${ctx.now}, shipped = r.shipped + l.quantity,
        state = case when r.quantity = l.quantity then 'shipped' else r.state end,
        quantity = case when r.quantity = l.quantity then r.quantity else r.quantity - l.quantity end
      from jsonb_to_recordset(${json(promises)}) as l ("orderId" uuid, "lineNo" int, sku text, location text, quantity int)
      where r.order_id = l."orderId" and r.line_no = l."lineNo" and r.sku = l.sku and r.location = l.location`,
  );
  await run(
    ctx.tx,
    sql`insert into inventory.dispatch (order_id, cause, line_no, sku, location, lot, quantity, unit_cost_fen, at)
      select p."orderId", p.cause, p."lineNo", p.sku, p.location, p.lot, sum(p.quantity), max(p."unitCostFen"), ${ctx.now}
      from jsonb_to_recordset(${json(parts)}) as p ("orderId" uuid, cause text, "lineNo" int, sku text, location text, lot text, quantity int,
        "unitCostFen" bigint)
      group by p."orderId", p.cause, p."lineNo", p.sku, p.location, p.lot`,
  );
}
