import type { orders, ReplyOf } from '@tongshang/contract';

type Line = ReplyOf<typeof orders.getOrder>['lines'][number];
type Share = Pick<Line, 'amountFen' | 'quantity' | 'cancelledQuantity'>;

/** What `units` of a line cost, of its frozen amount: rounded half up, as the house does. */
const shareOf = ({ amountFen, quantity }: Share, units: number): number =>
  Math.floor((2 * amountFen * units + quantity) / (2 * quantity));

/** Units of a line that may still be called off. */
export const leftOf = (line: Share): number => line.quantity - line.cancelledQuantity;

/** What comes back for calling off `units` more: shares are taken cumulatively, so that all parts together are the whole line. */
export const refundFor = (line: Share, units: number): number =>
  shareOf(line, line.cancelledQuantity + units) - shareOf(line, line.cancelledQuantity);
