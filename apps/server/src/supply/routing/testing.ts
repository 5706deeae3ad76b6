import type { Ctx } from '../../platform/ctx.ts';
import { saveLocation } from './save-location.ts';

/** A location that sends orders of the shop, unless told otherwise. */
export const aSender = (ctx: Ctx, location: string, over: Partial<Parameters<typeof saveLocation>[1]> = {}): Promise<void> =>
  saveLocation(ctx, {
    location,
    shipsOnline: true,
    dailyCapacity: null,
    priority: 100,
    province: '310000',
    storages: ['ambient', 'chilled', 'frozen'],
    ...over,
  });
