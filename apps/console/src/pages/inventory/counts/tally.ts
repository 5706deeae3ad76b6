import type { BodyOf, counts } from '@tongshang/contract';

/** What somebody has counted so far: by line, and what lay beside. Kept in the tab until it is handed in. */
export interface Tally {
  lines: Readonly<Record<string, number>>;
  found: readonly Found[];
}
export type Found = NonNullable<BodyOf<typeof counts.submitCount>['found']>[number];
export const nothingCounted: Tally = { lines: {}, found: [] };

interface Line {
  lineNo: number;
  isAsked: boolean;
  sku: string;
  lot: string | null;
  bin: string | null;
}

/** Lines of this round that nobody has counted yet. */
export const uncounted = <L extends Line>(lines: readonly L[], tally: Tally): L[] =>
  lines.filter((line) => line.isAsked && tally.lines[line.lineNo] === undefined);

/** The line a scan means: an uncounted one first; a lot or a bin finds its line too. */
export function lineFor<L extends Line>(lines: readonly L[], tally: Tally, code: string): L | undefined {
  const fits = lines.filter((line) => line.isAsked && (line.sku === code || line.lot === code || line.bin === code));
  return fits.find((line) => tally.lines[line.lineNo] === undefined) ?? fits[0];
}

/** What is handed in: every line asked, and what was found beside. */
export const bodyOf = (lines: readonly Line[], tally: Tally): BodyOf<typeof counts.submitCount> => ({
  lines: lines.flatMap(({ lineNo, isAsked }) => {
    const quantity = tally.lines[lineNo];
    return isAsked && quantity !== undefined ? [{ lineNo, quantity }] : [];
  }),
  ...(tally.found.length > 0 && { found: [...tally.found] }),
});
