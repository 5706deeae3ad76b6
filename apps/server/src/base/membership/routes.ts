import { membership as contract } from '@tongshang/contract';
import { memberOf } from '../customers/index.ts';
import { handle } from '../../platform/route.ts';
import { adjustPoints } from './adjust-points.ts';
import { getStanding, listPoints, listTiers, tiersOf } from './queries.ts';
import { saveTier } from './save-tier.ts';

export const membershipRoutes = [
  handle(contract.getMyStanding, async ({ tx, actor }) => ({
    ...(await getStanding(tx, memberOf(actor))),
    tiers: await tiersOf(tx),
  })),
  handle(contract.listMyPoints, ({ tx, actor }, { query }) => listPoints(tx, memberOf(actor), query)),
  handle(contract.listTiers, ({ tx }) => listTiers(tx)),
  handle(contract.saveTier, (ctx, { params, body }) => saveTier(ctx, { ...params, ...body })),
  handle(contract.getStanding, ({ tx }, { params }) => getStanding(tx, params.customerId)),
  handle(contract.listPoints, async ({ tx }, { params, query }) => {
    await getStanding(tx, params.customerId);
    return listPoints(tx, params.customerId, query);
  }),
  handle(contract.adjustPoints, (ctx, { params, body }) => adjustPoints(ctx, { ...params, ...body })),
];
