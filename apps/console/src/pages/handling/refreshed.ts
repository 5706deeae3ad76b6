import { orders } from '@tongshang/contract';

/** What a decision about a held order changes on screens. */
export const refreshed = [orders.listExceptions, orders.countExceptions, orders.getOrder, orders.listOrders, orders.countOrders];
