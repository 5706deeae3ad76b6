// Amounts of a file as fen: exact integers, rounded once, half away from zero.

/** Yuan for one unit of the file's currency, as a decimal. */
export const rateOf = ({ currency, exchangeRate }: { currency: string; exchangeRate: string | null }): string =>
  currency === 'CNY' ? '1' : (exchangeRate ?? '1');

const scale = 10_000; // millionths of a yuan in a fen

/**
 * What `quantity` units at a price in millionths of the file's currency are in fen, at `rate` yuan for one unit of that currency
 * (a decimal written out, at most 8 places). Exact up to the one rounding.
 */
export function fenOf(quantity: number, priceMicros: number, rate: string): number {
  return divide(quantity, priceMicros, rate, false);
}

/** The smallest whole-fen unit price from which a line's exact amount can be reached by a discount of at least nothing. */
export function unitFenOf(priceMicros: number, rate: string): number {
  return divide(1, priceMicros, rate, true);
}

function divide(quantity: number, priceMicros: number, rate: string, isUp: boolean): number {
  const product = Math.abs(quantity * priceMicros);
  const sign = quantity < 0 !== priceMicros < 0 ? -1 : 1;
  if (rate === '1' && product < Number.MAX_SAFE_INTEGER / 2) {
    const value = sign * (isUp ? Math.ceil(product / scale) : Math.floor((product + scale / 2) / scale));
    return value === 0 ? 0 : value;
  }
  const [whole = '0', places = ''] = rate.split('.');
  const rateUnits = BigInt(whole + places.padEnd(8, '0').slice(0, 8));
  const exact = BigInt(Math.abs(quantity)) * BigInt(Math.abs(priceMicros)) * rateUnits;
  const divisor = BigInt(scale) * 100_000_000n;
  const fen = Number((exact + (isUp ? divisor - 1n : divisor / 2n)) / divisor);
  return fen === 0 ? 0 : sign * fen;
}
