import { orders } from '@tongshang/contract';
import type { Say } from '../../lib/language.ts';

type State = (typeof orders.orderStates)[number];
export type Move = 'released' | 'shipped' | 'delivered' | 'cancelled';

/** Why a move is not open: which states it starts from, and where the order is. */
export function whyNot(move: Move, state: State, words: Say, name: (state: string) => string): string {
  const from = orders.orderStates.filter((one) => orders.orderMoves[one].includes(move)).map(name);
  return words('orders.notNow', { from: from.join(words('list.or')), now: name(state) });
}
