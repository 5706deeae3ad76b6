import type { storefront as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { refuse } from '../../platform/fail.ts';
import { promiseLines } from '../../supply/delivery/index.ts';
import type { Window } from './window.ts';

type Arrival = z.input<typeof contract.arrivalOf.reply>;

/** The day by which one unit of a product's SKU could be there. Refuses `product.not_found` and `sku.not_found`. */
export async function arrivalOf(window: Window, { slug, sku, now }: { slug: string; sku: string; now: Date }): Promise<Arrival> {
  const product = await window.product(slug);
  if (product === undefined) return refuse('product.not_found', { slug });
  const variant = product.variants.find((one) => one.sku === sku && one.state === 'active');
  if (variant === undefined) return refuse('sku.not_found', { sku });
  const [{ sending }, skus] = await Promise.all([window.frame(), window.skus([sku])]);
  const there = skus.get(sku)?.places ?? [];
  const { promise, region } = promiseLines(sending, {
    lines: [{ sku, quantity: 1 }],
    facts: new Map([[sku, { weightGrams: variant.weightGrams, storage: product.storage }]]),
    now,
    unitsAt: (location) => there.find((place) => place.location === location)?.available ?? 0,
  });
  return { promisedOn: promise?.promisedOn ?? null, orderBy: promise?.orderBy.toISOString() ?? null, region };
}
