// The rules of counting, pure: what a sheet adds up to, and where it differs from the books.

export interface Tally {
  lineNo: number;
  sku: string;
  lot: string | null;
  expiresOn: string | null;
  first: number | null;
  second: number | null;
}

export interface Difference {
  sku: string;
  lot: string | null;
  expiresOn: string | null;
  expected: number;
  counted: number;
  /** Counted − expected, units. */
  change: number;
  lineNos: number[];
}

export const pileKey = ({ sku, lot }: { sku: string; lot: string | null }): string => `${sku}\n${lot ?? ''}`;

/** A SKU (of one lot) may lie in several bins: its lines count together. The second count stands where there is one. */
export function compare(lines: readonly Tally[], expected: ReadonlyMap<string, number>): Difference[] {
  return [...Map.groupBy(lines, pileKey)].flatMap(([key, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const counted = own.reduce((sum, tally) => sum + (tally.second ?? tally.first ?? 0), 0);
    const books = expected.get(key) ?? 0;
    const { sku, lot } = first;
    const expiresOn = own.find((tally) => tally.expiresOn !== null)?.expiresOn ?? null;
    return [{ sku, lot, expiresOn, expected: books, counted, change: counted - books, lineNos: own.map(({ lineNo }) => lineNo) }];
  });
}

/** Line numbers that are asked and have no figure. */
export const missingLines = (asked: readonly { lineNo: number }[], given: ReadonlySet<number>): number[] =>
  asked.flatMap(({ lineNo }) => (given.has(lineNo) ? [] : lineNo));
