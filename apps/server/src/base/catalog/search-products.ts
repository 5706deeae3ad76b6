import { type RawBuilder, sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import { normal, tsqueryOf } from './words.ts';

export interface Matches {
  /** Best first. */
  productIds: string[];
  /** Nothing has every word; these have one of them, or look alike. */
  isApproximate: boolean;
  /** There are more than these. */
  isCut: boolean;
}

const matchesMax = 1000;
/** One letter can match half the catalogue: more than these are not ranked against one another. */
const rankedMax = 3001;

/**
 * The products a typed text means, best first, at most 1,000: by Han words, pinyin, initials, Latin words, model numbers and SKUs;
 * when nothing has every word, by any of them and by likeness, so that a typo still finds.
 */
export async function matchProducts(tx: Tx, text: string, { onlyActive = true, limit = matchesMax } = {}): Promise<Matches> {
  const query = tsqueryOf(text);
  const typed = normal(text).trim();
  const inState = onlyActive
    ? sql`and exists (select from catalog.product p where p.id = s.product_id and p.state = 'active')`
    : sql``;
  if (query !== undefined) {
    const exact = await best(
      tx,
      limit,
      sql`select product_id as id from (
          select s.product_id, s.names, s.document from catalog.search s where s.document @@ ${query.all}::tsquery ${inState} limit ${rankedMax}
        ) found
        order by (names = ${typed} or product_id = any(array(select id from catalog.product where lower(code) = ${typed})))::int
            + starts_with(names, ${typed})::int desc,
          ts_rank('{0.05, 0.2, 0.5, 1}', document, ${query.all}::tsquery) desc, product_id desc`,
    );
    if (exact.productIds.length > 0) return { ...exact, isApproximate: false };
  }
  const alike = await best(
    tx,
    limit,
    sql`select product_id as id from (
        select s.product_id, s.names, s.document from catalog.search s
        where (${isWorthAnother(query) ? sql`s.document @@ ${query?.any ?? null}::tsquery or` : sql``} ${typed} <% s.names) ${inState}
        limit ${rankedMax}
      ) found
      order by word_similarity(${typed}, names) + coalesce(ts_rank('{0.05, 0.2, 0.5, 1}', document, ${query?.any ?? null}::tsquery), 0) desc,
        product_id desc`,
  );
  return { ...alike, isApproximate: true };
}

/** With one word, "any of them" is what has found nothing already. */
const isWorthAnother = (query: { all: string; any: string } | undefined): boolean =>
  query !== undefined && query.any !== query.all;

/** The first `limit` ids as one text: thousands of rows of one column would cost more than finding them. */
async function best(tx: Tx, limit: number, found: RawBuilder<unknown>): Promise<Omit<Matches, 'isApproximate'>> {
  const [row] = await run(
    tx,
    sql<{ ids: string | null }>`select string_agg(id::text, ',') as ids from (${found} limit ${limit + 1}) best`,
  );
  const ids = row?.ids?.split(',') ?? [];
  return { productIds: ids.slice(0, limit), isCut: ids.length > limit };
}
