import type { purchasing as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { refuse } from '../../platform/fail.ts';

export type PurchaseState = z.output<typeof contract.PurchaseState>;

// The whole life of a purchase request. A move that is not in this table does not exist.
const moves: Readonly<Record<PurchaseState, readonly PurchaseState[]>> = {
  requested: ['partly_received', 'received', 'cancelled'],
  partly_received: ['partly_received', 'received', 'closed'],
  received: [],
  closed: [],
  cancelled: [],
};

export const canMove = (from: PurchaseState, to: PurchaseState): boolean => moves[from].includes(to);

export function move(from: PurchaseState, to: PurchaseState): PurchaseState {
  return canMove(from, to) ? to : refuse('purchase.wrong_state', { from, to });
}

export const isReceivable = (state: PurchaseState): boolean => canMove(state, 'received');

/** Giving up the rest: an untouched request is cancelled, a partly received one closed. Undefined when nothing is left to give up. */
export function stateWhenGivenUp(state: PurchaseState): 'cancelled' | 'closed' | undefined {
  if (canMove(state, 'cancelled')) return 'cancelled';
  return canMove(state, 'closed') ? 'closed' : undefined;
}

export interface OpenLine {
  lineNo: number;
  sku: string;
  quantity: number;
  received: number;
  unitCostFen: number;
}

export interface ArrivedLine {
  lineNo: number;
  quantity: number;
  lot?: string | undefined;
  expiresOn?: string | undefined;
  serials?: readonly string[] | undefined;
}

export interface Tracking {
  isLotTracked: boolean;
  isSerialised: boolean;
}

export type ReceiptProblem =
  | { code: 'purchase.line_not_found'; details: { lineNo: number } }
  | { code: 'purchase.exceeds_request'; details: { sku: string; open: number; arrived: number } }
  | { code: 'purchase.tracking_missing'; details: { sku: string; missing: 'lot' | 'expiresOn' | 'serials' } }
  | { code: 'purchase.serial_repeated'; details: { sku: string; serial: string } };

/** The first thing wrong with what arrived: unknown line, more than is open, or a lot, expiry day or serial number missing. */
export function findReceiptProblem(
  open: ReadonlyMap<number, OpenLine>,
  arrived: readonly ArrivedLine[],
  tracking: ReadonlyMap<string, Tracking>,
): ReceiptProblem | undefined {
  const sums = new Map<number, number>();
  const serials = new Set<string>();
  for (const line of arrived) {
    const wanted = open.get(line.lineNo);
    if (wanted === undefined) return { code: 'purchase.line_not_found', details: { lineNo: line.lineNo } };
    const { sku } = wanted;
    const sum = (sums.get(line.lineNo) ?? 0) + line.quantity;
    sums.set(line.lineNo, sum);
    const left = wanted.quantity - wanted.received;
    if (sum > left) return { code: 'purchase.exceeds_request', details: { sku, open: left, arrived: sum } };
    const missing = findMissing(line, tracking.get(sku));
    if (missing !== undefined) return { code: 'purchase.tracking_missing', details: { sku, missing } };
    for (const serial of line.serials ?? []) {
      if (serials.has(`${sku}\n${serial}`)) return { code: 'purchase.serial_repeated', details: { sku, serial } };
      serials.add(`${sku}\n${serial}`);
    }
  }
  return undefined;
}

function findMissing(line: ArrivedLine, tracking: Tracking | undefined): 'lot' | 'expiresOn' | 'serials' | undefined {
  if (tracking?.isLotTracked && line.lot === undefined) return 'lot';
  if (tracking?.isLotTracked && line.expiresOn === undefined) return 'expiresOn';
  if (tracking?.isSerialised && line.serials?.length !== line.quantity) return 'serials';
  if (line.serials !== undefined && line.serials.length > 0 && line.serials.length !== line.quantity) return 'serials';
  return undefined;
}
