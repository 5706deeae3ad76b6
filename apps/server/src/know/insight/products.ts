import { type Analytics, ask } from '../stream/index.ts';
import type { Days } from './searches.ts';

/** What visitors did with a product: looked, put into a cart, bought it after that. */
export interface Interest {
  product: string;
  /** One of its SKUs, to ask its name by. */
  sku: string;
  category: string;
  viewers: number;
  viewersBought: number;
  views: number;
  adders: number;
  addersBought: number;
  adds: number;
  /** The middle of the prices shown, or of those paid where none was told; null where neither is known. */
  unitFen: number | null;
}

/** Who buys within so many days of looking last, bought it after all. */
const boughtWithinDays = 3;
const productsMax = 5_000;

const productOf = (sku: string): string => `if(s.product != '', s.product, ${sku})`;

/** Looked at, put into a cart, and bought, by visitor and product; the product is that of the SKU. */
const deeds = `
  select visitor_id, ${productOf('b.sku')} as product, any(b.sku) as one_sku, any(s.category) as of_category,
    countIf(event = 'Product Viewed') as looks, countIf(event = 'Product Added') as takes, min(at) as first_at, max(at) as last_at,
    quantileIf(0.5)(JSONExtractFloat(properties, 'price'), JSONExtractFloat(properties, 'price') > 0) as price
  from behaviour b final left any join (select sku, product, category from sku final) s on b.sku = s.sku
  where event in ('Product Viewed', 'Product Added') and visitor_kind = '' and b.sku != '' and day between {from:Date} and {to:Date}
  group by visitor_id, product`;

const purchases = `
  select visitor_id, ${productOf('bought_sku')} as product, groupArray(at) as bought_at
  from (
    select visitor_id, at, JSONExtractString(item, 'sku') as bought_sku from behaviour final
    array join JSONExtractArrayRaw(properties, 'products') as item
    where event = 'Order Completed' and day between {from:Date} and {to:Date} + ${boughtWithinDays}
  ) o left any join (select sku, product from sku final) s on o.bought_sku = s.sku
  group by visitor_id, product`;

const pricesPaid = `
  select ${productOf('l.sku')} as product, sum(amount_fen) / sum(quantity) as paid_fen
  from order_line l left any join (select sku, product from sku final) s on l.sku = s.sku
  where kind = 'paid' and quantity > 0 and day between {from:Date} - 60 and {to:Date} group by product`;

/** What each product met with in these days; most people first. */
export const interestInProducts = (analytics: Analytics, { from, to }: Days): Promise<Interest[]> =>
  ask(
    analytics,
    `select product, any(one_sku) as sku, any(of_category) as category,
       toUInt32(countIf(looks > 0)) as viewers, toUInt32(countIf(looks > 0 and has_bought)) as viewersBought, toUInt32(sum(looks)) as views,
       toUInt32(countIf(takes > 0)) as adders, toUInt32(countIf(takes > 0 and has_bought)) as addersBought, toUInt32(sum(takes)) as adds,
       multiIf(max(price) > 0, toNullable(round(quantileIf(0.5)(price, price > 0) * 100)), max(paid_fen) > 0, round(max(paid_fen)), null) as unitFen
     from (
       select d.*, arrayExists(bought -> bought >= first_at and bought < last_at + interval ${boughtWithinDays} day, p.bought_at) as has_bought
       from (${deeds}) d left any join (${purchases}) p on d.visitor_id = p.visitor_id and d.product = p.product
     ) done left any join (${pricesPaid}) paid on done.product = paid.product
     group by product order by viewers + adders desc, product limit ${productsMax}`,
    { from, to },
  );
