// Money is integer minor units (fen). Rounding happens here and nowhere else.

/** Rounds half away from zero, as Chinese tax invoices do. */
export function roundHalfUp(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

/** A share in basis points of an amount, fen. */
export const shareOf = (amountFen: number, basisPoints: number): number => roundHalfUp((amountFen * basisPoints) / 10_000);

/** The VAT inside a price that includes it, fen: gross × rate ÷ (1 + rate). */
export const taxWithin = (grossFen: number, rateBp: number): number => roundHalfUp((grossFen * rateBp) / (10_000 + rateBp));

/**
 * Splits a total over weights by largest remainder: the parts are integers, each within 1 fen of its exact share, and sum to the
 * total. Equal remainders go to the earlier part. All-zero weights put everything on the first part.
 */
export function allocate(totalFen: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map((_, index) => (index === 0 ? totalFen : 0));
  const sign = Math.sign(totalFen) || 1;
  const total = BigInt(Math.abs(totalFen));
  const exact = weights.map((weight) => total * BigInt(weight));
  const parts = exact.map((product) => product / BigInt(sum));
  let left = Number(total - parts.reduce((a, b) => a + b, 0n));
  const order = exact
    .map((product, index) => ({ index, remainder: product % BigInt(sum) }))
    .toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of order) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1;
  }
  return parts.map((part) => sign * Number(part));
}
