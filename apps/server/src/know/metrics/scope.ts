import type { Actor } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';

/** The rows of figures that somebody may see: those of one store, or all. Every reader of figures takes it, every cache is keyed by it. */
export interface Scope {
  store?: string | undefined;
}

/** The house itself: jobs, rules, playbooks. */
export const wholeHouse: Scope = {};

export const scopeOf = (actor: Actor): Scope =>
  actor.kind === 'staff' && actor.location !== undefined ? { store: actor.location } : wholeHouse;

/** The store filter within a scope. Refuses `metric.out_of_scope {store}` when another store is asked for. */
export function scopedStores({ store }: Scope, asked: readonly string[] | undefined): readonly string[] | undefined {
  if (store === undefined) return asked;
  const other = asked?.find((one) => one !== store);
  return other === undefined ? [store] : refuse('metric.out_of_scope', { store: other });
}
