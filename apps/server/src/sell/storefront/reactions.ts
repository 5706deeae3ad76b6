import { categoryChanged, findSkus, productChanged, productCreated } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { on } from '../../platform/events.ts';
import { enqueue } from '../../platform/jobs.ts';
import { stockMoved } from '../../supply/inventory/index.ts';
import { priceChanged } from '../pricing/index.ts';
import { refreshAllCards, refreshCards } from './refresh-cards.ts';

/** The shop's lists follow the catalogue, prices and stock within moments. Orders' promises follow within a minute: see the schedule. */
export const storefrontReactions = [
  on(productCreated, 'storefront.show-new-products', (ctx, { productIds }) => refreshCards(ctx, productIds)),
  on(productChanged, 'storefront.show-changed-products', (ctx, { productIds }) => refreshCards(ctx, productIds)),
  on(priceChanged, 'storefront.sort-by-new-prices', (ctx, { skus }) => refreshSkus(ctx, skus)),
  on(categoryChanged, 'storefront.rename-categories', (ctx) =>
    enqueue(ctx.tx, refreshAllCards, {}, { key: 'refresh-all-cards' }),
  ),
  on(stockMoved, 'storefront.show-new-stock', async (ctx, { movements }) => {
    const come = movements.filter((movement) => movement.quantity > 0); // what leaves was promised before and is counted already
    await refreshSkus(
      ctx,
      come.map((movement) => movement.sku),
    );
  }),
];

async function refreshSkus(ctx: Ctx, skus: readonly string[]): Promise<void> {
  const facts = await findSkus(ctx.tx, skus);
  await refreshCards(ctx, [...new Set([...facts.values()].map((fact) => fact.productId))].toSorted());
}
