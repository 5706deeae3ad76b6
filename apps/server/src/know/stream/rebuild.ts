import { sql } from 'kysely';
import { system } from '../../platform/ctx.ts';
import { inTx, run } from '../../platform/db.ts';
import type { ShipParts } from './ship-next.ts';

const tables = [
  'order_line', 'order_step', 'stock_move', 'behaviour', 'visitor_customer', 'observation', 'parcel_cost', 'return_made', 'sku', 'label', 'shipped',
  'sales_sku_day', 'sales_day', 'sales_hour', 'sales_minute', 'event_day', 'event_hour', 'event_minute',
  'customer_first', 'customer_day', 'visit', 'stock_day', 'stock_total_day',
] as const; // prettier-ignore

/**
 * Empties the analytics and lets the stream begin again from the first entry of the log. Only the leader may call it, or a command while
 * no stream runs: batches of the generation before can no longer be recorded or sent afterwards.
 */
export async function rebuildAnalytics({ db, analytics, clock }: ShipParts): Promise<void> {
  for (const table of tables) await analytics.client.command({ query: `truncate table if exists ${table}` });
  await inTx(db, { actor: system('stream'), now: clock() }, async ({ tx, now }) => {
    await run(tx, sql`update stream.generation set number = number + 1, started_at = ${now}`);
    await run(tx, sql`delete from stream.batch`);
  });
}
