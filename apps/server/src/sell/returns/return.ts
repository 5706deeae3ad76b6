// The rules of returns, pure: what a share is worth, and which sales an imported return undoes.
import { randomBytes } from 'node:crypto';
import { allocate } from '../../platform/money.ts';

export interface SoldLine {
  orderId: string;
  lineNo: number;
  quantity: number;
  /** What the whole line cost, tax included, fen. */
  amountFen: number;
}

/**
 * The frozen share of a line's amount (or of its tax) that units are worth when they come back after `returned` others: every partition of a line, in any
 * sequence, sums to what the line cost, to the fen.
 */
export function shareOfUnits(line: Pick<SoldLine, 'quantity' | 'amountFen'>, returned: number, quantity: number): number {
  const upTo = (units: number) => allocate(line.amountFen, [units, line.quantity - units])[0] ?? 0;
  return upTo(returned + quantity) - upTo(returned);
}

export interface ReturnedUnits {
  sold: number;
  /** Called off before they left. */
  calledOff: number;
  /** Came back before. */
  before: number;
  quantity: number;
  /** Nothing of the order can be called off any more: all of it has left. */
  isWhole: boolean;
}

/**
 * The frozen share of units that come back, fen. Units called off count from the first of a line, units that come back while others may still
 * be called off from its last, so that they never meet; once all have left, from the first that was not called off. `given` is what earlier
 * returns gave of the line: with what was called off, all shares together are what it cost, in whatever sequence they come.
 */
export function shareOfReturn(
  amount: number,
  { sold, calledOff, before, quantity, isWhole }: ReturnedUnits,
  given?: number,
): number {
  const line = { quantity: sold, amountFen: amount };
  const upTo = (units: number) => (isWhole ? shareOfUnits(line, calledOff, units) : shareOfUnits(line, sold - units, units));
  return upTo(before + quantity) - (given ?? upTo(before));
}

export interface OpenLine extends SoldLine {
  sku: string;
  /** Units that came back before. */
  returned: number;
  placedAt: Date;
}

export interface Undone<Line> {
  line: Line | undefined;
  quantity: number;
}

/**
 * Which sales a return of `quantity` units undoes: the latest before it first, as a till's clerk would look, of one minute the largest;
 * what none covers is left without a sale. The lines' `returned` moves on, so that the next return finds less.
 */
export function undoSales<Line extends OpenLine>(lines: readonly Line[], quantity: number, receivedAt: Date): Undone<Line>[] {
  const parts: Undone<Line>[] = [];
  let left = quantity;
  const before = lines
    .filter((line) => line.placedAt <= receivedAt)
    .toSorted((a, b) => b.placedAt.getTime() - a.placedAt.getTime() || b.quantity - a.quantity || a.lineNo - b.lineNo);
  for (const line of before) {
    const part = Math.min(left, line.quantity - line.returned);
    if (part <= 0) continue;
    parts.push({ line, quantity: part });
    line.returned += part;
    left -= part;
  }
  return left > 0 ? [...parts, { line: undefined, quantity: left }] : parts;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `R261122-7K3M9Q`: the day, then 30 random bits. */
export const newReturnNumber = (day: string): string =>
  `R${day.slice(2).replaceAll('-', '')}-${[...randomBytes(6)].map((byte) => alphabet.charAt(byte % 32)).join('')}`;
