import type { pricing as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus, listSkus, matchProducts } from '../../base/catalog/index.ts';
import { run, type Tx } from '../../platform/db.ts';
import { asPrice, type PriceRecord, priceColumns } from './queries.ts';

type ListPriceChanges = z.output<typeof contract.listPriceChanges.query>;
type Page = z.input<typeof contract.listPriceChanges.reply>;
type Turn = PriceRecord & { at: Date; what: 'begins' | 'ends'; beforeFen: number | null };

const skusMax = 5000;

/** What changes when, over all SKUs, the next change first: prices that begin, and those that end with nothing of their place after them. */
export async function listPriceChanges(tx: Tx, asked: ListPriceChanges, now: Date): Promise<Page> {
  const { kind, channel, group, cause, before, after, limit } = asked;
  const skus = await skusOf(tx, asked);
  const [from, last] = after === undefined ? [now.toISOString(), firstId] : readCursor(after, now);
  const narrowed = sql`${skus === undefined ? sql`true` : sql`p.sku = any(${skus}::text[])`}
    and (${kind ?? null}::text is null or p.kind = ${kind ?? null}) and (${channel ?? null}::text is null or p.channel = ${channel ?? null})
    and (${group ?? null}::text is null or p.customer_group = ${group ?? null}) and (${cause ?? null}::text is null or p.cause = ${cause ?? null})`;
  const within = (column: ReturnType<typeof sql>) =>
    sql`${column} > ${now} and (${before ?? null}::timestamptz is null or ${column} < ${before ?? null}::timestamptz)
      and (${column}, p.id) > (${from}::timestamptz, ${last}::uuid) and ${narrowed}`;
  const rows = await run(
    tx,
    sql<Turn>`
      (select ${priceColumns}, p.valid_from as at, 'begins' as what, (select q.amount_fen from pricing.price q
          where ${samePlace} and q.valid_to = p.valid_from) as "beforeFen"
        from pricing.price p where ${within(sql`p.valid_from`)} order by p.valid_from, p.id limit ${limit + 1})
      union all
      (select ${priceColumns}, p.valid_to as at, 'ends' as what, p.amount_fen as "beforeFen"
        from pricing.price p where ${within(sql`p.valid_to`)}
          and not exists (select from pricing.price q where ${samePlace} and q.valid_from = p.valid_to)
        order by p.valid_to, p.id limit ${limit + 1})
      order by at, id limit ${limit + 1}`,
  );
  const shown = rows.slice(0, limit);
  const facts = await findSkus(
    tx,
    shown.map((row) => row.sku),
  );
  const items = shown.map((row) => {
    const { name = row.sku, nameEn = row.sku } = facts.get(row.sku) ?? {};
    return { at: row.at.toISOString(), what: row.what, price: asPrice(row, now), name, nameEn, beforeFen: row.beforeFen };
  });
  const end = shown.at(-1);
  return { items, next: rows.length > limit && end !== undefined ? `${end.at.toISOString()}~${end.id}` : null };
}

const samePlace = sql`q.sku = p.sku and q.kind = p.kind and q.channel is not distinct from p.channel
  and q.customer_group is not distinct from p.customer_group and q.from_quantity = p.from_quantity`;

/** The SKUs that a search or a category means; undefined for all. */
async function skusOf(tx: Tx, { search, category }: ListPriceChanges): Promise<string[] | undefined> {
  if ((search === undefined || search === '') && category === undefined) return undefined;
  const productIds =
    search === undefined || search === '' ? undefined : (await matchProducts(tx, search, { onlyActive: false })).productIds;
  return (await listSkus(tx, { productIds, category, limit: skusMax })).map((fact) => fact.sku);
}

const firstId = '00000000-0000-0000-0000-000000000000';
const cursor = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([0-9a-f-]{36})$/;

/** Where the page before ended; the beginning when the cursor is not one of ours. */
function readCursor(after: string, now: Date): [string, string] {
  const [, at, id] = cursor.exec(after) ?? [];
  return at === undefined || id === undefined ? [now.toISOString(), firstId] : [at, id];
}
