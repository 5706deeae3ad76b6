// Who goes without when a SKU is short at picking. Pure.
export interface ShortLine {
  fulfilmentId: string;
  orderId: string;
  lineNo: number;
  sku: string;
  quantity: number;
  perSold: number;
  /** What leaves later goes without sooner. */
  dispatchBy: Date | null;
}

export interface Shortage {
  sku: string;
  quantity: number;
}

/**
 * Lowers lines by what was not there: the parcels that leave last go without, so that the urgent ones stay whole. A kit without one of
 * its components is no kit: the others of it leave too. Answers units a line, and what no line could give (`beyond`).
 */
export function spreadShortages<L extends ShortLine>(
  lines: readonly L[],
  shortages: readonly Shortage[],
): { lowered: { line: L; quantity: number }[]; beyond: Shortage[] } {
  const lowered = new Map<L, number>();
  const leftOf = (line: L) => line.quantity - (lowered.get(line) ?? 0);
  const beyond: Shortage[] = [];
  for (const { sku, quantity } of shortages) {
    // what a component of an incomplete kit gave already is not short any more: it lies back on the shelf
    let short = quantity;
    for (const line of lines.filter((one) => one.sku === sku).toSorted(latestFirst)) {
      if (short <= 0) break;
      const sold = Math.min(Math.ceil(short / line.perSold), Math.ceil(leftOf(line) / line.perSold));
      if (sold === 0) continue;
      short -= Math.min(sold * line.perSold, leftOf(line));
      for (const part of lines) if (isSameSold(part, line)) lower(part, Math.min(sold * part.perSold, leftOf(part)));
    }
    if (short > 0) beyond.push({ sku, quantity: short });
  }
  return { lowered: [...lowered].map(([line, quantity]) => ({ line, quantity })), beyond };

  function lower(line: L, units: number): void {
    if (units > 0) lowered.set(line, (lowered.get(line) ?? 0) + units);
  }
}

const isSameSold = (a: ShortLine, b: ShortLine): boolean =>
  a.fulfilmentId === b.fulfilmentId && a.orderId === b.orderId && a.lineNo === b.lineNo;

function latestFirst(a: ShortLine, b: ShortLine): number {
  const late = (b.dispatchBy?.getTime() ?? Infinity) - (a.dispatchBy?.getTime() ?? Infinity);
  if (late !== 0 && !Number.isNaN(late)) return late;
  return a.fulfilmentId < b.fulfilmentId ? 1 : a.fulfilmentId > b.fulfilmentId ? -1 : b.lineNo - a.lineNo;
}
