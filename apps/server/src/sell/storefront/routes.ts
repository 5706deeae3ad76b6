import { type Endpoint, storefront as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Tx } from '../../platform/db.ts';
import { handleOutside } from '../../platform/http.ts';
import { createMemo } from '../../platform/memo.ts';
import type { Route } from '../../platform/route.ts';
import { freightRuleFor } from '../pricing/index.ts';
import { arrivalOf } from './arrival.ts';
import { getProduct } from './get-product.ts';
import { listProducts } from './list-products.ts';
import { refuseMissing } from './missing-product.ts';
import { listCategories, listSitemap } from './queries.ts';
import { showSkus } from './show-skus.ts';
import { stockByStore } from './stock-by-store.ts';
import { suggest } from './suggest.ts';
import { makeWindow, type Window } from './window.ts';

interface Input<E extends Endpoint> {
  params: z.output<E['params']>;
  query: z.output<E['query']>;
}

interface Kept<E extends Endpoint> {
  reply: z.input<E['reply']>;
  /** The reply as it is sent, printed when the first one asks over HTTP. */
  text?: string;
}

/**
 * Public pages, the same for everybody. What they are made of is at most half of `keepMs` old, and an answer is given to all who ask
 * within the other half. Checkout looks again.
 */
export function storefrontRoutes({ keepMs }: { keepMs: number }): Route[] {
  const windowOn = makeWindow({ keepMs: keepMs / 2 });
  const kept = <E extends Endpoint>(
    endpoint: E,
    read: (
      window: Window,
      input: Input<E>,
      look: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
      now: Date,
    ) => Promise<z.input<E['reply']>>,
  ): Route => {
    const memo = createMemo<Kept<E>>({ lifeMs: keepMs / 2, entriesMax: 1000 });
    return handleOutside(endpoint, async ({ inTx, look, now, raw }, { params, query }) => {
      const kept = await memo.get(JSON.stringify([params, query]), async () => ({
        reply: await read(windowOn({ inTx, look }), { params, query }, (work) => look(({ tx }) => work(tx)), now()),
      }));
      if (raw === undefined) return kept.reply;
      kept.text ??= JSON.stringify(endpoint.reply.parse(kept.reply)); // not parsed and printed again for each who asks
      await raw.reply.type('application/json; charset=utf-8').send(kept.text);
      return undefined;
    });
  };
  return [
    kept(contract.listProducts, (window, { query }) => listProducts(window, query)),
    kept(contract.getProduct, (window, { params }, look) =>
      getProduct(window, params.slug, (slug) => look((tx) => refuseMissing(tx, slug))),
    ),
    kept(contract.arrivalOf, (window, { params, query }, _look, now) => arrivalOf(window, { ...params, ...query, now })),
    kept(contract.stockByStore, (window, { params }) => stockByStore(window, params.slug)),
    kept(contract.showSkus, (_, { query }, look) => look((tx) => showSkus(tx, query.sku))),
    kept(contract.suggest, (window, { query }) => suggest(window, query.text)),
    kept(contract.listCategories, async (window) => ({ items: await listCategories(window) })),
    kept(contract.getShopTerms, () => Promise.resolve({ freight: freightRuleFor(contract.shopChannel) })),
    kept(contract.listSitemap, (_, { query }, look) => look((tx) => listSitemap(tx, query))),
  ];
}
