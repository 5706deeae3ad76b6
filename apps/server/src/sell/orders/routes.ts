import { orders as contract } from '@tongshang/contract';
import { handle, handleOutside, type Route } from '../../platform/route.ts';
import { actOnOrders } from './act-on-orders.ts';
import { cancelLines } from './cancel-lines.ts';
import { cancelOrder } from './cancel-order.ts';
import { changeRecipient } from './change-recipient.ts';
import { cancelMyLines, cancelMyOrder, findMine, listMyOrders, payMyOrder } from './my-orders.ts';
import { placeStoreOrder } from './place-store-order.ts';
import { countOrders, getOrder, listOrders } from './queries.ts';
import { releaseOrder } from './release-order.ts';
import { deliverOrder, shipOrder } from './ship-order.ts';
import { placeStaffOrder, quoteOrder } from './staff-order.ts';

interface OrderParts {
  provider: string;
  /** Signs the links that customers get. */
  secret: string;
  shopOrigin: string;
}

export const orderRoutes = (parts: OrderParts): Route[] => [
  handle(contract.listOrders, (ctx, { query }) => listOrders(ctx, query)),
  handle(contract.countOrders, (ctx, { query }) => countOrders(ctx, query)),
  handle(contract.getOrder, (ctx, { params }) => getOrder(ctx, params.orderId)),
  handle(contract.placeStoreOrder, async (ctx, { body }) => getOrder(ctx, await placeStoreOrder(ctx, body))),
  handle(contract.cancelOrder, async (ctx, { params, body }) => {
    await cancelOrder(ctx, { ...params, ...body });
    return getOrder(ctx, params.orderId);
  }),
  handle(contract.cancelLines, async (ctx, { params, body }) => {
    await cancelLines(ctx, { ...params, ...body });
    return getOrder(ctx, params.orderId);
  }),
  handleOutside(contract.actOnOrders, async (outside, { body }) => ({ results: await actOnOrders(outside, body) })),
  handleOutside(contract.quoteOrder, ({ inTx }, { body }) => inTx((ctx) => quoteOrder(ctx, body))),
  handle(contract.placeStaffOrder, async (ctx, { body }) => {
    const { orderId, orderUrl } = await placeStaffOrder(ctx, body, parts);
    return { order: await getOrder(ctx, orderId), orderUrl };
  }),
  handle(contract.releaseOrder, async (ctx, { params, body }) => {
    await releaseOrder(ctx, { ...params, ...body });
    return getOrder(ctx, params.orderId);
  }),
  handle(contract.changeRecipient, async (ctx, { params, body }) => {
    await changeRecipient(ctx, { ...params, ...body });
    return getOrder(ctx, params.orderId);
  }),
  handle(contract.shipOrder, async (ctx, { params, body }) => {
    await shipOrder(ctx, { ...params, ...body });
    return getOrder(ctx, params.orderId);
  }),
  handle(contract.deliverOrder, async (ctx, { params, body }) => {
    await deliverOrder(ctx, { ...params, ...body });
    return getOrder(ctx, params.orderId);
  }),
  handle(contract.listMyOrders, (ctx, { query }) => listMyOrders(ctx, query)),
  handle(contract.getMyOrder, async (ctx, { params, query }) =>
    getOrder(ctx, await findMine(ctx, { ...params, token: query.token })),
  ),
  handle(contract.cancelMyOrder, async (ctx, { params, body }) =>
    getOrder(ctx, await cancelMyOrder(ctx, { ...params, token: body.token })),
  ),
  handle(contract.payMyOrder, (ctx, { params, body }) => payMyOrder(ctx, { ...params, token: body.token }, parts.provider)),
  handle(contract.cancelMyLines, async (ctx, { params, body }) =>
    getOrder(ctx, await cancelMyLines(ctx, { ...params, lines: body.lines, token: body.token })),
  ),
];
