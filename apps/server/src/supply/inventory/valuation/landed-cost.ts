// The rules of costs that arrive after the goods, pure: who carries which part, to the fen.
import { allocate, roundHalfUp } from '../../../platform/money.ts';

export interface ReceiptLine {
  sku: string;
  /** Units that the receipt brought, and what they cost, fen. */
  received: number;
  valueFen: number;
}

/** Units of a SKU that lie somewhere in the house, or are on the way between two places of it (location null). */
export interface Pile {
  location: string | null;
  /** The line of a transfer that they travel on; null on a shelf. */
  transferId: string | null;
  lineNo: number | null;
  quantity: number;
  unitCostFen: number;
  /** Whether the receipt came in here: its units are looked for here first. */
  isReceipt: boolean;
}

export interface PlacedCost extends Pick<Pile, 'location' | 'transferId' | 'lineNo' | 'quantity'> {
  beforeFen: number;
  afterFen: number;
  /** By how much the pile is worth more: units × (after − before), fen. */
  toStockFen: number;
}

export interface Spread {
  places: PlacedCost[];
  /** Share of units that are gone, and what rounding of the averages leaves over, fen; with `toStockFen` they sum to the share. */
  soldFen: number;
  roundingFen: number;
}

/** What each line of the receipt carries of a later cost, fen; the shares sum to it. */
export const shareOverLines = (amountFen: number, lines: readonly ReceiptLine[], basis: 'value' | 'quantity'): number[] => {
  const weights = lines.map(({ received, valueFen }) => (basis === 'value' ? valueFen : received));
  const isEmpty = weights.every((weight) => weight === 0); // free goods have no value to go by
  return allocate(amountFen, isEmpty ? lines.map(({ received }) => received) : weights);
};

/** Units of a receipt that are still in the house, the oldest leaving first: what is there less what came in since. */
export const unitsLeft = (received: number, there: number, cameSince: number): number =>
  Math.min(received, Math.max(0, there - cameSince));

/**
 * Spreads a line's share: units that left carry theirs to variance, units still here to their pile's average. The units left are looked for
 * where the receipt came in, then over the other piles by their size.
 */
export function spreadShare(shareFen: number, received: number, left: number, piles: readonly Pile[]): Spread {
  const [stockFen = 0, soldFen = 0] = allocate(shareFen, [left, received - left]);
  const units = unitsPerPile(left, piles);
  const shares = allocate(stockFen, units);
  const places = piles.flatMap((pile, index) => {
    const share = shares[index] ?? 0;
    return share === 0 || pile.quantity === 0 ? [] : [place(pile, share)];
  });
  const placed = places.reduce((sum, { toStockFen }) => sum + toStockFen, 0);
  return { places, soldFen, roundingFen: stockFen - placed };
}

function unitsPerPile(left: number, piles: readonly Pile[]): number[] {
  let rest = left;
  const own = piles.map(({ quantity, isReceipt }) => {
    const part = isReceipt ? Math.min(rest, quantity) : 0;
    rest -= part;
    return part;
  });
  const elsewhere = allocate(
    rest,
    piles.map(({ quantity, isReceipt }) => (isReceipt ? 0 : quantity)),
  );
  return own.map((part, index) => part + (elsewhere[index] ?? 0));
}

function place({ unitCostFen, isReceipt: _, ...pile }: Pile, shareFen: number): PlacedCost {
  const { quantity } = pile;
  const afterFen = roundHalfUp((quantity * unitCostFen + shareFen) / quantity);
  return { ...pile, beforeFen: unitCostFen, afterFen, toStockFen: quantity * (afterFen - unitCostFen) };
}
