// The door of orders.
export { cancelOrder } from './cancel-order.ts';
export { lockOrder, noteOrder } from './change-order.ts';
export {
  orderCancelled, orderDelivered, orderPaid, orderPlaced, orderReleased, ordersImported, orderShipped,
} from './events.ts'; // prettier-ignore
export { factsOf, linesOf, lockSales, type OrderFacts, type OrderLineFacts } from './facts.ts';
export { type ImportedOrder, importOrders } from './import-orders.ts';
export { findPlacement, payPath } from './my-orders.ts';
export { freight, freightFor, type Recipient } from './order.ts';
export { placeOrder } from './place-order.ts';
export { getOrderHead } from './queries.ts';
export { shipOrder } from './ship-order.ts';
