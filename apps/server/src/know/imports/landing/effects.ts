import type { Effect } from '../tables.ts';

/** Adds counts of the same sort of thing; sorts of which there is nothing are left out. */
export function countEffects(effects: readonly Effect[]): Effect[] {
  const sums = new Map<Effect['what'], Effect>();
  for (const { what, created, changed, unchanged } of effects) {
    const sum = sums.get(what) ?? { what, created: 0, changed: 0, unchanged: 0 };
    sum.created += created;
    sum.changed += changed;
    sum.unchanged += unchanged;
    sums.set(what, sum);
  }
  return [...sums.values()].filter(({ created, changed, unchanged }) => created + changed + unchanged > 0);
}
