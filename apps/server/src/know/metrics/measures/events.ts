/** The events that feed the facts, by what they tell of. */
export const orderEvents = ['orders.order_placed', 'orders.order_paid', 'orders.order_cancelled', 'orders.orders_imported'];
export const returnEvents = ['returns.return_recorded', 'returns.returns_imported'];
export const stockEvents = ['inventory.stock_moved'];
export const visitEvents = ['collection.batch', 'orders.order_paid'];
