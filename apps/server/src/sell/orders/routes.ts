import { orders as contract } from '@tongshang/contract';
import { handle, type Route } from '../../platform/route.ts';
import { cancelOrder } from './cancel-order.ts';
import { changeRecipient } from './change-recipient.ts';
import { cancelMyOrder, findMine, listMyOrders, payMyOrder } from './my-orders.ts';
import { placeStoreOrder } from './place-store-order.ts';
import { countOrders, getOrder, listOrders } from './queries.ts';
import { releaseOrder } from './release-order.ts';
import { deliverOrder, shipOrder } from './ship-order.ts';

export const orderRoutes = ({ provider }: { provider: string }): Route[] => [
  handle(contract.listOrders, (ctx, { query }) => listOrders(ctx, query)),
  handle(contract.countOrders, (ctx, { query }) => countOrders(ctx, query)),
  handle(contract.getOrder, (ctx, { params }) => getOrder(ctx, params.orderId)),
  handle(contract.placeStoreOrder, async (ctx, { body }) => getOrder(ctx, await placeStoreOrder(ctx, body))),
  handle(contract.cancelOrder, async (ctx, { params, body }) => {
    await cancelOrder(ctx, { ...params, ...body });
    return getOrder(ctx, params.orderId);
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
  handle(contract.payMyOrder, (ctx, { params, body }) => payMyOrder(ctx, { ...params, token: body.token }, provider)),
];
