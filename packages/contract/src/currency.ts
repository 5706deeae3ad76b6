// Which decimals a currency has. Without zod, so that the shop's islands stay small.

/** ISO 4217 minor units where they are not two. Intl is not asked: it follows CLDR, which rounds away units that ISO still counts. */
const exponents: ReadonlyMap<string, number> = new Map([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map((code) => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
  ...['CLF', 'UYW'].map((code) => [code, 4] as const),
]); // prettier-ignore

/** How many decimals the minor unit of a currency stands for: JPY 0, CNY 2, KWD 3. */
export const exponentOf = (currency: string): number => exponents.get(currency) ?? 2;
