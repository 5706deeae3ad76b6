import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

/** Prices of these SKUs were set, scheduled or ended; listeners ask what holds when they need it. */
export const priceChanged = eventType('pricing.price_changed', z.object({ skus: z.array(z.string()).min(1).max(1000) }));
