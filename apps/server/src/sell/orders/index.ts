// The door of orders.
export { cancelOrder } from './cancel-order.ts';
export { type LockedOrder, lockOrder, noteOrder } from './change-order.ts';
export {
  orderCancelled, orderDelivered, orderPaid, orderPlaced, orderReleased, ordersImported, orderShipped,
} from './events.ts'; // prettier-ignore
export { factsOf, linesOf, lockSales, type OrderFacts, orderIdsAfter, type OrderLineFacts, type Sale } from './facts.ts';
export { type ImportedLine, type ImportedOrder, type ImportedOutcome, importOrders } from './import-orders.ts';
export { findPlacement, payPath } from './my-orders.ts';
export { freight, freightFor, type Recipient } from './order.ts';
export { type PlacedOrder, type PlaceOrder, placeOrder } from './place-order.ts';
export { type PlaceStoreOrder, placeStoreOrder } from './place-store-order.ts';
export { deliverOrder, shipOrder } from './ship-order.ts';
export { getOrderHead } from './queries.ts';
export { releaseOrder } from './release-order.ts';
