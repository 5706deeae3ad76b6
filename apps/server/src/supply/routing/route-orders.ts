import type { Ctx } from '../../platform/ctx.ts';
import { dayOf } from '../../platform/time.ts';
import { loadTerms, promiseOne, provinceOf } from '../delivery/index.ts';
import { availabilityByPlace, listLocations } from '../inventory/index.ts';
import { loadRouting, type LocationFacts, type Routing, sendersAmong, unsaid } from './load-routing.ts';
import { kmBetween } from './places.ts';
import { type Candidate, type Route, route, type RouteLine, type Rules } from './route.ts';

export interface OrderToRoute {
  channel: string;
  /** Where it goes, 省 市 区. */
  region: string;
  lines: readonly RouteLine[];
  /** Locations that must not send it: they have said no. */
  without?: readonly string[] | undefined;
  /** Only this one, whatever the rules and whether or not it sends orders of the shop. */
  only?: string | undefined;
  /** Units that are promised to it already, and that it may keep where they are. */
  keeps?: readonly { sku: string; location: string; quantity: number }[] | undefined;
}

export interface RouteOrders {
  orders: readonly OrderToRoute[];
  /** Other rules than those in force, for a dry run. */
  rules?: Rules | undefined;
  /** Each as if it were the only one: nothing that one takes is missing for the next. */
  isAlone?: boolean | undefined;
}

/**
 * Decides for many orders where each goes out from, one after another on the same levels; undefined where nobody has it. Reads, and takes
 * nothing: the promise is the caller's, and refused when the levels have changed meanwhile.
 */
export async function routeOrders(ctx: Ctx, { orders, rules, isAlone = false }: RouteOrders): Promise<(Route | undefined)[]> {
  if (orders.length === 0) return [];
  const day = dayOf(ctx.now);
  const routing = await loadRouting(ctx.tx, day);
  const { items: all } = await listLocations(ctx.tx);
  const terms = await loadTerms(ctx.tx, day);
  const left = await unitsLeft(ctx, orders);
  const senders = sendersAmong(routing, all);
  const given = new Map<string, number>(); // places of today's work that orders before took, by location

  return orders.map((order) => {
    const candidates = whoMay(order, { senders, routing }).map((facts): Candidate => {
      const asked = { location: facts.location, region: order.region };
      return {
        location: facts.location,
        priority: facts.priority,
        km: kmBetween(facts.province ?? terms.places.get(facts.location)?.province, provinceOf(order.region)),
        capacityLeft:
          facts.dailyCapacity === undefined
            ? undefined
            : Math.max(0, facts.dailyCapacity - facts.usedToday - (given.get(facts.location) ?? 0)),
        storages: facts.storages,
        available: withOwn(left.get(order.channel)?.get(facts.location), order, facts.location),
        quote: (grams, storage) => {
          const promise = promiseOne(terms, { ...asked, grams, storage }, ctx.now);
          return promise && { priceFen: promise.priceFen, arrivesOn: promise.promisedOn };
        },
      };
    });
    const found = route(order.lines, candidates, rules ?? routing);
    if (found === undefined || isAlone) return found;
    for (const own of left.values()) take(own, order, found);
    for (const { location } of found.parcels) given.set(location, (given.get(location) ?? 0) + 1);
    return found;
  });
}

/** Units that a channel may still sell, by channel, location and SKU. */
async function unitsLeft(ctx: Ctx, orders: readonly OrderToRoute[]): Promise<Map<string, Map<string, Map<string, number>>>> {
  const left = new Map<string, Map<string, Map<string, number>>>();
  for (const [channel, own] of Map.groupBy(orders, (order) => order.channel)) {
    const skus = new Set(own.flatMap(({ lines }) => lines.flatMap(({ parts }) => parts.map(({ sku }) => sku))));
    const rows = await availabilityByPlace(ctx.tx, { skus: [...skus], channel, at: ctx.now, hasKits: false });
    const byLocation = Map.groupBy(rows, ({ location }) => location);
    left.set(
      channel,
      new Map([...byLocation].map(([location, here]) => [location, new Map(here.map(({ sku, available }) => [sku, available]))])),
    );
  }
  return left;
}

function whoMay(
  { without = [], only }: OrderToRoute,
  { senders, routing }: { senders: readonly LocationFacts[]; routing: Routing },
): readonly LocationFacts[] {
  if (only === undefined) return senders.filter(({ location }) => !without.includes(location));
  const facts = routing.locations.get(only) ?? unsaid(only, 'warehouse');
  return [{ ...facts, dailyCapacity: undefined }]; // a person's word goes before the capacity
}

function withOwn(
  left: ReadonlyMap<string, number> | undefined,
  { keeps = [] }: OrderToRoute,
  location: string,
): ReadonlyMap<string, number> {
  const own = keeps.filter((one) => one.location === location);
  if (own.length === 0) return left ?? new Map();
  const all = new Map(left);
  for (const { sku, quantity } of own) all.set(sku, (all.get(sku) ?? 0) + quantity);
  return all;
}

function take(left: Map<string, Map<string, number>>, { lines }: OrderToRoute, { parcels }: Route): void {
  for (const parcel of parcels)
    for (const { lineNo, quantity } of parcel.lines)
      for (const part of lines.find((line) => line.lineNo === lineNo)?.parts ?? []) {
        const here = left.get(parcel.location);
        here?.set(part.sku, (here.get(part.sku) ?? 0) - part.quantity * quantity);
      }
}
