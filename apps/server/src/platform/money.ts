// Money is integer minor units (fen). Rounding happens here and nowhere else.

export { exponentOf } from '@tongshang/contract';

/** Rounds half away from zero, as Chinese tax invoices do. */
export function roundHalfUp(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

/** amount × part ÷ whole, rounded half away from zero, exact for all safe integers; `whole` is positive. */
export function portionOf(amountFen: number, part: number, whole: number): number {
  const product = amountFen * part;
  if (!Number.isSafeInteger(product)) return bigPortionOf(BigInt(amountFen) * BigInt(part), BigInt(whole));
  const size = Math.abs(product);
  const rest = size % whole;
  const floor = (size - rest) / whole;
  const rounded = rest * 2 >= whole ? floor + 1 : floor;
  return product < 0 ? 0 - rounded : rounded; // 0 - 0, never −0
}

function bigPortionOf(product: bigint, whole: bigint): number {
  const size = product < 0n ? -product : product;
  const rounded = Number((size * 2n + whole) / (whole * 2n));
  return product < 0n ? 0 - rounded : rounded;
}

/** A share in basis points of an amount, fen. */
export const shareOf = (amountFen: number, basisPoints: number): number => portionOf(amountFen, basisPoints, 10_000);

/** The VAT inside a price that includes it, fen: gross × rate ÷ (1 + rate). */
export const taxWithin = (grossFen: number, rateBp: number): number => portionOf(grossFen, rateBp, 10_000 + rateBp);

/**
 * Splits a total over weights by largest remainder: the parts are integers, each within 1 fen of its exact share, and sum to the
 * total. Equal remainders go to the earlier part. All-zero weights put everything on the first part.
 */
export function allocate(totalFen: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  if (weights.length === 1) return [totalFen];
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map((_, index) => (index === 0 ? totalFen : 0));
  const sign = Math.sign(totalFen) || 1;
  const total = Math.abs(totalFen);
  const { parts, remainders } = Number.isSafeInteger(total * sum) ? shares(total, weights, sum) : bigShares(total, weights, sum);

  let left = total - parts.reduce((a, b) => a + b, 0);
  if (left > 0) {
    const order = remainders.map((_, index) => index).toSorted((a, b) => (remainders[b] ?? 0) - (remainders[a] ?? 0) || a - b);
    for (const index of order) {
      if (left === 0) break;
      parts[index] = (parts[index] ?? 0) + 1;
      left -= 1;
    }
  }
  return sign === 1 ? parts : parts.map((part) => 0 - part);
}

interface Shares {
  parts: number[];
  remainders: number[];
}

function shares(total: number, weights: readonly number[], sum: number): Shares {
  const remainders = weights.map((weight) => (total * weight) % sum);
  return { parts: weights.map((weight, index) => (total * weight - (remainders[index] ?? 0)) / sum), remainders };
}

function bigShares(total: number, weights: readonly number[], sum: number): Shares {
  const products = weights.map((weight) => BigInt(total) * BigInt(weight));
  return {
    parts: products.map((product) => Number(product / BigInt(sum))),
    remainders: products.map((product) => Number(product % BigInt(sum))), // below `sum`, which is a safe integer
  };
}
