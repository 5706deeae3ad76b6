/** One thing that keeps units back. */
export interface Part {
  key: string;
  name: string;
  units: number;
}

/** What is still missing from `on hand − parts = available`: units kept back by something that no part names, so that the sum shown is always true. */
export const leftOver = (onHand: number, parts: readonly Part[], available: number): number =>
  onHand - parts.reduce((sum, { units }) => sum + units, 0) - available;
