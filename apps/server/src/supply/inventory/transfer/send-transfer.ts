import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { dayOf } from '../../../platform/time.ts';
import { lockLevels } from '../lock-levels.ts';
import { usableSql } from '../lot/available.ts';
import { unusableUnits } from '../lot/lot.ts';
import { moveStock, type StockMove } from '../move-stock.ts';
import { freeToLeave, levelKey, sumByPlace } from '../stock.ts';
import { inventory } from '../tables.ts';
import { type LockedTransfer, lockTransfer } from './lock-transfer.ts';
import { sendSerials } from './move-serials.ts';

export interface SendTransfer {
  id: string;
  /** Another day than was asked for. */
  expectedOn?: string | undefined;
  /** Fewer units than requested, or which serial numbers; a line left out is sent whole. */
  lines?: readonly { lineNo: number; quantity: number; serials?: readonly string[] | undefined }[] | undefined;
}

interface SentLine {
  lineNo: number;
  sku: string;
  location: string;
  quantity: number;
  serials: readonly string[] | undefined;
}

/**
 * Units leave the sender, first expiring first, and are nobody's until they arrive. Only units that nobody was promised can go, and of
 * lots those that can still be used. Refuses
 * `stock.insufficient`, `transfer.exceeds_sent` beyond what was requested, `transfer.nothing_sent`, `transfer.serials_wrong`.
 */
export async function sendTransfer(ctx: Ctx, { id, expectedOn, lines }: SendTransfer): Promise<void> {
  const transfer = await lockTransfer(ctx, id, 'send');
  const sent = decide(transfer, lines);

  await checkMovable(ctx, sent);
  const parts = await takeLots(ctx, sent);
  const moves: StockMove[] = parts.map(({ sku, location, lot, quantity }) => ({ sku, location, lot, quantity: -quantity }));
  const booked = await moveStock(ctx, { kind: 'transfer_out', cause: `transfer:${transfer.number}`, moves });
  const serials = await sendSerials(ctx, `transfer:${transfer.number}`, sent);

  await save(
    ctx,
    transfer,
    sent.map((line, index) => {
      const place = parts.findIndex((part) => part.lineNo === line.lineNo);
      return { ...line, serials: serials[index] ?? [], unitCostFen: booked[place]?.unitCostFen ?? 0 };
    }),
    parts,
  );
  await inventory(ctx.tx)
    .updateTable('transfer')
    .set({ state: 'sent', sent_by: actorLabel(ctx.actor).name, sent_at: ctx.now, ...(expectedOn && { expected_on: expectedOn }) })
    .where('id', '=', id)
    .execute();
}

function decide({ from, lines }: LockedTransfer, given: SendTransfer['lines'] = []): SentLine[] {
  const byNo = new Map(given.map((line) => [line.lineNo, line]));
  for (const { lineNo } of given)
    if (!lines.some((line) => line.lineNo === lineNo)) refuse('transfer.line_not_found', { lineNo });
  const sent = lines.map(({ lineNo, sku, requested }) => {
    const { quantity = requested, serials } = byNo.get(lineNo) ?? {};
    if (quantity > requested) refuse('transfer.exceeds_sent', { sku, lineNo, most: requested });
    if (serials !== undefined && new Set(serials).size !== quantity) refuse('transfer.serials_wrong', { sku, lineNo });
    return { lineNo, sku, location: from, quantity, serials };
  });
  const leaving = sent.filter(({ quantity }) => quantity > 0);
  if (leaving.length === 0) refuse('transfer.nothing_sent', {});
  return leaving;
}

/** Locks the balances. What has ended or is recalled covers no promise, so it cannot make good for units that are sent away. */
async function checkMovable(ctx: Ctx, sent: readonly SentLine[]): Promise<void> {
  const wanted = sumByPlace(sent);
  const levels = await lockLevels(ctx, wanted, []);
  const short = wanted.flatMap((line) => {
    const level = levels.get(levelKey(line));
    const lost = unusableUnits(level?.limits?.lots ?? [], { day: dayOf(ctx.now), minimumLifeDays: 0 });
    const available = level === undefined ? 0 : Math.max(0, freeToLeave(level) - lost);
    return available >= line.quantity ? [] : [{ ...line, available }];
  });
  if (short.length > 0) refuse('stock.insufficient', { lines: short });
}

interface SentLot {
  lineNo: number;
  sku: string;
  location: string;
  lot: string | undefined;
  expiresOn: string | null;
  quantity: number;
}

/** Takes usable lots first expired first out, then units of no lot; units that are set aside, expired or recalled stay. */
async function takeLots(ctx: Ctx, lines: readonly SentLine[]): Promise<SentLot[]> {
  const rows = await run(
    ctx.tx,
    sql<SentLot & { free: number }>`
      select l.sku, l.code as lot, l.expires_on as "expiresOn", l.on_hand - l.allocated - coalesce(a.units, 0)::int as free
      from inventory.lot l left join (
        select sku, location, lot, sum(quantity) as units from inventory.unavailable group by sku, location, lot
      ) a on a.sku = l.sku and a.location = l.location and a.lot = l.code
      where (l.sku, l.location) in (select sku, location from jsonb_to_recordset(${json(lines)}) as p (sku text, location text))
        and ${usableSql({ at: ctx.now })}
      order by l.sku, l.expires_on nulls last, l.code`,
  );
  const bySku = Map.groupBy(rows, (row) => row.sku);
  return lines.flatMap(({ lineNo, sku, location, quantity }) => {
    const taken: SentLot[] = [];
    let rest = quantity;
    for (const { lot, expiresOn, free } of bySku.get(sku) ?? []) {
      const part = Math.min(rest, free);
      if (part <= 0) continue;
      rest -= part;
      taken.push({ lineNo, sku, location, lot, expiresOn, quantity: part });
    }
    return rest > 0 ? [...taken, { lineNo, sku, location, lot: undefined, expiresOn: null, quantity: rest }] : taken;
  });
}

async function save(
  ctx: Ctx,
  { id }: LockedTransfer,
  lines: readonly (SentLine & { serials: readonly string[]; unitCostFen: number })[],
  parts: readonly SentLot[],
): Promise<void> {
  await run(
    ctx.tx,
    sql`update inventory.transfer_line t set sent = l.quantity, unit_cost_fen = l."unitCostFen",
        serials = array(select jsonb_array_elements_text(l.serials))
      from jsonb_to_recordset(${json(lines)}) as l ("lineNo" int, quantity int, "unitCostFen" bigint, serials jsonb)
      where t.transfer_id = ${id} and t.line_no = l."lineNo"`,
  );
  await run(
    ctx.tx,
    sql`insert into inventory.transfer_part (transfer_id, line_no, lot, expires_on, quantity)
      select ${id}, "lineNo", coalesce(lot, ''), "expiresOn", quantity
      from jsonb_to_recordset(${json(parts)}) as p ("lineNo" int, lot text, "expiresOn" date, quantity int)`,
  );
}
