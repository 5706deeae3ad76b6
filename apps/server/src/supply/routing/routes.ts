import { routing as contract } from '@tongshang/contract';
import { handle, type Route } from '../../platform/route.ts';
import { getRoutingLocation, getRules, listRoutingLocations } from './queries.ts';
import { saveLocation } from './save-location.ts';
import { saveRules } from './save-rules.ts';

// Review rules and dry runs look at orders: orders answers them.
export const routingRoutes: Route[] = [
  handle(contract.getRoutingRules, (ctx) => getRules(ctx)),
  handle(contract.saveRoutingRules, async (ctx, { body }) => {
    await saveRules(ctx, body);
    return getRules(ctx);
  }),
  handle(contract.listRoutingLocations, async (ctx) => ({ items: await listRoutingLocations(ctx) })),
  handle(contract.saveRoutingLocation, async (ctx, { params, body }) => {
    await saveLocation(ctx, { ...params, ...body });
    return getRoutingLocation(ctx, params.location);
  }),
];
