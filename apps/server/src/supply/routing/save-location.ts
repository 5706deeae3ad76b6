import type { routing as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { listLocations } from '../inventory/index.ts';
import { routing } from './tables.ts';

type Facts = z.output<typeof contract.saveRoutingLocation.body>;

/** Says whether, what and how much a location sends. What it has taken on today stays. Refuses `location.not_found`. */
export async function saveLocation(ctx: Ctx, { location, ...facts }: { location: string } & Facts): Promise<void> {
  const { items } = await listLocations(ctx.tx);
  if (!items.some(({ code }) => code === location)) refuse('location.not_found', { location });
  const columns = {
    ships_online: facts.shipsOnline,
    daily_capacity: facts.dailyCapacity,
    priority: facts.priority,
    province: facts.province,
    storages: facts.storages,
  };
  await routing(ctx.tx)
    .insertInto('location_rule')
    .values({ location, ...columns })
    .onConflict((conflict) => conflict.column('location').doUpdateSet(columns))
    .execute();
}
