import { type Endpoint, storefront as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Tx } from '../../platform/db.ts';
import { handleOutside } from '../../platform/http.ts';
import type { Route } from '../../platform/route.ts';
import { freightRuleFor } from '../pricing/index.ts';
import { getProduct } from './get-product.ts';
import { listProducts } from './list-products.ts';
import { createMemo } from './memo.ts';
import { listCategories, listSitemap } from './queries.ts';
import { showSkus } from './show-skus.ts';
import { stockByStore } from './stock-by-store.ts';
import { suggest } from './suggest.ts';

interface Input<E extends Endpoint> {
  params: z.output<E['params']>;
  query: z.output<E['query']>;
}

interface Kept {
  reply: unknown;
  text: string;
}

/** Public pages, the same for everybody: each answer is made once and given to all who ask within `keepMs`. Checkout looks again. */
export function storefrontRoutes({ keepMs }: { keepMs: number }): Route[] {
  const memo = createMemo<Kept>({ lifeMs: keepMs, entriesMax: 2000 });
  const kept = <E extends Endpoint>(
    endpoint: E,
    read: (tx: Tx, input: Input<E>, at: Date) => Promise<z.input<E['reply']>>,
  ): Route =>
    handleOutside(endpoint, async ({ inTx, raw }, { params, query }) => {
      const key = `${endpoint.path} ${JSON.stringify([params, query])}`;
      const { reply, text } = await memo.get(key, async () => {
        const made = endpoint.reply.parse(await inTx((ctx) => read(ctx.tx, { params, query }, ctx.now)));
        return { reply: made, text: JSON.stringify(made) };
      });
      if (raw === undefined) return reply as z.input<E['reply']>;
      await raw.reply.type('application/json; charset=utf-8').send(text); // not parsed and printed again for each who asks
      return undefined;
    });
  return [
    kept(contract.listProducts, (tx, { query }, at) => listProducts(tx, query, at)),
    kept(contract.getProduct, (tx, { params }, at) => getProduct(tx, params.slug, at)),
    kept(contract.stockByStore, (tx, { params }) => stockByStore(tx, params.slug)),
    kept(contract.showSkus, (tx, { query }) => showSkus(tx, query.sku)),
    kept(contract.suggest, (tx, { query }, at) => suggest(tx, query.text, at)),
    kept(contract.listCategories, async (tx) => ({ items: await listCategories(tx) })),
    kept(contract.getShopTerms, () => Promise.resolve({ freight: freightRuleFor(contract.shopChannel) })),
    kept(contract.listSitemap, (tx, { query }) => listSitemap(tx, query)),
  ];
}
