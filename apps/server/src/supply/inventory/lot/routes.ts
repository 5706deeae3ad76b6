import { lots as contract } from '@tongshang/contract';
import { handle } from '../../../platform/route.ts';
import { listSalesAhead, setSaleAhead } from '../ahead/set-sale-ahead.ts';
import { listSafetyStock, setSafetyStock } from '../channel/safety-stock.ts';
import { listChannelRules, setChannelRule } from '../channel/set-channel-rule.ts';
import { endEarmark, openEarmark } from '../earmark/open-earmark.ts';
import { listEarmarks } from '../earmark/queries.ts';
import { getSerial, listSerials } from '../serial/queries.ts';
import { listAvailability, listLotsOnShelf } from './queries.ts';

export const lotRoutes = [
  handle(contract.listLotsOnShelf, (ctx, { query }) => listLotsOnShelf(ctx, query)),
  handle(contract.listSerials, (ctx, { query }) => listSerials(ctx, query)),
  handle(contract.getSerial, (ctx, { params }) => getSerial(ctx, params)),
  handle(contract.listChannelRules, ({ tx }) => listChannelRules(tx)),
  handle(contract.setChannelRule, (ctx, { body }) => setChannelRule(ctx, body)),
  handle(contract.listSafetyStock, (ctx, { query }) => listSafetyStock(ctx, query)),
  handle(contract.setSafetyStock, (ctx, { body }) => setSafetyStock(ctx, body)),
  handle(contract.listEarmarks, (ctx, { query }) => listEarmarks(ctx, query)),
  handle(contract.openEarmark, (ctx, { body }) => openEarmark(ctx, body)),
  handle(contract.endEarmark, (ctx, { params }) => endEarmark(ctx, params.id)),
  handle(contract.listSalesAhead, (ctx, { query }) => listSalesAhead(ctx, query)),
  handle(contract.setSaleAhead, (ctx, { body }) => setSaleAhead(ctx, body)),
  handle(contract.listAvailability, (ctx, { query }) => listAvailability(ctx, query)),
];
