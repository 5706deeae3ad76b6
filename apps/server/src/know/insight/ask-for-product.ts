import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { dayOf } from '../../platform/time.ts';
import { keyOfWords } from './estimate.ts';
import { productRequested } from './events.ts';

interface Wish {
  text: string;
  note?: string | undefined;
  language: string;
  visitorId: string;
  customerId: string | undefined;
}

/** One visitor has so many wishes a day; more are noise. */
const wishesADay = 20;

/**
 * Keeps what somebody looked for. The same words of the same visitor on the same day are one wish, however often they are sent. Refuses
 * `product_request.too_many`.
 */
export async function askForProduct(ctx: Ctx, { text, note, language, visitorId, customerId }: Wish): Promise<void> {
  const day = dayOf(ctx.now);
  // one visitor's wishes wait for each other, so that the count holds
  await run(ctx.tx, sql`select pg_advisory_xact_lock(hashtextextended('insight.product_request ' || ${visitorId}, 0))`);
  const [today] = await run(
    ctx.tx,
    sql<{
      count: number;
      isKnown: boolean;
    }>`select count(*)::int as count, coalesce(bool_or(key = ${keyOfWords(text)}), false) as "isKnown"
      from insight.product_request where visitor_id = ${visitorId} and day = ${day}`,
  );
  if (today?.isKnown === true) return;
  if ((today?.count ?? 0) >= wishesADay) refuse('product_request.too_many', { max: wishesADay });
  const [row] = await run(
    ctx.tx,
    sql<{ id: string }>`insert into insight.product_request (key, text, note, language, visitor_id, customer_id, day, at)
      values (${keyOfWords(text)}, ${text}, ${note ?? null}, ${language}, ${visitorId}, ${customerId ?? null}, ${day}, ${ctx.now})
      on conflict on constraint product_request_once do nothing returning id`,
  );
  if (row !== undefined) await emit(ctx, productRequested, { id: row.id, text });
}
