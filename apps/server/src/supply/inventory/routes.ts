import { inventory as contract } from '@tongshang/contract';
import { handle } from '../../platform/route.ts';
import { adjustStock } from './adjust-stock.ts';
import { listLocations, listLots, listMovements, listStock } from './queries.ts';

export const inventoryRoutes = [
  handle(contract.listLocations, ({ tx }) => listLocations(tx)),
  handle(contract.listStock, ({ tx }, { query }) => listStock(tx, query)),
  handle(contract.listMovements, ({ tx }, { params, query }) => listMovements(tx, params.sku, query)),
  handle(contract.listLots, ({ tx }, { params }) => listLots(tx, params.sku)),
  handle(contract.adjustStock, (ctx, { body }) => adjustStock(ctx, body)),
];
