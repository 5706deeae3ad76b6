import type { pricing as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus, listSkus, matchProducts, picturesOf, type SkuFacts } from '../../base/catalog/index.ts';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { type EffectivePrice, floorOf, type PriceWindow, stateAt } from './price.ts';
import { pricesAt } from './prices-at.ts';
import type { Place } from './set-prices.ts';

type Price = z.input<typeof contract.Price>;
type CurrentPrice = z.input<typeof contract.CurrentPrice>;
type ListCurrentPrices = z.output<typeof contract.listCurrentPrices.query>;
export type PriceRecord = PriceWindow &
  Pick<Place, 'sku' | 'group' | 'fromQuantity'> & { cause: string; createdBy: string; createdAt: Date };

/** What SKUs cost now in a channel, a page at a time by SKU. */
export async function listCurrentPrices(
  tx: Tx,
  { search, category, channel, after, limit }: ListCurrentPrices,
  at: Date,
): Promise<z.input<typeof contract.listCurrentPrices.reply>> {
  const productIds =
    search === undefined || search === '' ? undefined : (await matchProducts(tx, search, { onlyActive: false })).productIds;
  const facts = await listSkus(tx, { productIds, category, after, limit: limit + 1 });
  const shown = facts.slice(0, limit);
  const skus = shown.map((fact) => fact.sku);
  const [prices, pictures] = [await pricesAt(tx, { skus, channel, at }), await picturesOf(tx, skus)];
  const items = shown.map((fact) => asCurrent(fact, prices.get(fact.sku), pictures.get(fact.sku)));
  return { items, next: facts.length > limit ? (items.at(-1)?.sku ?? null) : null };
}

/** Every price of a SKU in any channel, the latest window first. Refuses `sku.not_found`. */
export async function listPrices(tx: Tx, sku: string, at: Date): Promise<z.input<typeof contract.listPrices.reply>> {
  const fact = (await findSkus(tx, [sku])).get(sku);
  if (fact === undefined) refuse('sku.not_found', { sku });
  const prices = await pricesAt(tx, { skus: [sku], channel: 'shop', at });
  const picture = (await picturesOf(tx, [sku])).get(sku);
  const rows = await run(
    tx,
    sql<PriceRecord>`${priceRows} where sku = ${sku} order by valid_from desc, created_at desc limit 500`,
  );
  return { current: asCurrent(fact, prices.get(sku), picture), items: rows.map((row) => asPrice(row, at)) };
}

/** The price of a place whose window an instant lies in. */
export async function findPriceFrom(tx: Tx, place: Place, { at, now }: { at: Date; now: Date }): Promise<Price> {
  const [row] = await run(
    tx,
    sql<PriceRecord>`${priceRows} where sku = ${place.sku} and channel is not distinct from ${place.channel} and kind = ${place.kind}
      and customer_group is not distinct from ${place.group} and from_quantity = ${place.fromQuantity}
      and valid_from <= ${at} and (valid_to is null or valid_to > ${at})`,
  );
  return row === undefined ? refuse('price.missing', { sku: place.sku }) : asPrice(row, now);
}

export const priceColumns = sql`p.id, p.sku, p.channel, p.kind, p.customer_group as "group", p.from_quantity as "fromQuantity",
  p.amount_fen as "amountFen", p.currency, p.valid_from as "validFrom", p.valid_to as "validTo", p.cause, p.created_by as "createdBy",
  p.created_at as "createdAt"`;

const priceRows = sql`select ${priceColumns} from pricing.price p`;

export const asPrice = (row: PriceRecord, at: Date): Price => ({
  id: row.id,
  sku: row.sku,
  channel: row.channel,
  kind: row.kind,
  group: row.group,
  fromQuantity: row.fromQuantity,
  amountFen: row.amountFen,
  currency: row.currency,
  cause: row.cause,
  createdBy: row.createdBy,
  validFrom: row.validFrom.toISOString(),
  validTo: row.validTo?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  state: stateAt(row, at),
});

const asCurrent = (
  fact: SkuFacts,
  price: EffectivePrice | undefined,
  picture: CurrentPrice['image'] | undefined,
): CurrentPrice => ({
  sku: fact.sku,
  name: fact.name,
  nameEn: fact.nameEn,
  image: picture ?? null,
  amountFen: price?.amountFen ?? null,
  listFen: price?.listFen ?? null,
  kind: price?.kind ?? null,
  validTo: price?.validTo?.toISOString() ?? null,
  costFen: fact.costFen,
  floorFen: floorOf(fact),
});
