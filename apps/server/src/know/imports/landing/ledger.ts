// What each line of an order ledger is, pure. A ledger mixes sales with what came back, postage, bank charges, corrections of stock.
import type { imports as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { OrderRow } from '../columns/order-row.ts';
import type { LedgerSum, Options } from '../tables.ts';
import type { Document, Line } from './judge.ts';

export type LedgerClass = z.output<typeof contract.LedgerClass>;
/** Before it is known whether the purchase is found, a cancellation is just a return. */
export type LineClass = Exclude<LedgerClass, 'return_unmatched'>;

export interface Codes {
  cancellationPrefix: string;
  adjustmentPrefix: string;
  freight: ReadonlySet<string>;
  fee: ReadonlySet<string>;
  discount: ReadonlySet<string>;
  adjustment: ReadonlySet<string>;
}

const upper = (codes: readonly string[]): ReadonlySet<string> => new Set(codes.map((code) => code.toUpperCase()));

export const codesOf = (options: Options): Codes => ({
  cancellationPrefix: options.cancellationPrefix.toUpperCase(),
  adjustmentPrefix: options.adjustmentPrefix.toUpperCase(),
  freight: upper(options.freightCodes),
  fee: upper(options.feeCodes),
  discount: upper(options.discountCodes),
  adjustment: upper(options.adjustmentCodes),
});

const begins = (key: string, prefix: string): boolean => prefix !== '' && key.toUpperCase().startsWith(prefix);

/**
 * The class of each line of a document, in order:
 * an adjustment document is all corrections; fee, discount and adjustment codes are what they say, wherever they stand;
 * freight codes are the order's freight, or postage given back when negative;
 * units without money and without a customer or a paid line beside them are stock corrections (written off, found);
 * what is left is goods: sold when positive, returned when negative. A gift (price 0 in a real order) is a sale of nothing.
 */
export function classify(document: Document<OrderRow>, codes: Codes): LineClass[] {
  if (begins(document.key, codes.adjustmentPrefix)) return document.lines.map(() => 'adjustment');
  const isCancellation = begins(document.key, codes.cancellationPrefix);
  const isOrder = document.lines.some(({ row }) => row.customer !== '' || (row.priceMicros > 0 && row.quantity > 0));
  return document.lines.map(({ row }) => classOf(row, { isCancellation, isOrder, codes }));
}

function classOf(
  row: OrderRow,
  { isCancellation, isOrder, codes }: { isCancellation: boolean; isOrder: boolean; codes: Codes },
): LineClass {
  const code = row.sku.toUpperCase();
  const isBack = row.quantity < 0 || row.priceMicros < 0;
  if (codes.adjustment.has(code)) return 'adjustment';
  if (codes.fee.has(code)) return 'fee';
  if (codes.discount.has(code)) return 'discount';
  if (codes.freight.has(code)) return isBack || isCancellation ? 'freight_refund' : 'freight';
  if (row.priceMicros === 0 && (row.quantity < 0 || !isOrder)) return 'stock_correction';
  if (row.priceMicros < 0) return 'adjustment';
  if (row.quantity < 0) return 'return';
  return isCancellation ? 'adjustment' : 'sale';
}

export interface ClassedLine extends Line<OrderRow> {
  class: LineClass;
}

export const sumsOf = (
  lines: readonly { class: LedgerClass; quantity: number; amountFen: number; lines: number }[],
): LedgerSum[] => {
  const sums = new Map<LedgerClass, LedgerSum>();
  for (const line of lines) {
    const sum = sums.get(line.class) ?? { class: line.class, lines: 0, units: 0, amountFen: 0 };
    sum.lines += line.lines;
    sum.units += line.quantity;
    sum.amountFen += line.amountFen;
    sums.set(line.class, sum);
  }
  return [...sums.values()];
};

/** Adds sums by class. */
export const addSums = (a: readonly LedgerSum[], b: readonly LedgerSum[]): LedgerSum[] =>
  sumsOf([...a, ...b].map(({ class: name, lines, units, amountFen }) => ({ class: name, lines, quantity: units, amountFen })));
