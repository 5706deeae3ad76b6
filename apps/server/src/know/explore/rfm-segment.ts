import type { explore as contract } from '@tongshang/contract';

type Segment = contract.RfmSegment;

/** By score of recency (5 first), then by the rounded mean of the scores of frequency and money (1 first). */
const grid: readonly (readonly Segment[])[] = [
  ['new', 'potential_loyal', 'potential_loyal', 'champions', 'champions'],
  ['promising', 'potential_loyal', 'loyal', 'loyal', 'champions'],
  ['about_to_sleep', 'needs_attention', 'needs_attention', 'loyal', 'loyal'],
  ['hibernating', 'hibernating', 'at_risk', 'at_risk', 'at_risk'],
  ['lost', 'lost', 'at_risk', 'cannot_lose', 'cannot_lose'],
];

/** The name the field gives to who scores so; scores are 1 to 5, 5 is best. */
export function segmentOf(recency: number, frequencyMoney: number): Segment {
  const found = grid[5 - recency]?.[frequencyMoney - 1];
  if (found === undefined) throw new RangeError(`no segment for ${recency}, ${frequencyMoney}`);
  return found;
}

/** The pairs of scores that a segment is made of. */
export const scoresOf = (segment: Segment): [recency: number, frequencyMoney: number][] =>
  grid.flatMap((row, index) =>
    row.flatMap((one, place): [number, number][] => (one === segment ? [[5 - index, place + 1]] : [])),
  );
