import { warehouse as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emitMany } from '../../platform/events.ts';
import { Refusal, refuse } from '../../platform/fail.ts';
import { handOverParcels } from '../delivery/index.ts';
import { shipParcels, type ShipUnits } from '../inventory/index.ts';
import { fulfilmentCollected, fulfilmentShipped } from './events.ts';
import { move, soldLines } from './fulfilment.ts';
import { type LockedFulfilment, lockFulfilments, note } from './lock-fulfilments.ts';

export interface ShipFulfilment {
  fulfilmentId: string;
  /** Who has it and under which number; the booked waybill when absent. */
  carrier?: string | undefined;
  trackingNumber?: string | undefined;
  manifestId?: string | undefined;
}

/** A fulfilment that may not leave, and why. */
export interface HeldBack {
  fulfilmentId: string;
  number: string;
  code: (typeof contract.heldBackCodes)[number];
  why: Refusal;
}

/**
 * Lets fulfilments leave, each whole and once, all with the statements of one: their units are off the stock in the same breath, with the
 * lots and serial numbers that were scanned. A parcel goes to its carrier, a pick-up to its buyer; whatever orders it serves, all of their
 * units in it leave. Refuses `fulfilment.not_found`, `fulfilment.wrong_state` (one that was called off or has left), `lot.not_usable` when a
 * lot expired or was recalled meanwhile.
 */
export async function shipFulfilments(ctx: Ctx, ships: readonly ShipFulfilment[]): Promise<void> {
  const [first] = await shipWhatCan(ctx, ships);
  if (first !== undefined) throw first.why;
}

/** `shipFulfilments` where one parcel's lots or serial numbers stop no other: answers those that stay, with the reason in their history. */
export async function shipWhatCan(ctx: Ctx, ships: readonly ShipFulfilment[]): Promise<HeldBack[]> {
  if (ships.length === 0) return [];
  const locked = await lockFulfilments(
    ctx,
    ships.map(({ fulfilmentId }) => fulfilmentId),
  );
  const wanted = [...new Map(ships.map((ship) => [ship.fulfilmentId, ship])).values()].map((ship) => {
    const fulfilment = locked.get(ship.fulfilmentId) ?? refuse('fulfilment.not_found', { fulfilmentId: ship.fulfilmentId });
    const state = move(fulfilment.state, fulfilment.kind === 'delivery' ? 'handed_over' : 'collected');
    const carrier = ship.carrier ?? fulfilment.carrier ?? '';
    const trackingNumber = ship.trackingNumber ?? fulfilment.trackingNumber ?? '';
    return { fulfilment, id: fulfilment.id, state, carrier, trackingNumber, manifestId: ship.manifestId };
  });
  const shipped = await shipParcels(
    ctx,
    await unitsOf(
      ctx,
      wanted.map(({ fulfilment }) => fulfilment),
    ),
  );
  const leaving = wanted.filter((_, index) => !(shipped[index] instanceof Refusal));
  const staying = wanted.flatMap(({ fulfilment: { id, number, state } }, index) => {
    const why = shipped[index];
    return why instanceof Refusal ? [{ fulfilmentId: id, number, state, code: codeOf(why), why }] : [];
  });
  await leave(ctx, leaving);
  await note(
    ctx,
    staying.map(({ fulfilmentId, state, code, why }) => ({
      fulfilmentId,
      state,
      what: 'held_back',
      details: { code, ...why.details },
    })),
  );
  return staying;
}

/** A refusal that is not about one parcel stops all of them. */
function codeOf(why: Refusal): HeldBack['code'] {
  const code = contract.heldBackCodes.find((one) => one === why.code);
  if (code === undefined) throw why;
  return code;
}

async function leave(ctx: Ctx, leaving: readonly (Leaving & { id: string })[]): Promise<void> {
  if (leaving.length === 0) return;
  await run(
    ctx.tx,
    sql`update warehouse.fulfilment f set state = r.state, carrier = nullif(r.carrier, ''), tracking_number = nullif(r."trackingNumber", ''),
        manifest_id = coalesce(r."manifestId", f.manifest_id), left_at = ${ctx.now}, changed_at = ${ctx.now}, version = version + 1
      from jsonb_to_recordset(${json(leaving.map(({ fulfilment: _, ...row }) => row))})
        as r (id uuid, state text, carrier text, "trackingNumber" text, "manifestId" uuid) where f.id = r.id`,
  );
  await handOverParcels(
    ctx,
    leaving.map(({ id }) => id),
  );
  await tell(ctx, leaving);
}

interface Leaving {
  fulfilment: LockedFulfilment;
  state: string;
  carrier: string;
  trackingNumber: string;
}

async function tell(ctx: Ctx, leaving: readonly Leaving[]): Promise<void> {
  await note(
    ctx,
    leaving.map(({ fulfilment: { id }, state, carrier, trackingNumber }) => ({
      fulfilmentId: id,
      state: state === 'collected' ? 'collected' : 'handed_over',
      what: state === 'collected' ? 'collected' : 'handed_over',
      details: state === 'collected' ? {} : { carrier, trackingNumber },
    })),
  );
  const facts = ({ fulfilment: { id, number, location, lines } }: Leaving) => ({
    fulfilmentId: id,
    number,
    location,
    orders: soldLines(lines),
  });
  const sent = leaving.filter(({ state }) => state === 'handed_over');
  await emitMany(
    ctx,
    fulfilmentShipped,
    sent.map((one) => ({ ...facts(one), carrier: one.carrier, trackingNumber: one.trackingNumber })),
  );
  await emitMany(ctx, fulfilmentCollected, leaving.filter(({ state }) => state === 'collected').map(facts));
}

interface PackedRow {
  fulfilmentId: string;
  orderId: string;
  lineNo: number;
  sku: string;
  lot: string | null;
  serial: string | null;
  quantity: number;
}

/** What leaves in each parcel: one document an order, its lines with what was scanned. */
async function unitsOf(ctx: Ctx, fulfilments: readonly LockedFulfilment[]): Promise<ShipUnits[][]> {
  const packed = await run(
    ctx.tx,
    sql<PackedRow>`select fulfilment_id as "fulfilmentId", order_id as "orderId", line_no as "lineNo", sku, lot, serial, quantity
      from warehouse.packed_unit where fulfilment_id = any(${fulfilments.map(({ id }) => id)}::uuid[]) order by id`,
  );
  const scanned = Map.groupBy(packed, lineKey);
  return fulfilments.map(({ number, location, lines }) =>
    [...Map.groupBy(lines, (line) => line.orderId)].map(([orderId, own]) => ({
      orderId,
      cause: `fulfilment:${number}`,
      lines: own.map((line) => {
        const units = scanned.get(lineKey(line)) ?? [];
        const serials = units.flatMap(({ serial }) => serial ?? []);
        const lots = units.flatMap(({ lot, quantity }) => (lot === null ? [] : [{ lot, quantity }]));
        const { lineNo, sku, quantity } = line;
        return { lineNo, sku, location, quantity, ...(serials.length > 0 && { serials }), ...(lots.length > 0 && { lots }) };
      }),
    })),
  );
}

const lineKey = (row: { fulfilmentId: string; orderId: string; lineNo: number; sku: string }): string =>
  `${row.fulfilmentId} ${row.orderId} ${row.lineNo} ${row.sku}`;
