import type { routing as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { dayOf } from '../../platform/time.ts';
import { listLocations } from '../inventory/index.ts';
import { loadRouting, sendersAmong, unsaid } from './load-routing.ts';

type RoutingLocation = z.input<typeof contract.RoutingLocation>;

export async function getRules(ctx: Ctx): Promise<z.input<typeof contract.RoutingRules>> {
  const { rules, parcelsMax, parcelFenMin, version } = await loadRouting(ctx.tx, dayOf(ctx.now));
  return { rules: rules.map((rule) => ({ ...rule, locations: [...rule.locations] })), parcelsMax, parcelFenMin, version };
}

/** Every location with what routing knows of it. */
export async function listRoutingLocations(ctx: Ctx): Promise<RoutingLocation[]> {
  const { items } = await listLocations(ctx.tx);
  const routing = await loadRouting(ctx.tx, dayOf(ctx.now));
  return items.map(({ code, name, nameEn, kind }) => {
    const facts = routing.locations.get(code) ?? unsaid(code, kind);
    return { ...facts, name, nameEn, kind, dailyCapacity: facts.dailyCapacity ?? null, province: facts.province ?? null };
  });
}

/** One location. Refuses `location.not_found`. */
export async function getRoutingLocation(ctx: Ctx, location: string): Promise<RoutingLocation> {
  const found = (await listRoutingLocations(ctx)).find((one) => one.location === location);
  return found ?? refuse('location.not_found', { location });
}

/** Codes of the locations that send orders of the shop, in their order: what the shop may sell lies there. */
export async function onlineLocations(ctx: Pick<Ctx, 'tx' | 'now'>): Promise<string[]> {
  const { items } = await listLocations(ctx.tx);
  return sendersAmong(await loadRouting(ctx.tx, dayOf(ctx.now)), items).map(({ location }) => location);
}
