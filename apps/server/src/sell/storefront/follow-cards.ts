import { sql } from 'kysely';
import { type CategoryName, listCategoryNames } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';
import { makeShelf, putOnShelf, type Shelf, type ShelfRow } from './shelf.ts';

type InTx = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;

/** The shelf as it was a moment ago, and the tree of categories. */
export interface Shelves {
  shelf: Shelf;
  categories: readonly CategoryName[];
}

const batch = 5000;

/**
 * This process's shelf, at most `lookMs` behind the cards' table: whoever asks when half of that has passed starts a look, and waits for it
 * only when all of it has. The first look reads every card, later ones what was written since; a process that starts anew loses nothing.
 */
export function makeFollower({ lookMs, now = () => performance.now() }: { lookMs: number; now?: () => number }) {
  const shelves: Shelves = { shelf: makeShelf(), categories: [] };
  let since = '0';
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  async function look(inTx: InTx): Promise<void> {
    const begun = now();
    const [horizon, categories] = await inTx(async ({ tx }) => [await horizonOf(tx), await listCategoryNames(tx)] as const);
    let after: ShelfRow | undefined;
    do {
      const rows = await inTx(({ tx }) => readCards(tx, since, after?.productId));
      putOnShelf(shelves.shelf, rows);
      after = rows.length === batch ? rows.at(-1) : undefined;
    } while (after !== undefined);
    [shelves.categories, since, lookedAt] = [categories, horizon, begun];
  }

  const start = (inTx: InTx): Promise<void> => (looking ??= look(inTx).finally(() => (looking = undefined)));
  return {
    shelves: async (inTx: InTx): Promise<Shelves> => {
      const age = now() - lookedAt;
      if (lookMs === 0) await look(inTx);
      else if (age >= lookMs) await start(inTx);
      else if (age >= lookMs / 2) start(inTx).catch(() => undefined); // whoever has to wait for the next one hears of it
      return shelves;
    },
  };
}

/** The oldest transaction that may still write: what it writes is read by the next look. */
async function horizonOf(tx: Tx): Promise<string> {
  const [row] = await run(tx, sql<{ horizon: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`);
  return row?.horizon ?? '0';
}

const readCards = (tx: Tx, since: string, after = '00000000-0000-0000-0000-000000000000'): Promise<ShelfRow[]> =>
  run(
    tx,
    sql<ShelfRow>`select product_id as "productId", category, brand, options, options_en as "optionsEn", price_fen as "priceFen",
        is_in_stock as "isInStock", (extract(epoch from created_at) * 1000000)::bigint as "createdUs", changed::text::bigint as changed
      from storefront.card where changed >= ${since}::xid8 and product_id > ${after} order by product_id limit ${batch}`,
  );
