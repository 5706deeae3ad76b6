import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { inventory } from '../tables.ts';
import { type SentPart, stepsOf, type TransferStep } from './transfer.ts';

export interface LockedLine {
  lineNo: number;
  sku: string;
  requested: number;
  sent: number;
  unitCostFen: number;
  serials: string[];
  parts: SentPart[];
}

export interface LockedTransfer {
  id: string;
  number: string;
  from: string;
  to: string;
  lines: LockedLine[];
}

/**
 * Locks a transfer for its next step. Refuses `transfer.not_found`, and `transfer.wrong_state` with its state and the steps that it
 * allows the caller.
 */
export async function lockTransfer(ctx: Ctx, id: string, step: TransferStep): Promise<LockedTransfer & { wasSent: boolean }> {
  const db = inventory(ctx.tx);
  const head = await db
    .selectFrom('transfer')
    .select(['id', 'number', 'from_location as from', 'to_location as to', 'state'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (head === undefined) return refuse('transfer.not_found', { id });
  const steps = stepsOf(head, ctx.actor.kind === 'staff' ? ctx.actor.location : undefined);
  if (!steps.includes(step)) refuse('transfer.wrong_state', { state: head.state, steps });

  const lines = await db
    .selectFrom('transfer_line')
    .select(['line_no as lineNo', 'sku', 'requested', 'sent', 'unit_cost_fen as unitCostFen', 'serials'])
    .where('transfer_id', '=', id)
    .orderBy('line_no')
    .execute();
  const parts = await db
    .selectFrom('transfer_part')
    .select(['line_no as lineNo', 'lot', 'expires_on as expiresOn', 'quantity'])
    .where('transfer_id', '=', id)
    .execute();
  const byLine = Map.groupBy(parts, (part) => part.lineNo);
  const { state, ...ends } = head;
  return {
    ...ends,
    wasSent: state === 'sent',
    lines: lines.map((line) => ({
      ...line,
      parts: (byLine.get(line.lineNo) ?? []).map(({ lot, expiresOn, quantity }) => ({ lot, expiresOn, quantity })),
    })),
  };
}
