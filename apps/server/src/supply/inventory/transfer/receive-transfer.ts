import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { moveStock, type StockMove } from '../move-stock.ts';
import { byPlace } from '../stock.ts';
import { inventory } from '../tables.ts';
import { type LockedLine, lockTransfer } from './lock-transfer.ts';
import { place } from './move-serials.ts';
import { type Arrival, type SentPart, splitArrival } from './transfer.ts';

export interface ReceiveTransfer {
  id: string;
  /** A line left out arrived whole and complete. */
  lines: readonly {
    lineNo: number;
    received: number;
    damaged: number;
    reason?: string | undefined;
    /** Serial numbers that did not arrive. */
    missingSerials?: readonly string[] | undefined;
  }[];
}

interface ArrivedLine extends LockedLine, Arrival {
  reason: string | null;
  missing: readonly string[];
}

/**
 * Units arrive at the cost at which they left: whole ones can be sold, damaged ones are set apart, missing ones are booked as lost on
 * the way with the receiver's reason, so that every unit sent is accounted for. Refuses `transfer.exceeds_sent`,
 * `transfer.shortage_unexplained`, `transfer.serials_wrong`.
 */
export async function receiveTransfer(ctx: Ctx, { id, lines }: ReceiveTransfer): Promise<void> {
  const transfer = await lockTransfer(ctx, id, 'receive');
  const arrived = decide(transfer.lines, lines);

  const cause = `transfer:${transfer.number}`;
  const parts = arrived
    .flatMap((line) => splitArrival(line.parts, line).map((part) => ({ ...part, line })))
    .toSorted((a, b) => byPlace({ sku: a.line.sku, location: '' }, { sku: b.line.sku, location: '' }));
  const come = parts.flatMap((part) => arrivals(part, part.line, transfer.to));
  const lost = parts.flatMap((part) => losses(part, part.line, transfer.to));
  if (come.length > 0) await moveStock(ctx, { kind: 'transfer_in', cause, moves: come });
  if (lost.length > 0) await moveStock(ctx, { kind: 'transfer_loss', cause, moves: lost });
  await placeSerials(ctx, cause, transfer.to, arrived);

  await save(ctx, id, arrived);
}

function decide(sent: readonly LockedLine[], given: ReceiveTransfer['lines']): ArrivedLine[] {
  const byNo = new Map(given.map((line) => [line.lineNo, line]));
  for (const { lineNo } of given) if (!sent.some((line) => line.lineNo === lineNo)) refuse('transfer.line_not_found', { lineNo });
  return sent.map((line) => {
    const { received = line.sent, damaged = 0, reason = '', missingSerials = [] } = byNo.get(line.lineNo) ?? {};
    const lost = line.sent - received - damaged;
    const { sku, lineNo } = line;
    if (lost < 0) refuse('transfer.exceeds_sent', { sku, lineNo, most: line.sent });
    if (lost + damaged > 0 && reason === '') refuse('transfer.shortage_unexplained', { sku, lineNo });
    return {
      ...line,
      received,
      damaged,
      lost,
      reason: reason === '' ? null : reason,
      missing: missingOf(line, lost, missingSerials),
    };
  });
}

/** Every missing unit of a SKU with serial numbers has one; without being told, the last in their order. */
function missingOf({ sku, lineNo, serials }: LockedLine, lost: number, told: readonly string[]): readonly string[] {
  const unknown = told.filter((serial) => !serials.includes(serial));
  if (unknown.length > 0 || (told.length > 0 && new Set(told).size !== lost))
    refuse('transfer.serials_wrong', { sku, lineNo, serials: unknown.length > 0 ? unknown : told });
  if (told.length > 0 || lost === 0) return told;
  return serials.slice(Math.max(0, serials.length - lost));
}

function arrivals(part: SentPart & Arrival, line: ArrivedLine, location: string): StockMove[] {
  const { sku, unitCostFen, reason } = line;
  const lot = part.lot === '' ? undefined : part.lot;
  const come = { sku, location, lot, expiresOn: part.expiresOn ?? undefined, unitCostFen };
  const whole = part.received + part.lost; // lost units arrive on paper, so that in and out match; their loss follows
  return [
    ...(whole > 0 ? [{ ...come, quantity: whole }] : []),
    ...(part.damaged > 0
      ? [{ ...come, quantity: part.damaged, condition: 'damaged' as const, reason: reason ?? undefined }]
      : []),
  ];
}

function losses(part: SentPart & Arrival, { sku, reason }: ArrivedLine, location: string): StockMove[] {
  const lot = part.lot === '' ? undefined : part.lot;
  return part.lost > 0 ? [{ sku, location, lot, quantity: -part.lost, reason: reason ?? undefined }] : [];
}

const placeSerials = (ctx: Ctx, cause: string, to: string, lines: readonly ArrivedLine[]): Promise<void> =>
  place(
    ctx,
    cause,
    lines.flatMap(({ sku, serials, missing }) =>
      serials.map((serial) =>
        missing.includes(serial)
          ? { sku, serial, location: null, what: 'removed' as const }
          : { sku, serial, location: to, what: 'moved' as const },
      ),
    ),
  );

async function save(ctx: Ctx, id: string, lines: readonly ArrivedLine[]): Promise<void> {
  const rows = lines.map(({ lineNo, received, damaged, lost, reason }) => ({ lineNo, received, damaged, lost, reason }));
  await run(
    ctx.tx,
    sql`update inventory.transfer_line t set received = l.received, damaged = l.damaged, lost = l.lost, reason = l.reason
      from jsonb_to_recordset(${json(rows)}) as l ("lineNo" int, received int, damaged int, lost int, reason text)
      where t.transfer_id = ${id} and t.line_no = l."lineNo"`,
  );
  await inventory(ctx.tx)
    .updateTable('transfer')
    .set({ state: 'received', received_by: actorLabel(ctx.actor).name, received_at: ctx.now })
    .where('id', '=', id)
    .execute();
}
