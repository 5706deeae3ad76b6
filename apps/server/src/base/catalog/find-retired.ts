import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';

/** A product that is no longer sold, by an address it has or had; undefined when there is none there. */
export async function findRetiredBySlug(
  tx: Tx,
  slug: string,
): Promise<{ slug: string; name: string; nameEn: string; category: string } | undefined> {
  const [row] = await run(
    tx,
    sql<{ slug: string; name: string; nameEn: string; category: string }>`
      select p.slug, p.name, p.name_en as "nameEn", p.category from catalog.product p
      where p.state = 'retired'
        and p.id = coalesce((select id from catalog.product where slug = ${slug}),
          (select product_id from catalog.former_slug where slug = ${slug}))`,
  );
  return row;
}
