import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import type { ProductRow } from './product.ts';

/** Makes these the pictures of their products, in this order. Answers the products whose pictures are different now. */
export async function upsertMedia(
  ctx: Ctx,
  products: readonly { productId: string; images: NonNullable<ProductRow['images']> }[],
): Promise<Set<string>> {
  if (products.length === 0) return new Set();
  const rows = products.flatMap(({ productId, images }) => images.map((image, position) => ({ ...image, productId, position })));
  const counts = products.map(({ productId, images }) => ({ productId, count: images.length }));
  const written = await run(
    ctx.tx,
    sql<{ productId: string }>`insert into catalog.media as m (product_id, sku, path, alt, alt_en, width, height, position)
      select "productId", sku, src, alt, "altEn", width, height, position
      from jsonb_to_recordset(${json(rows)})
        as g ("productId" uuid, sku text, src text, alt text, "altEn" text, width int, height int, position int)
      order by "productId", position
      on conflict (product_id, position) do update set sku = excluded.sku, path = excluded.path, alt = excluded.alt, alt_en = excluded.alt_en,
        width = excluded.width, height = excluded.height
      where (m.sku, m.path, m.alt, m.alt_en, m.width, m.height)
        is distinct from (excluded.sku, excluded.path, excluded.alt, excluded.alt_en, excluded.width, excluded.height)
      returning m.product_id as "productId"`,
  );
  const removed = await run(
    ctx.tx,
    sql<{ productId: string }>`delete from catalog.media m
      using jsonb_to_recordset(${json(counts)}) as g ("productId" uuid, count int)
      where m.product_id = g."productId" and m.position >= g.count returning m.product_id as "productId"`,
  );
  return new Set([...written, ...removed].map((row) => row.productId));
}
