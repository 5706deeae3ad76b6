import { sql } from 'kysely';
import { barcodesOf, findSkus } from '../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { isSerialAt, setAsideFor, usableLotsAt } from '../inventory/index.ts';
import { movesFrom } from './fulfilment.ts';
import { type LockedFulfilment, lockOne } from './lock-fulfilments.ts';
import { judgeScan, type PackedPart, type PackLine, type Scan } from './packing.ts';

export interface ScanIntoParcel {
  fulfilmentId: string;
  /** A SKU or the barcode on it. */
  code: string;
  quantity: number;
  lot?: string | undefined;
  serial?: string | undefined;
}

/**
 * Checks units into the parcel of a picked fulfilment. What does not belong there is refused with what was expected: `pack.wrong_sku`,
 * `pack.too_many`, `pack.lot_missing`, `pack.wrong_lot`, `pack.serial_missing`, `pack.wrong_serial`; also `fulfilment.not_found`,
 * `fulfilment.wrong_state`.
 */
export async function scanIntoParcel(ctx: Ctx, { fulfilmentId, code, quantity, lot, serial }: ScanIntoParcel): Promise<void> {
  const fulfilment = await lockOne(ctx, { fulfilmentId });
  if (fulfilment.state !== 'picked')
    refuse('fulfilment.wrong_state', { state: fulfilment.state, wanted: 'packed', moves: [...movesFrom(fulfilment.state)] });
  const sku = await skuOf(ctx, fulfilment, code);
  const scan: Scan = { sku, quantity, lot, serial };
  const usable = await usableLotsAt(ctx, { location: fulfilment.location, sku, channel: fulfilment.channel });

  const judged = judgeScan(await packLines(ctx, fulfilment), scan, usable);
  if ('problem' in judged) refuse(judged.problem.code, judged.problem.details);
  if (serial !== undefined) await checkSerial(ctx, fulfilment, { sku, serial });

  await save(ctx, fulfilmentId, { scan, parts: judged.parts });
}

/** What was scanned by its SKU or barcode; what is neither stays as it was scanned, and is wrong. */
async function skuOf(ctx: Ctx, { lines }: LockedFulfilment, code: string): Promise<string> {
  if (lines.some(({ sku }) => sku === code)) return code;
  const barcodes = await barcodesOf(
    ctx.tx,
    lines.map(({ sku }) => sku),
  );
  return [...barcodes].find(([, barcode]) => barcode === code)?.[0] ?? code;
}

async function packLines(ctx: Ctx, { id, location, lines }: LockedFulfilment): Promise<PackLine[]> {
  const facts = await findSkus(
    ctx.tx,
    lines.map(({ sku }) => sku),
  );
  const lots = await openLots(ctx, { fulfilmentId: id, location, lines });
  return lines.map(({ orderId, lineNo, sku, picked, packed }) => ({
    orderId,
    lineNo,
    sku,
    picked,
    packed,
    isLotTracked: facts.get(sku)?.isLotTracked ?? false,
    isSerialised: facts.get(sku)?.isSerialised ?? false,
    lots: lots.get(partKey({ orderId, lineNo, sku })) ?? [],
  }));
}

/** Lots set aside for the lines, less what is in the parcel already. */
export async function openLots(
  ctx: Ctx,
  {
    fulfilmentId,
    location,
    lines,
  }: { fulfilmentId: string; location: string; lines: readonly { orderId: string; lineNo: number; sku: string }[] },
): Promise<Map<string, { lot: string; quantity: number }[]>> {
  const setAside = await setAsideFor(ctx, { location, orderIds: [...new Set(lines.map(({ orderId }) => orderId))] });
  const packed = await run(
    ctx.tx,
    sql<{
      orderId: string;
      lineNo: number;
      sku: string;
      lot: string;
      quantity: number;
    }>`select order_id as "orderId", line_no as "lineNo", sku,
        lot, sum(quantity)::int as quantity
      from warehouse.packed_unit where fulfilment_id = ${fulfilmentId} and lot is not null group by 1, 2, 3, 4`,
  );
  const inside = new Map(packed.map((row) => [`${partKey(row)} ${row.lot}`, row.quantity]));
  const open = setAside.map((row) => ({
    ...row,
    quantity: Math.max(0, row.quantity - (inside.get(`${partKey(row)} ${row.lot}`) ?? 0)),
  }));
  return new Map(
    [...Map.groupBy(open, partKey)].map(([key, rows]) => [key, rows.map(({ lot, quantity }) => ({ lot, quantity }))]),
  );
}

export const partKey = ({ orderId, lineNo, sku }: { orderId: string; lineNo: number; sku: string }): string =>
  `${orderId} ${lineNo} ${sku}`;

/** A number lies here and in no other parcel that is still in the house. */
async function checkSerial(
  ctx: Ctx,
  { location }: LockedFulfilment,
  { sku, serial }: { sku: string; serial: string },
): Promise<void> {
  if (!(await isSerialAt(ctx, { location, sku, serial }))) refuse('pack.wrong_serial', { sku, serial });
  await run(ctx.tx, sql`select pg_advisory_xact_lock(hashtextextended(${`${sku}\n${serial}`}, 7))`); // two packers, one unit
  const rows = await run(
    ctx.tx,
    sql<{ number: string }>`select f.number from warehouse.packed_unit u join warehouse.fulfilment f on f.id = u.fulfilment_id
      where u.sku = ${sku} and u.serial = ${serial} and f.state in ('picked', 'packed')`,
  );
  if (rows[0] !== undefined) refuse('pack.wrong_serial', { sku, serial, number: rows[0].number });
}

async function save(
  ctx: Ctx,
  fulfilmentId: string,
  { scan: { lot, serial }, parts }: { scan: Scan; parts: readonly PackedPart[] },
): Promise<void> {
  await run(
    ctx.tx,
    sql`insert into warehouse.packed_unit (fulfilment_id, order_id, line_no, sku, lot, serial, quantity, at, actor)
      select ${fulfilmentId}, "orderId", "lineNo", sku, ${lot ?? null}, ${serial ?? null}, quantity, ${ctx.now}, ${actorLabel(ctx.actor).name}
      from jsonb_to_recordset(${json(parts)}) as p ("orderId" uuid, "lineNo" int, sku text, quantity int)`,
  );
  await run(
    ctx.tx,
    sql`update warehouse.fulfilment_line l set packed = l.packed + p.quantity
      from jsonb_to_recordset(${json(parts)}) as p ("orderId" uuid, "lineNo" int, sku text, quantity int)
      where l.fulfilment_id = ${fulfilmentId} and l.order_id = p."orderId" and l.line_no = p."lineNo" and l.sku = p.sku`,
  );
  await run(
    ctx.tx,
    sql`update warehouse.fulfilment set changed_at = ${ctx.now}, version = version + 1 where id = ${fulfilmentId}`,
  );
}
