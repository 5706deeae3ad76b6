// What a decision about the location is. The operations are in routing.ts.
import * as z from 'zod';
import { Instant, LocationCode, Sku } from './values.ts';

/**
 * What a rule prefers. They are asked in their order, the first that can tell two ways apart decides; a rule that knows nothing of an order
 * abstains. `prefer` and `avoid` name locations.
 */
export const routingRuleKinds = [
  'fewest_parcels', 'distance', 'cost', 'capacity', 'stock_balance', 'promise_date', 'priority', 'prefer', 'avoid',
] as const; // prettier-ignore
export const RoutingRuleKind = z.enum(routingRuleKinds);
export type RoutingRuleKind = z.output<typeof RoutingRuleKind>;

/** How it came to be decided: `first_location` had everything, so nobody else was asked. */
export const routeOrigins = ['first_location', 'rules', 'person', 'rejection', 'capacity', 'back_order'] as const;

export const RouteParcel = z.object({
  location: LocationCode,
  lines: z.array(z.object({ lineNo: z.int(), sku: Sku, quantity: z.int() })),
});

export const RoutePlan = z.object({
  /** 1 is the chosen one. */
  place: z.int(),
  locations: z.array(LocationCode),
  /** In the order of the rules, the smaller the better; null where the rule abstained. */
  scores: z.array(z.object({ rule: RoutingRuleKind, score: z.number().nullable() })),
});

export const RouteDecision = z.object({
  at: Instant,
  origin: z.enum(routeOrigins),
  /** The rule that told the chosen plan from the next; null when there was only one. */
  decidedBy: RoutingRuleKind.nullable(),
  actor: z.string(),
  reason: z.string().nullable(),
  parcels: z.array(RouteParcel),
  /** The best plans, the chosen one first; at most ten. */
  ranking: z.array(RoutePlan),
});
