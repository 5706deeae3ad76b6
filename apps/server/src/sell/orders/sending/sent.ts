// How far an order's parcels are, pure.
import type { FulfilmentFacts } from '../../../supply/warehouse/index.ts';
import type { OrderState, OrderStep } from '../order.ts';
import { stepsFrom } from '../order.ts';

type Fulfilment = Pick<FulfilmentFacts, 'state' | 'lines' | 'leftAt'>;

const gone: readonly FulfilmentFacts['state'][] = ['handed_over', 'delivered', 'collected'];
const arrived: readonly FulfilmentFacts['state'][] = ['delivered', 'collected'];
const inHouse: readonly FulfilmentFacts['state'][] = ['open', 'picking', 'picked', 'packed'];

export const hasLeft = ({ state }: Pick<Fulfilment, 'state'>): boolean => gone.includes(state);
export const isInHouse = ({ state }: Pick<Fulfilment, 'state'>): boolean => inHouse.includes(state);

export interface Sent {
  /** All units that are owed have left, and at least one did. */
  isAllGone: boolean;
  /** All that has left has arrived. */
  isAllThere: boolean;
  /** The buyer came for all of it. */
  isCollected: boolean;
  /** What left last. */
  last: FulfilmentFacts | undefined;
}

/** Where an order stands by its parcels; `lines` with the units that are owed. */
export function sentOf(lines: readonly { lineNo: number; quantity: number }[], fulfilments: readonly FulfilmentFacts[]): Sent {
  const left = fulfilments.filter((one) => hasLeft(one) && one.lines.length > 0);
  const units = unitsOf(left);
  return {
    isAllGone: left.length > 0 && lines.every(({ lineNo, quantity }) => (units.get(lineNo) ?? 0) >= quantity),
    isAllThere: left.every(({ state }) => arrived.includes(state)),
    isCollected: left.every(({ state }) => state === 'collected'),
    last: left.toSorted((a, b) => (a.leftAt?.getTime() ?? 0) - (b.leftAt?.getTime() ?? 0)).at(-1),
  };
}

/** Units by line over these fulfilments. */
export function unitsOf(fulfilments: readonly Pick<Fulfilment, 'lines'>[]): Map<number, number> {
  const units = new Map<number, number>();
  for (const { lines } of fulfilments)
    for (const { lineNo, quantity } of lines) units.set(lineNo, (units.get(lineNo) ?? 0) + quantity);
  return units;
}

/** What may be done to an order now: what its state allows, less what the floor has made impossible. */
export function stepsOf(state: OrderState, fulfilments: readonly Pick<Fulfilment, 'state' | 'lines'>[]): OrderStep[] {
  const live = fulfilments.filter(({ lines }) => lines.length > 0);
  const isGone = live.some(hasLeft);
  const isHere = live.some(isInHouse) || live.length === 0;
  return stepsFrom(state).filter((step) => {
    if (step === 'cancel' || step === 'change_recipient' || step === 'substitute') return !isGone;
    if (step === 'ship' || step === 'reroute' || step === 'cancel_lines') return state === 'paid' || isHere;
    return true;
  });
}
