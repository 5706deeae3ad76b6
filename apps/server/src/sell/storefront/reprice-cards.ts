import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { type Job, job, type JobRun, jobType } from '../../platform/jobs.ts';
import { isInStock, lowestPrice } from './card.ts';
import { momentOf } from './moment.ts';

const batch = 1000;
/** Pauses so many times as long as it works, and so never holds up the pages; never longer than this, ms. */
const [pauseTimes, pauseMaxMs] = [4, 500];

export const repriceCards = jobType('storefront/reprice-cards', z.object({}));

/**
 * Catches what no event tells: prices that begin and end by the clock, stock that orders took. Looks at prices and stock alone, a batch a
 * transaction, and writes only cards that differ; safe to run twice.
 */
export function makeRepriceCardsJob(): Job {
  let isRunning = false; // a round over a great catalogue may outlast the minute: the next one waits for its turn
  return job(repriceCards, async (run) => {
    if (isRunning) return;
    isRunning = true;
    try {
      await inBatches(run);
    } finally {
      isRunning = false;
    }
  });
}

async function inBatches({ inTx, signal }: JobRun): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined && !signal.aborted;) {
    const begun = performance.now();
    const last: string = after;
    after = await inTx((ctx) => repriceSome(ctx, last));
    if (after !== undefined) await sleep(Math.min(pauseMaxMs, pauseTimes * (performance.now() - begun)));
  }
}

interface Priced {
  productId: string;
  skus: string[];
  priceFen: number | null;
  isInStock: boolean;
}

/** The next cards after a product; answers the last one looked at while there are more. */
async function repriceSome(ctx: Ctx, after: string): Promise<string | undefined> {
  const cards = await run(
    ctx.tx,
    sql<Priced>`select product_id as "productId", display->'skus' as skus, price_fen as "priceFen", is_in_stock as "isInStock"
      from storefront.card where ${after === '' ? sql`true` : sql`product_id > ${after}`} order by product_id limit ${batch}`,
  );
  const moment = await momentOf(
    ctx.tx,
    cards.flatMap((card) => card.skus),
    ctx.now,
  );
  const differing = cards
    .map((card) => ({ ...card, nowFen: lowestPrice(card.skus, moment), isNowInStock: isInStock(card.skus, moment) }))
    .filter((card) => card.nowFen !== card.priceFen || card.isNowInStock !== card.isInStock)
    .map(({ productId, nowFen, isNowInStock }) => ({ productId, nowFen, isNowInStock }));
  if (differing.length > 0)
    await run(
      ctx.tx,
      sql`update storefront.card c set price_fen = g."nowFen", is_in_stock = g."isNowInStock", changed = default
        from jsonb_to_recordset(${json(differing)}) as g ("productId" uuid, "nowFen" bigint, "isNowInStock" boolean)
        where c.product_id = g."productId" and c.display->'skus' <> '[]'`, // taken off the shelf meanwhile: stays off
    );
  return cards.length === batch ? cards.at(-1)?.productId : undefined;
}
