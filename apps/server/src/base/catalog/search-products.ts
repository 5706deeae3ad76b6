import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import { normal, tsqueryOf } from './words.ts';

export interface Matches {
  /** Best first. */
  productIds: string[];
  /** Nothing has every word; these have one of them, or look alike. */
  isApproximate: boolean;
}

const matchesMax = 1000;
/** One letter can match half the catalogue: more than these are not ranked against one another. */
const rankedMax = 3000;

/**
 * The products a typed text means, best first, at most 1,000: by Han words, pinyin, initials, Latin words, model numbers and SKUs;
 * when nothing has every word, by any of them and by likeness, so that a typo still finds.
 */
export async function matchProducts(tx: Tx, text: string, { onlyActive = true, limit = matchesMax } = {}): Promise<Matches> {
  const query = tsqueryOf(text);
  const typed = normal(text).trim();
  const inState = onlyActive ? sql`p.state = 'active'` : sql`true`;
  if (query !== undefined) {
    const exact = await run(
      tx,
      sql<{ id: string }>`select id from (
          select p.id, p.code, s.names, s.document from catalog.search s join catalog.product p on p.id = s.product_id
          where s.document @@ ${query.all}::tsquery and ${inState} limit ${rankedMax}
        ) found
        order by (lower(code) = ${typed} or names = ${typed})::int + starts_with(names, ${typed})::int desc,
          ts_rank('{0.05, 0.2, 0.5, 1}', document, ${query.all}::tsquery) desc, id desc
        limit ${limit}`,
    );
    if (exact.length > 0) return { productIds: exact.map((row) => row.id), isApproximate: false };
  }
  const alike = await run(
    tx,
    sql<{ id: string }>`select id from (
        select p.id, s.names, s.document from catalog.search s join catalog.product p on p.id = s.product_id
        where (s.document @@ ${query?.any ?? null}::tsquery or ${typed} <% s.names) and ${inState} limit ${rankedMax}
      ) found
      order by word_similarity(${typed}, names) + coalesce(ts_rank('{0.05, 0.2, 0.5, 1}', document, ${query?.any ?? null}::tsquery), 0) desc, id desc
      limit ${limit}`,
  );
  return { productIds: alike.map((row) => row.id), isApproximate: true };
}
