import type { Order } from '../views.ts';

// What the house wants to know from the buyer before the order goes on. Pure.

const isEnd = ({ what, details }: Order['timeline'][number]): boolean =>
  what === 'customer_answered' || (what === 'hold_released' && details['reason'] === 'customer_asked');

/** The question that nobody has answered yet; undefined when there is none, or the order has gone on without an answer. */
export function openQuestion({ state, timeline }: Pick<Order, 'state' | 'timeline'>): string | undefined {
  if (state !== 'paid' && state !== 'released') return undefined;
  const inTime = timeline.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const asked = inTime.findLastIndex(({ what }) => what === 'customer_asked');
  if (asked === -1 || inTime.slice(asked + 1).some(isEnd)) return undefined;
  const question = inTime[asked]?.details['question'];
  return typeof question === 'string' ? question : undefined;
}

/** Goods that the house would send in another's place, not decided yet. */
export const openSubstitutions = ({ substitutions }: Pick<Order, 'substitutions'>): Order['substitutions'] =>
  substitutions.filter(({ state }) => state === 'proposed');
