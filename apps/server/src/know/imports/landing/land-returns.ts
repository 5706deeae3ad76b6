import type { Ctx } from '../../../platform/ctx.ts';
import { factsOf, type ImportedReturnOutcome, importReturns } from '../../../sell/returns/index.ts';
import type { OrderRow } from '../columns/order-row.ts';
import type { LedgerSum } from '../tables.ts';
import { fenOf } from './amount.ts';
import type { Ledger, LedgerDocument } from './land-orders.ts';
import { type ClassedLine, sumsOf } from './ledger.ts';

export interface LandedReturns {
  documents: { created: number; changed: number; unchanged: number };
  rows: { created: number };
  sums: LedgerSum[];
}

/**
 * Cancellation lines become returns against the latest earlier purchases of the same customer and SKU; what no purchase covers is a
 * return without an order. A document that landed before is left alone.
 */
export async function landReturns(ctx: Ctx, ledger: Ledger, documents: readonly LedgerDocument[]): Promise<LandedReturns> {
  const { job, rate, skus, customers } = ledger;
  const given = documents
    .map((document) => ({ document, lines: document.lines.filter((line) => line.class === 'return') }))
    .filter(({ lines }) => lines.length > 0);
  if (given.length === 0) return { documents: { created: 0, changed: 0, unchanged: 0 }, rows: { created: 0 }, sums: [] };
  const outcomes = await importReturns(ctx, {
    importId: job.id,
    returns: given.map(({ document, lines }) => ({
      channel: job.options.channel,
      externalId: document.key,
      customerId: customers.get(lines.find(({ row }) => row.customer !== '')?.row.customer ?? ''),
      receivedAt: new Date(Math.max(...lines.map(({ row }) => row.placedAtMs))),
      reason: 'cancelled',
      lines: lines.flatMap(({ row }) => inWholeFen(skus.get(row.sku) ?? row.sku, row, rate)),
    })),
  });
  return count(ctx, ledger, given, outcomes);
}

/** A return line has one unit price in whole fen; an amount that does not divide evenly goes into two lines, one fen a unit apart. */
function inWholeFen(sku: string, { quantity, priceMicros, name }: OrderRow, rate: string) {
  const units = -quantity;
  const amountFen = -fenOf(quantity, priceMicros, rate);
  const unitFen = Math.floor(amountFen / units);
  const dearer = amountFen - unitFen * units;
  const line = { sku, ...(name !== '' && { name }) };
  return [
    { ...line, quantity: units - dearer, unitFen },
    { ...line, quantity: dearer, unitFen: unitFen + 1 },
  ].filter((part) => part.quantity > 0);
}

type Given = { document: LedgerDocument; lines: ClassedLine[] }[];

/** How much of the returns met a purchase is read from what is stored, so that a second import tells the same. */
async function count(
  ctx: Ctx,
  { rate }: Ledger,
  given: Given,
  outcomes: readonly ImportedReturnOutcome[],
): Promise<LandedReturns> {
  const isNew = (index: number): boolean => outcomes[index]?.outcome === 'new';
  const created = given.filter((_, index) => isNew(index));
  const stored = (
    await factsOf(
      ctx.tx,
      outcomes.map(({ returnId }) => returnId),
    )
  ).flatMap(({ lines }) => lines);
  const unmatched = stored.filter(({ orderId }) => orderId === null);
  const lines = given.flatMap((one) => one.lines);
  const all = {
    lines: lines.length,
    quantity: lines.reduce((sum, { row }) => sum + row.quantity, 0),
    amountFen: lines.reduce((sum, { row }) => sum + fenOf(row.quantity, row.priceMicros, rate), 0),
  };
  const alone = {
    lines: Math.min(unmatched.length, all.lines),
    quantity: -unmatched.reduce((sum, line) => sum + line.quantity, 0),
    amountFen: -unmatched.reduce((sum, line) => sum + line.amountFen, 0),
  };
  const met = {
    lines: all.lines - alone.lines,
    quantity: all.quantity - alone.quantity,
    amountFen: all.amountFen - alone.amountFen,
  };
  return {
    documents: { created: created.length, changed: 0, unchanged: given.length - created.length },
    rows: { created: created.reduce((sum, one) => sum + one.lines.length, 0) },
    sums: sumsOf([
      { class: 'return', ...met },
      { class: 'return_unmatched', ...alone },
    ]).filter(({ lines: some, units }) => some > 0 || units !== 0),
  };
}
