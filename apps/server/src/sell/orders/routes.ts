import { orders as contract, routing as routingContract } from '@tongshang/contract';
import { handle, handleOutside, type Route } from '../../platform/route.ts';
import { actOnOrders } from './act-on-orders.ts';
import { getBulkRun, listBulkRows, listBulkRuns } from './bulk/queries.ts';
import { previewBulkRun, startBulkRun } from './bulk/start-bulk-run.ts';
import { stopBulkRun } from './bulk/stop-bulk-run.ts';
import { cancelLines } from './cancel-lines.ts';
import { cancelOrder } from './cancel-order.ts';
import { changeRecipient } from './change-recipient.ts';
import { cancelMyLines, cancelMyOrder, findMine, listMyOrders, payMyOrder } from './my-orders.ts';
import { answerQuestion, askCustomer, holdOrder } from './hold/ask-customer.ts';
import { decideException } from './hold/decide-exception.ts';
import { countExceptions, listExceptions } from './hold/exceptions.ts';
import { placeStoreOrder } from './place-store-order.ts';
import { countOrders, getOrder, listOrders } from './queries.ts';
import { dryRun } from './review/dry-run.ts';
import { loadReviewRules, saveReviewRules } from './review/review-rules.ts';
import { releaseOrder } from './sending/release-order.ts';
import { rerouteOrder } from './sending/reroute-order.ts';
import { deliverOrder, shipOrder } from './ship-order.ts';
import { placeStaffOrder, quoteOrder } from './staff-order.ts';
import { proposeSubstitution, settleSubstitution } from './substitution/substitute.ts';

interface OrderParts {
  provider: string;
  /** Signs the links that customers get. */
  secret: string;
  shopOrigin: string;
}

/** The same done to many orders, by the server. */
const bulkRoutes: Route[] = [
  handleOutside(contract.actOnOrders, async (outside, { body }) => ({ results: await actOnOrders(outside, body) })),
  handle(contract.previewBulkRun, (ctx, { body }) => previewBulkRun(ctx, body)),
  handle(contract.startBulkRun, async (ctx, { body }) => getBulkRun(ctx, await startBulkRun(ctx, body))),
  handle(contract.listBulkRuns, (ctx, { query }) => listBulkRuns(ctx, query)),
  handle(contract.getBulkRun, (ctx, { params }) => getBulkRun(ctx, params.runId)),
  handle(contract.listBulkRows, (ctx, { params, query }) => listBulkRows(ctx, { ...params, ...query })),
  handle(contract.stopBulkRun, async (ctx, { params }) => {
    await stopBulkRun(ctx, params.runId);
    return getBulkRun(ctx, params.runId);
  }),
];

/** What people do about orders that do not handle themselves, and the rules by which the others do. */
const handlingRoutes: Route[] = [
  handle(contract.listExceptions, (ctx, { query }) => listExceptions(ctx, query)),
  handle(contract.countExceptions, (ctx, { query }) => countExceptions(ctx, query)),
  handle(contract.decideException, async (ctx, { params, body }) => {
    await decideException(ctx, { ...params, ...body });
    return getOrder(ctx, params.orderId);
  }),
  handle(contract.holdOrder, async (ctx, { params, body }) => {
    await holdOrder(ctx, { ...params, ...body });
    return getOrder(ctx, params.orderId);
  }),
  handle(contract.askCustomer, async (ctx, { params, body }) => {
    await askCustomer(ctx, { ...params, ...body });
    return getOrder(ctx, params.orderId);
  }),
  handle(contract.rerouteOrder, async (ctx, { params, body }) => {
    await rerouteOrder(ctx, { ...params, ...body });
    return getOrder(ctx, params.orderId);
  }),
  handle(contract.proposeSubstitution, async (ctx, { params, body }) => {
    await proposeSubstitution(ctx, { ...params, ...body });
    return getOrder(ctx, params.orderId);
  }),
  handle(contract.settleSubstitution, async (ctx, { params, body }) => {
    await settleSubstitution(ctx, { ...params, ...body });
    return getOrder(ctx, params.orderId);
  }),
  handle(contract.answerQuestion, async (ctx, { params, body }) => {
    const orderId = await findMine(ctx, { ...params, token: body.token });
    await answerQuestion(ctx, { orderId, answer: body.answer });
    return getOrder(ctx, orderId);
  }),
  handle(contract.settleMySubstitution, async (ctx, { params, body }) => {
    const orderId = await findMine(ctx, { number: params.number, token: body.token });
    await settleSubstitution(ctx, { orderId, substitutionId: params.substitutionId, isAccepted: body.isAccepted });
    return getOrder(ctx, orderId);
  }),
  handle(routingContract.getReviewRules, (ctx) => loadReviewRules(ctx.tx)),
  handle(routingContract.saveReviewRules, async (ctx, { body }) => {
    await saveReviewRules(ctx, body);
    return loadReviewRules(ctx.tx);
  }),
  handle(routingContract.dryRun, (ctx, { body }) => dryRun(ctx, body)),
];

export const orderRoutes = (parts: OrderParts): Route[] => [
  handle(contract.listOrders, (ctx, { query }) => listOrders(ctx, query)),
  handle(contract.countOrders, (ctx, { query }) => countOrders(ctx, query)),
  ...handlingRoutes,
  ...bulkRoutes,
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
