import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

const productIds = z.object({ productIds: z.array(z.uuid()).min(1).max(1000) });

/** Products that were not there before. */
export const productCreated = eventType('catalog.product_created', productIds);

/** Something a shopper or a clerk sees of these products is different; listeners read what it is now. */
export const productChanged = eventType('catalog.product_changed', productIds);

/** Categories are new, renamed or moved. */
export const categoryChanged = eventType('catalog.category_changed', z.object({ codes: z.array(z.string()).min(1).max(1000) }));
