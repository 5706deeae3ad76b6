import { on } from '../../platform/events.ts';
import { coverAhead } from './ahead/cover-ahead.ts';
import { stockMoved } from './events.ts';

/** What inventory does when units come: orders that were sold them ahead get them first. */
export const inventoryReactions = [
  on(stockMoved, 'inventory.cover-ahead', async (ctx, { movements }) => {
    const came = movements.filter(({ quantity }) => quantity > 0);
    if (came.length > 0) await coverAhead(ctx, came.map(({ sku, location }) => ({ sku, location }))); // prettier-ignore
  }),
];
