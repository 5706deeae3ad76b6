// The door of orders.
export { type Buyer, buyersOf } from './buyers.ts';
export { cancelOrder } from './cancel-order.ts';
export { lockOrder, noteOrder } from './change-order.ts';
export {
  linesCancelled, orderCancelled, orderDelivered, orderPaid, orderPlaced, orderReleased, ordersImported, orderShipped,
} from './events.ts'; // prettier-ignore
export { firstOrderers } from './first-orderers.ts';
export {
  factsOf,
  linesOf,
  lockSales,
  type OrderFacts,
  type OrderLineFacts,
  paidBetween,
  paidByDay,
  type PaidOrder,
  visitsOf,
} from './facts.ts';
export { type ImportedOrder, importOrders, type KnownFacts } from './import-orders.ts';
export { findMine, findPlacement, payPath } from './my-orders.ts';
export { buyerKeyOf, type Recipient } from './order.ts';
export { numbersOf } from './numbers-of.ts';
export type { PlaceOrder } from './candidate.ts';
export { type Placement, placeOrder, placeOrders } from './place-orders.ts';
export { getOrderHead } from './queries.ts';
export { shipOrder } from './ship-order.ts';
