import { counts, inventory as contract, transfers, valuation } from '@tongshang/contract';
import { handle } from '../../platform/route.ts';
import { adjustStock } from './adjust-stock.ts';
import { moveCondition } from './condition/move-condition.ts';
import { approveCorrection, rejectCorrection } from './correction/decide-correction.ts';
import { correctionLimits, getCorrection, listCorrections } from './correction/queries.ts';
import { setCorrectionLimit } from './correction/set-correction-limit.ts';
import { cancelCount } from './count/cancel-count.ts';
import { openCount } from './count/open-count.ts';
import { getCount, listCounts } from './count/queries.ts';
import { submitCount } from './count/submit-count.ts';
import { checkDrift } from './drift/check-drift.ts';
import { getDriftReport, listDriftReports } from './drift/queries.ts';
import { repairDrift } from './drift/repair-drift.ts';
import { listFigures } from './history/figures.ts';
import { getStockBreakdown, listConditionMoves, listMovements } from './history/queries.ts';
import { lotRoutes } from './lot/routes.ts';
import { listLocations, listLots, listStock } from './queries.ts';
import { cancelTransfer } from './transfer/cancel-transfer.ts';
import { getTransfer, listIncoming, listTransfers } from './transfer/queries.ts';
import { receiveTransfer } from './transfer/receive-transfer.ts';
import { requestTransfer } from './transfer/request-transfer.ts';
import { sendTransfer } from './transfer/send-transfer.ts';
import { bookLandedCost } from './valuation/book-landed-cost.ts';
import { getLandedCost, getStockValue, listLandedCosts, listReceipts, previewLandedCost } from './valuation/queries.ts';

const transferRoutes = [
  handle(transfers.listTransfers, (ctx, { query }) => listTransfers(ctx, query)),
  handle(transfers.getTransfer, (ctx, { params }) => getTransfer(ctx, params.id)),
  handle(transfers.requestTransfer, async (ctx, { body }) => getTransfer(ctx, (await requestTransfer(ctx, body)).id)),
  handle(transfers.sendTransfer, async (ctx, { params: { id }, body }) => {
    await sendTransfer(ctx, { id, ...body });
    return getTransfer(ctx, id);
  }),
  handle(transfers.receiveTransfer, async (ctx, { params: { id }, body }) => {
    await receiveTransfer(ctx, { id, ...body });
    return getTransfer(ctx, id);
  }),
  handle(transfers.cancelTransfer, async (ctx, { params: { id }, body }) => {
    await cancelTransfer(ctx, { id, ...body });
    return getTransfer(ctx, id);
  }),
  handle(transfers.listIncoming, (ctx, { query }) => listIncoming(ctx, query)),
];

const countRoutes = [
  handle(counts.listCounts, (ctx, { query }) => listCounts(ctx, query)),
  handle(counts.getCount, (ctx, { params }) => getCount(ctx, params.id)),
  handle(counts.openCount, async (ctx, { body }) => getCount(ctx, (await openCount(ctx, body)).id)),
  handle(counts.submitCount, async (ctx, { params: { id }, body }) => {
    await submitCount(ctx, { id, ...body });
    return getCount(ctx, id);
  }),
  handle(counts.cancelCount, async (ctx, { params: { id }, body }) => {
    await cancelCount(ctx, { id, ...body });
    return getCount(ctx, id);
  }),
  handle(contract.listCorrections, (ctx, { query }) => listCorrections(ctx, query)),
  handle(contract.getCorrection, (ctx, { params }) => getCorrection(ctx, params.id)),
  handle(contract.approveCorrection, (ctx, { params, body }) => approveCorrection(ctx, { ...params, ...body })),
  handle(contract.rejectCorrection, (ctx, { params, body }) => rejectCorrection(ctx, { ...params, ...body })),
  handle(contract.getCorrectionLimits, ({ tx }) => correctionLimits(tx)),
  handle(contract.setCorrectionLimit, (ctx, { params, body }) => setCorrectionLimit(ctx, { ...params, ...body })),
];

const valuationRoutes = [
  handle(valuation.getStockValue, (ctx) => getStockValue(ctx)),
  handle(valuation.listLandedCosts, ({ tx }, { query }) => listLandedCosts(tx, query)),
  handle(valuation.getLandedCost, ({ tx }, { params }) => getLandedCost(tx, params.id)),
  handle(valuation.listReceipts, ({ tx }, { query }) => listReceipts(tx, query)),
  handle(valuation.previewLandedCost, (ctx, { body }) => previewLandedCost(ctx, body)),
  handle(valuation.bookLandedCost, async (ctx, { body }) => getLandedCost(ctx.tx, (await bookLandedCost(ctx, body)).id)),
  handle(valuation.listDriftReports, ({ tx }, { query }) => listDriftReports(tx, query)),
  handle(valuation.getDriftReport, ({ tx }, { params }) => getDriftReport(tx, params.id)),
  handle(valuation.checkDrift, async (ctx) => getDriftReport(ctx.tx, (await checkDrift(ctx)).id)),
  handle(valuation.repairDrift, async (ctx, { params }) => {
    await repairDrift(ctx, params);
    return getDriftReport(ctx.tx, params.id);
  }),
];

export const inventoryRoutes = [
  handle(contract.listLocations, ({ tx }) => listLocations(tx)),
  handle(contract.listStock, (ctx, { query }) => listStock(ctx, query)),
  handle(contract.listMovements, ({ tx }, { params, query }) => listMovements(tx, params.sku, query)),
  handle(contract.listLots, ({ tx }, { params }) => listLots(tx, params.sku)),
  handle(contract.getStockBreakdown, (ctx, { params }) => getStockBreakdown(ctx, params.sku)),
  handle(contract.listConditionMoves, ({ tx }, { params, query }) => listConditionMoves(tx, params.sku, query)),
  handle(contract.moveCondition, (ctx, { body }) => moveCondition(ctx, body)),
  handle(contract.listFigures, (ctx, { query }) => listFigures(ctx, query)),
  ...lotRoutes,
  ...transferRoutes,
  ...countRoutes,
  ...valuationRoutes,
  handle(contract.adjustStock, (ctx, { body }) => adjustStock(ctx, body)),
];
