import type { Order, OrderLine } from '../views.ts';

// What calling off units gives back: the frozen share of each line, as the house reckons it. Pure.

/** Rounded cumulatively, so that the shares of any partition, in any sequence, sum to the line's amount. */
const upTo = ({ amountFen, quantity }: Pick<OrderLine, 'amountFen' | 'quantity'>, units: number): number =>
  Math.floor((2 * amountFen * units + quantity) / (2 * quantity));

/** What `count` more units of a line give back, fen. */
export const shareOf = (line: Pick<OrderLine, 'amountFen' | 'quantity' | 'cancelledQuantity'>, count: number): number =>
  upTo(line, line.cancelledQuantity + count) - upTo(line, line.cancelledQuantity);

export const unitsLeft = ({ quantity, cancelledQuantity }: Pick<OrderLine, 'quantity' | 'cancelledQuantity'>): number =>
  quantity - cancelledQuantity;

export interface CallOff {
  line: OrderLine;
  quantity: number;
  refundFen: number;
  /** Points that come back with the money. */
  points: number;
}

const pointsOf = ({ adjustments }: Pick<OrderLine, 'adjustments'>): number =>
  adjustments.reduce((sum, { points }) => sum + (points ?? 0), 0);

/** Which units the form `line-1=2&line-3=1` calls off; never more than are left. Gifts go with the goods, not by themselves. */
export function callOffs(order: Pick<Order, 'lines'>, form: URLSearchParams): CallOff[] {
  return order.lines.flatMap((line) => {
    const asked = Math.floor(Number((form.get(`line-${line.lineNo}`) ?? '').normalize('NFKC')));
    const quantity = Number.isFinite(asked) ? Math.min(Math.max(0, asked), unitsLeft(line)) : 0;
    return quantity === 0 || line.isGift
      ? []
      : [
          {
            line,
            quantity,
            refundFen: shareOf(line, quantity),
            points: shareOf({ ...line, amountFen: pointsOf(line) }, quantity),
          },
        ];
  });
}

export const isWholeOrder = (order: Pick<Order, 'lines'>, calledOff: readonly CallOff[]): boolean =>
  order.lines
    .filter(({ isGift }) => !isGift)
    .every((line) => unitsLeft(line) === (calledOff.find((one) => one.line.lineNo === line.lineNo)?.quantity ?? 0));

/** Single units can be called off until the parcel leaves; before payment the order asks for so much less. */
export const canCallOff = (order: Pick<Order, 'state' | 'lines'>): boolean =>
  (order.state === 'placed' || order.state === 'paid' || order.state === 'released') &&
  order.lines.filter(({ isGift }) => !isGift).reduce((sum, line) => sum + unitsLeft(line), 0) > 1;

/** What the buyer has paid or owes, after what was called off. */
export const stillFen = ({ totalFen, cancelledFen }: Pick<Order, 'totalFen' | 'cancelledFen'>): number => totalFen - cancelledFen;
